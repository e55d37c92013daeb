"""Damaged copies of real files, and the whole road with everything answered: what any upload has to survive."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from data import describe, inspection
from data.assemble import assemble
from data.intake import Limits, dialect, encoding, table
from data.intake.grid import is_blank
from data.recipe import Recipe
from data.table import RawTable, Refused
from tests.data.recognise_tables import CORPUS

MOST_BYTES = 120_000
PADDED = "too_few_cells_padded"
LIMITS = Limits()


def sources() -> dict[str, bytes]:
    """The files of the corpus; of long text files the first part."""
    found = {}
    for path in sorted((*CORPUS.glob("import/*.*"), *CORPUS.glob("datasets/o*"))):
        if path.suffix != ".json":
            content = path.read_bytes()
            is_text = path.suffix in (".csv", ".tsv")
            found[path.name] = content[:MOST_BYTES] if is_text else content
    return found


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A copy with one to three things wrong with it, inside its archive where it is a workbook."""
    if content.startswith(b"PK"):
        return _inside(content, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(_WAYS)(content, chance)
    return content


def _inside(content: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.3:
        return chance.choice((_cut, _garbled))(content, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice([name for name in parts if "sheet" in name or "shared" in name or chance.random() < 0.2])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, inside in parts.items():
            archive.writestr(name, chance.choice(_WAYS)(inside, chance) if name == chosen else inside)
    return out.getvalue()


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _garbled(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content or b" ")
    for _ in range(chance.randrange(1, 30)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _delimiters(content: bytes, chance: random.Random) -> bytes:
    old = chance.choice((b",", b";", b"\t"))
    new = chance.choice((b";", b"\t", b"|", b"", b",,"))
    return content.replace(old, new, chance.choice((-1, 1, 7, len(content) // 50)))


def _quotes(content: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return content.replace(b'"', chance.choice((b"", b"'", b'""', b'"""')), chance.choice((-1, 1, 5)))
    place = chance.randrange(len(content) + 1)
    return content[:place] + b'"' + content[place:]


def _ends(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\n", chance.choice((b"\r", b"\r\r\n", b"\n\n", b"\r\n", b'"', b"\x0b")))


def _encodings(content: bytes, chance: random.Random) -> bytes:
    """Half a file in another encoding, as when two exports are glued together."""
    place = content.find(b"\n", chance.randrange(len(content) + 1))
    text = content[place:].decode("utf-8", "replace")
    return content[:place] + text.encode(chance.choice(("cp1252", "utf-16", "mac_roman", "utf-8-sig")), "replace")


def _marked(content: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"sep=;\r\n", b"\n\n", b"Report\n\n")) + content


def _columns(content: bytes, chance: random.Random) -> bytes:
    """A column twice, or one more in front."""
    lines = content.split(b"\n")
    if chance.random() < 0.5:
        return b"\n".join(line.partition(b",")[0] + b"," + line for line in lines)
    return b"\n".join(b"%d,%s" % (n, line) for n, line in enumerate(lines))


def _lines(content: bytes, chance: random.Random) -> bytes:
    """Lines twice, swapped or away."""
    lines = content.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.randrange(4)
    if how == 0:
        lines.insert(other, lines[at])
    elif how == 1:
        lines[at], lines[other] = lines[other], lines[at]
    elif how == 2:
        del lines[min(at, other) : min(at, other) + chance.randrange(1, 6)]
    else:
        lines = [lines[0], *lines]
    return b"\n".join(lines)


def _spliced(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.randbytes(chance.randrange(60)) + content[place + chance.randrange(100) :]


def _nuls(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + b"\0" * chance.choice((1, 3, 500)) + content[place:]


_Way = Callable[[bytes, random.Random], bytes]
_WAYS: tuple[_Way, ...] = (
    _cut, _garbled, _delimiters, _quotes, _ends, _encodings, _marked, _columns, _lines, _spliced, _nuls,
)  # fmt: skip


def walk(content: bytes, name: str) -> None:
    """The whole road with every question answered. Only ``Refused`` may come, with a sentence; no row may be lost."""
    try:
        seen = inspection.look(content, name, Recipe(), LIMITS)
    except Refused as refusal:
        assert refusal.message and refusal.kind
        return
    every_row_is_listed(content, seen.raw)
    kept, aside = len(seen.recognition.keep), len(seen.recognition.set_aside)
    assert kept + aside == len(seen.raw.lines)
    answers = {question.key: question.options[-1 if question.key == "wave" else 0][0] for question in seen.questions}
    made = assemble(seen.raw, seen.recognition, Recipe(answers=answers), None, "Survey", "Wave", False, b"salt")
    assert len(made.wave) == kept and describe.describe(seen)["outcome"] == "accept"
    with tempfile.TemporaryDirectory() as folder:
        describe.write_table(seen, Path(folder) / "table.csv")
    assert Recipe.from_json(made.recipe.to_json()) == made.recipe


def every_row_is_listed(content: bytes, raw: RawTable) -> None:
    """Records with content that come after the header are people's rows or are listed; never neither, never both."""
    if raw.encoding is None or raw.tool == "spss" or "long_format_pivoted" in raw.warnings:
        return
    grid = dialect.split(encoding.decode(content))
    below = table.find_layout(grid).below
    records = sum(not is_blank(record) for record in grid.records[below:])
    listed = sum(row.kind != PADDED for row in raw.set_aside)
    assert records == len(raw.lines) + listed
