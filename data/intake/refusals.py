"""Every sentence with which a file is turned away: what was seen, why it matters, what to do next."""

from __future__ import annotations

from data.table import Refused

WE_READ = "we read csv, tsv, txt, xlsx, xls, ods, sav and a zip with one of them."


def empty_file() -> Refused:
    """A file without a single visible character."""
    return Refused("empty_file", "This file is empty: no column names and no answers.")


def no_rows(columns: int) -> Refused:
    """Column names, and nothing below them."""
    names = "is 1 column name" if columns == 1 else f"are {columns:,} column names"
    return Refused("no_rows", f"There {names} but no answers below them. Was a filter on when you exported?")


def too_few_rows(rows: int, smallest_group: int) -> Refused:
    """Fewer answers than any chart could show."""
    answers = "1 answer" if rows == 1 else f"{rows} answers"
    why = f"Below {smallest_group} people any chart would show individual answers, so nothing is imported."
    return Refused("too_few_rows", f"Only {answers}. {why}")


def too_many_columns(columns: int, rows: int, limit: int) -> Refused:
    """A table that is wider than any questionnaire."""
    why = f"More than {limit:,} columns usually means one column per answer or a table turned sideways."
    return Refused("too_many_columns", f"{columns:,} columns and {rows:,} rows. {why}")


def too_large(got: str, limit: str) -> Refused:
    """More bytes or rows than are read here; both amounts with their unit."""
    return Refused("too_large", f"This file has {got}; {limit} is the most that is read here. Export a part of it.")


def html_as_xls() -> Refused:
    """A web page under a workbook's name."""
    advice = 'Open it in Excel and save it as "Excel workbook (.xlsx)".'
    return Refused("html_as_xls", f"This is a web page saved with the ending .xls. {advice}")


def password_protected() -> Refused:
    """A workbook or archive that opens only with a password."""
    advice = "Save a copy without it; please do not send us the password."
    return Refused("password_protected", f"This file is protected with a password. {advice}")


def not_text(what: str) -> Refused:
    """Something that holds no table; ``what`` names it with its article."""
    return Refused("not_text", f"This is {what}; {WE_READ}")


def archive_unreadable(what: str) -> Refused:
    """An archive that cannot be opened, or not used; ``what`` names it with its article."""
    return Refused("archive_unreadable", f"This is {what}; {WE_READ}")


def answers_of_nobody(answers: int) -> Refused:
    """Single answers without a key that says which of them belong to one person."""
    why = "Without a respondent's key nobody can tell which of them belong together, and people would be counted twice."
    return Refused(
        "aggregated_not_raw",
        f"These are {answers:,} single answers, and no column says whose they are. {why} Export them with such a key.",
    )


def results_of_groups(rows: int, column: str) -> Refused:
    """Rates and counts of whole groups in place of the answers of people; ``column`` is the header that says so."""
    advice = "In your survey tool choose the export of all individual responses."
    return Refused(
        "aggregated_not_raw",
        f'These {rows:,} rows are results of groups, already aggregated (see "{column}"), and not answers of people: '
        f"nothing can be counted or protected in them any more. {advice}",
    )


def aggregated_not_raw(tool: str, menu: str) -> Refused:
    """A summary per question in place of the answers of people."""
    return Refused(
        "aggregated_not_raw",
        f'These are results per question, not answers per person. In {tool} choose "{menu}".',
    )


def left_out_rows() -> Refused:
    """The rows that were left out of a file, brought without it."""
    told = (
        "These are the rows that were left out of another file. Use that file again, and bring these rows back under "
        '"Rows that need a look": they join it there.'
    )
    return Refused("left_out_rows", told)
