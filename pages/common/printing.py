"""Pages on paper: PDFs that are made on this machine when somebody asks for one, from what the store lets them read."""

from __future__ import annotations

from functools import partial

from data.access import Viewer
from data.store import WaveRecord
from pages.common import load, show, words
from pages.common.load import UnitRow


def team(viewer: Viewer, wave: WaveRecord, unit: UnitRow) -> None:
    """The button for one unit's page."""
    show.printed("Print this page (PDF)", partial(_team, viewer, wave, unit), "team")


def organisation(viewer: Viewer, wave: WaveRecord) -> None:
    """The button for the whole report."""
    show.printed("Print the report (PDF)", partial(_organisation, viewer, wave.id), "report")


def _team(viewer: Viewer, wave: WaveRecord, unit: UnitRow) -> bytes:
    # The library is loaded for whoever prints: it would slow the first page for everybody else.
    from analytics import report

    # The store is asked anew, not what this server has read before: the button may be older than a deleted wave.
    views = [load.store().read(viewer, wave.id, unit.node, view) for view in ("indicators", "leanings", "questions")]
    waves = load.history(viewer, wave, unit.node)[-2:]
    *before, _ = load.store().unit_maps.over_time(viewer, [one.id for one in waves], unit.node, "indicators")
    maps = load.moved(waves, [*before, views[0]]) if before else ()
    return report.team_pdf(*views, unit.node, _help(), before, maps)


def _organisation(viewer: Viewer, wave_id: str) -> bytes:
    from analytics import report

    store = load.store()
    views = {view: store.read(viewer, wave_id, 0, view) for view in report.VIEWS}
    return report.organisation_pdf(views, store.audit(viewer, wave_id), _help())


def _help() -> str:
    """The help lines as one text."""
    lines = words.help_lines()["lines"]
    return " ".join(f"{line['name']}: {' or '.join(line['numbers'])}. {line['what']}." for line in lines)
