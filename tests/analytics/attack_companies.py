"""Invented companies and a small publisher of its own, so that the attacker is tested against code it does not share.

The publisher follows the format and rules of a release in the plainest way that is right, or breaks one on purpose.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.attack import Truth
from analytics.measure import Measure
from analytics.release import NOT_SHOWN, cells_frame
from analytics.wave import Tree, Unit

NAN = math.nan
STEPS = 28  # a score is a mean of seven answers in steps of a quarter
GRID = np.arange(STEPS + 1) * 100 / STEPS
LINES = (50.0, 75.0)
BANDS = (
    (8, 11),
    (12, 19),
    (20, 49),
    (50, 99),
    (100, 199),
    (200, 499),
    (500, 999),
    (1000, 1999),
    (2000, 4999),
    (5000, 9999),
)
PARTS = ("integration", "mixed", "balance")
SYSTEMS = {
    "score": {"classes": [[0.0, GRID[13]], [50.0, GRID[20]], [75.0, 100.0]]},
    "leaning": {"classes": [[None, None]] * 3},
}


@dataclass(frozen=True)
class Style:
    """How the publisher publishes: minimum sizes, rows for what is left, exact or rounded figures, splits."""

    k: int = 8
    safe: bool = True
    rests: bool = True
    exact: bool = False
    splits: bool = False
    coarse: int = 1
    k_demo: int = 10
    n_demo: int = 50


def company(seed, divisions=4, teams=(4, 9), mean_team=8.0, spread=10.0, missing=0.0):
    """A company of two levels with normal scores, and leanings that go with them a little."""
    rng = np.random.default_rng(seed)
    units, unit, base = [Unit("Whole", -1)], [], []
    for d in range(divisions):
        units.append(Unit(f"Division {d}", 0))
        division = len(units) - 1
        for t in range(rng.integers(*teams)):
            units.append(Unit(f"Team {d}.{t}", division))
            n = int(max(1, rng.negative_binomial(3, 3 / (3 + mean_team))))
            unit += [len(units) - 1] * n
            base += [rng.normal(52, spread)] * n
    return truth(rng, Tree(tuple(units)), np.array(unit), np.array(base), missing)


def deep_company(rng, levels, size=60, spread=15.0):
    """A tree of some levels with people at its leaves, from one person to ``size``."""
    units, unit, base = [Unit("Whole", -1)], [], []

    def grow(place, depth):
        if depth == 0:
            n = int(rng.integers(1, size + 1))
            unit.extend([place] * n)
            base.extend([rng.normal(52, spread)] * n)
            return
        for _ in range(rng.integers(1, 4)):
            units.append(Unit(f"Unit {len(units)}", place))
            grow(len(units) - 1, depth - 1)

    grow(0, levels - 1)
    order = np.argsort(unit, kind="stable")
    return truth(rng, Tree(tuple(units)), np.array(unit)[order], np.array(base)[order], 0.0)


def truth(rng, tree, unit, base, missing):
    """The answers of a company from each person's expected score."""
    n = len(unit)
    score = np.clip(np.rint(rng.normal(base, 18) / 100 * STEPS), 0, STEPS).astype(int) + 1
    score[rng.random(n) < missing] = 0
    leaning = np.clip(np.digitize(rng.normal(base, 30), (40, 60)), 0, 2) + 1
    segments = pd.DataFrame(
        {"gender": rng.choice(2, n, p=[0.6, 0.4]) + 1, "age": rng.choice(4, n, p=[0.2, 0.4, 0.3, 0.1]) + 1},
        dtype=np.int16,
    )
    labels = {"gender": ("women", "men"), "age": ("to 29", "30 to 44", "45 to 59", "60 and over")}
    codes = pd.DataFrame({"score": score, "leaning": leaning}, dtype=np.int16)
    return Truth(unit.astype(np.int32), tree, codes, segments, labels, measures())


