"""Which releases were made from the same people's answers: salted hashes of rows, and how many two files share.

A release stays known after its wave is gone, so that a later file with the same rows can be attacked together with it.
What is kept of a row is a hash of its answers, once over all of them and once over each scale, because a file may come
back with a column more or less. The hashes of one scale are sorted by themselves: nothing ties them to each other, to
a unit or to a place in the file. The salt belongs to the catalogue, so a file is known again under any survey's name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.release import Release
from analytics.wave import Wave

SHARE = 0.10  # a larger share of the smaller file's rows, beyond chance: the same people's answers
FEW = 4  # equal rows: the smallest group ever shown has 5, and two of those that differ by one person share 4
MANY_ANSWERS = 20  # rows of so many answers hardly meet by chance, so a few of them are enough
_COMMON = 0.5  # when more of a file's own rows than this have a twin in it, people answer alike
_MOSTLY = 0.6  # then: of the rows that chance would leave alone, more than this share must find their equal
_SPREAD = 4  # standard deviations of a count by chance, which no coincidence passes
_LEAST_ITEMS = 5  # a shorter scale has too few answers to tell one file from another
_LEAST_ANSWERS = 4
_CUSTOM, _ROWS = "custom", "rows"
_LOWERS = (
    "The smallest group may be raised and never lowered: {name} was published with {most}, but this asks for {k}. "
    "Publish with {most} or more."
)
HASH = np.dtype("<u8")

Signature = tuple[str, np.ndarray]  # which answers were hashed; the sorted hashes


@dataclass(frozen=True)
class Edition:
    """An earlier release that shares rows with a wave: how many, and how many rows it was made from.

    ``same``: whether it was made from these rows, all of them and no others, in the same units.
    """

    release: Release
    survey: str
    wave: str
    shared: int
    rows: int
    same: bool = False


def signatures(wave: Wave, salt: bytes) -> tuple[Signature, ...]:
    """The salted hashes of a wave's rows: one set over all answers, one over each longer scale.

    A scale that the analyst named has no name of its own here, since it may be named otherwise the next time.
    """
    levels = {item.id: item.levels for scale in wave.scales for item in scale.items}
    every = [name for name in wave.answers.columns if name in levels]
    made = [_signature(f"{_ROWS}:{len(every)}", wave, every, levels, salt)]
    for scale in wave.scales:
        items = [item.id for item in scale.items if item.id in wave.answers.columns]
        if len(items) >= _LEAST_ITEMS:
            name = _CUSTOM if scale.id.startswith(f"{_CUSTOM}.") else scale.id
            made.append(_signature(name, wave, items, levels, salt))
    return tuple(made)


def shared_rows(mine: Sequence[Signature], theirs: Sequence[Signature]) -> int:
    """How many rows two files share by the most telling of their signatures; 0 when it may well be chance."""
    pairs = [(name, ours, other) for name, ours in mine for again, other in theirs if name == again]
    return max((_shared(name, ours, other) for name, ours, other in pairs), default=0)


def are_same(mine: Sequence[Signature], theirs: Sequence[Signature]) -> bool:
    """Whether two files have the very same rows, as far as hashes tell."""
    one, other = dict(mine), dict(theirs)
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


def smallest_group(release: Release) -> int:
    """The fewest people behind any figure of a release."""
    return int(release.manifest["thresholds"]["k"])


def has_units_of(release: Release, wave: Wave) -> bool:
    """Whether a release names the units of a wave, in the same places."""
    told = [(unit["name"], unit["parent"]) for unit in release.manifest["units"] if not unit.get("rest")]
    return told == [(unit.name, unit.parent) for unit in wave.tree.units]


def lowers(before: Iterable[tuple[int, str]], k: int) -> str:
    """A sentence when something was published with a larger smallest group than ``k``, else "".

    ``before``: the smallest group and the name of each release that counts.
    """
    most, name = max(before, default=(0, ""))
    return "" if k >= most else _LOWERS.format(name=name, most=most, k=k)


def refusal(found: Sequence[Edition], wave: Wave) -> str:
    """A sentence when a wave may not be published beside what was published of its rows before, else "".

    The same rows may be published again, and are attacked together with what was published of them. Rows that are
    only in part the same may not: whoever holds both releases could subtract one from the other.
    """
    other = next((edition for edition in found if not edition.same), None)
    if other is None:
        return ""
    return (
        f"{min(other.shared, len(wave)):,} of these {len(wave):,} rows were already published as {other.wave} of "
        f"{other.survey}, which has {other.rows:,} rows. Two releases of nearly the same people can be subtracted from "
        "one another, so nothing was published. Publish exactly the same rows again, or wait for the next survey."
    )


def _signature(name: str, wave: Wave, items: list[str], levels: dict[str, int], salt: bytes) -> Signature:
    codes = wave.answers[items].to_numpy(dtype=np.int16)
    codes = _either_way(codes[_telling(codes)], np.array([levels[item] for item in items], dtype=np.int16))
    patterns, place = np.unique(np.ascontiguousarray(codes).view(f"V{2 * len(items)}"), return_inverse=True)
    start = hashlib.blake2b(key=salt, digest_size=HASH.itemsize, person=name.partition(":")[0].encode()[:16])
    hashes = np.array([_hash(start, pattern.tobytes()) for pattern in patterns], dtype=HASH)
    return name, np.sort(hashes[place.ravel()])


def _hash(start: hashlib.blake2b, content: bytes) -> int:
    made = start.copy()
    made.update(content)
    return int.from_bytes(made.digest(), "little")


def _telling(codes: np.ndarray) -> np.ndarray:
    """Rows that could tell one person from another: several answers, and not all the same."""
    if not codes.shape[1]:
        return np.zeros(len(codes), dtype=bool)
    highest = codes.max(axis=1)
    lowest = np.where(codes > 0, codes, highest[:, None]).min(axis=1)
    telling: np.ndarray = ((codes > 0).sum(axis=1) >= min(_LEAST_ANSWERS, codes.shape[1])) & (lowest < highest)
    return telling


def _either_way(codes: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Answers read from the other end come out the same: a file that was turned round is still the same file."""
    turned = np.where(codes > 0, levels + 1 - codes, 0)
    differ = codes != turned
    first = differ.argmax(axis=1)[:, None]
    other = np.take_along_axis(codes, first, 1) > np.take_along_axis(turned, first, 1)
    return np.where(other, turned, codes)


