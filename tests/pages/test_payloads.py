"""What is sent to the browser, element by element: displayed values of the release, and fixed numbers of wording."""

from __future__ import annotations

import ast
import math
import re
from pathlib import Path

import pytest

from analytics.release import VIEWS
from data.access import LOCAL_ANALYST
from data.store import Store
from pages.common import show
from tests.pages.conftest import EARLIER, NAME, SURVEY
from tests.pages.payloads import Downloads, coordinates, drawn, pages_of, tables_sent, words_sent

COUNTS = "analyst/assurance"  # says how many figures there are and were attacked
OWN_TABLES = ("analyst/assurance", "analyst/waves", "analyst/change")  # tables of numbers of figures, and of units
ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
DAY = re.compile(r"\d{4}[-/]\d\d[-/]\d\d|\d{1,2} [A-Z][a-z]+ \d{4}")  # of this very day, and of the field for a plan
OTHERS = [pytest.param(path, marks=pytest.mark.long) for path in ("Zephyr", "Borealis / Pumice", "Zephyr / Sirocco")]


def fixed() -> set[str]:
    """Every number in a sentence of the product's own: methods, sources, glossary, help lines, lines of a scale."""
    rooms = [*(ROOT / "analytics").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    told = [
        node.value
        for file in rooms
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    told += [file.read_text(encoding="utf-8") for file in (ROOT / "pages").rglob("*.toml")]
    return {number for text in told for number in NUMBER.findall(text)}


def strings(document) -> set[str]:
    if isinstance(document, dict):
        return set().union(*map(strings, document.values())) if document else set()
    if isinstance(document, list | tuple):
        return set().union(*map(strings, document)) if document else set()
    return {document} if isinstance(document, str) else set()


def shares(document) -> set[float]:
    if isinstance(document, dict | list | tuple):
        parts = document.values() if isinstance(document, dict) else document
        return set().union(*map(shares, parts)) if document else set()
    return {document} if isinstance(document, float) else set()


class Readable:
    """What a viewer may read of the survey's waves: figures as printed, and as coordinates of a picture."""

    def __init__(self, home: Path, path: str = "") -> None:
        store = Store.open(home)
        viewer = LOCAL_ANALYST
        if path:
            viewer = viewer.as_manager(store.waves()[0].survey_id, path)
        self.texts: set[str] = set(NUMBER.findall(f"{NAME} {EARLIER}"))
        self.places: set[float] = {0.0, 25.0, 50.0, 75.0, 100.0, *range(5)}  # the axis; the five steps of an index
        for wave in [one for one in store.waves(viewer) if one.state == "published"]:
            for unit in store.units(viewer, wave.id):
                for view in VIEWS if not path else ("indicators", "leanings", "quadrants", "questions", "response"):
                    self._take(store.read(viewer, wave.id, unit["id"], view))

    def _take(self, p) -> None:
        for text in strings({**p.manifest}):
            self.texts.update(NUMBER.findall(text))
        self.texts |= {str(size) for size in p.manifest["thresholds"].values()}
        # Of the test for two groups and the signs beside it, whole per cent and up to three decimals are said.
        self.texts |= {
            told
            for share in shares(p.manifest["groups"])
            for told in (f"{100 * share:.0f}", f"{share:.2f}", f"{share:.3f}", f"{share:.1f}", f"{share:.0f}")
        }
        for cell in p.cells[p.cells["shown"]].itertuples():
            self.texts.update(NUMBER.findall(cell.text))
            ends = [cell.value, cell.low, cell.high, cell.ci_low, cell.ci_high]
            known = [end for end in ends if not math.isnan(end)]
            self.texts |= {f"{end:.0f}" for end in known} | {f"{cell.n_low:,}", f"{cell.n_high:,}"}
            middle = [(cell.low + cell.high) / 2]
            self.places |= {round(one, 6) for one in (*known, *middle)}
            self.places |= {round(one - other, 6) for one in (*known, *middle) for other in (*known, *middle)}
        # Parts of a whole are drawn as the middles of their bands, stretched so that they fill the bar.
        parts = p.cells[p.cells["shown"] & (p.cells["kind"] == "parts")]
        for _, of_one in parts.assign(middle=(parts["low"] + parts["high"]) / 2).groupby(["node", "measure"]):
            fills = [round(100 * middle / of_one["middle"].sum(), 2) for middle in of_one["middle"]]
            self.places |= {round(fill + off, 6) for fill in fills for off in (-0.01, 0, 0.01)}


def _within(table: list[list[str]], offered: list[list[str]]) -> bool:
    """Whether a table that was sent is the one that is offered for download, row by row."""
    return len(table) == len(offered) and all(row == more[: len(row)] for row, more in zip(table, offered, strict=True))


@pytest.mark.parametrize("path", ["", "Borealis / Quartzite", *OTHERS])
def test_every_number_that_is_sent_is_displayed_by_the_release_or_fixed(app, published, monkeypatch, path):
    downloads, readable, words = Downloads(monkeypatch), Readable(published, path), fixed()
    seen = pictures = 0
    hidden = [name for name in ("Obsidian", "Pumice") if name not in path]
    for page, shown in pages_of(app, NAME, SURVEY, path):
        tables = [[list(map(str, row)) for row in one.to_numpy()] for one in tables_sent(shown)]
        offered = [[list(map(show._cell, row)) for row in one.rows] for one in downloads.tables(page)]
        assert all(any(_within(table, one) for one in offered) or page in OWN_TABLES for table in tables), page
        if path:
            assert not any(name in str((tables, words_sent(shown), drawn(shown))) for name in hidden), page
        for text in words_sent(shown):
            for number in NUMBER.findall(DAY.sub("", text)):
                seen += 1
                counts = page == COUNTS and number.replace(",", "").isdecimal()
                assert counts or number in readable.texts | words, (page, number, text)
        for spec in drawn(shown):
            for place in coordinates(spec, "x"):
                pictures += 1
                assert round(place, 6) in readable.places, (page, place)
    assert seen > 200 and pictures > 50
