"""The front door for scripts: the same road as the pages, without a browser.

Exit status 0 done, 2 refused with a reason, 1 failed. ``python cli.py --help`` lists the commands.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

VERSION = "1"
READING = "Reading the file"
_PATH = click.Path(path_type=Path)
_RECIPE = click.option("--recipe", "recipe_file", type=_PATH, help="Answers to what would be asked.")
_UNITS = click.option("--units", type=_PATH, help="CSV with unit,parent (optional invited, merged_into).")
_NAME = click.option("--name", default="", help="What the file is called, when it comes through standard input.")
_K = click.option("--k", default=8, show_default=True, help="Smallest group behind any figure.")


class _Front(click.Group):
    """Says what cannot be done in its own sentence, whatever command was on its way."""

    def invoke(self, ctx: click.Context) -> Any:
        from data.records import NotPossible
        from data.table import Refused

        try:
            return super().invoke(ctx)
        except (NotPossible, Refused) as reason:
            _refuse(reason.message if isinstance(reason, Refused) else str(reason))


@click.group(cls=_Front, help=(__doc__ or "").splitlines()[0])
def main() -> None:
    """Every command is a function below; nothing happens before one is chosen."""


@main.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON document.")
@click.option("--table", type=_PATH, help="Write the columns that are kept as a CSV.")
@_NAME
@_RECIPE
def inspect(file: str, as_json: bool, table: Path | None, name: str, recipe_file: Path | None) -> None:
    """Say what a survey FILE is, without keeping anything ('-' reads standard input)."""
    from data import describe, road
    from data.table import Refused

    try:
        seen = road.look(file, name, recipe_file)
    except Refused as refusal:
        _print(describe.refusal(refusal), as_json, refusal.message)
        raise SystemExit(2) from None
    if table is not None:
        describe.write_table(seen, table)
    _print(describe.describe(seen), as_json, "\n".join(describe.said(seen)))


@main.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON document.")
@_NAME
@_RECIPE
@_UNITS
@_K
def foresee(file: str, as_json: bool, name: str, recipe_file: Path | None, units: Path | None, k: int) -> None:
    """Say what publishing FILE would show, and whom its columns single out, without keeping anything."""
    from analytics import preview
    from data import describe, foresight, inspection, road
    from data.table import Refused

    try:
        seen = road.look(file, name, recipe_file)
        listed = inspection.units_file(units)
    except Refused as refusal:
        _print(describe.refusal(refusal), as_json, refusal.message)
        raise SystemExit(2) from None
    made = foresight.assembled(seen, listed)
    managers = preview.foreseen(made.wave.tree, foresight.people(made), _thresholds(k))
    document = foresight.report(seen, made, listed, k, managers)
    _print(document, as_json, "\n".join(foresight.in_words(document)))
    raise SystemExit(2 if document["verdict"] == foresight.RED else 0)


@main.command()
@click.argument("file")
@click.option("--survey", required=True, help="The survey that this wave belongs to.")
@click.option("--wave", required=True, help="What this wave is called, such as 'Autumn 2026'.")
@_RECIPE
@_UNITS
@_NAME
@click.option("--sample", is_flag=True, help="Mark the wave as invented data.")
@click.option("--k", default=5, show_default=True, help="Fewest answers that are kept at all.")
def keep(
    file: str, survey: str, wave: str, recipe_file: Path | None, units: Path | None, name: str, sample: bool, k: int
) -> None:
    """Read FILE and keep it as a wave in the catalogue; prints the wave's id as JSON."""
    from data.foresight import too_few
    from data.store import Store

    store = Store.open()
    made = _assembled(file, recipe_file, units, store.salt(survey), survey, wave, name=name, sample=sample)
    if sentence := too_few(len(made.wave), _thresholds(k).k):
        _refuse(sentence)
    wave_id = store.keep(
        made.wave, made.recipe.to_json(), respondent=made.respondent, header_fingerprint=made.recipe.fingerprint()
    )
    click.echo(json.dumps({"wave": wave_id, "rows": len(made.wave), "said": list(made.said)}, ensure_ascii=False))


@main.command()
@click.argument("wave_id")
@_K
def release(wave_id: str, k: int) -> None:
    """Publish a kept wave of the catalogue."""
    from data import editions
    from data.store import Store

    store = Store.open()
    wave = store.wave(wave_id)
    if sentence := store.lowers(wave, k):
        _refuse(sentence)
    before = store.earlier(wave)
    if sentence := editions.refusal(before, wave):
        _refuse(sentence)
    publication = _publish(wave, k, [edition.release for edition in before])
    store.publish(wave_id, publication.release, publication.memberships)
    click.echo(json.dumps({"wave": wave_id, "hash": publication.release.manifest["hash"]}))


@main.command()
@click.option("--two-groups", is_flag=True, help="The company whose answers do form two separate groups.")
def sample(two_groups: bool) -> None:
    """Publish the invented example company through the same road as any file, the latest wave first."""
    from data.samples.company import SURVEY, TWO_GROUPS, WAVES, file_of
    from data.store import Store

    store = Store.open()
    survey = TWO_GROUPS if two_groups else SURVEY
    have = {wave.name for wave in store.waves() if wave.survey == survey and wave.state == "published"}
    for wave in [WAVES[-1]] if two_groups else list(reversed(WAVES)):
        if wave in have:
            continue
        made = _assembled(str(file_of(wave, two_groups)), None, None, store.salt(survey), survey, wave, sample=True)
        wave_id = store.keep(made.wave, made.recipe.to_json(), header_fingerprint=made.recipe.fingerprint())
        publication = _publish(made.wave, 8)
        store.publish(wave_id, publication.release, publication.memberships)
        click.echo(f"{survey}, {wave}: published.")


