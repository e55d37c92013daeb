"""The only place where figures reach the browser: a drawing with its numbers, its method and its text alternative."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.attack import exports
from analytics.chart import Drawing
from analytics.release import NOT_SHOWN
from pages.common.words import plain

OF = "of"  # in a drawing's memo: the page's unit, the wave and the release of its figures
_CSS = Path(__file__).parent / "cards.css"
_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n")  # what spreadsheets take for the start of a formula
_NO_BAR = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showAxisDragHandles": False}


def dressed() -> None:
    """The fixed style sheet of cards; it names keyed containers only and holds nothing from any file."""
    st.html(_CSS)


def drawing(made: Drawing, key: str) -> None:
    """One card: the finding, what is drawn, the chart, its numbers as a table, how it was worked out."""
    _need(made)
    with st.container(border=True, key=f"card_{key}", gap="xsmall"):
        st.header(plain(made.title), anchor=False)
        if made.subline:
            st.caption(plain(made.subline))
        if made.numbers.empty:  # nothing to draw: the heading says why
            return
        if made.rows:
            st.plotly_chart(made.figure, theme=None, config=_NO_BAR, alt=made.alt, key=f"chart_{key}")
        with st.container(gap=None):
            with st.expander("See the numbers", type="compact"):
                numbers(made, key)
            _worked_out(made)


def _worked_out(made: Drawing) -> None:
    with st.expander("How this was worked out", type="compact"):
        st.markdown("\n\n".join(plain(line) for line in made.method))


def tabled(made: Drawing, key: str) -> None:
    """One card whose figures are a table and no picture: the finding, what it holds, the table, how it was made."""
    with _headed(made, key) as has_numbers:
        if has_numbers:
            numbers(made, key)
            _worked_out(made)


def folded(made: Drawing, key: str, label: str = "See the numbers") -> None:
    """One card whose figures are a long table: the finding, what it holds, and the table for whoever opens it."""
    with _headed(made, key) as has_numbers:
        if has_numbers:
            with st.container(gap=None):
                with st.expander(label, type="compact"):
                    numbers(made, key)
                _worked_out(made)


@contextmanager
def _headed(made: Drawing, key: str) -> Iterator[bool]:
    """A card with its finding and what it holds; whether there are numbers, else the finding says why not."""
    _need(made)
    with st.container(border=True, key=f"card_{key}", gap="xsmall"):
        st.header(plain(made.title), anchor=False)
        if made.subline and not made.numbers.empty:
            st.caption(plain(made.subline))
        yield not made.numbers.empty


def card(title: str, sentences: Sequence[str], key: str, listed: bool = False, fold: str = "") -> None:
    """One card of words: a heading and its sentences, as paragraphs or as a list, folded in behind a label where there
    is one; nothing without sentences."""
    if not sentences:
        return
    with st.container(border=True, key=f"card_{key}", gap="xsmall"):
        st.header(plain(title), anchor=False)
        with st.expander(fold, type="compact") if fold else nullcontext():
            st.markdown(bullets(sentences) if listed else "\n\n".join(plain(sentence) for sentence in sentences))


def bullets(sentences: Sequence[str]) -> str:
    """Sentences as a Markdown list."""
    return "\n".join(f"- {plain(sentence)}" for sentence in sentences)


def numbers(made: Drawing, key: str) -> None:
    """A drawing's numbers as a real table, and the same as a file."""
    _need(made)
    if "told" not in made.memo:  # a drawing may be shown many times
        safe = made.numbers.rename(columns=lambda name: plain(str(name))).map(_cell)
        made.memo["told"] = safe, csv_bytes(exported(made))
    safe, content = made.memo["told"]
    st.table(safe, alt=f"The numbers behind: {made.title}", hide_index=True, border="horizontal")
    st.download_button(
        "Download as CSV", content, f"evenkeel_{key}.csv", "text/csv", key=f"csv_{key}", on_click="ignore"
    )


def printed(label: str, make: Callable[[], bytes], key: str) -> None:
    """A button that downloads a PDF; it is made when somebody presses the button, and for nobody else."""
    st.download_button(
        label,
        make,
        f"evenkeel_{key}.pdf",
        "application/pdf",
        key=f"print_{key}",
        on_click="ignore",
        icon=":material/print:",
    )


def table(frame: pd.DataFrame, alt: str) -> None:
    """A small table of words, such as the columns of a file that is being confirmed."""
    st.table(frame.map(_cell), alt=alt, hide_index=True, border="horizontal")


def finding(sentence: str, key: str = "finding") -> None:
    """The largest sentence of a page."""
    with st.container(key=f"finding_{key}"):
        st.markdown(plain(sentence))


def hidden(sentence: str = NOT_SHOWN) -> None:
    """The hatched strip of a unit that is not shown, with the one neutral sentence."""
    with st.container(key="hidden_unit"):
        st.markdown(plain(sentence))


def exported(made: Drawing) -> pd.DataFrame:
    """A drawing's numbers as they leave the product: with the page, the measure, the wave and the release beside them.

    Whoever has the file can ask ``cli.py audit --exports`` whether it says what the release says and no more.
    """
    of = made.memo.get(OF, {})
    measures = {span.cell.measure for row in made.rows for span in row.spans}
    beside = {**of, exports.MEASURE: measures.pop() if len(measures) == 1 else ""} if of else {}
    return made.numbers.assign(**{name: beside[name] for name in exports.KNOWN_BY if name in beside})


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A table as UTF-8 CSV with a byte order mark: every field quoted, no text that a spreadsheet would run."""
    sink = io.StringIO()
    writer = csv.writer(sink, quoting=csv.QUOTE_ALL)
    writer.writerow([_harmless(name) for name in frame.columns])
    writer.writerows([_harmless(value) for value in row] for row in frame.itertuples(index=False))
    return sink.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_LEADS) else value
    return "" if _blank(value) else value


def _cell(value: object) -> str:
    if isinstance(value, str):
        return plain(value)
    if _blank(value):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _blank(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _need(made: object) -> None:
    if not isinstance(made, Drawing):
        raise TypeError(f"show needs a Drawing, got {type(made).__name__}")
