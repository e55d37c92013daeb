"""Where each respondent belongs: one column of names, a column of paths, or names placed by a units file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.wave import Tree, Unit
from data.labels import clean_label
from data.recognise.units import PATH_SIGNS
from data.units_file import UnitRow, UnitsFile, after_merging, key, read_units_file

__all__ = ["Placed", "UnitRow", "UnitsFile", "path_sign", "place", "read_units_file", "share_known"]

WHOLE = "Whole organisation"

_Path = tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """The tree, the place in it of each name that was asked for, people invited per unit (None where not listed),
    and the positions of the names that the units file does not know: their people belong to the whole."""

    tree: Tree
    places: np.ndarray
    invited: tuple[int | None, ...]
    strangers: tuple[int, ...] = ()


def place(
    names: Sequence[str],
    counts: Sequence[int],
    *,
    sign: str | None = None,
    file: UnitsFile | None = None,
    whole: str = WHOLE,
) -> Placed:
    """The tree that distinct ``names`` make, and each name's place in it (int32, parents before children).

    ``counts``: how many people wrote each name; of several spellings the commonest is shown. ``sign`` splits a path
    ("A / B / C"). With a units file its units make the tree and the names are looked up in it. The whole takes the
    name of the one unit at the top where there is one, else ``whole``.
    """
    if file is not None:
        return _by_file(names, sign, file, whole)
    paths = [_parts(name, sign) for name in names]
    top = _one_top(paths) if sign else ""
    if top:
        whole, paths = top, [path[1:] for path in paths]
    tree, place_of = _tree(paths, counts, whole)
    return Placed(tree, _array(place_of[_keys(path)] for path in paths), (None,) * len(tree))


def path_sign(names: Iterable[str]) -> str | None:
    """The sign that splits most of the names into the parts of a path, None when most of them are plain names."""
    every = list(names)
    ranked = sorted(PATH_SIGNS, key=lambda sign: -sum(sign in name for name in every))
    return ranked[0] if 2 * sum(ranked[0] in name for name in every) > len(every) else None


def share_known(names: Sequence[str], file: UnitsFile) -> float:
    """The share of distinct names that a units file lists, 0 to 1."""
    listed = {key(row.name) for row in file.rows}
    return sum(_listed_key(name, listed) is not None for name in names) / len(names) if names else 0.0


def _by_file(names: Sequence[str], sign: str | None, file: UnitsFile, whole: str) -> Placed:
    if file.problems.blocking:
        tree = Tree((Unit(clean_label(whole), -1),))
        return Placed(tree, np.zeros(len(names), np.int32), (None,))
    paths, part_of, invited = after_merging(file)
    top = _one_top(list(paths.values()))
    if top:
        whole, paths = top, {own: path[1:] for own, path in paths.items()}
    tree, place_of = _tree(list(paths.values()), [1] * len(paths), whole)
    at = {own: place_of[_keys(path)] for own, path in paths.items()}
    listed = [_listed_key(name, part_of) for name in names]
    places = _array(0 if own is None else at[part_of[own]] for own in listed)
    asked: list[int | None] = [None] * len(tree)
    for own, count in invited.items():
        asked[at[own]] = count
    return Placed(tree, places, tuple(asked), tuple(n for n, own in enumerate(listed) if own is None))


def _listed_key(name: str, listed: Mapping[str, str] | set[str]) -> str | None:
    """The listed unit that a name stands for: the whole name, or the last part of a path."""
    if (own := key(name)) in listed:
        return own
    for sign in PATH_SIGNS:
        if sign in name and (own := key(name.rpartition(sign)[2])) in listed:
            return own
    return None


def _parts(name: str, sign: str | None) -> _Path:
    parts = name.split(sign) if sign else [name]
    return tuple(clean_label(part) for part in parts if part.strip())


def _keys(path: _Path) -> _Path:
    return tuple(part.casefold() for part in path)


def _one_top(paths: Sequence[_Path]) -> str:
    """The first part that all paths share, "" when they do not or when nothing lies below it."""
    tops = Counter(path[0] for path in paths if path)
    if len({top.casefold() for top in tops}) != 1 or not any(len(path) > 1 for path in paths):
        return ""
    return tops.most_common(1)[0][0]


def _tree(paths: Sequence[_Path], counts: Sequence[int], whole: str) -> tuple[Tree, dict[_Path, int]]:
    """Every unit on any path, the whole first, each after its parent, siblings by name."""
    spelled: dict[_Path, Counter[str]] = defaultdict(Counter)
    for path, count in zip(paths, counts, strict=True):
        keys = _keys(path)
        for depth, part in enumerate(path, start=1):
            spelled[keys[:depth]][part] += count
    # Sorted as tuples, every path stands right after the paths that it begins with.
    place_of: dict[_Path, int] = {(): 0} | {keys: n for n, keys in enumerate(sorted(spelled), start=1)}
    units = [Unit(clean_label(whole), -1)]
    units += [Unit(_commonest(spelled[keys]), place_of[keys[:-1]]) for keys in sorted(spelled)]
    return Tree(tuple(units)), place_of


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))


def _array(places: Iterable[int]) -> np.ndarray:
    return np.fromiter(places, np.int32)
