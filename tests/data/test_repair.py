"""Left-out records come back repaired, by their line numbers, and join the same wave."""

from __future__ import annotations

import csv
import io

import pytest

from data import questionnaires
from data.assemble import assemble
from data.import_report import left_out_rows
from data.inspection import look
from data.intake import Limits, read
from data.recipe import Recipe, RecipeColumn, RecipeError
from data.recognise import recognise
from data.repair import read_repaired, with_cells, with_rows
from data.settled import settle
from data.table import Refused
from data.to_repair import to_repair

TEXTS = ("How often do you feel tired?", "How often are you physically exhausted?", "How often do you feel worn out?")
WORDS = ("Never", "Seldom", "Sometimes", "Often", "Always")


def survey() -> bytes:
    lines = [",".join(["Team", *TEXTS, "Comments"])]
    lines += [f"T{n % 2},{WORDS[n % 5]},{WORDS[n % 4]},{WORDS[n % 3]},fine {n}" for n in range(20)]
    lines[6] += ",and, split"
    lines[9] = lines[9].replace(WORDS[8 % 5], "Offen", 1)
    return "\n".join(lines).encode()


def wave(raw):  # type: ignore[no-untyped-def]
    recognition = recognise(raw, questionnaires.load())
    return recognition, assemble(raw, recognition, Recipe(), None, "Survey", "Wave", False, b"")


def test_what_is_downloaded_and_repaired_joins_the_same_wave() -> None:
    raw = read(survey())
    recognition, made = wave(raw)
    assert len(made.wave) == 19
    listed = left_out_rows(raw, recognition, settle(recognition, Recipe()), made.problems)
    assert set(listed["reason"]) == {"7 cells where the header has 5", "outside the scale"}
    assert all(listed["proposal"])
    listed.loc[listed["line"] == 7, [*TEXTS]] = ["Always", "Never", "Never"]
    listed.loc[listed["line"] == 7, "Team"] = "T1"
    listed.loc[listed["line"] == 10, TEXTS[0]] = "Often"
    repaired = with_rows(raw, read_repaired(listed.to_csv(index=False).encode()))
    assert (repaired.rows, repaired.cells, repaired.strange, repaired.raw.set_aside) == (1, 1, (), ())
    _, again = wave(repaired.raw)
    assert len(again.wave) == 20 and again.wave.answers["CBI.PB1"].tolist()[5] == 5
    assert not [problem for problem in again.problems if problem.rule == "outside_the_scale"]


def test_single_cells_are_set_right_and_strange_lines_are_said() -> None:
    raw = read(survey())
    made = with_cells(raw, {(10, 1): "Often", (999, 1): "Often", (10, 99): "x"})
    assert made.raw.cells[1].iloc[raw.lines.index(10)] == "Often" and raw.cells[1].iloc[raw.lines.index(10)] != "Often"
    assert (made.cells, made.strange) == (1, (10, 999))


def test_a_file_without_line_numbers_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read_repaired(survey())
    assert "column line" in caught.value.message


def test_what_is_set_right_on_the_screen_is_in_the_wave_and_in_no_recipe() -> None:
    seen = look(survey(), "survey.csv", Recipe(), Limits())
    found = to_repair(seen)
    (cell,) = [one for one in found["cells"] if one["line"] == "10"]
    assert cell["column"] == TEXTS[0] and cell["text"] in found["values"][TEXTS[0]]
    assert found["answers"][TEXTS[0]]["Often"] == 4 and [row["line"] for row in found["rows"]] == ["7"]
    repairs = {"10": {TEXTS[0]: "Often"}, "7": {"Team": "T1", **dict.fromkeys(TEXTS, "Never")}}
    again = look(survey(), "survey.csv", Recipe(repairs=repairs), Limits())
    made = assemble(again.raw, again.recognition, again.recipe, None, "Survey", "Wave", False, b"")
    assert len(made.wave) == 20 and to_repair(again)["count"] == 0
    assert made.recipe.repairs == {} and "Never" not in str(made.report)


def test_no_name_of_a_question_acts_as_a_formula_in_what_is_downloaded() -> None:
    header = f"={TEXTS[0]}"
    found = to_repair(look(survey().replace(TEXTS[0].encode(), header.encode(), 1), "survey.csv", Recipe(), Limits()))
    assert header in {one["column"] for one in found["cells"]}
    cells = [cell for row in csv.reader(io.StringIO(found["csv"])) for cell in row]
    assert f"'{header}" in cells and not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_text_that_a_recipe_gives_a_level_needs_no_look() -> None:
    text = to_repair(look(survey(), "survey.csv", Recipe(), Limits()))["cells"][0]["text"]
    column = RecipeColumn(TEXTS[0], levels=5, codes={text: 4})
    seen = look(survey(), "survey.csv", Recipe(columns=(column,)), Limits())
    assert to_repair(seen)["values"] == {} and to_repair(seen)["problems"] == []
    made = assemble(seen.raw, seen.recognition, seen.recipe, None, "Survey", "Wave", False, b"")
    assert made.wave.answers["CBI.PB1"].tolist()[seen.raw.lines.index(10)] == 4


def test_a_repair_names_records_by_number() -> None:
    with pytest.raises(RecipeError) as caught:
        Recipe.from_json('{"evenkeel_recipe": 1, "repairs": {"ten": {"Team": "T1"}}}')
    assert "repairs" in str(caught.value)


def test_what_is_said_of_rows_set_aside_follows_their_repair() -> None:
    raw = read(survey() + b"\nT1,Often,Never,Never\nT0,Often")
    assert set(raw.warnings) >= {"long_rows_set_aside", "short_rows_padded"}
    one = with_rows(raw, {"23": {TEXTS[1]: "Never"}}).raw
    assert [row.line for row in one.set_aside] == [7, 22] and "1 row with fewer cells" in " ".join(one.notes)
    comments = {"Comments": "fine"}
    answered = {"Team": "T1", **dict.fromkeys(TEXTS, "Never")}
    mended = with_rows(raw, {"7": answered, "22": comments, "23": comments}).raw
    assert mended.set_aside == () and not {"long_rows_set_aside", "short_rows_padded"} & set(mended.warnings)
    assert not [note for note in mended.notes if "set aside" in note or "with blanks" in note]


def test_left_out_rows_without_their_file_are_told_where_they_belong() -> None:
    with pytest.raises(Refused) as caught:
        look(to_repair(look(survey(), "survey.csv", Recipe(), Limits()))["csv"].encode(), "x", Recipe(), Limits())
    assert caught.value.kind == "left_out_rows" and "Use that file again" in caught.value.message
