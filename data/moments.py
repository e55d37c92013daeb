"""Dates and times as survey tools write them, read by explicit forms only; ``GMT+5:30`` means east of Greenwich."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import regex

from data.numerals import plain_digits

_ISO = regex.compile(
    r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"(?:[T ]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?\s*(?P<ap>[AaPp]\.?[Mm]\.?)?)?"
    r"\s*(?P<zone>Z|UTC|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?|GMT)?"
)
_SLASHED = regex.compile(
    r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4}|\d{2})"
    r"(?:,?[T ]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?\s*(?P<ap>[AaPp]\.?[Mm]\.?)?)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = regex.compile(
    r"(?i)(?:(?P<mon>[a-z]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})|"
    r"(?P<d>\d{1,2})[ -](?P<mon>[a-z]{3,9})\.?[ -](?P<y>\d{4}))"
    r"(?:,?[T ]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?\s*(?P<ap>[AaPp]\.?[Mm]\.?)?)?"
)
_FIRST_DAY = datetime(1899, 12, 30)  # day 0 of spreadsheets, their missing leap day of 1900 made good
_FARTHEST = timedelta(hours=14)
_OFFSET = regex.compile(r"([+-])(\d{1,2}):?(\d{2})?")


def instants(cells: Sequence[str], zone: str = "") -> list[str]:
    """A column of dates as ISO 8601: UTC with ``Z`` where the cell or ``zone`` names a zone, else local; "" when none.

    ``zone`` is an IANA name or "UTC". Day or month first is decided once for the column: by a part above 12, else by
    the reading with the shorter time span.
    """
    plain = [plain_digits(cell) for cell in cells]
    day_first = _day_first(plain)
    known = {cell: _instant(cell, zone, day_first) for cell in set(plain)}
    return [known[cell] for cell in plain]


def from_serial(cell: str) -> str:
    """A spreadsheet's count of days as ISO 8601 (local), with the time where the count has a fraction; "" for blank."""
    if not cell:
        return ""
    days, _, part = cell.partition(".")
    moment = _FIRST_DAY + timedelta(days=int(days), seconds=round(86_400 * float(f"0.{part or 0}")))
    return moment.isoformat() if part.strip("0") else moment.date().isoformat()


def is_moment(cell: str) -> bool:
    """Whether a cell has one of the forms read here (a bare year or number has not)."""
    plain = plain_digits(cell)
    return bool(_ISO.fullmatch(plain) or _SLASHED.fullmatch(plain) or _in_words(plain))


def _instant(text: str, zone: str, day_first: bool) -> str:
    match = _ISO.fullmatch(text) or _SLASHED.fullmatch(text) or _in_words(text)
    if match is None:
        return ""
    parts = match.groupdict()
    try:
        moment = _moment(parts, day_first)
    except ValueError:
        return ""
    where = _offset(parts.get("zone") or "") or _named(zone)
    if where is None:
        return moment.isoformat() if parts.get("H") else moment.date().isoformat()
    return moment.replace(tzinfo=where).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(parts: dict[str, str | None], day_first: bool) -> datetime:
    year = int(parts["y"] or 0)
    if "mon" in parts:
        month, day = _MONTHS.index((parts["mon"] or "")[:3].casefold()) + 1, int(parts["d"] or 0)
    elif "m" in parts:
        month, day = int(parts["m"] or 0), int(parts["d"] or 0)
    else:
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        day, month = (first, second) if day_first else (second, first)
    hour = int(parts["H"] or 0)
    half = (parts["ap"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime(year + 2000 if year < 100 else year, month, day, hour, int(parts["M"] or 0), int(parts["S"] or 0))


def _in_words(text: str) -> regex.Match[str] | None:
    """A day with the name of its month: "Jan 10, 2026 9:30 AM", "10-Jan-2026"."""
    match = _NAMED_MONTH.fullmatch(text)
    return match if match and match["mon"][:3].casefold() in _MONTHS else None


def _offset(text: str) -> timezone | None:
    if not text:
        return None
    match = _OFFSET.search(text)
    if match is None:
        return UTC
    east = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if east > _FARTHEST:
        return None  # no clock on earth: a damaged cell
    return timezone(-east if match[1] == "-" else east)


def _named(zone: str) -> ZoneInfo | timezone | None:
    if not zone:
        return None
    if zone in ("Z", "UTC"):
        return UTC
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _day_first(cells: Sequence[str]) -> bool:
    pairs = {(int(m["a"]), int(m["b"])) for m in map(_SLASHED.fullmatch, set(cells)) if m}
    if any(first > 12 for first, _ in pairs):
        return True
    if any(second > 12 for _, second in pairs):
        return False
    return _span(cells, day_first=True) < _span(cells, day_first=False)


def _span(cells: Sequence[str], *, day_first: bool) -> timedelta:
    """How long the column lasts when read one way: surveys run for days or weeks, seldom over many months."""
    read = [_instant(cell, "", day_first) for cell in set(cells) if _SLASHED.fullmatch(cell)]
    found = [datetime.fromisoformat(text) for text in read if text]
    return max(found) - min(found) if found else timedelta(0)