def measures():
    """A mean, its shares at two lines, and a share in three parts."""
    mean = Measure("score", "mean", "Score", "score", (NAN, *GRID.tolist()))
    lines = [
        replace(mean, id=f"score>={at:g}", kind="share", weights=(NAN, *(at <= GRID).astype(float).tolist()))
        for at in LINES
    ]
    leaning = Measure("leaning", "parts", "Leaning", "leaning", (NAN, 0.0, 1.0, 2.0), parts=PARTS)
    return (mean, *lines, leaning)


def listed(measure):
    """A measure as the manifest lists it."""
    counts = {"score>=50": [1, 2], "score>=75": [2], "leaning": {p: [i] for i, p in enumerate(PARTS)}}
    return {
        "id": measure.id,
        "kind": measure.kind,
        "title": measure.title,
        "column": measure.column,
        "system": measure.column,
        "counts": counts.get(measure.id),
        "parts": list(measure.parts),
        "line": None,
        "headline": False,
    }


def publish(truth, style=None):
    """A release's cells and manifest of a truth, in the given style."""
    style = style or Style()
    shown = chosen(truth, style)
    units = listed_units(truth.tree, shown, style, truth)
    people = [members(units, place, truth) for place in range(len(units))]
    rows, splits = [], []
    for unit, who in zip(units, people, strict=True):
        rows += unit_rows(truth, style, unit["id"], who, unit["shown"])
        if style.splits and unit["shown"] and not unit["rest"] and who.sum() >= style.n_demo:
            rows += split_rows(truth, style, unit["id"], who)
    if style.splits:
        splits = [{"segment": name, "categories": list(labels)} for name, labels in truth.segment_labels.items()]
    return cells_frame(rows), manifest(units, style, splits)


def manifest(units, style, splits):
    """What the release says of itself."""
    return {
        "thresholds": {
            "k": style.k,
            "k_share": max(8, style.k),
            "k_demo": style.k_demo,
            "n_demo": style.n_demo,
            "insiders": 1,
            "model_n": 100,
            "model_class": 25,
        },
        "units": units,
        "measures": [listed(measure) for measure in measures()],
        "systems": SYSTEMS,
        "splits": splits,
        "pooled_sd": {"score": 18.0},
    }


def chosen(truth, style):
    """Which units are shown: all of ``k`` people, and when safe none whose parent is left with one to ``k`` - 1."""
    size = truth.tree.roll_up(np.bincount(truth.unit, minlength=len(truth.tree)))
    shown = size >= style.k
    if not style.safe:
        return shown
    for place in range(len(truth.tree) - 1, -1, -1):
        _hide_until_safe(place, truth, shown, size, style.k)
    return shown


def _hide_until_safe(place, truth, shown, size, k):
    """Hide the smallest of the nearest shown units inside until what is left is nobody or ``k`` people."""
    while shown[place]:
        inside = nearest(place, truth.tree, shown)
        left = size[place] - sum(size[i] for i in inside)
        if left == 0 or left >= k:
            return
        if inside:
            shown[min(inside, key=lambda i: size[i])] = False
        else:
            shown[place] = False


def nearest(place, tree, shown):
    """The shown units inside a unit that lie in no other shown unit inside it."""
    found, waiting = [], list(tree.children[place])
    while waiting:
        unit = waiting.pop()
        if shown[unit]:
            found.append(unit)
        else:
            waiting += tree.children[unit]
    return found


def listed_units(tree, shown, style, truth):
    """The units of the manifest: the real ones, then a virtual one for what each shown unit's shown units leave."""
    units = [
        {"id": i, "name": u.name, "parent": u.parent, "level": tree.level[i], "shown": bool(shown[i]), "rest": False}
        for i, u in enumerate(tree.units)
    ]
    for place in range(len(tree)) if style.rests else ():
        if not shown[place] or not nearest(place, tree, shown):
            continue
        rest = {"id": len(units), "name": f"Other teams in {tree.units[place].name}", "parent": place}
        units.append({**rest, "level": tree.level[place] + 1, "shown": True, "rest": True})
        if not members(units, len(units) - 1, truth).any():
            units.pop()
    return units


