"""Every chart on every page: a name for who cannot see it, its numbers as a table and a file, how it was worked out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.pages.conftest import NAME, SURVEY
from tests.pages.payloads import elements, pages_of

NUMBERS, METHOD = "See the numbers", "How this was worked out"


def cards(app: Any) -> Iterator[Any]:
    """The containers that hold a chart of their own."""
    waiting = [app.main]
    while waiting:
        children = list(getattr(waiting.pop(), "children", {}).values())
        waiting += children
        for block in children:
            if any(one.type == "plotly_chart" for one in getattr(block, "children", {}).values()):
                yield block


def inside(block: Any) -> list[Any]:
    """Everything in a container, at any depth."""
    found = []
    for one in getattr(block, "children", {}).values():
        found += [one, *inside(one)]
    return found


@pytest.mark.parametrize("manager", ["", "Borealis / Quartzite", "Borealis / Obsidian"])
def test_a_chart_has_its_name_its_numbers_its_file_and_its_method(app, manager):
    charts = 0
    for page, shown in pages_of(app, NAME, SURVEY, manager):
        for card in cards(shown):
            charts += 1
            held = inside(card)
            (picture,) = (one for one in held if one.type == "plotly_chart")
            (table,) = (one for one in held if one.type == "table")
            folds = [one.label for one in held if one.type == "expander"]
            files = [one.proto.label for one in held if one.type == "download_button"]
            head = next(one.value for one in held if one.type == "header")
            assert len(picture.proto.alt) > 20 and table.proto.alt, (page, head)
            assert len(table.value) and head and files == ["Download as CSV"], (page, head)
            assert folds == [NUMBERS, METHOD], (page, head)
        lone = len(shown.get("plotly_chart")) - len(list(cards(shown)))
        assert lone == 0, page
        assert len([one for one in elements(shown) if one.type == "exception"]) == 0
    assert charts >= (10 if not manager else 3)
