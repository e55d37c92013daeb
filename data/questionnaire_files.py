"""The ready questionnaire as files: for a printer, for the import of two survey tools, and its notice by itself.

Formats: Qualtrics, "Import and export surveys", advanced format of a TXT file; LimeSurvey manual, "Tab Separated Value
survey structure" (columns and row classes), with codes no longer than its tables allow.
"""

from __future__ import annotations

import csv
import html
import io

from data.ready_questionnaire import TITLE, Setting, background, blocks, notice, page, sources

PAGE, QUALTRICS, LIMESURVEY, NOTICE = (
    "questionnaire.html",
    "questionnaire_qualtrics.txt",
    "questionnaire_limesurvey.txt",
    "notice.txt",
)


def files(setting: Setting) -> dict[str, bytes]:
    """Every file of the questionnaire, by its name."""
    return {
        PAGE: page(setting).encode(),
        QUALTRICS: for_qualtrics(setting).encode(),
        LIMESURVEY: for_limesurvey(setting).encode(),
        NOTICE: ("\n\n".join((*notice(setting), *sources())) + "\n").encode(),
    }


def for_qualtrics(setting: Setting) -> str:
    """The questionnaire as a TXT file in Qualtrics' advanced format (Survey > Tools > Import survey): one tag or one
    text to a line, a blank line between questions."""
    parts = [
        ["[[AdvancedFormat]]"],
        ["[[Block:Notice]]"],
        ["[[Question:DB]]", "[[ID:NOTICE]]", _told(setting, "<br><br>")],
    ]
    parts.append(["[[Block:About your work]]"])
    for question in background(setting):
        kind = "MC:SingleAnswer:Vertical" if question.options else "TE:SingleLine"
        choices = ["[[Choices]]", *map(_line, question.options)] if question.options else []
        parts.append([f"[[Question:{kind}]]", f"[[ID:{question.code}]]", question.text, *choices])
    for block in blocks(setting):
        parts.append([f"[[Block:{block.code}]]"])
        asked = ["[[Question:Matrix]]", f"[[ID:{block.code}]]", block.intro]
        parts.append([*asked, "[[Choices]]", *(item.text for item in block.items), "[[Answers]]", *block.answers])
    return "\r\n\r\n".join("\r\n".join(lines) for lines in parts) + "\r\n"


def _line(text: str) -> str:
    """A name that is typed by somebody, as one line that is no tag."""
    return " ".join(text.replace("[[", "[").replace("]]", "]").split())


def _told(setting: Setting, between: str) -> str:
    """The notice as a survey tool shows it: as HTML, in which a name with brackets would disappear."""
    return between.join(html.escape(_line(paragraph), quote=False) for paragraph in notice(setting))


_LIME_COLUMNS = ("class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory",
                 "other", "default", "same_default")  # fmt: skip


def for_limesurvey(setting: Setting) -> str:
    """The same as LimeSurvey's tab-separated survey structure (Create survey > Import; ending .txt)."""
    told = f"<p>{_told(setting, '</p><p>')}</p>"
    rows = [
        _lime("S", name="language", text="en"),
        _lime("S", name="anonymized", text="Y"),
        _lime("S", name="ipaddr", text="N"),
        _lime("SL", name="surveyls_title", text=TITLE, language="en"),
        _lime("SL", name="surveyls_welcometext", text=told, language="en"),
        _lime("G", name="About your work", language="en"),
    ]
    for question in background(setting):
        kind = "L" if question.options else "N"
        rows.append(_lime("Q", kind, question.code, "1", question.text, "en"))
        rows += [_lime("A", "0", f"A{n}", "", _line(name), "en") for n, name in enumerate(question.options, start=1)]
    for block in blocks(setting):
        rows.append(_lime("G", name=block.intro, language="en"))
        rows.append(_lime("Q", "F", block.code, "1", block.intro, "en"))
        rows += [_lime("SQ", "0", f"SQ{n:03d}", "1", item.text, "en") for n, item in enumerate(block.items, start=1)]
        rows += [_lime("A", "0", f"A{n}", "", answer, "en") for n, answer in enumerate(block.answers, start=1)]
    out = io.StringIO()
    writer = csv.DictWriter(out, _LIME_COLUMNS, delimiter="\t", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def _lime(
    class_: str, kind: str = "", name: str = "", relevance: str = "", text: str = "", language: str = ""
) -> dict[str, str]:
    row = {
        "class": class_,
        "type/scale": kind,
        "name": name,
        "relevance": relevance,
        "text": text,
        "language": language,
    }
    return row | ({"mandatory": "N", "other": "N"} if class_ == "Q" else {})
