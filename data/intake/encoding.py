"""Bytes to text: which encoding a file is in, decided by rules that hold on short survey files.

Statistical detectors guess wrong on files of a few hundred words, so none is used: byte-order mark, pattern of zero
bytes, strict UTF-8, and only then the two old single-byte encodings that survey files really come in.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

# Windows-1252 leaves five bytes undefined; they keep their number, so that one stray byte cannot stop a file.
_CP1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
_BYTE = {char: byte for byte, char in enumerate(_CP1252)}
_HIGH = re.escape("".join(_CP1252[128:]))
_TWICE = re.compile(f"[{_HIGH}]{{2,}}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True)
class Decoded:
    """A file's text, the encoding it was in, and what had to be repaired."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def also(self, warning: str, note: str) -> Decoded:
        """The same with one more thing noticed."""
        return replace(self, warnings=(*self.warnings, warning), notes=(*self.notes, note))


def decode(content: bytes) -> Decoded:
    """The text of a file: byte-order mark, zero-byte pattern, UTF-8, mixed, Mac Roman, Windows-1252, in this order."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _lines(_without_nuls(Decoded(content.decode("utf-16", "replace"), "utf-16")))
    wide = utf16_without_mark(content)
    if wide:
        return _lines(_without_nuls(Decoded(content.decode(wide, "replace"), wide)))
    nuls = content.count(b"\0")
    decoded = _eight_bit(content.replace(b"\0", b"") if nuls else content)
    return _lines(_twice(_nuls_said(decoded, nuls)))


def utf16_without_mark(content: bytes) -> str:
    """The byte order of UTF-16 text without a mark, "" when it is none: every second byte of western text is zero."""
    head = content[:4096].rstrip(b"\0")
    if len(head) < 8:
        return ""
    even, odd = head[0::2], head[1::2]
    zeros_even, zeros_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros_odd > 0.4 and zeros_even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if zeros_even > 0.4 and zeros_odd < 0.1 else ""


def _eight_bit(content: bytes) -> Decoded:
    marked = content.startswith(codecs.BOM_UTF8)
    content = content.removeprefix(codecs.BOM_UTF8)
    name = "utf-8-sig" if marked else "utf-8"
    try:
        return Decoded(content.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        # A file that was cut in the middle of its last character is still UTF-8.
        if error.reason == "unexpected end of data" and error.start > 0:
            return Decoded(content[: error.start].decode("utf-8"), name)
    return _not_utf8(content, name, marked)


def _not_utf8(content: bytes, name: str, marked: bool) -> Decoded:
    lines = content.split(b"\n")
    good = [line for line in lines if not line.isascii() and _is_utf8(line)]
    if marked or len(good) >= 2:
        return _mixed(lines, name)
    if b"\r" in content and b"\n" not in content:
        return _guessed(content.decode("mac_roman"), "mac_roman", "Mac Roman")
    return _guessed(_cp1252(content), "cp1252", "Windows-1252")


def _mixed(lines: list[bytes], name: str) -> Decoded:
    bad = [line for line in lines if not _is_utf8(line)]
    text = "\n".join(line.decode("utf-8") if _is_utf8(line) else _cp1252(line) for line in lines)
    strange = next(byte for byte in bad[0] if byte >= 128)
    count = "1 line was" if len(bad) == 1 else f"{len(bad):,} lines were"
    note = (
        f"Two encodings in one file (two exports glued together?). {count} converted; "
        f"please look at: byte {strange:02X} → {_CP1252[strange]}."
    )
    return Decoded(text, f"mixed {name} + cp1252").also("mixed_encoding_repaired", note)


def _guessed(text: str, encoding: str, words: str) -> Decoded:
    seen = sorted(set("".join(_NOT_ASCII.findall(text[:200_000]))))[:12]
    note = f"This file does not say which encoding it is in; {words} was taken. Please look at: {' '.join(seen)}"
    return Decoded(text, encoding).also("encoding_guessed", note)


def _twice(decoded: Decoded) -> Decoded:
    """Undo text that was encoded twice (``RÃ©ception``), run by run, when most special characters are such runs."""
    if decoded.text.isascii() or not decoded.encoding.startswith("utf-8") or not _TWICE.search(decoded.text):
        return decoded
    found = [(run, _once(run)) for run in _TWICE.findall(decoded.text)]
    repaired = [(run, once) for run, once in found if once != run]
    if len(repaired) < 2 or 2 * len(repaired) < len(_NOT_ASCII.findall(decoded.text)):
        return decoded
    text = _TWICE.sub(lambda match: _once(match[0]), decoded.text)
    before, after = repaired[0]
    note = f"Text that was encoded twice was repaired in {len(repaired):,} places, such as {before} → {after}."
    return replace(decoded, text=text, encoding="utf-8 (double)").also("double_encoding_repaired", note)


def _once(run: str) -> str:
    try:
        return bytes(_BYTE[char] for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return run


def _nuls_said(decoded: Decoded, nuls: int) -> Decoded:
    if not nuls:
        return decoded
    return decoded.also("nul_bytes_removed", f"{nuls:,} zero bytes (padding of an older system) were removed.")


def _without_nuls(decoded: Decoded) -> Decoded:
    nuls = decoded.text.count("\0")
    return _nuls_said(replace(decoded, text=decoded.text.replace("\0", "").removeprefix("\ufeff")), nuls)


def _lines(decoded: Decoded) -> Decoded:
    if "\r" in decoded.text and "\n" not in decoded.text:
        return decoded.also("cr_line_endings", "Lines end in the way of old Macintosh files; they were read as lines.")
    return decoded


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _cp1252(content: bytes) -> str:
    return codecs.charmap_decode(content, "strict", _CP1252)[0]
