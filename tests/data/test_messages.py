"""Every message that an import owes: a file that must bring it about does, with its numbers, and tells nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

import pytest

from data.foresight import too_few
from data.inspection import look
from data.intake import Limits
from data.recipe import Recipe
from data.table import Refused
from tests.data.export_parts import worksheet
from tests.data.test_intake_workbook import workbook

SECRET = "zebra-sesame"  # stands in cells only: a message that has it has told an answer
ITEM, OFTEN = "How often do you feel tired?", ("Never", "Seldom", "Often")
FORBIDDEN = re.compile(
    rf"(?i){SECRET}|traceback|\.py\b|/tmp|/home|errno|0x|exception|pandas|calamine|pyreadstat|zipfile"
)


def rows(count: int, header: str = f"Team,{ITEM},Comment", cell: str = SECRET) -> bytes:
    lines = [f"{'AB'[n % 2]},{OFTEN[n % 3]},{cell} {n}" for n in range(count)]
    return "\n".join([header, *lines]).encode()


def zipped(**members: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return sink.getvalue()


def locked_zip() -> bytes:
    """An archive whose directory and member both say that a password is needed."""
    content = bytearray(zipped(survey__csv=rows(20)))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(magic) + at] |= 1
    return bytes(content)


LOCKED_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
WIDE = "\n".join(",".join(f"{SECRET}{n}" for n in range(2_345)) for _ in range(12)).encode()
SUMMARY = f"Question,Answer,Count,Percent\n{ITEM},Never,12,30%\n{ITEM},Often,28,70%\nTotal,,40,100%\n".encode()
GROUPS = b"Team,Respondents,Response rate,Engagement,Burnout\n" + b"".join(
    b"Unit %d,%d,%d%%,%d.5,%d.2\n" % (n, 20 + n, 60 + n, 50 + n, 30 + n) for n in range(14)
)
PEAKON = "answerId,answerScore,categoryId,questionText\n" + "".join(f"{n},{n % 11},c1,Tired?\n" for n in range(31))

REFUSED: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "nothing at all": (b"", "empty_file", ("no column names and no answers",)),
    "blanks only": (b" \r\n\t\r\n", "empty_file", ("no column names and no answers",)),
    "an empty workbook": (workbook(Responses=worksheet([])), "empty_file", ("no column names",)),
    "column names only": (b"a,b,c,d\n", "no_rows", ("There are 4 column names", "Was a filter on")),
    "one person": (rows(1), "too_few_rows", ("Only 1 answer.", "Below 8 people")),
    "too wide": (WIDE, "too_many_columns", ("2,345 columns and 11 rows.", "More than 2,000 columns")),
    "a web page": (f"<html><table><td>{SECRET}".encode(), "html_as_xls", ("saved with the ending .xls", "Excel workb")),
    "a locked workbook": (LOCKED_WORKBOOK, "password_protected", ("Save a copy without it", "do not send us")),
    "a locked archive": (locked_zip(), "password_protected", ("Save a copy without it", "do not send us")),
    "a PDF": (b"%PDF-1.7 " + bytes(range(256)) * 9, "not_text", ("a PDF document", "we read csv, tsv, txt, xlsx")),
    "two tables": (zipped(a__csv=rows(9), b__csv=rows(9)), "archive_unreadable", ("2 data files", "we read csv")),
    "no table": (zipped(a__png=b"x"), "archive_unreadable", ("0 data files", "we read csv")),
    "half an archive": (zipped(a__csv=rows(99))[:200], "archive_unreadable", ("a damaged archive", "we read csv")),
    "results of groups": (
        GROUPS,
        "aggregated_not_raw",
        ("These 14 rows", '"Respondents"', "individual responses"),
    ),
    "answers of nobody": (PEAKON.encode(), "aggregated_not_raw", ("31 single answers", "Export them with such a key")),
    "results per question": (SUMMARY, "aggregated_not_raw", ("results per question", "choose")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_was_seen_with_its_numbers_and_the_next_step(name: str) -> None:
    content, kind, words = REFUSED[name]
    with pytest.raises(Refused) as caught:
        look(content, f"{SECRET}.csv", Recipe(), Limits())
    told = caught.value.message
    assert caught.value.kind == kind and not [one for one in words if one not in told], told
    assert not FORBIDDEN.search(told) and told.count("\n") == 0 and len(told) < 400


def test_a_file_that_is_too_large_is_refused_with_both_amounts() -> None:
    for limits, words in (
        (Limits(max_bytes=900), ("MB", "is the most")),
        (Limits(max_rows=50), ("60 rows", "50 rows")),
    ):
        with pytest.raises(Refused) as caught:
            look(rows(60), "survey.csv", Recipe(), limits)
        assert caught.value.kind == "too_large" and all(word in caught.value.message for word in words)


@pytest.mark.parametrize("people", [2, 5, 7])
def test_a_file_of_too_few_people_is_looked_at_and_never_kept(people: int) -> None:
    assert len(look(rows(people), "survey.csv", Recipe(), Limits()).recognition.keep) == people
    told = too_few(people, 8)
    assert "needs 8 answers or more" in told and f"has {people}." in told and too_few(8, 8) == ""


@dataclass(frozen=True)
class Told:
    """A file that is read, the kind of warning it brings, and what is said of it; ``asked``: in a question."""

    content: bytes
    warning: str
    words: tuple[str, ...]
    asked: bool = False


MIXED = (
    rows(40) + "\nB,Often,Müller déjà vu\nA,Never,Ärger über Größe".encode() + "\nA,Often,Größe".encode("cp1252") * 3
)


def joined(header: str, lines: list[str]) -> bytes:
    return "\n".join([f"{header},{ITEM}", *(f"{line},{OFTEN[n % 3]}" for n, line in enumerate(lines))]).encode()


BANDS = joined("Team,Tenure", [f"{'AB'[n % 2]},{('1-May', '6-10', '11-20')[n % 3]}" for n in range(30)])
WAVES = joined("Key,Wave", [f"K{n % 12},{('Spring', 'Autumn')[n // 12]}" for n in range(24)])
TOLD = {
    "two encodings": Told(
        MIXED, "mixed_encoding_repaired", ("Two encodings in one file", "3 lines were converted", "→ ö")
    ),
    "bands as dates": Told(BANDS, "excel_date_damage", ("10 cells of", "look like dates", '"1-5"')),
    "people again": Told(
        WAVES, "several_waves_per_respondent", ("12 people answered more than once", "count people, not rows"), True
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_was_mended_or_is_doubtful_is_said_with_its_numbers(name: str) -> None:
    told = TOLD[name]
    seen = look(told.content, "survey.csv", Recipe(), Limits())
    assert told.warning in {*seen.raw.warnings, *seen.recognition.warnings}
    sentences = [one.text for one in seen.questions] if told.asked else [*seen.raw.notes, *seen.recognition.notes]
    assert any(all(word in sentence for word in told.words) for sentence in sentences), sentences
    assert not any(map(FORBIDDEN.search, sentences))
