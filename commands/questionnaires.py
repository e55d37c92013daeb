"""Commands on questionnaires: the ready one, to print and to import into survey tools."""

from __future__ import annotations

from pathlib import Path

import click

from commands.front import PATH, K, refuse, thresholds_of
from data.ready_questionnaire import COUNTRIES


@click.command()
@click.option("--out", required=True, type=PATH, help="A folder; it is made when it is not there.")
@click.option("--organisation", default="", help="What the notice calls the organisation.")
@click.option("--contact", default="", help="Whom employees may ask.")
@click.option("--team", "teams", multiple=True, help="A team to choose from; once for each.")
@click.option("--site", "sites", multiple=True, help="A site to choose from; once for each.")
@click.option("--no-clients", is_flag=True, help="Nobody works with clients: leave these questions out.")
@click.option("--country", default="", type=click.Choice(list(COUNTRIES)), help="Whose law the notice names.")
@K
def questionnaire(
    out: Path,
    organisation: str,
    contact: str,
    teams: tuple[str, ...],
    sites: tuple[str, ...],
    no_clients: bool,
    country: str,
    k: int,
) -> None:
    """Write the ready questionnaire: a page to print, import files for Qualtrics and LimeSurvey, and the notice."""
    from data.files import make_folder, write_bytes
    from data.questionnaire_files import files
    from data.ready_questionnaire import Setting

    setting = Setting(organisation, contact, teams, sites, not no_clients, thresholds_of(k).k, country)
    try:
        make_folder(out)
        for name, content in files(setting).items():
            write_bytes(out / name, content)
    except OSError:
        refuse("The files could not be written there. Name a folder that you may write to.")
    click.echo(f"Written to {out}: {', '.join(files(setting))}.")
