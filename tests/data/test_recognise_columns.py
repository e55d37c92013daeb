"""Every other column: what the tool adds, what identifies people, choices, groups, units, hours and prose."""

import pytest

from tests.data.recognise_tables import OFTEN, guess, roles, seen, turning

N = 30
TIRED = "How often do you feel tired?"


def test_identifying_columns_go_by_header_and_values() -> None:
    recognition = seen(
        {
            "Employee ID": [f"E{n:04d}" for n in range(N)],
            "Work e-mail": [f"a{n}@example.com" for n in range(N)],
            "Contact": [f"b{n}@example.com" for n in range(N)],
            "Full name": ["Asha Rao"] * N,
            "Date of birth": ["1980-01-02"] * N,
            "Department": turning(("IT", "Ops"), N),
        }
    )
    assert [column.role for column in recognition.columns] == ["pii"] * 5 + ["segment"]
    assert not any(column.examples for column in recognition.columns if column.role == "pii")
    assert "pii_columns_removed" in recognition.warnings


def test_options_called_e_mail_and_phone_are_choices_even_when_nobody_ticked_them() -> None:
    stem = "Which tools? (Select all that apply.) | "
    recognition = seen(
        {
            f"{stem}E-mail": turning(("E-mail", ""), N),
            f"{stem}Phone": [""] * N,
            f"{stem}Chat": turning(("Chat", "", ""), N),
            f"{stem}Other (please specify)": turning(("pager", "", "letters", ""), N),
        }
    )
    assert [column.role for column in recognition.columns] == ["multi", "multi", "multi", "text"]


@pytest.mark.parametrize(
    "ticks", [("1", "0"), ("1", ""), ("Y", ""), ("Yes", "No"), ("Checked", "Unchecked"), ("TRUE", "FALSE")]
)
def test_ticks_of_an_option(ticks: tuple[str, str]) -> None:
    recognition = seen({"tools___1": turning(ticks, N), "tools___2": turning(ticks, N, start=1)})
    assert set(roles(recognition).values()) == {"multi"}


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (("E-mail;Chat", "Chat", "Phone;Chat", "E-mail"), "multi"),
        (("Office;", "Home;", "Office;Home;"), "multi"),
        (("E-mail, Chat", "Chat", "Phone, Chat", "E-mail", "Phone"), "multi"),
        (("Married/cohabiting", "Not married / not cohabiting"), "segment"),
        (("Yes, I do.", "No, I do not."), "segment"),
    ],
)
def test_joined_choices(cells: tuple[str, ...], role: str) -> None:
    assert seen({"How do people reach you": turning(cells, N)}).columns[0].role == role


def test_the_same_choices_twice_are_said() -> None:
    recognition = seen(
        {
            "tools": turning(("email chat", "chat", "email"), N),
            "tools/email": turning(("1", "0", "1"), N),
            "tools/chat": turning(("1", "1", "0"), N),
        },
        tool="kobo",
    )
    assert set(roles(recognition).values()) == {"multi"}
    assert "multi_select_given_twice" in recognition.warnings


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("Comments", ("fine", "ok"), "text"),
        ("What one change would help most?", ("Fewer late calls, please", "A clear rota", ""), "text"),
        ("कोई सुझाव?", ("धन्यवाद", "कम मीटिंग"), "text"),
        ("Which department do you work in?", ("IT", "Ops"), "segment"),
        ("विभाग", ("बिक्री", "इंजीनियरिंग"), "segment"),
        ("Tenure band", ("0-1", "2-5", "6-10"), "segment"),
        ("Overtime (€)", ("1.234,50", "2.235,51", "12,75"), "number"),
        ("Cost (₹)", ("1,03,217", "1,12,868", "98,400"), "number"),
        ("Date", ("2026-08-03", "2026-08-04", "2026-08-05"), "quality"),
        ("Custom field", ("",), "drop"),
    ],
)
def test_plain_columns(header: str, cells: tuple[str, ...], role: str) -> None:
    assert seen({header: turning(cells, N), TIRED: turning(OFTEN, N)}).columns[0].role == role


def test_row_numbers_and_record_codes_are_keys() -> None:
    recognition = seen({"Sl. No.": [str(n + 1) for n in range(N)], "Record ID": [f"R_{n:09x}" for n in range(N)]})
    assert set(roles(recognition).values()) == {"id"}