@main.command()
@click.argument("file")
@click.option("--out", required=True, type=_PATH, help="A new or empty folder.")
@_RECIPE
@_UNITS
@click.option("--survey", default="Survey", show_default=True)
@click.option("--wave", default="", help="What this wave is called; today's date when it is not given.")
@_K
@click.option("--earlier", multiple=True, type=_PATH, help="An earlier release of the same rows.")
def publish(
    file: str,
    out: Path,
    recipe_file: Path | None,
    units: Path | None,
    survey: str,
    wave: str,
    k: int,
    earlier: tuple[Path, ...],
) -> None:
    """The whole main job: FILE in; a wave, a release and a one-file HTML report out."""
    from data import publication as folder

    if not folder.is_free(out):
        _refuse("The folder for --out should be new or empty, but it holds files. Name another one.")
    made = _assembled(file, recipe_file, units, b"", survey, wave or datetime.now(UTC).date().isoformat())
    clash = folder.shared_rows(made.wave, earlier)
    if clash:
        _refuse(clash)
    published = _publish(made.wave, k)
    folder.write(out, made, published.release, published.memberships, _report(published.release, earlier))
    named = [unit["shown"] for unit in published.release.manifest["units"] if not unit["rest"]]
    click.echo(f"Published {made.wave.name}: {sum(named)} of {len(named)} units shown, {len(made.wave)} answers read.")


@main.command()
@click.argument("folder", type=_PATH)
@click.option("--truth", type=_PATH, help="The wave's folder, for exact sizes.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
def audit(folder: Path, truth: Path | None, as_json: bool) -> None:
    """Attack the release in FOLDER from its files; exit 1 if anything is found."""
    from analytics import attack
    from analytics.release import TamperedRelease
    from data.files import read_release_files, read_wave_files

    try:
        published = read_release_files(folder)
        wave = read_wave_files(truth) if truth is not None else None
    except (TamperedRelease, FileNotFoundError, NotADirectoryError) as problem:
        fault = str(problem) if isinstance(problem, TamperedRelease) else "There is no release or wave in that folder."
        click.echo(fault, err=True)
        raise SystemExit(1 if isinstance(problem, TamperedRelease) else 2) from None
    with _solver_apart():
        report = attack.audit(published.cells, published.manifest, wave)
    _print(report, as_json, "\n".join(attack.in_words(report)))
    raise SystemExit(1 if report["findings"] else 0)


def _assembled(
    file: str, recipe_file: Path | None, units: Path | None, salt: bytes, survey: str, wave: str, **more: Any
) -> Any:
    """The wave that a file gives; exits 2 with the reason when the file, its recipe or its units file is refused."""
    from data import road

    _progress(READING, 0, 1)
    seen = road.look(file, more.pop("name", ""), recipe_file)
    made = road.assemble(seen, units, survey, wave, salt, **more)
    _confirmed(made)
    _progress(READING, 1, 1)
    return made


def _confirmed(made: Any) -> None:
    """Exits 2 while a question clearly runs against its scale and nobody has confirmed its direction."""
    from analytics.direction import direction_conflicts

    answers = made.recipe.answers
    open_ = [one for one in direction_conflicts(made.wave) if one.clear and answers.get(f"confirm:{one.item}") != "yes"]
    if open_:
        _refuse(" ".join(f"[confirm:{one.item}] {one.sentence}" for one in open_))


def _publish(wave: Any, k: int, earlier: Sequence[Any] = ()) -> Any:
    from analytics import flow
    from data.questionnaires import answer_words

    told = {"created": datetime.now(UTC).isoformat(timespec="seconds"), "code_version": VERSION}
    sizes, words = _thresholds(k), answer_words()
    try:
        with _solver_apart():
            return flow.publish(wave, sizes, progress=_progress, earlier=earlier, words=words, **told)
    except (flow.NotPublishable, ValueError) as reason:
        _refuse(str(reason))


@contextmanager
def _solver_apart() -> Iterator[None]:
    """Send what the solver prints from its own code to standard error: standard output is for results."""
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _thresholds(k: int) -> Any:
    from analytics.protect import thresholds

    try:
        return thresholds(k)
    except ValueError as reason:
        _refuse(str(reason))


def _report(published: Any, earlier: tuple[Path, ...]) -> str:
    from analytics import report
    from analytics.protect import load

    note = "" if earlier else "No earlier release of the same rows was named when this was published."
    return report.html(load(published.cells, published.manifest), published.audit, note)


def _progress(stage: str, done: int, of: int) -> None:
    """Progress for whoever watches: a page reads the JSON lines, a person at a terminal reads words."""
    if sys.stderr.isatty():
        click.echo(f"{stage} ({done} of {of})", err=True)
    else:
        click.echo("progress " + json.dumps({"stage": stage, "done": done, "of": of}), err=True)


def _print(document: dict[str, Any], as_json: bool, words: str) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, default=str) if as_json else words)


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(2)


if __name__ == "__main__":
    main()
