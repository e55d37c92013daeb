"""Commands on who may read what; whoever may run them on the server may read everything already."""

from __future__ import annotations

import click

from commands.front import AS_JSON, refuse, show

_SURVEY = click.option("--survey", default="", help="The survey of a manager's unit.")
_UNIT = click.option("--unit", default="", help="The unit of a manager, as a path: 'Sales / North'.")


@click.command()
@click.option("--issuer", required=True, help="The address of the sign-in provider.")
@click.option("--subject", required=True, help="What the sign-in provider calls the person.")
@click.option("--analyst", is_flag=True, help="Everything may be read, published and granted.")
@_SURVEY
@_UNIT
def grant(issuer: str, subject: str, analyst: bool, survey: str, unit: str) -> None:
    """Let a person read: everything (--analyst), or one unit of one survey and what lies below it."""
    from data import access, records
    from data.store import Store

    if analyst == bool(survey or unit) or bool(survey) != bool(unit):
        refuse("Name either --analyst, or both --survey and --unit for a manager.")
    try:
        who = access.identity(issuer, subject)
    except ValueError as reason:
        refuse(str(reason))
    store = Store.open()
    if analyst:
        store.grant(access.LOCAL_ANALYST, who, records.ANALYST)
    else:
        found = store.place(access.LOCAL_ANALYST, survey, unit)
        store.grant(access.LOCAL_ANALYST, who, records.MANAGER, *found)
    click.echo("Granted.")


@click.command()
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """Take the grant of that NUMBER back; the command grants lists the numbers."""
    from data.access import LOCAL_ANALYST
    from data.store import Store

    Store.open().revoke(LOCAL_ANALYST, number)
    click.echo("Taken back.")


@click.command()
@AS_JSON
def grants(as_json: bool) -> None:
    """List who may read what, with the number of each grant."""
    from data.access import LOCAL_ANALYST
    from data.store import Store

    store = Store.open()
    names = {wave.survey_id: wave.survey for wave in store.waves()}
    rows = [
        {"number": one.id, "identity": one.identity, "role": one.role, "survey": names.get(one.survey_id, "")}
        | {"unit": one.path}
        for one in store.grants(LOCAL_ANALYST)
    ]
    lines = [_line(row) for row in rows] or ["Nobody was granted anything yet."]
    show({"grants": rows}, as_json, "\n".join(lines))


def _line(row: dict[str, object]) -> str:
    where = f" of {row['unit']} in {row['survey'] or 'a survey without waves'}" if row["unit"] else ""
    return f"{row['number']}: {row['identity']} is {row['role']}{where}"
