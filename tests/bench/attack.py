"""What the attack on a release of 5,000 people costs beside the prototype's: ``python -m tests.bench.attack``.

Both are CPU seconds per measure, taken in the same run: the prototype's audit of one exact mean in 25 divisions
(section I of its output), and the whole attack on a published release with splits by four attributes at every level
that has them. Many minutes, most of them for publishing; nothing here is a test.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analytics import attack, flow
from analytics.instrument import Item, Line, Scale
from analytics.protect.thresholds import thresholds
from analytics.wave import Tree, Unit, Wave

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "attack_prototype.py"
DIVISIONS, TEAMS, PEOPLE = 25, 20, 10  # divisions, teams of each, people of each on average
MEASURES, MOST = 14, 5.0
LINES = tuple(Line(at, "high", "convention", "Kristensen et al. 2005", "Danish workers") for at in (50.0, 75.0))
SCALES = (("CBI.personal", "burnout", 6), ("CBI.work", "burnout", 7), ("EVK.preference", "preference", 4))
ENACTED = (("EVK.enactment_wh", "enactment_wh", 2), ("EVK.enactment_hw", "enactment_hw", 2))
SHARES = {
    "Gender": (0.55, 0.45),
    "Age": (0.2, 0.4, 0.3, 0.1),
    "Tenure": (0.2, 0.3, 0.3, 0.2),
    "Site": (0.3, 0.25, 0.2, 0.15, 0.1),
}


def main() -> None:
    """Print both costs and their ratio; say why not where the prototype is absent."""
    if not REFERENCE.exists():
        print("Skipped: the prototype is not beside this repository, so there is nothing to compare with.")
        return
    began = time.process_time()
    release, truth = published()
    print(f"published in {time.process_time() - began:.0f} s of CPU, linked measures included", flush=True)
    cells = most_split(release.cells)
    began = time.process_time()
    report = attack.audit(cells, release.manifest, truth)
    ours = (time.process_time() - began) / cells["measure"].nunique()
    theirs = prototype()
    splits = cells[(cells["view"] == "splits") & cells["shown"]]
    print(f"release: {len(truth):,} people, {DIVISIONS * TEAMS} teams, {cells['measure'].nunique()} measures,")
    print(f"  {len(SHARES)} attributes: {(splits['node'] == 0).sum()} split figures of the organisation,")
    print(f"  {(splits['node'] != 0).sum()} of divisions; findings: {len(report['findings'])}")
    print(f"attack: {ours:.2f} s of CPU per measure; prototype: {theirs:.2f} s per measure")
    print(f"ratio: {ours / theirs:.1f} (at most {MOST:g} is wanted)")


def published() -> tuple[Any, attack.Truth]:
    """A release of the invented company, and the truth that it is attacked with."""
    wave = company()
    release = flow.publish(wave, thresholds(8), created="2026-01-01", code_version="bench").release
    return release, attack.truth_of(wave)


def most_split(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of 14 measures, those with splits first, since they cost most."""
    linear = cells[cells["kind"] != "model"]
    names = dict.fromkeys([*linear.loc[linear["view"] == "splits", "measure"], *linear["measure"]])
    return linear[linear["measure"].isin(list(names)[:MEASURES])].reset_index(drop=True)


def prototype() -> float:
    """CPU seconds of the prototype's audit of one measure in 25 divisions."""
    spec = importlib.util.spec_from_file_location("attack_prototype", REFERENCE)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"Expected a Python module at {REFERENCE.name}.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    values, tree, _ = module.company(3, DIVISIONS, (15, 25), 10.0)
    tried = module.Attack(len(values), module.facts_from(module.rel_tree_dp(tree, 8), values, 1))
    began = time.process_time()
    for block in range(len(tried.blocks())):
        tried.bound_person(block)
    return time.process_time() - began


def company(seed: int = 3) -> Wave:
    """About 5,000 invented people in 25 divisions of 20 teams; teams and persons differ in how they answer."""
    random = np.random.default_rng(seed)
    units = [Unit("Whole organisation", -1), *(Unit(f"Division {d}", 0) for d in range(1, DIVISIONS + 1))]
    units += [Unit(f"Team {d}.{t}", d) for d in range(1, DIVISIONS + 1) for t in range(TEAMS)]
    own = 1 + random.negative_binomial(3, 3 / (2 + PEOPLE), DIVISIONS * TEAMS)
    unit = np.repeat(np.arange(DIVISIONS + 1, len(units)), own).astype(np.int32)
    scales, n = _scales(), len(unit)
    latent = random.normal(0, 0.5, len(units))[unit] + random.normal(0, 0.7, n)
    items = [item for scale in scales for item in scale.items]
    drawn = {item.id: _answers(latent, random) for item in items}
    rows = range(n)
    segments = {name: random.choice(len(share), n, p=share) + 1 for name, share in SHARES.items()}
    labels = {name: tuple(f"{name} {place + 1}" for place in range(len(share))) for name, share in SHARES.items()}
    return Wave(
        "Bench",
        "1",
        True,
        pd.DataFrame(drawn, index=rows),
        pd.DataFrame(index=rows),
        pd.DataFrame(segments, index=rows).astype(np.int16),
        labels,
        unit,
        Tree(tuple(units)),
        scales,
    )


def _answers(latent: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Answers from 1 to 5, one in twenty missing (0)."""
    levels = np.digitize(latent + random.normal(0, 0.8, len(latent)), (-1.2, -0.4, 0.4, 1.2)) + 1
    return np.where(random.random(len(latent)) < 0.05, 0, levels).astype(np.int8)


def _scales() -> tuple[Scale, ...]:
    return tuple(_scale(name, role, count) for name, role, count in (*SCALES, *ENACTED))


def _scale(name: str, role: str, count: int) -> Scale:
    instrument, _, short = name.partition(".")
    items: Sequence[Item] = [
        Item(f"{instrument}.{short}{place}", f"{short}{place}", 5, False) for place in range(count)
    ]
    lines = LINES if role == "burnout" else ()
    return Scale(name, name, role, tuple(items), (count + 1) // 2, "more of it", lines, instrument)


if __name__ == "__main__":
    main()