def members(units, place, truth):
    """The people of a unit of the manifest."""
    tree, unit = truth.tree, units[place]
    if not unit["rest"]:
        return np.isin(truth.unit, [place, *tree.descendants(place)])
    parent = unit["parent"]
    below = [i for i in tree.descendants(parent) if units[i]["shown"]]
    covered = {j for i in below for j in (i, *tree.descendants(i))}
    return np.isin(truth.unit, [parent, *tree.descendants(parent)]) & ~np.isin(truth.unit, list(covered))


def unit_rows(truth, style, node, who, shown, view="indicators", prefix=""):
    """One row per measure and part for a group of people."""
    rows = []
    for measure in truth.measures:
        code = truth.codes[measure.column].to_numpy()[who]
        weight = np.asarray(measure.weights)[code[code > 0]]
        for number, part in enumerate(measure.parts or ("",)):
            named = "|".join(text for text in (prefix, part) if text)
            at = {"view": view, "node": node, "measure": measure.id, "part": named, "kind": measure.kind}
            hit = weight == number if measure.kind == "parts" else weight
            rows.append(at | (displayed(hit, measure.kind, style) if shown and len(hit) >= style.k else hidden()))
    return rows


def split_rows(truth, style, node, who):
    """The rows of every one-way split of a unit: a category is shown when it and what is hidden are large enough."""
    rows = []
    for name, labels in truth.segment_labels.items():
        codes = truth.segments[name].to_numpy()
        sizes = {label: int((who & (codes == place)).sum()) for place, label in enumerate(labels, start=1)}
        kept = sorted((label for label in labels if sizes[label] >= style.k_demo), key=lambda label: sizes[label])
        while kept and 0 < sum(sizes.values()) - sum(sizes[label] for label in kept) < style.k_demo:
            kept.pop(0)
        for place, label in enumerate(labels, start=1):
            rows += unit_rows(truth, style, node, who & (codes == place), label in kept, "splits", f"{name}|{label}")
    return rows


def hidden():
    """A hidden cell."""
    empty = {"n_low": 0, "n_high": 0, "value": NAN, "low": NAN, "high": NAN, "ci_low": NAN, "ci_high": NAN}
    return {"shown": False, "state": "", "text": NOT_SHOWN, **empty}


def displayed(values, kind, style):
    """A shown cell of these people's values."""
    n = len(values)
    low, high = next(((a, b) for a, b in BANDS if a <= n <= b), (style.k, 7))
    base = {"shown": True, "n_low": low, "n_high": high, "ci_low": NAN, "ci_high": NAN, "state": ""}
    raw = float(np.mean(values)) if kind == "mean" else 100 * float(np.mean(values))
    if style.exact:
        return base | {"value": raw, "low": raw, "high": raw, "text": f"{raw:g}"}
    return base | (mean_shown(raw, n, low, style.coarse) if kind == "mean" else share_shown(values, n, style.coarse))


def mean_shown(raw, n, n_low, coarse=1):
    """A mean rounded to its step, with its ends cut."""
    step = (5 if n < 20 else 2 if n < 50 else 1) * coarse
    cut = step * math.ceil(200 / n_low / step - 1e-9)
    value = float(step * math.floor(raw / step + 0.5))
    if value <= cut:
        return {"value": NAN, "low": 0.0, "high": cut + step / 2, "text": f"{cut:g} or lower"}
    if value >= 100 - cut:
        return {"value": NAN, "low": 100 - cut - step / 2, "high": 100.0, "text": f"{100 - cut:g} or higher"}
    return {"value": value, "low": value - step / 2, "high": value + step / 2, "text": f"{value:g}"}


def share_shown(hits, n, coarse=1):
    """A share in one of its equal bands."""
    most = 3 if n < 12 else 4 if n < 15 else 5 if n < 30 else 10 if n < 60 else 20 if n < 300 else 100
    bands = max(1, most // coarse)
    place = min(bands - 1, int(hits.sum()) * bands // n)
    low, high = 100 * place / bands, 100 * (place + 1) / bands
    return {"value": NAN, "low": low, "high": high, "text": f"{low:.0f}–{high:.0f} %"}
