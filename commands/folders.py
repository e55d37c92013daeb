"""Commands on folders: the whole main job into one, and the attack on what lies in one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from commands.front import AS_JSON, PATH, RECIPE, UNITS, K, refuse, show, solver_apart
from commands.steps import assembled, publication_of


@click.command()
@click.argument("file")
@click.option("--out", required=True, type=PATH, help="A new or empty folder.")
@RECIPE
@UNITS
@click.option("--survey", default="Survey", show_default=True)
@click.option("--wave", default="", help="What this wave is called; today's date when it is not given.")
@K
@click.option("--earlier", multiple=True, type=PATH, help="An earlier release of the same rows.")
@click.option(
    "--profiles-of", type=PATH, help="A published wave of the same survey, to count this one by its profiles."
)
def publish(
    file: str,
    out: Path,
    recipe_file: Path | None,
    units: Path | None,
    survey: str,
    wave: str,
    k: int,
    earlier: tuple[Path, ...],
    profiles_of: Path | None,
) -> None:
    """The whole main job: FILE in; a wave, a release and a one-file HTML report out."""
    from data import editions
    from data import publication as folder

    if not folder.is_free(out):
        refuse("The folder for --out should be new or empty, but it holds files. Name another one.")
    made = assembled(file, recipe_file, units, b"", survey, wave or datetime.now(UTC).date().isoformat(), k)
    before, profiles = folder.editions_of(made.wave, earlier), _profiles(profiles_of)
    if sentence := folder.lowers(earlier, k) or editions.refusal(before, made.wave):
        refuse(sentence)
    published = publication_of(made.wave, k, [edition.release for edition in before], profiles)
    folder.write(out, made, published.release, published.memberships, _report(published.release, earlier))
    named = [unit["shown"] for unit in published.release.manifest["units"] if not unit["rest"]]
    click.echo(f"Published {made.wave.name}: {sum(named)} of {len(named)} units shown, {len(made.wave)} answers read.")


@click.command()
@click.argument("folder", type=PATH)
@click.option("--truth", type=PATH, help="The wave's folder, for exact sizes.")
@click.option("--earlier", multiple=True, type=PATH, help="An earlier release of the same people, to attack together.")
@click.option("--exports", multiple=True, type=PATH, help="Downloaded tables, or folders of them, to hold against it.")
@AS_JSON
def audit(
    folder: Path, truth: Path | None, earlier: tuple[Path, ...], exports: tuple[Path, ...], as_json: bool
) -> None:
    """Attack the release in FOLDER from its files; exit 1 if anything is found."""
    from analytics import attack
    from analytics.release import TamperedRelease
    from data.files import read_release_files, read_wave_files

    try:
        published, *before = (read_release_files(one) for one in (folder, *earlier))
        wave = read_wave_files(truth) if truth is not None else None
    except (TamperedRelease, FileNotFoundError, NotADirectoryError) as problem:
        fault = str(problem) if isinstance(problem, TamperedRelease) else "There is no release or wave in that folder."
        click.echo(fault, err=True)
        raise SystemExit(1 if isinstance(problem, TamperedRelease) else 2) from None
    with solver_apart():
        report = attack.audit(published.cells, published.manifest, wave, before)
    said = attack.in_words(report)
    if exports:
        said += _held_against(report, _tables_in(exports), [published, *before])
    show(report, as_json, "\n".join(said))
    raise SystemExit(1 if report["findings"] else 0)


def _profiles(folder: Path | None) -> list[Any]:
    """The fitted profiles that a published folder displays; exits 2 for a folder without a release."""
    from analytics.protect import load
    from analytics.release import TamperedRelease
    from data.files import read_release_files

    if folder is None:
        return []
    try:
        release = read_release_files(folder)
        return [load(release.cells, release.manifest).select(0, "profiles", frozenset({0}))]
    except (TamperedRelease, FileNotFoundError, NotADirectoryError) as fault:
        told = str(fault) if isinstance(fault, TamperedRelease) else "There is no release in the folder of profiles."
        refuse(told)


def _tables_in(places: tuple[Path, ...]) -> list[Any]:
    """The exported tables in files and folders; exits 2 for a file that cannot be read as one."""
    from analytics.attack import exports

    files = [file for place in places for file in (sorted(place.rglob("*.csv")) if place.is_dir() else [place])]
    try:
        return [exports.parse(file.name, file.read_bytes()) for file in files]
    except (OSError, ValueError) as reason:
        refuse(str(reason) if isinstance(reason, ValueError) else "An exported table could not be opened.")


def _held_against(report: dict[str, Any], tables: list[Any], releases: list[Any]) -> list[str]:
    """Add what exported tables say beyond the releases to the report; returns the same in words."""
    from analytics.attack import Edition, exports

    editions = [Edition(release.cells, release.manifest) for release in releases]
    compared = exports.compare(tables, editions)
    report["findings"] += [found.as_dict() for found in compared.findings]
    report["exports"] = {"tables": compared.tables, "figures": compared.figures, "others": list(compared.others)}
    return exports.in_words(compared)


def _report(published: Any, earlier: tuple[Path, ...]) -> str:
    from analytics import report
    from analytics.protect import load

    note = "" if earlier else "No earlier release of the same rows was named when this was published."
    return report.html(load(published.cells, published.manifest), published.audit, note)
