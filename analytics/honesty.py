"""Two groups or one continuum: the test that decides what may be said about the two leanings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analytics.contrast import contrast
from analytics.ordinal import Questions, cut, latent_correlation, thresholds
from analytics.peaked import single_peaked

LEVEL = 0.05
# "Two groups" is the claim that would mislead: none of 399 normal continua may reach T, where unevenness needs 1 in 20.
STRICT_LEVEL = 0.005
# The single-peaked shape is fitted to the very answers it is compared with and follows them closely, so this comparison
# rejects far more rarely than its level says; at .05 it would only lose power.
PEAKED_LEVEL = 0.10
LEAST_CONTRAST = 10.0
DRAWS = 399
PEAKED_DRAWS = 199
MOST_PEOPLE = 4000
MIN_PEOPLE = 100
SENTENCES = {
    "two groups": "The data support two groups.",
    "uneven": "Shape is uneven, separate groups are not established.",
    "continuum": "One continuum; the two labels mark its ends.",
}


@dataclass(frozen=True)
class Honesty:
    """What the test found.

    ``statistic``: T of ``contrast``; ``p_normal``: how often one normal continuum gives as much; ``p_peaked``: how
    often the best-fitting continuum with one peak does (NaN where the first test already settles it); ``people``:
    how many entered; ``verdict``: "two groups", "uneven", "continuum" or "too few".
    """

    verdict: str
    sentence: str
    statistic: float
    p_normal: float
    p_peaked: float
    people: int


def two_group_test(questions: Questions, seed: int = 0, draws: int = DRAWS) -> Honesty:
    """Whether the answers support two groups, are an uneven continuum, or one continuum.

    T compares two profiles with one population; ordinary rules call every continuum two groups, so T is compared with
    what single populations give that have the same answer frequencies and correlations: (1) one normal continuum;
    (2) the best-fitting continuum with a single peak, which carries the data's skew, flatness and tails.
    "two groups": T > 10, the first p < .005 and the second < .10. "uneven": the first p < .05 at least. Else
    "continuum".
    Only people with a score on every scale enter, with the gaps they left; beyond 4,000 an even sample over the
    sorted answers. Same result for any order of people or items and for answers coded the other way round.
    Source: this product's test, after Bauer & Curran 2003, doi:10.1037/1082-989X.8.3.338.
    Checked against: simulated continua (normal, floor, skew, flat) and classes, ``tests/analytics/test_honesty.py``.
    """
    usable = _canonical(questions)
    people = len(usable.codes)
    scores = usable.scores()
    if people < MIN_PEOPLE or not len(usable.scale) or not (np.ptp(scores, axis=0) > 0).all():
        return _too_few(people)
    observed = contrast(scores)
    p_normal = _share_as_large(observed, usable, _normal_draws(usable), LEVEL, (seed, 1, draws))
    p_peaked = float("nan")
    if p_normal < STRICT_LEVEL and observed > LEAST_CONTRAST:
        fewer = min(draws, PEAKED_DRAWS)
        p_peaked = _share_as_large(observed, usable, single_peaked(usable).draw, PEAKED_LEVEL, (seed, 2, fewer))
    verdict = _verdict(p_normal, p_peaked)
    return Honesty(verdict, SENTENCES[verdict], observed, p_normal, p_peaked, people)


def _verdict(p_normal: float, p_peaked: float) -> str:
    if p_normal >= LEVEL:
        return "continuum"
    return "two groups" if p_peaked < PEAKED_LEVEL else "uneven"


def _too_few(people: int) -> Honesty:
    sentence = (
        f"Two groups are not looked for: that needs {MIN_PEOPLE} people with differing answers, and here are {people}."
    )
    nothing = float("nan")
    return Honesty("too few", sentence, nothing, nothing, nothing, people)


_Draw = Callable[[int, np.random.Generator], np.ndarray]


def _share_as_large(
    observed: float, questions: Questions, draw: _Draw, level: float, plan: tuple[int, int, int]
) -> float:
    """The Monte Carlo p-value of T, ended early once so many draws reached T that it cannot fall below ``level``.

    ``plan``: seed, stream and most draws. A draw in which nothing can be fitted counts as reaching T.
    Source: Besag & Clifford 1991, doi:10.1093/biomet/78.2.301.
    """
    seed, stream, draws = plan
    random = np.random.default_rng([seed, stream])
    answered = questions.codes > 0
    reached, enough = 0, max(round(level * (draws + 1)), 1)
    for drawn in range(1, draws + 1):
        codes = np.where(answered, draw(len(answered), random), 0)
        reached += not contrast(questions.scores(codes)) < observed
        if reached == enough:
            return reached / drawn
    return (1 + reached) / (draws + 1)


def _normal_draws(questions: Questions) -> _Draw:
    cuts = thresholds(questions.codes)
    root = np.linalg.cholesky(latent_correlation(questions.codes)).T

    def draw(people: int, random: np.random.Generator) -> np.ndarray:
        return cut(random.standard_normal((people, len(root))) @ root, cuts)

    return draw


def _canonical(questions: Questions) -> Questions:
    """The same answers in an order and direction that do not depend on how the file had them."""
    varies = np.array([np.ptp(column[column > 0]) > 0 if column.any() else False for column in questions.codes.T], bool)
    kept = Questions(questions.codes[:, varies], questions.levels[varies], questions.scale[varies])
    complete = ~np.isnan(kept.scores()).any(axis=1)
    turned = _turned(Questions(kept.codes[complete], kept.levels, kept.scale))
    ordered = _by_shape(turned)
    codes = ordered.codes[np.lexsort(ordered.codes.T[::-1])] if len(ordered.scale) else ordered.codes[:0]
    if len(codes) > MOST_PEOPLE:
        codes = codes[np.linspace(0, len(codes) - 1, MOST_PEOPLE).round().astype(np.int64)]
    return Questions(codes, ordered.levels, ordered.scale)


def _turned(questions: Questions) -> Questions:
    """Answers turned round, if need be, so that their sum has its longer tail above."""
    scores = questions.scores()
    if len(scores) and ((scores.sum(axis=1) - scores.sum(axis=1).mean()) ** 3).mean() < 0:
        codes = np.where(questions.codes > 0, questions.levels + 1 - questions.codes, 0).astype(np.int8)
        return Questions(codes, questions.levels, questions.scale)
    return questions


def _by_shape(questions: Questions) -> Questions:
    """Items sorted by the frequencies of their answers, scale by scale; scales by those of their items."""
    counts = np.array([np.bincount(column, minlength=128) for column in questions.codes.T])
    scales = {scale: tuple(sorted(map(tuple, counts[questions.scale == scale]))) for scale in set(questions.scale)}
    rank = {scale: place for place, scale in enumerate(sorted(scales, key=lambda scale: (scales[scale], scale)))}
    order = sorted(range(len(counts)), key=lambda item: (rank[questions.scale[item]], tuple(counts[item]), item))
    scale = np.array([rank[questions.scale[item]] for item in order], np.int64)
    return Questions(questions.codes[:, order], questions.levels[order], scale)
