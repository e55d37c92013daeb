"""Survey tools and how to tell their exports: one record per tool, first hit wins, patterns before English words.

A signature looks at the first records of a file and answers with the number of header records, 0 when it is another
tool's file. Where a vendor translates headings, the shape of the data decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from data.intake import headers
from data.intake.headers import Named

_IMPORT_ID = re.compile(r"\{\s*['\"]?ImportId['\"]?\s*:")
_TIME_ZONE = re.compile(r"\"timeZone\"\s*:\s*\"([^\"]+)\"")
_RESPONSE_ID = re.compile(r"R_[0-9A-Za-z]{8,}")
_QUALTRICS_KEYS = frozenset({"StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "RecordedDate",
                             "ResponseId", "RecipientEmail", "DistributionChannel", "UserLanguage"})  # fmt: skip
_GOOGLE_MOMENT = re.compile(
    r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}:\d{2} [AaPp]\.?[Mm]\.?\s(?:GMT|UTC)([+-]\d{1,2}(:\d{2})?)?"
)
_TIMESTAMP = frozenset({"timestamp", "horodateur", "zeitstempel", "marca temporal", "carimbo de data/hora",
                        "informazioni cronologiche", "tijdstempel", "sygnatura czasowa", "tidsstempel", "tidsstämpel",
                        "zaman damgası", "отметка времени", "タイムスタンプ", "टाइमस्टैम्प", "টাইমস্ট্যাম্প",
                        "நேரமுத்திரை", "टाइमस्टॅम्प", "时间戳记", "طابع زمني"})  # fmt: skip
_MOMENT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]+\d{1,2}[:.]\d{2}([:.]\d{2})?(\.\d+)?( ?[AaPp]\.?[Mm]\.?)?")
_FORMS_STARTS = frozenset({"start time", "hora de inicio", "startzeit", "heure de début", "hora de início",
                           "ora di inizio", "begintijd", "starttid", "godzina rozpoczęcia", "प्रारंभ समय"})  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LIME_META = frozenset({"submitdate", "lastpage", "startlanguage"})
# Headings are written in the survey's language; any two of these beside each other are LimeSurvey's.
_LIME_TEXTS = frozenset({
    "response id", "date submitted", "last page", "start language",
    "antwort id", "datum abgeschickt", "letzte seite", "start-sprache",
    "id de la réponse", "date de soumission", "dernière page", "langue de départ",
    "id de respuesta", "fecha de envío", "última página", "idioma inicial", "lenguaje inicial",
    "id da resposta", "data de envio", "data de submissão", "idioma de início",
    "id risposta", "data invio", "data di invio", "ultima pagina", "lingua iniziale",
    "antwoord id", "datum ingediend", "laatste pagina", "begintaal", "starttaal",
})  # fmt: skip
_LIME_CODE = re.compile(r"\w+\[SQ\d+\](\[SQ\d+\]|\[comment\]|\[\d+\])?")
_LIME_CODE_TEXT = re.compile(r"\w+\[\w+\](\[\w+\])?\.\s")
_REDCAP_STATES = frozenset({"Incomplete", "Unverified", "Complete"})
_REDCAP_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ESCAPES = (("{newline}", "\n"), ("{cr}", "\r"), ("{tab}", "\t"), ("{quote}", '"'), ("{lbrace}", "{"))


@dataclass(frozen=True)
class Head:
    """The first records of a file that have something in them, all of one width, and whether it is a workbook."""

    records: list[list[str]]
    workbook: bool = False

    @property
    def keys(self) -> list[str]:
        """The first record, trimmed."""
        return [cell.strip() for cell in self.records[0]]

    def column(self, place: int) -> list[str]:
        """The cells of a column below the first record."""
        return [record[place].strip() for record in self.records[1:]]


def as_written(cell: str) -> str:
    """A cell as it stands: most tools write cells that need no decoding."""
    return cell


def no_zone(header_records: list[list[str]]) -> str:
    """No time zone in the header records."""
    return ""


def in_utc(header_records: list[list[str]]) -> str:
    """A tool that writes UTC without saying so in each cell."""
    return "UTC"


@dataclass(frozen=True)
class Tool:
    """One survey tool's export: how to know it, how its header records name the columns, how its cells are written."""

    name: str
    header_records: Callable[[Head], int]
    columns: Callable[[list[list[str]]], Named] = headers.keys_alone
    cell: Callable[[str], str] = as_written
    zone: Callable[[list[list[str]]], str] = no_zone
    one_answer_per_row: bool = False
    warnings: tuple[str, ...] = ()


