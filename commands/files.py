"""Commands about a file: what it is, and what publishing it would show. Neither keeps anything."""

from __future__ import annotations

from pathlib import Path

import click

from commands.front import AS_JSON, NAME, PATH, RECIPE, UNITS, K, show, thresholds_of


@click.command()
@click.argument("file")
@AS_JSON
@click.option("--table", type=PATH, help="Write the columns that are kept as a CSV.")
@NAME
@RECIPE
@click.option("--recall", is_flag=True, help="Read it as the kept wave whose columns it has.")
@click.option("--repair", is_flag=True, help="Add the rows and cells that need a look, for repair.")
def inspect(
    file: str, as_json: bool, table: Path | None, name: str, recipe_file: Path | None, recall: bool, repair: bool
) -> None:
    """Say what a survey FILE is, without keeping anything ('-' reads standard input)."""
    from data import describe, road
    from data.store import Store
    from data.table import Refused
    from data.to_repair import to_repair

    try:
        seen = road.look(file, name, recipe_file, Store.open().recipes.remembered() if recall else ())
    except Refused as refusal:
        show(describe.refusal(refusal), as_json, refusal.message)
        raise SystemExit(2) from None
    if table is not None:
        describe.write_table(seen, table)
    document = describe.describe(seen)
    document |= {"recalled": describe.recalled(seen)} if recall else {}
    if repair:
        document["repair"] = to_repair(seen)
        document["problems"] = document["repair"].pop("problems")
    show(document, as_json, "\n".join(describe.said(seen)))


@click.command()
@click.argument("file")
@AS_JSON
@NAME
@RECIPE
@UNITS
@K
def foresee(file: str, as_json: bool, name: str, recipe_file: Path | None, units: Path | None, k: int) -> None:
    """Say what publishing FILE would show, and whom its columns single out, without keeping anything."""
    from analytics import leaving_out, preview
    from data import describe, foresight, inspection, road
    from data.table import Refused

    try:
        seen = road.look(file, name, recipe_file)
        listed = inspection.units_file(units)
    except Refused as refusal:
        show(describe.refusal(refusal), as_json, refusal.message)
        raise SystemExit(2) from None
    sizes = thresholds_of(k)
    made = foresight.assembled(seen, listed, sizes.k_share)
    managers = preview.foreseen(made.wave.tree, foresight.people(made), sizes)
    document = foresight.report(seen, made, listed, k, managers)
    document["import_report"] = made.report
    asked = seen.recipe.exclusions
    everybody = foresight.assembled(inspection.with_everybody(seen), listed) if asked else made
    document["answering"] = leaving_out.offered(everybody.wave, everybody.flagged, asked, sizes)
    show(document, as_json, "\n".join(foresight.in_words(document)))
    raise SystemExit(2 if document["verdict"] == foresight.RED else 0)
