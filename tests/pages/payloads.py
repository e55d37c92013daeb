"""Every page, role and unit of a published survey, and what is sent of each: downloads, tables, pictures, words."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from analytics.attack.exports import Table, parse

ANALYST = ("overview", "questions", "teams", "leanings", "drivers", "quality", "change", "assurance", "waves")
_ID = re.compile(r"[0-9a-f]{32,64}")  # of a page, an element, a file
MANAGER = ("team", "compare", "trend")


class Downloads:
    """What every download button of the runs so far hands out, by page and file name."""

    def __init__(self, monkeypatch: Any) -> None:
        self.files: list[tuple[str, str, bytes]] = []
        button = st.download_button

        def noted(label: str, data: Any, file_name: str, *more: Any, **how: Any) -> bool:
            if file_name.endswith(".csv"):
                self.files.append((st.session_state.get("payload of", ""), file_name, data))
            return bool(button(label, data, file_name, *more, **how))

        monkeypatch.setattr(st, "download_button", noted)

    def tables(self, place: str) -> list[Table]:
        """The tables that one page has offered."""
        return [parse(name, content) for page, name, content in self.files if page == place]


def pages_of(app: AppTest, name: str, survey: str, manager: str = "") -> Iterator[tuple[str, AppTest]]:
    """Each page of the analyst, or of the manager of one unit, on one wave."""
    app.run()
    if manager:
        app.selectbox(key="view_as").set_value(manager).run()
    for place in [f"manager/{one}" for one in MANAGER] + ([] if manager else [f"analyst/{one}" for one in ANALYST]):
        app.query_params["wave"] = f"{name} · {survey}"
        app.session_state["payload of"] = place
        app.switch_page(f"pages/{place}.py").run()
        assert not app.exception, place
        yield place, app


def words_sent(app: AppTest) -> list[str]:
    """Every text of every element, whatever its kind: pictures without their drawing, which is looked at apart."""
    found: list[str] = []
    for element in elements(app):
        told = MessageToDict(element.proto)
        if told.get("label") == "View as":  # the analyst's own list of units, which no manager has
            continue
        told.pop("spec", None)
        found += texts(told)
    return found


def elements(app: AppTest) -> Iterator[Any]:
    """Every element of the page and of the rail, at any depth."""
    waiting = [app.main, app.sidebar]
    while waiting:
        block = waiting.pop()
        if hasattr(block, "proto") and block.proto is not None:
            yield block
        waiting += list(getattr(block, "children", {}).values())


def texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        if not _ID.fullmatch(told):
            yield told
    elif isinstance(told, dict):
        for name, part in told.items():
            if name not in ("id", "url", "css", "elementId", "arrowData", "bdata", "formId", "data"):
                yield from texts(part)
    elif isinstance(told, list):
        for part in told:
            yield from texts(part)


def tables_sent(app: AppTest) -> list[pd.DataFrame]:
    """Every table, decoded from its Arrow bytes, with all its rows and columns."""
    return [one.value for one in app.table] + [one.value for one in app.dataframe]


def drawn(app: AppTest) -> list[dict[str, Any]]:
    """Every picture as the browser gets it."""
    return [json.loads(one.proto.spec) for one in app.get("plotly_chart")]


def coordinates(spec: dict[str, Any], axis: str) -> Iterator[float]:
    """Every number of one axis: of marks, their error bars and bases, of lines and of notes that point at a figure."""
    for trace in spec["data"]:
        for name in (axis, f"{axis}0", "base"):
            yield from numbers_of(trace.get(name))
        for side in ("array", "arrayminus"):
            yield from numbers_of(trace.get(f"error_{axis}", {}).get(side))
        if "customdata" in trace:
            yield from numbers_of(trace["customdata"])
    for part in (*spec["layout"].get("shapes", ()), *spec["layout"].get("annotations", ())):
        if str(part.get(f"{axis}ref", axis)).startswith(axis) and "paper" not in str(part.get(f"{axis}ref", "")):
            for name in (axis, f"{axis}0", f"{axis}1"):
                yield from numbers_of(part.get(name))


def numbers_of(told: Any) -> Iterator[float]:
    if isinstance(told, dict) and "bdata" in told:
        yield from np.frombuffer(base64.b64decode(told["bdata"]), told["dtype"]).astype(float).tolist()
    elif isinstance(told, bool) or told is None:
        return
    elif isinstance(told, int | float):
        yield float(told)
    elif isinstance(told, list):
        for part in told:
            yield from numbers_of(part)