def _qualtrics(head: Head) -> int:
    for place, record in enumerate(head.records[:4]):
        cells = [cell for cell in record if cell.strip()]
        if place and sum(1 for cell in cells if _IMPORT_ID.match(cell.strip())) >= 0.9 * len(cells):
            return place + 1
    return _qualtrics_without_ids(head)


def _qualtrics_without_ids(head: Head) -> int:
    keys = head.keys
    if "ResponseId" in keys:
        answers = [
            place for place, cell in enumerate(head.column(keys.index("ResponseId"))) if _RESPONSE_ID.match(cell)
        ]
        return answers[0] + 1 if answers and answers[0] <= 1 else 0
    if len(_QUALTRICS_KEYS & set(keys)) >= 4 and "StartDate" in keys and len(head.records) > 1:
        return 1 if _MOMENT.match(head.records[1][keys.index("StartDate")].strip()) else 2
    legacy = keys[:1] == ["V1"] and len(head.records) > 1 and head.records[1][0].strip() == "ResponseID"
    return 2 if legacy else 0


def _qualtrics_zone(header_records: list[list[str]]) -> str:
    found = (_TIME_ZONE.search(cell) for cell in header_records[-1])
    zone = next((match[1] for match in found if match), "")
    return "UTC" if zone == "Z" else zone


def _limesurvey_vv(head: Head) -> int:
    return 2 if len(head.records) > 1 and set(map(str.strip, head.records[1])) >= _LIME_META else 0


def _limesurvey_cell(cell: str) -> str:
    if "{" not in cell:
        return cell
    if cell == "{question_not_shown}":
        return ""
    for written, meant in _ESCAPES:
        cell = cell.replace(written, meant)
    return cell


def _limesurvey(head: Head) -> int:
    keys = head.keys
    known = set(keys) >= _LIME_META or len({key.casefold() for key in keys[:6]} & _LIME_TEXTS) >= 4
    return int(known or sum(1 for key in keys if _LIME_CODE.fullmatch(key)) >= 3)


def _limesurvey_code_and_text(head: Head) -> int:
    return int(sum(1 for key in head.keys if _LIME_CODE_TEXT.match(key)) >= 3)


def _surveymonkey(head: Head) -> int:
    first = [key.replace(" ", "").casefold() for key in head.keys[:2]]
    if len(head.records) < 2:
        return 0
    under = [cell.strip().casefold() for cell in head.records[1]]
    if first[:1] != ["respondentid"]:
        # The columns about the respondent were taken out: what stands below the questions is still the tool's own.
        return 2 if under.count("response") + under.count("open-ended response") >= 2 else 0
    options = not under[0]
    if first == ["respondentid", "collectorid"]:
        return 2 if options else 1
    return 2 if options and ("response" in under or "open-ended response" in under) else 0


def _typeform(head: Head) -> int:
    return int(head.keys[0] == "#" and any(key.startswith("Start Date (UTC)") for key in head.keys))


def _kobo(head: Head) -> int:
    if not {"_id", "_uuid", "_submission_time"} <= set(head.keys):
        return 0
    return 2 if _is_tags(head) else 1


def _is_tags(head: Head) -> bool:
    tags = [cell for cell in head.records[1] if cell.strip()] if len(head.records) > 1 else []
    return bool(tags) and all(cell.startswith("#") for cell in tags)


