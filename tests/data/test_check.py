"""Which columns identify people, and what a group's name may hold."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.check import cells_with_identifiers, clean_label, looks_identifying, text_identifiers
from data.identifiers import verhoeff_holds

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "import"
EIGHT_MAILS = [f"u{n}@example.com" for n in range(8)]


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("RecipientEmail", [], "mail"),
        ("ईमेल पता", EIGHT_MAILS, "mail"),
        ("What is your e-mail address?", EIGHT_MAILS, "mail"),
        ("Department", EIGHT_MAILS, "mail"),
        ("Mobile no.", ["98765 43210", ""], "phone"),
        ("IPAddress", ["203.0.113.9"] * 3, "ip"),
        ("Aadhaar", ["", ""], "aadhaar"),
        ("PAN", ["ABCPE1234F"], "pan"),
        ("UAN", ["100200300400"], "uan"),
        ("Emp Code", ["EMP-00123", "EMP-00124"], "employee_code"),
        ("Code", [f"EMP-{n:05d}" for n in range(40)], "employee_code"),
        ("Respondent | Employee name", ["Asha Rao"], "name"),
        ("First name", ["Asha", "Ravi"] * 5, "name"),
        ("Name", ["anonymous"] * 5, "name"),
        ("Line manager", ["Ravi Kumar", "Meera Iyer"] * 6, "name"),
        ("DOB", ["01/01/1970"], "date_of_birth"),
        ("Date of Birth (DD/MM/YYYY)", ["01/02/1980"] * 3, "date_of_birth"),
        ("record", ["ABCPE1234F"] * 6, "pan"),
        ("Login", ["ravi.k", "asha.r"], "name"),
        ("Date of joining", ["2019-04-01"] * 3, "joining_date"),
        ("about/_loc_precision", ["4.5", "4.6"], "location"),
        ("about/loc", ["18.5200 73.8500 560 4.5"], "location"),
        ("deviceid", ["collect:0001"], "device"),
        ("token", ["tokdd132f51"], "token"),
        ("Passport", [], "national_id"),
    ],
)
def test_header_and_values_identify(header, values, kind):
    assert looks_identifying(header, values) == kind


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("tools/email", ["1", "0", "1"]),
        ("Which tools do you use? | E-mail", ["E-mail", "", "E-mail"]),
        ("E-mail", ["Often", "Seldom"] * 5),
        ("Phone calls", ["1", "2", "3", "4", "5"] * 3),
        ("How often do you read e-mail at night?", ["Often", "Never"] * 4),
        ("My manager", ["Agree", "Disagree", "Strongly agree"] * 4),
        ("My manager", [f"{share / 100}" for share in range(30, 90)]),
        ("Organisation code", [f"ORG{n:03d}" for n in range(40)]),
        ("Tokens of thanks", ["Agree", "Disagree"] * 4),
        ("Team name", ["Asha House", "Ravi House"] * 4),
        ("Department", ["Finance", "IT"] * 5),
        ("Respondent ID", [str(118700000000 + n) for n in range(20)]),
        ("_id", [str(48100 + n) for n in range(20)]),
        ("Overtime cost", ["1,03,217", "98,000"] * 4),
        ("Date of joining", ["Before 2015", "2015 to 2020"] * 4),
    ],
)
def test_ticks_ratings_and_groups_do_not_identify(header, values):
    assert looks_identifying(header, values) is None


def test_an_option_column_identifies_once_it_holds_an_address():
    assert looks_identifying("E-mail", ["E-mail", "", "E-mail"]) is None
    assert looks_identifying("E-mail", ["asha@example.com", "", "E-mail"]) == "mail"


def test_half_a_column_of_aadhaar_numbers_is_proof_and_a_tenth_is_not():
    passing = [number for number in map(str, range(234123412340, 234123413340)) if verhoeff_holds(number)]
    failing = [number for number in map(str, range(345123412340, 345123413340)) if not verhoeff_holds(number)]
    assert looks_identifying("Answer", passing[:20]) == "aadhaar"
    assert looks_identifying("Response number", failing[:90] + passing[:10]) is None


def test_verhoeff_holds_for_the_standard_example_and_notices_every_swap():
    assert verhoeff_holds("2363")
    number = "234123412346"
    assert verhoeff_holds(number)
    swaps = {number[:n] + number[n + 1] + number[n] + number[n + 2 :] for n in range(11)} - {number}
    assert not any(map(verhoeff_holds, swaps))


@given(st.text("0123456789", min_size=2, max_size=12), st.integers(0, 11), st.integers(1, 9))
def test_verhoeff_notices_one_wrong_digit(digits, place, step):
    complete = next(digits + check for check in "0123456789" if verhoeff_holds(digits + check))
    place %= len(complete)
    wrong = complete[:place] + str((int(complete[place]) + step) % 10) + complete[place + 1 :]
    assert not verhoeff_holds(wrong)


def test_identifiers_in_prose_are_counted_per_kind_and_per_cell():
    cells = [
        "+91 98765 43210 is my number, call me",
        "Write to asha.rao@example.com please",
        "My Aadhaar 2341 2341 2346 was shown on the screen",
        "PAN ABCPE1234F is printed on every slip",
        "ask 9876543210 or ravi@example.org",
        "मेरा नंबर ९८७६५४३२१० है",
        "=cmd|' /C calc'!A0",
        "Order 2341 2341 2347 cost 98,765 in 2026",
        "9876543210",
        "",
    ]
    assert text_identifiers(cells) == {"phone": 3, "mail": 2, "aadhaar": 1, "pan": 1}
    assert cells_with_identifiers(cells) == 6


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ('=HYPERLINK("http://x.example")', "HYPERLINK(·http·//x.example·)"),
        ("＝1+1", "1+1"),
        ("<img onerror=alert(1)>", "img onerror·alert(1)·"),
        ("![x](http://x.example)", "x·(http·//x.example)"),
        ("../../etc/passwd", "etc/passwd"),
        ("\u202eselaS", "selaS"),
        ("Sa\u200bles", "Sales"),
        ("  Lager  &\nLogistik ", "Lager & Logistik"),
        ("ग्राहक सेवा", "ग्राहक सेवा"),
        ("人力资源", "人力资源"),
        ("Sales – North", "Sales - North"),
        ("www.example.com", "www·example.com"),
        ("\t\u0000-", "(unnamed)"),
        ("", "(unnamed)"),
        ("x" * 200, "x" * 80),
    ],
)
def test_labels_are_cleaned(text, clean):
    assert clean_label(text) == clean


@settings(max_examples=300)
@given(st.text(max_size=120))
def test_cleaning_twice_changes_nothing_and_leaves_nothing_dangerous(text):
    clean = clean_label(text)
    assert clean_label(clean) == clean
    assert 1 <= len(clean) <= 80
    assert clean == "(unnamed)" or clean[0] not in "=+-@'./\t\r\n"
    assert not set(clean) & set('<>"$`*[]{}|\\=@#!:;\x00\u202e')


def test_no_identifying_column_of_the_corpus_passes():
    if not CORPUS.exists():
        pytest.skip("the corpus of survey files is not beside this checkout")
    expected = json.loads((CORPUS / "EXPECTED.json").read_text(encoding="utf-8"))["files"]
    entries = expected.values() if isinstance(expected, dict) else expected
    checked = missed = 0
    for entry in entries:
        for column in entry.get("columns") or []:
            if column["role"] == "pii":
                checked += 1
                missed += looks_identifying(column["name"], []) is None and column["name"] != "about/loc"
    assert (checked > 20, missed) == (True, 0)


def test_kept_columns_of_the_formula_file_are_not_called_identifying():
    if not CORPUS.exists():
        pytest.skip("the corpus of survey files is not beside this checkout")
    text = (CORPUS / "formula_and_identifiers.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    kinds = [looks_identifying(name, [row[place] for row in rows]) for place, name in enumerate(header)]
    assert kinds == ["employee_code", "date_of_birth", "name", None, None, None, None]
    assert cells_with_identifiers(row[6] for row in rows) == 4


@pytest.mark.parametrize(
    "header",
    [
        "Número de empleado",
        "DNI",
        "Manager ID",
        "Position ID",
        "Badge #",
        "GPN",
        "Global ID",
        "Person Number",
        "Ticket No.",
    ],
)
def test_codes_of_people_under_more_headers(header: str) -> None:
    assert looks_identifying(header, [str(104000 + 7 * n) for n in range(20)]) is not None


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Position", ["Engineer", "Analyst"] * 20),
        ("Global function", ["A", "B"] * 20),
        ("Manager rating", ["1", "2", "3", "4"] * 10),
        ("SAP training done", ["Yes", "No"] * 20),
        ("Number of direct reports", [str(n % 9) for n in range(40)]),
    ],
)
def test_headers_that_only_sound_like_them(header: str, values: list[str]) -> None:
    assert looks_identifying(header, values) is None
