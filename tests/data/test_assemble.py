"""A file becomes a wave: codes, scales, numbers, groups, units, and a list of all that is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_files import DIRECTION, FREQUENCY, ONE_TO_FIVE, File, burnout, item, other, set_aside

from analytics.score import score
from data import intake, questionnaires
from data.assemble import RowsLost, assemble, open_questions
from data.import_report import left_out_rows, neutral
from data.recipe import CustomScale, Recipe, RecipeColumn
from data.recognise import recognise
from data.settled import settle
from data.table import ROLES, Refused
from data.units import read_units_file

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "import"


def rules(made):
    return [problem.rule for problem in made.problems]


def problem(made, rule):
    return next(problem for problem in made.problems if problem.rule == rule)


# Answers and scales


def test_answers_become_codes_and_unknown_answers_are_counted_without_being_said():
    cells = ["Never", " ALWAYS ", "", "Purple", "n/a", "purple", "Often", "Often"]
    made = File(*burnout(8, PB1=cells)).wave()
    assert made.wave.answers["CBI.PB1"].tolist() == [1, 5, 0, 0, 0, 0, 4, 4]
    assert made.wave.answers["CBI.PB1"].dtype == np.int8
    found = problem(made, "outside_the_scale")
    assert (found.column, found.count, found.rows, found.blocking) == ("PB1", 2, (5, 7), False)
    assert "2 rows" in found.sentence
    assert "urple" not in json.dumps(made.report) + found.sentence


def test_a_scale_is_there_with_all_its_items_and_says_so():
    made = File(*burnout()).wave()
    assert [scale.id for scale in made.wave.scales] == ["CBI.personal"]
    assert len(made.wave.scales[0].items) == 6
    assert "Copenhagen Burnout Inventory: 6 of 19 items." in made.said
    assert rules(made) == []


def test_an_item_of_a_part_and_of_the_total_is_counted_once():
    held = questionnaires.load()["BAT12"].items
    made = File(*((item(one.id.partition(".")[2], one.id), ["Often"] * 12) for one in held)).wave()
    assert "Burnout Assessment Tool, 12 items: 12 of 12 items." in made.said


def test_a_missing_item_is_said_and_the_scale_keeps_its_own_rule():
    made = File(*burnout()[:5]).wave()
    scale = made.wave.scales[0]
    assert (len(scale.items), scale.min_answered) == (5, 3)
    assert "Weak and susceptible to illness" in scale.caveat
    assert "5 of 6" in problem(made, "items_missing").sentence


def test_too_few_items_make_no_scale():
    made = File(*burnout()[:2]).wave()
    assert made.wave.scales == ()
    assert "needs 3" in problem(made, "scale_not_scored").sentence


def numbered(values):
    columns = [(item(f"PB{n}", f"CBI.PB{n}", ONE_TO_FIVE), values) for n in range(1, 7)]
    return File(*columns, questions=[replace(DIRECTION, columns=tuple(range(6)))])


@pytest.mark.parametrize(("direction", "codes"), [("low_first", [1, 5, 2, 0]), ("high_first", [5, 1, 4, 0])])
def test_the_direction_turns_numbers_round(direction, codes):
    file = numbered(["1", "5", "2", ""])
    for recipe in (Recipe(direction=direction), Recipe(answers={"direction": direction})):
        assert file.wave(recipe).wave.answers["CBI.PB3"].tolist() == codes


def test_words_keep_their_level_whatever_the_direction():
    columns = [(item(f"PB{n}", f"CBI.PB{n}", {**FREQUENCY, **ONE_TO_FIVE}), ["Never", "1", "5"]) for n in range(1, 7)]
    file = File(*columns, questions=[replace(DIRECTION, columns=tuple(range(6)))])
    made = file.wave(Recipe(direction="high_first"))
    assert made.wave.answers["CBI.PB1"].tolist() == [1, 5, 1]


def test_an_open_question_blocks_until_it_is_answered():
    file = numbered(["1", "5", "2", ""])
    assert [question.key for question in open_questions(file.recognition, Recipe())] == ["direction"]
    assert [question.key for question in open_questions(file.recognition, Recipe(direction="low_first"))] == []
    assert len(open_questions(file.recognition, Recipe(answers={"direction": "sideways"}))) == 1
    assert problem(file.wave(), "open_question").blocking


def test_a_question_about_columns_that_are_not_used_is_closed():
    file = numbered(["1", "5", "2", ""])
    dropped = Recipe(roles={f"PB{n}": "drop" for n in range(1, 7)})
    assert open_questions(file.recognition, dropped) == ()


def test_codes_for_the_numbers_answer_what_they_mean():
    file = numbered(["1", "5", "2", ""])
    codes = {str(code): 6 - code for code in range(1, 6)}
    said = Recipe(columns=tuple(RecipeColumn(f"PB{n}", codes=codes) for n in range(1, 7)))
    assert open_questions(file.recognition, said) == ()
    assert file.wave(said).wave.answers["CBI.PB1"].tolist() == [5, 1, 4, 0]
    words = Recipe(columns=tuple(RecipeColumn(f"PB{n}", codes=FREQUENCY) for n in range(1, 7)))
    assert len(open_questions(file.recognition, words)) == 1


@pytest.mark.parametrize(("answer", "scales"), [("yes", ["CBI.personal"]), ("no", [])])
def test_items_that_are_only_offered_need_a_yes(answer, scales):
    asked = replace(DIRECTION, key="items:CBI", options=(("yes", "Yes"), ("no", "No")), columns=tuple(range(6)))
    made = File(*burnout(), questions=[asked]).wave(Recipe(answers={"items:CBI": answer}))
    assert [scale.id for scale in made.wave.scales] == scales
    assert "open_question" not in rules(made)


def test_one_item_cannot_be_two_columns():
    made = File(*burnout(), (item("again", "CBI.PB1"), ["Often"] * 12)).wave()
    assert problem(made, "item_twice").blocking


def test_a_recipe_may_say_which_column_is_which_item():
    columns = [(replace(column, item=None), cells) for column, cells in burnout()]
    recipe = Recipe(columns=tuple(RecipeColumn(f"PB{n}", item=f"CBI.PB{n}") for n in range(1, 7)))
    assert [scale.id for scale in File(*columns).wave(recipe).wave.scales] == ["CBI.personal"]
    wrong = Recipe(columns=(RecipeColumn("PB1", item="CBI.PB99"),))
    assert problem(File(*columns).wave(wrong), "unknown_item").blocking


# Scales of one's own


def own(columns, **more):
    return Recipe(custom=(CustomScale("custom.tired", "Tired", "burnout", tuple(columns), **more),))


def test_a_scale_of_ones_own_is_scored_with_its_turned_columns():
    file = File((item("Q1"), ["Never", "Always", "Always"]), (item("Q2"), ["Always", "Never", "Always"]))
    made = file.wave(own(["Q1", 1], reversed=("Q2",)))
    assert made.wave.answers.columns.tolist() == ["custom.tired.1", "custom.tired.2"]
    assert made.wave.answers["custom.tired.2"].tolist() == [5, 1, 5]
    assert score(made.wave)["custom.tired"].tolist() == [0.0, 100.0, 50.0]
    assert "Tired: your own scale of 2 questions with 5 answers, 1 of them turned round." in made.said


def test_number_columns_without_codes_are_read_together():
    numbers = [["1", "5", "3"], ["2", "4", "-99"]]
    file = File(*((other(f"Q{n}", "number", missing=frozenset({"-99"})), cells) for n, cells in enumerate(numbers)))
    made = file.wave(own(["Q0", "Q1"]))
    assert made.wave.answers["custom.tired.1"].tolist() == [1, 5, 3]
    assert made.wave.answers["custom.tired.2"].tolist() == [2, 4, 0]
    assert made.wave.numbers.columns.tolist() == []
    turned = file.wave(replace(own(["Q0", "Q1"]), direction="high_first"))
    assert turned.wave.answers["custom.tired.1"].tolist() == [5, 1, 3]


def test_listed_labels_give_the_codes_and_their_direction():
    file = File((other("Q1", "segment"), ["dusk", "dawn", "noon", "dark"]), (item("Q2", codes=ONE_TO_FIVE), ["1"] * 4))
    made = file.wave(replace(own(["Q1"], labels=("Dawn", "Noon", "Dusk")), direction="high_first"))
    assert made.wave.answers["custom.tired.1"].tolist() == [3, 1, 2, 0]
    assert made.wave.scales[0].items[0].levels == 3
    assert problem(made, "outside_the_scale").count == 1


@pytest.mark.parametrize(
    ("columns", "parts"),
    [
        (["Q1", "Q7"], ("answer levels", "Q1 has 5", "Q7 has 7")),
        (["Q1", "Nowhere"], ("does not have", "Nowhere")),
        (["Q1", "Words"], ("no ratings", "Words")),
        (["Q1", "Town"], ("no rating scale", "Town")),
    ],
)
def test_a_scale_that_cannot_be_is_refused_in_words(columns, parts):
    seven = {str(code): code for code in range(1, 8)}
    file = File(
        (item("Q1"), ["Never"] * 3),
        (item("Q7", codes=seven), ["7"] * 3),
        (other("Words", "text"), ["a", "b", "c"]),
        (other("Town", "segment"), ["Pune", "Agra", "Pune"]),
    )
    made = file.wave(own(columns))
    found = problem(made, "custom_scale")
    assert found.blocking
    assert all(part in found.sentence for part in parts), found.sentence
    assert made.wave.scales == ()


# Numbers


def test_hours_are_read_with_a_decimal_comma_and_checked():
    cells = ["40,5", "48", "130", "-1", "many", "", "120", "37,5"]
    made = File(*burnout(8), (other("Std.", "number", item="hours"), cells)).wave()
    hours = made.wave.numbers["hours"].tolist()
    assert [value for value in hours if value == value] == [40.5, 48.0, 120.0, 37.5]
    assert problem(made, "hours_out_of_range").rows == (4, 5)
    assert problem(made, "not_a_number").rows == (6,)
    assert "0 to 120" in problem(made, "hours_out_of_range").sentence


def test_other_numbers_keep_their_range():
    made = File(*burnout(3), (other("Years?", "number"), ["1", "300", ""])).wave()
    assert made.wave.numbers["Years"].tolist()[:2] == [1.0, 300.0]


# Groups


def test_groups_are_coded_with_clean_names_and_one_spelling():
    cells = ["IT", "it", " IT ", "=Sales", "", "n/a"]
    made = File(*burnout(6), (other("Site?", "segment", missing=frozenset({"n/a"})), cells)).wave()
    assert made.wave.segment_labels == {"Site": ("IT", "Sales")}
    assert made.wave.segments["Site"].tolist() == [1, 1, 1, 2, 0, 0]
    assert made.wave.segments["Site"].dtype == np.int16
    assert 'In "Site" 2 spellings of "IT" are one: IT, it.' in made.said


def test_a_recipe_joins_groups():
    file = File(*burnout(3), (other("Site", "segment"), ["Pune", "Poona", "Agra"]))
    made = file.wave(Recipe(merges={"Site": {"Poona": "Pune"}}))
    assert made.wave.segment_labels["Site"] == ("Agra", "Pune")
    assert made.wave.segments["Site"].tolist() == [2, 2, 1]


def test_a_group_called_none_or_na_stays_when_recognition_kept_it():
    made = File(*burnout(2), (other("Region", "segment"), ["NA", "None"])).wave()
    assert made.wave.segment_labels["Region"] == ("NA", "None")


def test_codes_that_the_file_explains_are_shown_in_words():
    file = File(*burnout(3), (other("dept", "segment"), ["1", "2", "1"]), value_labels={6: {"1": "Ops", "2": "Sales"}})
    assert file.wave().wave.segment_labels["dept"] == ("Ops", "Sales")


def test_too_many_groups_and_long_texts_are_no_groups():
    rows = 250
    many = [f"Room {n}" for n in range(rows)]
    long = [f"{'I think that ' * 8}{n % 3}" for n in range(rows)]
    made = File(*burnout(rows), (other("Room", "segment"), many), (other("Why", "segment"), long)).wave()
    assert made.wave.segments.columns.tolist() == []
    said = [problem.sentence for problem in made.problems if problem.rule == "no_group"]
    assert "250 different names" in said[0]
    assert "long texts" in said[1]


def test_an_identifier_among_groups_is_left_blank():
    made = File(*burnout(3), (other("Site", "segment"), ["Pune", "asha@example.com", "Pune"])).wave()
    assert made.wave.segment_labels["Site"] == ("Pune",)
    assert problem(made, "identifier_in_group").rows == (3,)


@pytest.mark.parametrize("recipe", [Recipe(roles={"Mail": "segment"}), Recipe(unit="Mail")])
def test_nobody_can_keep_a_column_that_identifies(recipe):
    mails = [f"u{n}@example.com" for n in range(12)]
    made = File(*burnout(), (other("Mail", "pii"), mails)).wave(recipe)
    assert problem(made, "identifying").blocking
    assert "example.com" not in problem(made, "identifying").sentence


# Units


def team(cells, **more):
    return File(*burnout(len(cells)), (other("Team", "segment", why="unit", **more), cells))


def test_teams_come_from_the_recognised_column_and_small_sizes_are_not_said():
    made = team(["Ops"] * 9 + ["HR"] * 3).wave()
    assert [unit.name for unit in made.wave.tree.units] == ["Whole organisation", "HR", "Ops"]
    assert made.wave.unit.dtype == np.int32
    assert np.bincount(made.wave.unit).tolist() == [0, 3, 9]
    assert 'Teams from "Team": 2 teams, smallest fewer than 8.' in made.said
    assert 'Teams from "Team": 2 teams, smallest 9.' in team(["Ops"] * 9 + ["HR"] * 10).wave().said
    assert made.wave.segments.columns.tolist() == []


def test_a_blank_unit_belongs_to_the_whole():
    made = team(["Ops"] * 9 + [""] * 2).wave()
    assert made.wave.unit.tolist() == [1] * 9 + [0] * 2
    assert "Fewer than 8 people name no team and count for the whole organisation only." in made.said


def test_paths_are_split_unless_recognition_says_that_they_are_plain_names():
    cells = ["Ops / Day"] * 9 + ["Ops / Night"] * 9 + ["HR / Pay"] * 9
    plain = team(cells).wave()
    assert len(plain.wave.tree) == 4
    file = File(*burnout(27), (other("Team", "segment", why="unit path"), cells))
    made = file.wave()
    assert [unit.name for unit in made.wave.tree.units] == ["Whole organisation", "HR", "Pay", "Ops", "Day", "Night"]
    assert 'Teams from "Team": 3 teams on 2 levels, smallest 9.' in made.said


def test_a_recipe_chooses_the_unit_column_or_none():
    file = File(*burnout(9), (other("Team", "segment", why="unit"), ["A"] * 9), (other("Site", "segment"), ["B"] * 9))
    assert [unit.name for unit in file.wave(Recipe(unit="site")).wave.tree.units] == ["Whole organisation", "B"]
    nothing = file.wave(Recipe(unit=""))
    assert len(nothing.wave.tree) == 1
    assert sorted(nothing.wave.segment_labels) == ["Site", "Team"]
    assert problem(file.wave(Recipe(unit="Nowhere")), "unknown_column").blocking


def test_units_of_one_person_each_are_refused():
    made = team([f"T{n}" for n in range(300)]).wave()
    assert "300 different names for 300 people" in problem(made, "no_units").sentence
    assert problem(made, "no_units").blocking


def test_a_units_file_places_people_and_carries_invitations():
    units = read_units_file(b"unit,parent,invited\nAcme,,\nOps,Acme,30\nHR,Acme,12\n")
    made = team(["Ops"] * 9 + ["hr"] * 9 + ["Moon"]).wave(units=units)
    assert [unit.name for unit in made.wave.tree.units] == ["Acme", "HR", "Ops"]
    assert made.invited == (None, 12, 30)
    assert made.report["units"]["invited"] == 42
    assert made.wave.unit.tolist() == [2] * 9 + [1] * 9 + [0]
    assert problem(made, "unit_not_listed").rows == (20,)
    assert not made.problems.blocking


def test_a_units_file_finds_its_column():
    file = File(*burnout(9), (other("Site", "segment"), ["Pune"] * 9), (other("X", "segment"), ["Ops"] * 9))
    made = file.wave(units=read_units_file(b"unit,parent\nOps,\nHR,\n"))
    assert made.wave.tree.units[1:][0].name == "HR"
    assert made.recipe.unit == "X"
    nowhere = File(*burnout(9), (other("Site", "segment"), ["Pune"] * 9))
    assert problem(nowhere.wave(units=read_units_file(b"unit,parent\nOps,\n")), "no_unit_column").blocking


def test_a_broken_units_file_blocks():
    made = team(["Ops"] * 9).wave(units=read_units_file(b"unit,parent\nOps,Moon\n"))
    assert problem(made, "unknown_parent").blocking


# Rows, keys, recipes, reports


def test_rows_are_left_out_by_record_number_and_none_is_lost():
    file = File(*burnout(12), aside=(set_aside(3), set_aside(4)))
    made = file.wave(Recipe(exclude=(2, 99)))
    assert (len(made.wave), made.excluded) == (9, (2,))
    assert made.report["rows"] == {"kept": 9, "excluded": 1, "set_aside": {"no_answers": 2}}
    broken = replace(file.recognition, keep=file.recognition.keep[:-1])
    with pytest.raises(RowsLost, match="12 rows should be kept or listed, but 11 are"):
        assemble(file.raw, broken, Recipe(), None, "S", "W")


def test_keys_are_hashed_with_the_salt_and_blank_keys_stay_blank():
    keys = ["R_1abc", "R_2abc", "R_1abc", ""]
    file = File(*burnout(4), (other("ResponseId", "id"), keys))
    one, other_salt = file.wave(salt=b"one").respondent, file.wave(salt=b"two").respondent
    assert one[0] == one[2] != one[1]
    assert one[3] == ""
    assert set(one[:3]).isdisjoint(other_salt[:3])
    assert file.wave().respondent is None
    assert "R_1" not in "".join(one)


def test_a_key_that_only_counts_the_rows_leads_nowhere():
    file = File(*burnout(4), (other("No.", "id"), ["1", "2", "3", "4"]))
    assert file.wave(salt=b"s").respondent is None


def test_the_complete_recipe_makes_the_same_wave_again():
    cells = ["Ops / Day"] * 5 + ["Ops / Night"] * 4 + ["HR"]
    file = File(
        *[(item(f"PB{n}", f"CBI.PB{n}", ONE_TO_FIVE), list("1234512345")) for n in range(1, 7)],
        (other("Team", "segment", why="unit path"), cells),
        (other("Site", "text"), ["Pune", "N/A"] * 5),
        (other("Hours", "number", item="hours"), ["40"] * 10),
        questions=[replace(DIRECTION, columns=tuple(range(6)))],
    )
    recipe = replace(own(["PB1", "PB2"]), direction="high_first", roles={"Site": "segment"}, exclude=(4,))
    made = file.wave(recipe, salt=b"s")
    again = file.wave(Recipe.from_json(made.recipe.to_json()), salt=b"s")
    assert made.wave.segment_labels["Site"] == ("Pune",)
    assert again.recipe == made.recipe
    for table in ("answers", "numbers", "segments"):
        assert getattr(again.wave, table).equals(getattr(made.wave, table))
    assert (again.wave.tree, again.wave.scales) == (made.wave.tree, made.wave.scales)
    assert again.wave.unit.tolist() == made.wave.unit.tolist()


def test_a_recipe_names_columns_of_one_name_by_their_index():
    file = File((item("Q"), ["Never"]), (item("Q"), ["Always"]))
    recipe = Recipe(columns=(RecipeColumn("Q", 0, item="CBI.PB1"), RecipeColumn("Q", 1, role="drop")))
    settled = settle(file.recognition, recipe)
    assert [(column.item, column.role) for column in settled.columns] == [("CBI.PB1", "item"), (None, "drop")]


def test_a_recipe_of_another_file_leaves_no_rows_out_and_learns_new_words():
    first = File(*burnout(12)).wave(Recipe(exclude=(2, 3)))
    numbers = [(item(f"PB{n}", f"CBI.PB{n}", ONE_TO_FIVE), list("12345")) for n in range(1, 7)]
    later = File(*numbers)
    later.raw = replace(later.raw, sha256="f" * 64)
    made = later.wave(first.recipe)
    assert made.wave.answers["CBI.PB1"].tolist() == [1, 2, 3, 4, 5]
    assert (first.recipe.exclude, made.recipe.exclude, made.excluded) == ((2, 3), (), ())


def test_a_recipe_may_call_an_answer_missing():
    recipe = Recipe(columns=(RecipeColumn("PB1", missing=("Sometimes",)),))
    made = File(*burnout(2, PB1=["Sometimes", "Always"])).wave(recipe)
    assert made.wave.answers["CBI.PB1"].tolist() == [0, 5]
    assert rules(made) == []


def test_a_file_without_any_scale_says_what_to_do():
    made = File((item("Q1"), ["Never"] * 9)).wave()
    assert problem(made, "nothing_to_show").blocking
    assert "Name at least one scale" in problem(made, "nothing_to_show").sentence


def test_nobody_left_is_no_crash():
    file = File(*burnout(2), (other("Team", "segment", why="unit"), ["A", "B"]), (other("Id", "id"), ["a1", "b2"]))
    made = file.wave(Recipe(exclude=(2, 3)), salt=b"s")
    assert (len(made.wave), made.respondent) == (0, None)


NAMES = st.sampled_from(["PB1", "PB2", "Team", "Site", "Mail", "Hours", "Id", "Nowhere", ""])
ROLE = st.none() | st.sampled_from(ROLES)
CODES = st.none() | st.dictionaries(st.sampled_from(["never", "often", "1", "A", "40"]), st.integers(1, 7), max_size=4)
COLUMNS = st.builds(
    RecipeColumn,
    name=NAMES.filter(bool),
    role=ROLE,
    item=st.sampled_from([None, "", "CBI.PB1", "CBI.PB6", "CBI.WB7", "hours", "X"]),
    levels=st.none() | st.integers(2, 7),
    codes=CODES,
)
SCALES = st.builds(
    CustomScale,
    id=st.sampled_from(["custom.a", "custom.b"]),
    title=st.just("A"),
    role=st.just("burnout"),
    columns=st.lists(NAMES | st.integers(0, 12), min_size=1, max_size=3).map(tuple),
    reversed=st.lists(NAMES, max_size=1).map(tuple),
    labels=st.sampled_from([(), ("Never", "Often"), ("A", "B", "C")]),
)
RECIPES = st.builds(
    Recipe,
    columns=st.lists(COLUMNS, max_size=3).map(tuple),
    roles=st.dictionaries(NAMES, st.sampled_from(ROLES), max_size=3),
    direction=st.sampled_from([None, "low_first", "high_first"]),
    custom=st.lists(SCALES, max_size=2, unique_by=lambda scale: scale.id).map(tuple),
    unit=st.none() | NAMES,
    merges=st.dictionaries(NAMES, st.just({"A": "B"}), max_size=2),
    exclude=st.lists(st.integers(1, 12), max_size=12).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(RECIPES)
def test_whatever_a_recipe_says_the_wave_holds_together_or_says_what_is_wrong(recipe):
    file = File(
        *burnout(9, PB1=list("123451234")),
        (other("Team", "segment", why="unit"), ["A"] * 5 + ["B / C"] * 4),
        (other("Site", "segment"), ["Pune", "Agra", ""] * 3),
        (other("Mail", "pii"), [f"u{n}@example.com" for n in range(9)]),
        (other("Hours", "number", item="hours"), ["40", "60", "x"] * 3),
        (other("Id", "id"), [f"R_{n}abc" for n in range(9)]),
    )
    made = file.wave(recipe, salt=b"s")
    assert len(made.wave) + len(made.excluded) == 9
    assert set(made.wave.answers) == {item for scale in made.wave.scales for item in scale.columns}
    assert score(made.wave).apply(lambda scores: scores.dropna().between(0, 100).all()).all()
    if not made.problems.blocking:
        stored = json.dumps([list(made.wave.segment_labels.values()), [unit.name for unit in made.wave.tree.units]])
        assert "example" not in stored
        again = file.wave(Recipe.from_json(made.recipe.to_json()), salt=b"s")
        assert again.wave.answers.equals(made.wave.answers)
        assert (again.wave.tree, again.recipe) == (made.wave.tree, made.recipe)


def test_a_role_for_a_column_that_is_not_there_is_refused():
    made = File(*burnout()).wave(Recipe(roles={"Naem": "pii"}))
    assert problem(made, "unknown_column").blocking
    assert "'Naem'" in problem(made, "unknown_column").sentence


def test_the_report_counts_and_is_json():
    file = File(*burnout(), (other("Mail", "pii"), ["asha@example.com"] * 12), (other("Why", "text"), ["Because"] * 12))
    report = file.wave().report
    text = json.dumps(report)
    assert "example.com" not in text
    assert "Because" not in text
    assert report["instruments"] == {"CBI": 6}
    assert report["columns"] == {"item": 6, "pii": 1, "text": 1}


def test_left_out_rows_hold_no_identifier_no_text_and_no_formula():
    cells = ["Purple"] + ["Often"] * 3
    wide = ["=1+1", "x", "x", "x", "x", "x", "Asha Rao", "my story"]
    file = File(
        *burnout(4, PB1=cells),
        (other("Name", "pii"), ["Asha Rao"] * 4),
        (other("Why", "text"), ["my story"] * 4),
        aside=(set_aside(4, *wide), set_aside(5, *wide, "one more", kind="too_many_cells")),
    )
    made = file.wave()
    rows = left_out_rows(file.raw, file.recognition, settle(file.recognition, Recipe()), made.problems)
    assert rows[["line", "column", "reason"]].to_numpy().tolist() == [
        [4, "", "No question was answered."],
        [5, "", "No question was answered."],
        [2, "PB1", "outside the scale"],
    ]
    assert rows["PB1"].tolist() == ["'=1+1", "", ""]
    assert not {"Name", "Why"} & set(rows.columns)


@pytest.mark.parametrize(
    ("cell", "safe"), [("=A1", "'=A1"), ("@x", "'@x"), ("\tx", "'\tx"), ("-3", "-3"), ("-3+x", "'-3+x"), ("a", "a")]
)
def test_cells_cannot_act_as_formulas(cell, safe):
    assert neutral(cell) == safe


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.glob("*.*")) if CORPUS.exists() else [""])
def test_files_of_the_corpus_lose_no_row_and_keep_no_identifying_column(name):
    if not CORPUS.exists():
        pytest.skip("the corpus of survey files is not beside this checkout")
    if name == "EXPECTED.json":
        pytest.skip("the list of what to expect is no survey file")
    try:
        raw = intake.read((CORPUS / name).read_bytes(), name)
    except Refused:
        pytest.skip("a file that is refused at the door")
    expected = json.loads((CORPUS / "EXPECTED.json").read_text(encoding="utf-8"))["files"]
    entry = expected[name] if isinstance(expected, dict) else next(one for one in expected if one["file"] == name)
    recognition = recognise(raw, questionnaires.load())
    recipe = Recipe(direction="low_first", answers={question.key: "yes" for question in recognition.questions})
    made = assemble(raw, recognition, recipe, None, "Survey", "Wave", salt=b"s")
    assert len(made.wave) == entry["n_rows"]
    identifying = {column["index"] for column in entry["columns"] if column["role"] == "pii"}
    kept = {column.index for column in made.recipe.columns if column.role in ("item", "segment", "number", "id")}
    assert not identifying & kept
    stored = json.dumps([list(made.wave.segment_labels.values()), [unit.name for unit in made.wave.tree.units]])
    cells = {cell for index in identifying for cell in raw.cells[index] if len(cell) > 3}
    assert not [cell for cell in cells if cell in stored]
