"""How a chart was worked out: the same few lines everywhere, built from the manifest's scales and thresholds."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.finding.words import count, listed
from analytics.reading import WHOLE, Reading


def method(read: Reading, measures: Sequence[str]) -> tuple[str, ...]:
    """Five lines: what was asked, how it was scored, who is in, how sure the figures are, what is hidden and why; among
    them, where a chart has any, whose lines these are and where the questionnaires are not known to hold."""
    told = (_asked(read, measures), _scored(read, measures), _who(read), _sure(read, measures), _hidden(read))
    return (told[0], *_lines(read, measures), *_badges(read, measures), *told[1:])


def people(read: Reading, node: int | None = None) -> str:
    """Who a figure is about and when: the band of answers of a unit, the survey and the wave."""
    cell = read.cell("indicators", read.node if node is None else node, read.first or "")
    n = read.manifest.get("n", {})
    low, high = int(n.get("low", 0)), int(n.get("high", -1))
    whole = f"{low:,}+ answers" if high < 0 else f"{low:,}–{high:,} answers"
    band = cell.answers or (whole if low > 0 and read.node == WHOLE else "")
    return f"{band + ', ' if band else ''}{read.wave}"


def _scales(read: Reading, measures: Sequence[str]) -> list[str]:
    named = [str(read.measures.get(m, {}).get("scale") or m) for m in measures]
    return list(dict.fromkeys(scale for scale in named if scale in read.scales))


def _asked(read: Reading, measures: Sequence[str]) -> str:
    scales = [read.scales[scale] for scale in _scales(read, measures)]
    if scales:
        parts = [f"{scale['title']}, {count(int(scale['n_items']), 'question')}" for scale in scales]
        sources = list(dict.fromkeys(str(scale["source"]) for scale in scales if scale.get("source")))
        return f"What was asked: {'; '.join(parts)}.{' Source: ' + '; '.join(sources) + '.' if sources else ''}"
    titles = [read.title(m) for m in measures if m in read.measures]
    return f"What was asked: {'; '.join(titles)}." if titles else "What was asked: the questions named in the chart."


def _lines(read: Reading, measures: Sequence[str]) -> list[str]:
    """Each line that a share is counted from: its kind, its source, whom it was drawn on, and its caveat."""
    entries = [read.measures[m] for m in measures if read.measures.get(m, {}).get("line")]
    lines = [(entry["line"], entry["line"].get("caveat") or entry.get("caveat", "")) for entry in entries]
    said = [
        f"{round(line['at'], 1):g}, “{line['name']}”: {line['kind']} line ({line['source']}), drawn on "
        f"{line['population']}. {caveat}".strip()
        for line, caveat in lines
    ]
    return [f"Lines: {' '.join(dict.fromkeys(said))}"] if said else []


def _badges(read: Reading, measures: Sequence[str]) -> list[str]:
    """Where the questionnaires of a chart are not known to hold, each sentence once with the scales it is about."""
    found: dict[str, list[str]] = {}
    for entry in (read.scales[scale] for scale in _scales(read, measures)):
        if entry.get("badge"):
            found.setdefault(str(entry["badge"]), []).append(str(entry["title"]))
    said = [f"{listed(titles)}: {badge[:1].lower()}{badge[1:]}" for badge, titles in found.items()]
    return [" ".join(said)] if said else []


def _scored(read: Reading, measures: Sequence[str]) -> str:
    lines = ["How it was scored: answers are placed on 0 to 100 and averaged over a scale's questions."]
    for scale in (read.scales[name] for name in _scales(read, measures)):
        rule = f"{scale['title']} needs {scale['min_answered']} of {scale['n_items']} answers."
        turned = [str(label) for label in scale.get("reversed", ())]
        lines.append(rule + (f" Turned round, because high answers mean less: {listed(turned)}." if turned else ""))
    lines += [str(read.measures[m]["formula"]) for m in measures if read.measures.get(m, {}).get("formula")]
    return " ".join(dict.fromkeys(line if line.endswith(".") else f"{line}." for line in lines))


def _who(read: Reading) -> str:
    return f"Who is in: everyone in {read.wave} who answered enough of the questions; numbers of answers are bands."


def _sure(read: Reading, measures: Sequence[str]) -> str:
    spread = sorted(read.manifest["pooled_sd"][m] for m in measures if m in read.manifest.get("pooled_sd", {}))
    common = f" from the spread inside groups ({_range(spread)} points)" if spread else ""
    return (
        f"How sure: 95 % intervals{common}, taken at the smallest number of answers in a group's band. "
        "“Clearly” is said only after correction for many comparisons, and of differences that matter in size."
    )


def _range(spread: Sequence[float]) -> str:
    low, high = f"{spread[0]:.0f}", f"{spread[-1]:.0f}"
    return low if low == high else f"{low} to {high}"


def _hidden(read: Reading) -> str:
    k = read.manifest["thresholds"]["k"]
    return (
        f"What is hidden: figures of fewer than {k} people, and figures from which such a group could be worked out. "
        "Smaller groups are rounded more, so that nobody's answers can be read from a figure."
    )