def _kobo_tagged(head: Head) -> int:
    return 2 if _kobo(head) == 2 else 0


def _redcap(head: Head) -> int:
    keys = head.keys
    status = any(_is_form_status(head, place) for place in range(len(keys)))
    raw = status or any(key.startswith("redcap_") for key in keys)
    return int(raw or sum(1 for key in keys if re.search(r"\(choice=.+\)$", key)) >= 2)


def _is_form_status(head: Head, place: int) -> bool:
    """Whether a column says how far a form of REDCap is: the project names the first column as it likes."""
    key, cells = head.keys[place], {cell for cell in head.column(place) if cell}
    if key == "Complete?":
        return bool(cells) and cells <= _REDCAP_STATES
    in_lower_case = all(map(_REDCAP_NAME.fullmatch, head.keys))
    return key.endswith("_complete") and bool(cells) and cells <= {"0", "1", "2"} and in_lower_case


def _peakon(head: Head) -> int:
    return int({"answerId", "answerScore", "categoryId"} <= set(head.keys))


def _viva_glint(head: Head) -> int:
    return int(head.keys[0].casefold() == "user e-mail" and any(key.endswith("_COMMENTS") for key in head.keys))


def _microsoft_forms(head: Head) -> int:
    first = [key.casefold() for key in head.keys[:3]]
    if first == ["id", "start time", "completion time"]:
        return 1
    translated = first[:1] == ["id"] and first[1:2] != [] and first[1] in _FORMS_STARTS
    return int((head.workbook or translated) and _looks_like_forms(head, head.workbook))


def _looks_like_forms(head: Head, sortable: bool) -> bool:
    """Counted rows, a start, an end and a person; moments that are ``sortable`` as text have to be in order."""
    if len(head.records) < 3 or len(head.keys) < 5:
        return False
    counts, starts, ends, who = (head.column(place) for place in range(4))
    rising = all(cell.isdecimal() for cell in counts) and sorted(counts, key=int) == counts
    moments = all(map(_MOMENT.fullmatch, starts)) and all(map(_MOMENT.fullmatch, ends))
    ordered = not sortable or all(end >= start for start, end in zip(starts, ends, strict=True))
    people = all(map(_EMAIL.fullmatch, who)) or (len(set(who)) == 1 and bool(who[0]))
    return rising and moments and ordered and people


def _google_forms(head: Head) -> int:
    moments = head.column(0)
    return int(bool(moments) and all(map(_GOOGLE_MOMENT.fullmatch, moments)))


def _google_sheets(head: Head) -> int:
    moments = head.column(0)
    named = head.keys[0].casefold() in _TIMESTAMP
    return int(named and bool(moments) and all(map(_MOMENT.fullmatch, moments)))


TOOLS = (
    Tool("qualtrics", _qualtrics, headers.keys_then_texts, zone=_qualtrics_zone),
    Tool("limesurvey", _limesurvey_vv, headers.texts_then_keys, _limesurvey_cell, warnings=("not_shown_as_missing",)),
    Tool("limesurvey", _limesurvey),
    Tool("surveymonkey", _surveymonkey, headers.question_then_option),
    Tool("typeform", _typeform, zone=in_utc),
    Tool("kobo", _kobo_tagged, zone=in_utc, warnings=("hxl_tag_row_skipped",)),
    Tool("kobo", _kobo, zone=in_utc),
    Tool("redcap", _redcap),
    Tool("peakon", _peakon, one_answer_per_row=True),
    Tool("viva_glint", _viva_glint),
    Tool("microsoft_forms", _microsoft_forms),
    Tool("google_forms", _google_forms),
    Tool("google_forms", _google_sheets),
    Tool("limesurvey", _limesurvey_code_and_text, headers.code_and_text),
)


def recognise_tool(head: Head) -> tuple[Tool, int] | None:
    """The tool that wrote a file and its number of header records, or None for a file of no known tool."""
    for tool in TOOLS:
        count = tool.header_records(head)
        if count and len(head.records) >= count:
            return tool, count
    return None