def _shared(name: str, mine: np.ndarray, theirs: np.ndarray) -> int:
    """Equal rows beyond chance; 0 when they are too few to mean anything.

    By chance, a row meets its equal in a file of other people as often as a row of that file meets one in the rest
    of it. Where that is often, only files that are mostly the same can be told from files that are not.
    """
    small, large = sorted((mine, theirs), key=len)
    if not len(small):
        return 0
    chance = _with_twin(large)
    if chance > _COMMON:
        return _mostly_the_same(small, large)
    by_chance = max(chance, _with_twin(small)) * len(small)
    beyond = float(np.isin(small, large).sum()) - chance * len(small)
    many = name.startswith(_ROWS) and int(name.partition(":")[2]) >= MANY_ANSWERS
    least = FEW if many else max(FEW, SHARE * len(small))
    return round(beyond / (1 - chance)) if beyond >= max(least, _SPREAD * by_chance**0.5) else 0


def _mostly_the_same(small: np.ndarray, large: np.ndarray) -> int:
    """Equal rows of two files in which many people answer alike, each row paired with one other at most.

    What chance would pair is tried on the larger file: a random part is taken out of it and paired with the rest.
    """
    order = np.random.default_rng(0).permutation(len(large))
    size = min(len(small), len(large) // 2)
    chance = _paired(large[order[:size]], large[order[size:]])
    alone, by_chance = ((1 - share) * len(small) for share in (_paired(small, large), chance))
    same = alone <= by_chance * (1 - _MOSTLY) and by_chance - alone >= _SPREAD * by_chance**0.5
    return round((1 - alone / by_chance) * len(small)) if same and by_chance else 0


def _paired(small: np.ndarray, large: np.ndarray) -> float:
    """The share of the smaller file's rows that can be paired, one to one, with equal rows of the other."""
    here, counts = np.unique(small, return_counts=True)
    there, others = np.unique(large, return_counts=True)
    _, at, other = np.intersect1d(here, there, assume_unique=True, return_indices=True)
    return float(np.minimum(counts[at], others[other]).sum() / len(small))


def _with_twin(hashes: np.ndarray) -> float:
    """The share of a file's rows that have an equal in the same file."""
    _, counts = np.unique(hashes, return_counts=True)
    return float(counts[counts > 1].sum() / len(hashes))
