"""The minimum sizes of a wave: chosen before publishing, raised later, never lowered."""

from __future__ import annotations

from dataclasses import dataclass

FLOOR, SHARE_FLOOR = 5, 8
SPLIT_FLOOR, SPLIT_NODE_FLOOR = 8, 30
MODEL_FLOOR, CLASS_FLOOR = 100, 25


@dataclass(frozen=True)
class Thresholds:
    """Minimum sizes of a wave; raises ``ValueError`` for anything under the floors that no setting can lower.

    ``k``: people behind any figure and any block; ``k_share``: the same for shares; ``k_demo``: people in a category of
    a demographic split, which exists at groups of ``n_demo`` and more only; ``insiders``: how many people of a group
    may pool their own answers; ``model_n`` and ``model_class``: people behind a model's figure and in each class.
    """

    k: int = 8
    k_share: int = 8
    k_demo: int = 10
    n_demo: int = 50
    insiders: int = 1
    model_n: int = 100
    model_class: int = 25

    def __post_init__(self) -> None:
        _at_least(self.k, FLOOR, "The minimum group")
        _at_least(self.k_share, max(SHARE_FLOOR, self.k), "The minimum group for shares")
        _at_least(self.k_demo, max(SPLIT_FLOOR, self.k), "The smallest category of a split")
        _at_least(self.n_demo, SPLIT_NODE_FLOOR, "The smallest group with a split")
        _at_least(self.insiders, 1, "The number of insiders")
        _at_least(self.model_n, MODEL_FLOOR, "The smallest group with model figures")
        _at_least(self.model_class, CLASS_FLOOR, "The smallest class of a model")


def thresholds(k: int = 8) -> Thresholds:
    """The thresholds that follow from the one number that an analyst chooses: nothing else falls below it."""
    return Thresholds(k=k, k_share=max(SHARE_FLOOR, k), k_demo=max(10, k))


def _at_least(given: int, floor: int, what: str) -> None:
    if given < floor:
        raise ValueError(f"{what} should be {floor} or more, but got {given}.")
