"""Commands on the catalogue: keep a wave, publish it, and publish the invented company."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from commands.front import NAME, RECIPE, UNITS, K, refuse, thresholds_of
from commands.steps import assembled, publication_of, published_before


@click.command()
@click.argument("file")
@click.option("--survey", required=True, help="The survey that this wave belongs to.")
@click.option("--wave", required=True, help="What this wave is called, such as 'Autumn 2026'.")
@RECIPE
@UNITS
@NAME
@click.option("--sample", is_flag=True, help="Mark the wave as invented data.")
@click.option("--k", default=5, show_default=True, help="Fewest answers that are kept at all.")
def keep(
    file: str, survey: str, wave: str, recipe_file: Path | None, units: Path | None, name: str, sample: bool, k: int
) -> None:
    """Read FILE and keep it as a wave in the catalogue; prints the wave's id as JSON."""
    from data import inspection
    from data.foresight import too_few
    from data.store import Store

    store = Store.open()
    made = assembled(file, recipe_file, units, store.salt(survey), survey, wave, k, name=name, sample=sample)
    if sentence := too_few(len(made.wave), thresholds_of(k).k):
        refuse(sentence)
    known = {"respondent": made.respondent, "records": made.records}
    wave_id = store.keep(made.wave, made.recipe.to_json(), header_fingerprint=made.recipe.fingerprint(), **known)
    store.unit_maps.read_from(inspection.units_file(units), wave_id)
    click.echo(json.dumps({"wave": wave_id, "rows": len(made.wave), "said": list(made.said)}, ensure_ascii=False))


@click.command()
@click.argument("wave_id")
@K
def release(wave_id: str, k: int) -> None:
    """Publish a kept wave of the catalogue."""
    from data import editions
    from data.store import Store

    store = Store.open()
    wave = store.wave(wave_id)
    if sentence := store.lowers(wave, k):
        refuse(sentence)
    before = store.earlier(wave)
    if sentence := editions.refusal(before, wave):
        refuse(sentence)
    releases = [edition.release for edition in before]
    publication = publication_of(wave, k, releases, published_before(store, wave.survey))
    store.publish(wave_id, publication.release, publication.memberships)
    click.echo(json.dumps({"wave": wave_id, "hash": publication.release.manifest["hash"]}))


@click.command()
@click.argument("wave_id")
@click.option("--respondent", default="", help="The person's key as the file had it ('-' reads standard input).")
@click.option("--row", default=0, help="The row of the uploaded file, as a spreadsheet counts, for files without keys.")
def erase(wave_id: str, respondent: str, row: int) -> None:
    """Delete a person's row from a kept wave on request; published figures stay as they are."""
    from data.store import Store

    if bool(respondent) == bool(row):
        refuse("Name the person's row in one way: by --respondent or by --row.")
    key = sys.stdin.read().strip() if respondent == "-" else respondent
    gone = Store.open().erase(wave_id, respondent=key, row=row)
    click.echo(json.dumps({"wave": wave_id, "erased": gone}))


@click.command()
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
        made = assembled(str(file_of(wave, two_groups)), None, None, store.salt(survey), survey, wave, 8, sample=True)
        wave_id = store.keep(made.wave, made.recipe.to_json(), header_fingerprint=made.recipe.fingerprint())
        publication = publication_of(made.wave, 8, published=published_before(store, survey))
        store.publish(wave_id, publication.release, publication.memberships)
        click.echo(f"{survey}, {wave}: published.")
