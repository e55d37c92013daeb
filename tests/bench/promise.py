"""The promise of confidentiality in figures: ``python -m tests.bench.promise [companies] [trees]`` (200 and 200).

Prints what an attack finds on seeded companies when small teams are merely hidden, what it finds on this product's
releases of such companies and of random trees, how many teams are shown beside the most that can be, and on how many
random trees linear algebra and the closed form agree. Models are not fitted and
linked measures are not taken together: neither changes a figure told here. Many minutes; nothing here is a test.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from analytics import attack, flow
from analytics.attack import rank
from analytics.groups import Groups
from analytics.protect.thresholds import thresholds
from analytics.release import Release
from analytics.wave import Wave

ANALYTICS = Path(__file__).parents[1] / "analytics"
K = 8


def main(companies: int = 200, trees: int = 200) -> None:
    """Print every figure, each as soon as it is known."""
    sys.path.insert(0, str(ANALYTICS))
    print(f"small teams hidden, nothing else: broken in {_broken(companies)} of {companies} companies", flush=True)
    print(f"linear algebra is the closed form on {_agreeing(300)} of 300 random trees", flush=True)
    print(_teams(companies), flush=True)
    made = importlib.import_module("test_two_hundred_companies")
    print(_told("companies", _reports((made.company(seed), K) for seed in range(companies))), flush=True)
    print(_told("random trees", _reports(_random_trees(trees))), flush=True)


def _broken(companies: int) -> int:
    """Companies in which a team of fewer than five comes out, where only such teams are hidden."""
    made = importlib.import_module("attack_companies")
    return sum(_gives_away(made, made.company(seed)) for seed in range(companies))


def _gives_away(made: Any, truth: attack.Truth) -> bool:
    cells, manifest = made.publish(truth, made.Style(k=5, safe=False, rests=False, exact=True))
    shown = sorted(set(cells["node"][cells["shown"] & (cells["measure"] == "score")]))
    inside, size, _ = rank.blocks(np.array([made.members(manifest["units"], node, truth) for node in shown]))
    return bool(rank.leaks(inside, size, 5))


def _agreeing(trees: int) -> int:
    made = importlib.import_module("attack_companies")
    return sum(_agrees(made, np.random.default_rng(10_000 + seed)) for seed in range(trees))


def _agrees(made: Any, random: np.random.Generator) -> bool:
    truth = made.deep_company(random, levels=int(random.integers(2, 6)), size=9)
    units = [{"rest": False} for _ in truth.tree.units]
    kept = [place for place in range(len(units)) if random.random() < 0.6] or [0]
    inside, size, _ = rank.blocks(np.array([made.members(units, place, truth) for place in kept]))
    closed = {leak.block.tobytes() for leak in rank.residual_blocks(inside, size) if 0 < leak.size < 6}
    every_block = np.eye(len(size), dtype=bool)[(size < 6) & inside.any(axis=0)]
    return closed == {every_block[place].tobytes() for place, _ in rank.separable(inside, every_block)}


def _teams(companies: int) -> str:
    made = importlib.import_module("test_protect_tree")
    teams = shown = best = 0
    for seed in range(companies):
        parents, own = made.company(seed)
        is_team = np.array(parents) > 0
        teams += int(is_team.sum())
        shown += int(made.choose(parents, own, K)[is_team].sum())
        best += int(made.best_of_two_levels(parents, own, K)[1])
    return f"teams shown at k = {K}: {100 * shown / teams:.1f} %; by the best of all choices {100 * best / teams:.1f} %"


def _random_trees(count: int) -> Iterator[tuple[Wave, int]]:
    """Trees of one to five levels, 1 to 60 people in a unit, k of 5 to 12, answers from uniform to all alike."""
    waves = importlib.import_module("company_waves")
    scales = importlib.import_module("small_waves")
    for seed in range(count):
        random = np.random.default_rng(50_000 + seed)
        levels, parents, depth = int(random.integers(1, 6)), [-1], [0]
        for _ in range(int(random.integers(0, 14)) if levels > 1 else 0):
            over = int(random.choice([at for at in range(len(parents)) if depth[at] < levels - 1]))
            parents.append(over)
            depth.append(depth[over] + 1)
        own = [int(random.integers(0, 6) if at in parents else random.integers(1, 61)) for at in range(len(parents))]
        extreme, sites = float(random.choice([0.0, 0.6, 1.0])), int(random.choice([0, 3]))
        wave = waves.company_wave(parents, own, seed, extreme, scales=(scales.CBI_WORK,), hours=False, sites=sites)
        yield wave, int(random.integers(5, 13))


def _reports(waves: Iterable[tuple[Wave, int]]) -> Iterator[dict[str, Any] | None]:
    """The attack's report on each release; None where nothing may be published of so few people."""
    for wave, k in waves:
        try:
            yield _published(wave, k).audit
        except flow.NotPublishable:
            yield None


def _published(wave: Wave, k: int) -> Release:
    untested = Groups("too few", "", len(wave))
    with (
        mock.patch.object(flow, "groups", lambda *_: untested),
        mock.patch.object(flow.Attacker, "linked", lambda *_: []),
    ):
        return flow.publish(wave, thresholds(k), created="2026-01-01", code_version="bench").release


def _told(what: str, reports: Iterator[dict[str, Any] | None]) -> str:
    every = list(reports)
    held = [one for one in every if one is not None]
    broken = sum(bool(one["findings"]) for one in held)
    sums = {name: sum(int(one[name]) for one in held) for name in ("groups", "people", "classes_proven", "undecided")}
    narrowest = min((float(one["narrowest_interval"]) for one in held), default=100.0)
    seen = sorted({tuple(one["insiders"]) for one in held})
    return (
        f"{what}: {len(held)} published, {len(every) - len(held)} refused; broken: {broken}; groups {sums['groups']}, "
        f"people exact or bounded {sums['people']}, classes proven {sums['classes_proven']}, "
        f"undecided {sums['undecided']}; narrowest interval {narrowest:g}; insiders {seen}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
