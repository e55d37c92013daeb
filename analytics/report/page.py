"""The report: one HTML file that needs nothing else, prints on A4, and says what it does not show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import pandas as pd

from analytics import chart, finding
from analytics.chart import look
from analytics.chart.drawing import Drawing, require_protected
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from analytics.report.svg import svg

_KEYS = {
    "scores": ("higher", "unclear", "lower"),
    "leanings": ("balance", "mixed", "integration"),
}


def html(p: Protected, audit: Mapping[str, Any], note: str = "", help_line: str = "") -> str:
    """A whole release as one self-contained HTML document: no script, no outside request, every text escaped.

    ``audit`` is the release's own attack report; ``note`` a sentence on how it was published; ``help_line`` the
    organisation's own words on whom to turn to. Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "report.html"))
    body = (
        _head(p, read, note),
        _sections(p, read),
        _reliability(read),
        _absent(p),
        _panel("If you need someone to talk to", help_line),
        _audit(audit),
        _foot(read),
    )
    title = escape(f"{read.wave}: report")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _head(p: Protected, read: Reading, note: str) -> str:
    badge = '<p class="badge">Invented data: no real person or company.</p>' if read.manifest["sample"] else ""
    made = escape(f"Made {str(read.manifest['created'])[:10]}. Scores describe answers; they do not diagnose anyone.")
    said = f"<p>{escape(note)}</p>" if note else ""
    verdict = escape(finding.overview(p))
    return f'<h1>{escape(read.wave)}</h1>{badge}<p class="quiet">{made}</p>{said}<p class="finding">{verdict}</p>'


def _sections(p: Protected, read: Reading) -> str:
    drawings = [("scores", chart.scores(p))]
    drawings += [("scores", chart.teams(p, measure)) for measure in read.leading if read.teams]
    drawings += [("", chart.shares(p)), ("leanings", chart.leanings(p))]
    drawings += [("leanings", chart.slope(p)), ("leanings", chart.profiles(p))]
    return "".join(_section(drawing, _KEYS.get(key, ())) for key, drawing in drawings)


def _section(drawing: Drawing, key: Iterable[str]) -> str:
    marks = [look.MARKS[name] for name in key] if drawing.rows else []
    legend = " ".join(f"<span>{look.SIGNS[m.symbol, m.hollow]} {escape(m.word)}</span>" for m in marks)
    lines = "".join(f"<li>{escape(line)}</li>" for line in drawing.method)
    return (
        f'<section><div class="keep"><h2>{escape(drawing.title)}</h2><p class="quiet">{escape(drawing.subline)}</p>'
        f'<p class="legend">{legend}</p>{svg(drawing)}</div>{_table(drawing.numbers, drawing.title)}'
        f"<h3>How this was worked out</h3><ul>{lines}</ul></section>"
    )


def _table(numbers: pd.DataFrame, title: str) -> str:
    if numbers.empty:
        return ""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in numbers.columns)
    rows = "".join(_line(row) for row in numbers.astype(str).itertuples(index=False))
    caption = f"<caption>The numbers behind: {escape(title)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _line(row: Iterable[str]) -> str:
    first, *rest = row
    return f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(text)}</td>" for text in rest)}</tr>'


def _reliability(read: Reading) -> str:
    scales = list(dict.fromkeys(measure for view, _, measure, _ in read.cells if view == "reliability"))
    cells = [[read.cell("reliability", WHOLE, scale, part) for part in ("alpha", "omega", "n")] for scale in scales]
    table = [(read.title(s), *(c.text if c.shown else "" for c in row)) for s, row in zip(scales, cells, strict=True)]
    if not table:
        return ""
    numbers = pd.DataFrame(table, columns=["Scale", "Alpha", "Omega", "Answers"])
    words = "How well each scale's questions hang together, from 0 to 1; below .70 read its scores with care."
    shown = _table(numbers, "reliability of the scales")
    return f"<section><h2>Reliability of the scales</h2><p>{words}</p>{shown}</section>"


def _absent(p: Protected) -> str:
    sentences = "".join(f"<li>{escape(sentence)}</li>" for sentence in finding.absent(p))
    return f"<section><h2>What this survey cannot show</h2><ul>{sentences}</ul></section>" if sentences else ""


def _panel(title: str, words: str) -> str:
    return f'<section class="panel"><h2>{escape(title)}</h2><p>{escape(words)}</p></section>' if words else ""


def _audit(audit: Mapping[str, Any]) -> str:
    rows = [
        (str(k).replace("_", " ").capitalize(), str(v)) for k, v in audit.items() if isinstance(v, int | float | str)
    ]
    table = _table(pd.DataFrame(rows, columns=["Check", "Result"]), "the attack on this release")
    return f"<section><h2>How this release was attacked before it was written</h2>{table}</section>" if rows else ""


def _foot(read: Reading) -> str:
    k = escape(str(read.manifest["thresholds"]["k"]))
    code = escape(f"Release {str(read.manifest['hash'])[:12]}, code {read.manifest['code_version']}.")
    return f'<footer class="quiet">No figure here stands for fewer than {k} people. {code}</footer>'


_STYLE = f"""
@page {{ size: A4; margin: 18mm 20mm; }}
body {{ font-family: {look.FONT}; color: {look.INK}; background: #fff; line-height: 1.45; margin: 0; }}
main {{ max-width: 170mm; margin: 0 auto; padding: 16px; }}
h1 {{ font-size: 26px; margin: 0 0 6px; }} h2 {{ font-size: 19px; margin: 0 0 4px; }} h3 {{ font-size: 14px; }}
section {{ border-top: 1px solid {look.GRID}; padding: 18px 0; }}
.keep, tr, .panel {{ break-inside: avoid; }} h2, h3, caption {{ break-after: avoid; }}
.finding {{ font-size: 21px; border-left: 4px solid #801650; padding-left: 14px; }}
.badge {{ display: inline-block; border: 1px solid {look.INK}; border-radius: 10px; padding: 1px 10px; margin: 0; }}
.quiet, caption {{ color: {look.QUIET}; font-size: 13px; text-align: left; }}
.legend span {{ margin-right: 14px; font-size: 13px; }} svg {{ width: 100%; height: auto; font-size: 12px; }}
table {{ border-collapse: collapse; width: 100%; font-size: 12.5px; margin-top: 10px; }}
th, td {{ text-align: left; padding: 3px 8px 3px 0; border-bottom: 1px solid {look.GRID}; font-weight: 400; }}
thead th {{ font-weight: 600; }} ul {{ font-size: 12.5px; padding-left: 18px; }}
.panel {{ border: 1px solid {look.INK}; padding: 12px; }}
@media print {{ main {{ padding: 0; max-width: none; }} }}
"""
