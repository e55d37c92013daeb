"""Prints what the fit of profiles and the two-group test cost beside scikit-learn and StepMix.

``python -m tests.bench.profiles`` (many minutes; nothing here is a test). One run, one core, CPU seconds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
from sklearn.mixture import GaussianMixture
from stepmix.stepmix import StepMix
from threadpoolctl import threadpool_limits

from analytics.honesty import two_group_test
from analytics.mixture import climb
from analytics.ordinal import Questions
from analytics.patterns import standardised
from analytics.selection import MOST_CLASSES, Selection, select

PEOPLE = 1_000_000
PEER_PEOPLE = 100_000
STEPMIX_PEOPLE = 10_000
STARTS = 50
INDEPENDENT_STARTS = 20
CUTS = np.array([-1.3, -0.45, 0.45, 1.3])
ITEMS = (4, 2, 2)


def survey(people: int, seed: int) -> np.ndarray:
    """Answers (1-5) to the eight boundary questions of people on one continuum."""
    random = np.random.default_rng(seed)
    trait = random.standard_normal(people)
    columns = []
    for items in ITEMS:
        scale = 0.8 * trait + 0.6 * random.standard_normal(people)
        responses = 0.8 * scale[:, None] + 0.6 * random.standard_normal((people, items))
        columns.append(np.searchsorted(CUTS, responses) + 1)
    return np.hstack(columns).astype(np.int8)


def questions(codes: np.ndarray) -> Questions:
    return Questions(codes, np.full(sum(ITEMS), 5), np.repeat(np.arange(len(ITEMS)), ITEMS))


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def against_scikit_learn(people: int, peer_people: int) -> None:
    """Five fits from scores of all people, beside scikit-learn's on a part, scaled as if its cost were linear."""
    x = questions(survey(people, 1)).scores() * 100
    held: list[Selection] = []
    ours = cpu(lambda: held.append(select(x, starts=STARTS)))
    part = x[:peer_people]
    peer = people / peer_people * sum(cpu(lambda k=k: _mixture(k).fit(part)) for k in range(1, MOST_CLASSES + 1))
    print(f"selection, {people:,} people, {STARTS} starts: {ours:.1f} s of CPU")
    print(f"GaussianMixture, {peer_people:,} people scaled to {people:,}: {peer:.0f} s; ours is 1/{peer / ours:.0f}")
    for profiles in held[0].fits[1:]:
        best = _best_of_independent(x, profiles.k)
        worse = max(best - profiles.loglik, 0) / abs(best)
        print(
            f"  K = {profiles.k}: log-likelihood below the best of {INDEPENDENT_STARTS} starts by {worse:.1e} relative"
        )


def _mixture(k: int) -> GaussianMixture:
    return GaussianMixture(k, covariance_type="diag", n_init=10, tol=1e-6, max_iter=1000, random_state=0)


def _best_of_independent(x: np.ndarray, k: int) -> float:
    """The highest log-likelihood from random memberships of all people, in the units of the data."""
    data, random = standardised(x, None, None), np.random.default_rng(99)
    starts = (random.dirichlet(np.ones(k), len(data.index)) for _ in range(INDEPENDENT_STARTS))
    best = max(climb(data.patterns, start, 20_000, 1e-7, 1e-9).loglik for start in starts)
    size = data.patterns.counts @ data.patterns.observed
    return best - float(size @ np.log(data.spread[data.columns]))


def against_stepmix(people: int) -> None:
    """Five fits beside StepMix's with ten starts, both on the same people."""
    x = questions(survey(people, 2)).scores() * 100
    ours = cpu(lambda: select(x, starts=STARTS))
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    peer = sum(cpu(lambda k=k: _stepmix(k).fit(z)) for k in range(1, MOST_CLASSES + 1))
    print(f"selection, {people:,} people: {ours:.1f} s of CPU")
    print(f"StepMix, 10 starts: {peer:.0f} s; ours is 1/{peer / ours:.0f}")
    for found in select(x, starts=STARTS).fits[1:]:
        best = _best_of_independent(x, found.k)
        print(f"  K = {found.k}: below the best of {INDEPENDENT_STARTS} starts by {max(best - found.loglik, 0):.1e}")


def _stepmix(k: int) -> StepMix:
    return StepMix(k, measurement="gaussian_diag", n_init=10, random_state=0, progress_bar=0)


def the_test(people: int) -> None:
    """The two-group test on a continuum, and on two groups, where nothing ends early."""
    one = cpu(lambda: two_group_test(questions(survey(people, 3))))
    codes = survey(people, 4)
    codes[: people // 2] = np.clip(codes[: people // 2] - 2, 1, 5)
    codes[people // 2 :] = np.clip(codes[people // 2 :] + 2, 1, 5)
    two = cpu(lambda: two_group_test(questions(codes)))
    print(f"two-group test, {people:,} people: {one:.1f} s of CPU on a continuum, {two:.1f} s on two groups")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=PEOPLE)
    options.add_argument("--peer-people", type=int, default=PEER_PEOPLE)
    options.add_argument("--stepmix-people", type=int, default=STEPMIX_PEOPLE)
    chosen = options.parse_args()
    with threadpool_limits(1):
        the_test(1000)
        against_stepmix(chosen.stepmix_people)
        against_scikit_learn(chosen.people, chosen.peer_people)


if __name__ == "__main__":
    main()
