"""Which unit of one wave is which of another: by path, with what was renamed, moved or merged said by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Path = tuple[str, ...]
WHOLE: Path = ()


@dataclass(frozen=True)
class Lineage:
    """For each unit of the later wave the units of the earlier one that it was: one, several (merged) or none.

    ``before``: later id -> earlier ids; ``new``: later ids without an earlier one; ``gone``: earlier ids without a
    later one. Residual rows ("Other teams in ...") hold other people each time and are in none of the three.
    """

    before: Mapping[int, tuple[int, ...]]
    new: tuple[int, ...]
    gone: tuple[int, ...]


def paths(units: Iterable[Mapping[str, Any]]) -> dict[int, Path]:
    """The path of names of each real unit below the whole, by its id; the whole's path is empty.

    ``units``: as in a release's manifest, parents before children; where a viewer may not see a parent, paths begin
    below it.
    """
    found: dict[int, Path] = {}
    for unit in units:
        if unit.get("rest"):
            continue
        over = int(unit["parent"])
        found[int(unit["id"])] = WHOLE if over < 0 else (*found.get(over, WHOLE), str(unit["name"]))
    return found


def lineage(
    earlier: Iterable[Mapping[str, Any]],
    later: Iterable[Mapping[str, Any]],
    mapped: Mapping[Path, Path] | None = None,
) -> Lineage:
    """Match units by path; ``mapped`` says which earlier path is now which (several to one: merged).

    What is said of a unit holds for everything below it that is not named itself. Raises ``ValueError`` for a path
    that neither wave has.
    """
    old, new = paths(earlier), paths(later)
    place_of = {path: place for place, path in new.items()}
    renamed = dict(mapped or {})
    _check(renamed, set(old.values()), set(place_of))
    before: dict[int, list[int]] = {}
    gone = []
    for place, path in old.items():
        now = place_of.get(_now(path, renamed))
        if now is None:
            gone.append(place)
        else:
            before.setdefault(now, []).append(place)
    fresh = tuple(place for place in new if place not in before)
    return Lineage({now: tuple(were) for now, were in before.items()}, fresh, tuple(gone))


def applicable(
    told: Mapping[Path, Path], earlier: Iterable[Mapping[str, Any]], later: Iterable[Mapping[str, Any]]
) -> dict[Path, Path]:
    """What is said of units that are in the two waves, as far as these units go; ``lineage`` takes nothing else."""
    old, new = set(paths(earlier).values()), set(paths(later).values())
    return {was: now for was, now in told.items() if was in old and now in new}


def proposals(earlier: Sequence[Mapping[str, Any]], later: Sequence[Mapping[str, Any]]) -> dict[Path, Path]:
    """Units that have likely moved: their own name occurs once in each wave, under another path. To be confirmed."""
    found = lineage(earlier, later)
    old, new = paths(earlier), paths(later)
    gone = _once(old[place] for place in found.gone)
    fresh = _once(new[place] for place in found.new)
    return {path: fresh[name] for name, path in gone.items() if name in fresh}


def _now(path: Path, renamed: Mapping[Path, Path]) -> Path:
    """The later path: the longest beginning that was mapped is replaced."""
    for length in range(len(path), 0, -1):
        if path[:length] in renamed:
            return (*renamed[path[:length]], *path[length:])
    return path


def _check(renamed: Mapping[Path, Path], old: set[Path], new: set[Path]) -> None:
    unknown = sum(path not in old for path in renamed) + sum(path not in new for path in renamed.values())
    if unknown:
        raise ValueError(f"Every mapped unit should be in its wave, but {unknown} of {2 * len(renamed)} paths are not.")


def _once(found: Iterable[Path]) -> dict[str, Path]:
    every = list(found)
    times = Counter(path[-1].casefold() for path in every)
    return {path[-1].casefold(): path for path in every if times[path[-1].casefold()] == 1}
