"""What kind of file it is, by its first bytes and never by its name; what holds no table is refused here."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from data.intake import refusals
from data.intake.encoding import utf16_without_mark
from data.intake.limits import MB, Limits

TABLE_ENDINGS = frozenset({".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".sav", ".zsav"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
)
_ARCHIVES = ((b"\x1f\x8b", "a gzip archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a rar archive"))
_WEB = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head", b"<meta")
_VISIBLE = re.compile(rb"[^\xef\xbb\xbf\xff\xfe\0 \t\r\n]")
_PLAIN_CONTROLS = frozenset(b"\0\t\n\v\f\r\x1a\x1b")


@dataclass(frozen=True)
class Opened:
    """A file that may hold a table: "text", "workbook" or "spss", its bytes, and whether it came out of an archive."""

    kind: str
    content: bytes
    name: str = ""
    archived: bool = False


def open_file(content: bytes, filename: str, limits: Limits) -> Opened:
    """The table file in these bytes, out of its zip if it is in one; raises ``Refused`` for everything else."""
    if len(content) > limits.max_bytes:
        raise refusals.too_large(_mb(len(content)), _mb(limits.max_bytes))
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(content, filename, limits)
    return _single(content, filename)


def _single(content: bytes, filename: str) -> Opened:
    if content.startswith(_OLE):
        return _ole(content, filename)
    if content[:4] in (b"$FL2", b"$FL3"):
        return Opened("spss", content, filename)
    for magic, what in _ARCHIVES:
        if content.startswith(magic):
            raise refusals.archive_unreadable(what)
    _refuse_others(content)
    return Opened("text", content, filename)


def _ole(content: bytes, filename: str) -> Opened:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refusals.password_protected()
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return Opened("workbook", content, filename)
    raise refusals.not_text("an old Office document without a worksheet")


def _refuse_others(content: bytes) -> None:
    for magic, what in _OTHERS:
        if content.startswith(magic):
            raise refusals.not_text(what)
    start = content[:1000].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").replace(b"\0", b"").lstrip().lower()
    if start.startswith(_WEB):
        raise refusals.html_as_xls()
    if not _VISIBLE.search(content):
        raise refusals.empty_file()
    if _is_binary(content[:4096]):
        raise refusals.not_text("a binary file")


def _is_binary(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or utf16_without_mark(head):
        return False
    controls = sum(1 for byte in head if byte < 32 and byte not in _PLAIN_CONTROLS)
    # Padding with zero bytes is common at the end of a file and inside fixed-width fields, not everywhere.
    body = head.rstrip(b"\0")
    return controls > 0.02 * len(head) or body.count(0) > 0.4 * len(body)


def _zip(content: bytes, filename: str, limits: Limits, inside: bool = False) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _of_zip(archive, Opened("workbook", content, filename, inside), limits)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error):
        raise refusals.archive_unreadable("a damaged archive or workbook") from None


def _of_zip(archive: zipfile.ZipFile, workbook: Opened, limits: Limits) -> Opened:
    members = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.flag_bits & 1 for info in members):
        raise refusals.password_protected()
    unpacked = sum(info.file_size for info in members)
    if unpacked > limits.max_unpacked:
        size, most = _mb(unpacked), _mb(limits.max_unpacked)
        raise refusals.archive_unreadable(f"an archive that unpacks to {size} ({most} is the most)")
    names = [info.filename for info in members]
    if any(name.startswith("xl/") for name in names) or _is_ods(archive, names):
        # Reading each member to its end proves the sizes that the directory claims before another reader trusts them.
        if archive.testzip() is not None:
            raise refusals.archive_unreadable("a damaged workbook")
        return workbook
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise refusals.not_text("an Office document without a worksheet")
    if workbook.archived:
        raise refusals.archive_unreadable("a zip archive inside a zip archive")
    return _only_table(archive, members, limits)


def _is_ods(archive: zipfile.ZipFile, names: list[str]) -> bool:
    return "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]


def _only_table(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits) -> Opened:
    tables = [info for info in members if _is_table(PurePosixPath(info.filename))]
    if len(tables) != 1:
        raise refusals.archive_unreadable(f"a zip archive with {len(tables)} data files in it")
    inner, name = archive.read(tables[0]), tables[0].filename
    if inner[:4] == b"PK\x03\x04":
        return _zip(inner, name, limits, inside=True)
    return replace(_single(inner, name), archived=True)


def _is_table(path: PurePosixPath) -> bool:
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return path.suffix.lower() in TABLE_ENDINGS and not hidden


def _mb(count: int) -> str:
    return f"{count / MB:,.1f} MB"
