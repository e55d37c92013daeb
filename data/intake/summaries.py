"""Exports that hold results per question in place of people's answers: known by their own column headings."""

from __future__ import annotations

from dataclasses import dataclass

from data.intake import refusals

_LOOKED_AT = 30


@dataclass(frozen=True)
class Summary:
    """A tool's summary table: the first cells of its heading, and the menu path to the answers of people."""

    tool: str
    heading: tuple[str, ...]
    menu: str


SUMMARIES = (
    Summary("SurveyMonkey", ("answer choices", "responses"), "Save as > Export file > All individual responses"),
    Summary("Qualtrics", ("#", "field", "choice count"), "Data & Analysis > Export & Import > Export data"),
    Summary("Qualtrics", ("#", "answer", "%", "count"), "Data & Analysis > Export & Import > Export data"),
    Summary(
        "Qualtrics", ("#", "field", "minimum", "maximum", "mean"), "Data & Analysis > Export & Import > Export data"
    ),
    Summary("Qualtrics", ("field", "minimum", "maximum", "mean"), "Data & Analysis > Export & Import > Export data"),
    Summary("LimeSurvey", ("answer", "count", "percentage"), "Responses > Export > Export responses"),
)


# A heading that names questions or answers first and figures about them after, in no tool's own words.
_ASKED = frozenset({"question", "question text", "item", "statement", "field", "answer", "answer choices",
                    "answer choice", "response", "option", "frage", "antwort", "pregunta", "respuesta"})  # fmt: skip
_FIGURES = frozenset({"count", "counts", "n", "%", "percent", "percentage", "mean", "average", "avg", "median", "sd",
                      "std dev", "std deviation", "standard deviation", "responses", "respondents", "favorable",
                      "favourable", "% favorable", "% favourable", "anzahl", "mittelwert", "prozent"})  # fmt: skip
_FEWEST_FIGURES = 2


def refuse_summaries(records: list[list[str]]) -> None:
    """Raise ``Refused`` (aggregated_not_raw) when the first records hold a summary's heading."""
    for record in records[:_LOOKED_AT]:
        cells = tuple(cell.strip().casefold() for cell in record)
        for summary in SUMMARIES:
            if cells[: len(summary.heading)] == summary.heading:
                raise refusals.aggregated_not_raw(summary.tool, summary.menu)
        if cells and cells[0] in _ASKED and len(_FIGURES.intersection(cells)) >= _FEWEST_FIGURES:
            raise refusals.aggregated_not_raw("your survey tool", "all individual responses")
