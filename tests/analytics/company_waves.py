"""Waves of invented organisations for the tests of publishing, and everything up to the attack done to one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from small_waves import ALL_SCALES

from analytics import count, flow, indicators, score, segment
from analytics.compare import Comparison, compare
from analytics.groups import Groups
from analytics.measure import Measure
from analytics.protect.cells import Coarsening, Counted, cells, counted
from analytics.protect.family import Family, family
from analytics.protect.thresholds import Thresholds, thresholds
from analytics.release import cells_frame
from analytics.systems import System, systems
from analytics.wave import Tree, Unit, Wave


@dataclass(frozen=True)
class Made:
    """A wave's cells before any attack, and what they were made from."""

    wave: Wave
    codes: pd.DataFrame
    measures: tuple[Measure, ...]
    systems: tuple[System, ...]
    family: Family
    counted: list[Counted]
    found: Comparison
    cells: pd.DataFrame


def company_wave(parents, own, seed=1, extreme=0.0, missing=0.05, scales=ALL_SCALES, hours=True, sites=0):
    """A wave of a tree with ``own`` people in each unit; ``extreme`` draws each unit's answers towards one end."""
    rng = np.random.default_rng(seed)
    unit = np.repeat(np.arange(len(parents)), own).astype(np.int32)
    n = len(unit)
    end = rng.integers(0, 2, len(parents))[unit]
    answers = {}
    for scale in scales:
        for item in scale.items:
            drawn = rng.integers(1, item.levels + 1, n)
            top = np.where(end == 1, item.levels, 1) if not item.reversed else np.where(end == 1, 1, item.levels)
            drawn = np.where(rng.random(n) < extreme, top, drawn)
            answers[item.id] = np.where(rng.random(n) < missing, 0, drawn)
    rows = range(n)
    numbers = {"hours": rng.integers(30, 66, n).astype(float)} if hours else {}
    segments = {"site": rng.integers(0, sites + 1, n)} if sites else {}
    labels = {"site": tuple(f"Site {place}" for place in range(1, sites + 1))} if sites else {}
    return Wave(
        "Survey",
        "Wave",
        True,
        pd.DataFrame(answers, index=rows).astype(np.int8),
        pd.DataFrame(numbers, index=rows, dtype=np.float64),
        pd.DataFrame(segments, index=rows).astype(np.int16),
        labels,
        unit,
        Tree(tuple(Unit(f"Unit {place}", parent) for place, parent in enumerate(parents))),
        tuple(scales),
    )


def protected(wave: Wave, sizes: Thresholds | None = None, coarse: Coarsening | None = None) -> Made:
    """Score, count and protect a wave, as publishing does before it attacks."""
    sizes, coarse = sizes or thresholds(8), coarse or Coarsening()
    scores = score.score(wave)
    codes, figures, _ = indicators.measures(wave, scores, segment.boundary(scores, wave.scales))
    every = systems(figures)
    unit = count.Column("*unit", len(wave.tree))
    groupings = [(unit, count.Column(system.name, len(system.classes))) for system in every]
    batch = {str(name): codes[name].to_numpy() for name in codes} | {"*unit": wave.unit}
    tables = count.tables(count.tally([batch], groupings), groupings)
    groups = family(wave.tree, np.bincount(wave.unit, minlength=len(wave.tree)), sizes.k)
    shown = [counted(system, table, groups, sizes, coarse) for system, table in zip(every, tables, strict=True)]
    found = compare(shown, groups)
    rows = [cell for one in shown for cell in cells(one, groups, sizes, coarse, found.spread, found.states)]
    return Made(wave, codes, figures, every, groups, shown, found, cells_frame(rows))


def reordered(wave: Wave, order: np.ndarray) -> Wave:
    """The same wave with its rows in another order (or some of them left out)."""
    frames = {name: getattr(wave, name).iloc[order].reset_index(drop=True) for name in ("answers", "numbers")}
    segments = wave.segments.iloc[order].reset_index(drop=True)
    return replace(wave, **frames, segments=segments, unit=wave.unit[order])


def moved_answers(wave: Wave, order: np.ndarray) -> Wave:
    """The same people in the same units and segments, each with the answers of another."""
    return replace(reordered(wave, order), segments=wave.segments, unit=wave.unit)


@st.composite
def trees(draw, most_units=14, most_people=60):
    """A random tree of one to five levels with up to ``most_people`` people in each unit without units below it."""
    levels = draw(st.integers(1, 5))
    parents, depth = [-1], [0]
    for _ in range(draw(st.integers(0, most_units - 1)) if levels > 1 else 0):
        over = draw(st.sampled_from([at for at in range(len(parents)) if depth[at] < levels - 1]))
        parents.append(over)
        depth.append(depth[over] + 1)
    leaf = [at not in parents for at in range(len(parents))]
    own = [draw(st.integers(1, most_people) if one else st.integers(0, 5)) for one in leaf]
    return parents, own


def people_of_nodes(wave: Wave, units: list[dict]) -> dict[int, frozenset[int]]:
    """Who is in each node of a manifest's units, by sets of rows: a unit's subtree, or what is left of a unit."""
    members = {}
    for unit in (u for u in units if not u["rest"]):
        place = unit["id"]
        inside = {at for at in range(len(wave.tree)) if at == place or place in wave.tree.ancestors(at)}
        members[place] = frozenset(np.flatnonzero(np.isin(wave.unit, list(inside))).tolist())
    for rest in (u for u in units if u["rest"]):
        over = rest["parent"]
        own = [u["id"] for u in units if not u["rest"] and u["shown"] and over in wave.tree.ancestors(u["id"])]
        members[rest["id"]] = members[over] - frozenset().union(*(members[one] for one in own))
    return members


def blocks_of(shown: list[frozenset[int]]) -> list[int]:
    """The size of each shown set of people without the shown sets inside it."""
    distinct = list(dict.fromkeys(shown))
    return [len(whole.difference(*(part for part in distinct if part < whole))) for whole in distinct]


def no_profiles(monkeypatch):
    """Publish without looking for groups, which is half the cost: for tests of what counts alone give away."""
    monkeypatch.setattr(flow, "groups", lambda *_: Groups("too few", "Groups were not looked for.", 0))