def test_bands_that_became_dates_are_a_group_to_repair() -> None:
    recognition = seen({"Years in team": turning(("2026-05-01", "2026-10-06", "11-15"), N)})
    assert recognition.columns[0].role == "segment" and "excel_date_damage" in recognition.warnings


def test_the_smallest_named_unit_is_the_unit() -> None:
    recognition = seen(
        {
            "Site": turning(("Pune", "Delhi"), N),
            "Department": turning(("IT", "Ops"), N),
            "Team": turning(("A", "B", "C"), N),
            "Years in team": turning(("1 to 3", "4 to 9"), N),
        }
    )
    assert [column.name for column in recognition.columns if column.why == "unit"] == ["Team"]


@pytest.mark.parametrize("sign", [" / ", " > "])
def test_a_path_through_the_organisation_is_the_unit(sign: str) -> None:
    paths = [sign.join(path) for path in (("Co", "North", "T1"), ("Co", "North", "T2"), ("Co", "South", "T3"))]
    recognition = seen({"Where": turning(paths, N), "Team": turning(("A", "B"), N)})
    assert guess(recognition, "Where").why == "unit path" and guess(recognition, "Team").why != "unit"


@pytest.mark.parametrize(
    ("header", "item"),
    [
        ("How many hours do you work in a normal week?", "hours"),
        ("hours_per_week", "hours"),
        ("Wochenstunden", "hours"),
        ("Overtime hours per week", None),
        ("Hours of sleep per week", None),
    ],
)
def test_weekly_hours(header: str, item: str | None) -> None:
    column = seen({header: turning(("38", "40", "52"), N)}).columns[0]
    assert (column.role, column.item) == ("number", item)


def test_groups_that_differ_only_in_writing_are_told() -> None:
    recognition = seen({"Department": turning(("IT", "it", "I T", "Finance"), N)})
    assert "similar_segment_names" in recognition.warnings
    assert any("I T, IT, it" in note for note in recognition.notes)


def test_a_group_called_na_stays_among_abbreviations_and_is_missing_elsewhere() -> None:
    assert guess(seen({"Region": turning(("EMEA", "APAC", "NA"), N)}), "Region").missing == frozenset()
    assert guess(seen({"Region": turning(("North", "South", "NA"), N)}), "Region").missing == {"na"}


def test_identifiers_in_comments_are_counted_by_cell() -> None:
    comments = ["Write to asha.rao@example.com please", "PAN ABCPE1234F is on the slip", *["All well here"] * (N - 2)]
    assert seen({"Comments": comments}).text_pii == {0: 2}


def test_columns_of_the_tool_are_never_questions() -> None:
    recognition = seen(
        {
            "Status": ["0"] * N,
            "Q1_DO": turning(("1|2", "2|1"), N),
            "Q7_Page Submit": ["1.5"] * N,
            "Q3_4_TEXT": turning(("pager", ""), N),
            "UserLanguage": ["EN"] * N,
            "Q1": turning(OFTEN, N),
        },
        tool="qualtrics",
    )
    assert list(roles(recognition).values()) == ["quality", "drop", "drop", "text", "drop", "item"]
    assert {"display_order_dropped", "timing_columns_dropped"} <= set(recognition.warnings)


def test_codes_with_a_text_for_each_are_groups_and_shared_texts_a_rating() -> None:
    sites = {"1": "North", "2": "South", "3": "East"}
    warm = {"1": "Cold", "2": "Mild", "3": "Warm", "4": "Hot"}
    columns = {
        "v1": turning("123", 24, 1),
        "v2": turning("123", 24, 1, 1),
        **{f"v{n}": turning("1234", 24, 1, n) for n in (3, 4)},
    }
    found = seen(columns, value_labels={0: sites, 1: {"1": "R & D", "2": "IT", "3": "HR"}, 2: warm, 3: warm})
    assert list(roles(found).values()) == ["segment", "segment", "item", "item"]
    bare = seen({"v1": turning("1234", 24, 1)}, value_labels={0: {code: code for code in "1234"}})
    assert list(roles(bare).values()) == ["item"]
