"""One system's groups as blocks of people whom no figure tells apart, and the small groups that figures give away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from analytics.attack import rank, sizes
from analytics.attack.findings import Finding
from analytics.attack.people import Answers, Crowd
from analytics.attack.seen import Edition, Figure, Group, System, name_of

_NAMED = 12
_REGION, _LARGEST = 100, 300  # blocks of a part, as many as units allow


@dataclass(frozen=True)
class Population:
    """The groups of one system over blocks of people.

    ``inside``: groups by blocks (true/false). ``size``: people per block. With the wave at hand ``block`` is each
    answerer's block, ``person`` their row in the wave, and ``answers`` what they answered; without it ``size`` is the
    smallest that may be, and ``least`` what is known of each block's.
    """

    groups: tuple[Group, ...]
    inside: np.ndarray
    size: np.ndarray
    block: np.ndarray | None = None
    person: np.ndarray | None = None
    answers: Answers | None = None
    least: np.ndarray | None = None

    @cached_property
    def member(self) -> sparse.csr_array:
        """``inside`` by its few true entries, as ones."""
        return sparse.csr_array(self.inside, dtype=np.int64)

    @cached_property
    def people(self) -> np.ndarray:
        """How many people each group has."""
        return np.asarray(self.member @ self.size)

    def rows(self, groups: set[Group]) -> np.ndarray:
        """The places of some of the groups."""
        return np.array([place for place, group in enumerate(self.groups) if group in groups], dtype=np.int64)


def known(system: System, crowd: Crowd, answers: Answers) -> Population:
    """The population of a system from the wave: everybody who answered, and which groups each is in."""
    editions = range(max(figure.group.edition for figure in system.figures) + 1)
    groups = tuple(sorted({*_groups(system.figures), *(Group(edition, 0) for edition in editions)}, key=_order))
    person = np.flatnonzero(answers.answered)
    few, kind = crowd.alike(person, sorted({group.segment for group in groups if group.segment}))
    inside, _, block = rank.blocks(np.array([few.people(group) for group in groups]))
    block = block[kind]
    size = np.bincount(block, minlength=inside.shape[1])
    held = Answers(answers.answered, answers.group[person], answers.value[person])
    return Population(groups, inside, size, block, person, held)


def assumed(system: System, editions: Sequence[Edition], k: int) -> tuple[list[Population], list[Group]]:
    """Populations from the release alone, and the outermost groups of those in which its figures cannot all be true.

    How many people of a team fall into a category is not published, so the tree of units and each unit's split are
    populations of their own; so are editions.
    """
    made, clashes = [], []
    for groups in _uncrossed(_groups(system.figures)):
        inside, rest = sizes.memberships(groups, editions[groups[0].edition].manifest)
        size = sizes.smallest(system, groups, inside, rest, k)
        if size is None:
            clashes.append(groups[0])
        else:
            made.append(Population(tuple(groups), inside, size, least=np.where(rest, size, 1)))
    return made, clashes


def miscounted(population: Population, system: System, editions: Sequence[Edition]) -> list[Finding]:
    """Groups of fewer people than a figure needs, or of another number than the release tells."""
    people = dict(zip(population.groups, population.people.tolist(), strict=True))
    told = {(f.group, _minimum(f.kind, editions), f.n_low, f.n_high): f for f in system.figures}
    found = []
    for (group, least, low, high), figure in told.items():
        manifest = editions[group.edition].manifest
        limits = manifest["thresholds"]
        least = max(least, int(limits.get("k_demo", 0))) if group.segment else least
        whole = people.get(Group(group.edition, group.node), limits.get("n_demo", 0))
        name, n = name_of(group, manifest), people[group]
        where = "|".join(text for text in (group.segment, group.category, figure.part) if text)
        if n < least or (group.segment and whole < int(limits.get("n_demo", 0))):
            words = f"{name} has too few answers for a figure on {figure.measure}: {n}, and {least} are needed."
            found.append(Finding("display_too_small", figure.measure, group.node, name, where, words, (group.node,), n))
        if not low <= n <= (high if high >= 0 else n):
            words = f"{name} is told to have {low} to {high} answers on {figure.measure}, but it has {n}."
            found.append(Finding("contradiction", figure.measure, group.node, name, where, words, (group.node,)))
    return found


def separated(population: Population, system: System, editions: Sequence[Edition]) -> list[Finding]:
    """Every group smaller than its measure's minimum that the measure's figures give away."""
    found: list[Finding] = []
    tried: dict[tuple[bytes, int], list[rank.Leak]] = {}
    for name, measure in system.measures.items():
        k = _minimum(measure["kind"], editions)
        rows = population.rows({figure.group for figure in system.figures if figure.measure == name})
        key = (rows.tobytes(), k)
        if key not in tried:
            tried[key] = rank.leaks(population.inside[rows], population.size, k, _families(population.groups, rows))
        for leak in tried[key]:
            groups = [population.groups[rows[place]] for place in leak.groups]
            found.append(_told(leak.size, groups, name, system, editions))
    return found


def regions(population: Population) -> list[np.ndarray]:
    """The blocks in parts of about a hundred, whole units together where they are not too large."""
    chain = _chains(population)
    order = np.lexsort(chain.T[::-1]) if chain.shape[1] else np.arange(len(chain))
    return [np.sort(part) for part in _parts(order, chain, 0)]


def homes(population: Population) -> np.ndarray:
    """The smallest unit that each block is in, by number."""
    chain = _chains(population)
    inner = np.maximum((chain >= 0).sum(axis=1) - 1, 0)
    found: np.ndarray = chain[np.arange(len(chain)), inner] if chain.shape[1] else np.zeros(len(chain), np.int64)
    return found


def _chains(population: Population) -> np.ndarray:
    """Blocks by depth: the units that each block is in (their places by size), the largest first, -1 past the last."""
    tree = np.array([row for row, group in enumerate(population.groups) if not group.segment], dtype=np.int64)
    by_size = tree[np.argsort(-population.people[tree], kind="stable")]
    member = sparse.csc_array(population.member[by_size])
    member.sort_indices()
    depth = np.diff(member.indptr)
    chain = np.full((len(population.size), int(depth.max(initial=0))), -1)
    within = np.arange(member.nnz) - np.repeat(member.indptr[:-1], depth)
    chain[np.repeat(np.arange(len(depth)), depth), within] = member.indices
    return chain


def _parts(order: np.ndarray, chain: np.ndarray, depth: int) -> list[np.ndarray]:
    """Blocks that lie side by side, cut where units end; a unit that is too large is cut inside."""
    if len(order) <= _LARGEST:
        return [order]
    if depth == chain.shape[1]:
        return list(np.array_split(order, len(order) // _REGION))
    ends = np.flatnonzero(np.diff(chain[order, depth])) + 1
    found: list[np.ndarray] = []
    for unit in np.split(order, ends):
        if found and len(found[-1]) < _REGION and len(found[-1]) + len(unit) <= _LARGEST:
            found[-1] = np.concatenate([found[-1], unit])
        else:
            found += _parts(unit, chain, depth + 1)
    return found


def _minimum(kind: str, editions: Sequence[Edition]) -> int:
    limits = [edition.manifest["thresholds"] for edition in editions]
    return max(int(limit["k"] if kind == "mean" else limit["k_share"]) for limit in limits)


def _groups(figures: Sequence[Figure]) -> tuple[Group, ...]:
    return tuple(sorted({figure.group for figure in figures}, key=_order))


def _order(group: Group) -> tuple[int, str, str, int]:
    return group.edition, group.segment, group.category, group.node


def _uncrossed(groups: Sequence[Group]) -> list[list[Group]]:
    """The tree of each edition, and each unit with the categories of one of its splits."""
    trees = [[g for g in groups if g.edition == e and not g.segment] for e in sorted({g.edition for g in groups})]
    stars = sorted({(g.edition, g.node, g.segment) for g in groups if g.segment})
    splits = [[g for g in groups if (g.edition, g.node) == (e, n) and g.segment in ("", s)] for e, n, s in stars]
    return [part for part in (*trees, *splits) if part]


def _families(groups: Sequence[Group], rows: np.ndarray) -> list[list[int]]:
    """Rows that are nested among themselves: the tree, one category at every unit, a unit with one split."""
    family: dict[tuple[object, ...], list[int]] = {}
    for place, row in enumerate(rows):
        group = groups[row]
        family.setdefault(("tree", group.segment, group.category), []).append(place)
        if group.segment:
            family.setdefault(("split", group.edition, group.node, group.segment), []).append(place)
    for key, places in family.items():
        if key[0] == "split":
            places += [p for p, r in enumerate(rows) if groups[r] == Group(int(str(key[1])), int(str(key[2])))]
    return list(family.values())


def _told(size: int, groups: list[Group], measure: str, system: System, editions: Sequence[Edition]) -> Finding:
    """The finding for one separated group: exact when every figure that combines to it is, else bounded."""
    listed = sorted(groups, key=lambda group: _listed(group, editions))
    names = [name_of(group, editions[group.edition].manifest) for group in listed]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    widths = [f.high - f.low for f in system.figures if f.measure == measure and f.group in set(groups)]
    kind = "group_exact" if all(width < 1e-9 for width in widths) else "group_bounded"
    people = f"{size} people" if size != 1 else "one person"
    how = "A figure is shown for" if len(names) == 1 else "Taken together, these figures give away the figure of"
    sentence = f"{how} {people} on {measure}: {', '.join(names[:_NAMED])}{more}."
    nodes = tuple(sorted({group.node for group in groups}))
    split = next((f"{group.segment}|{group.category}" for group in listed if group.segment), "")
    return Finding(kind, measure, listed[0].node, names[0], split, sentence, nodes, size)


def _listed(group: Group, editions: Sequence[Edition]) -> tuple[bool, bool]:
    """Groups that the manifest does not list as shown come first: they are the likeliest cause."""
    unit = editions[group.edition].manifest["units"][group.node]
    return bool(unit["shown"]), bool(unit.get("rest", False))
