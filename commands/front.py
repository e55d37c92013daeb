"""What every command shares: its options, how it reports, and how it refuses."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

PATH = click.Path(path_type=Path)
RECIPE = click.option("--recipe", "recipe_file", type=PATH, help="Answers to what would be asked.")
UNITS = click.option("--units", type=PATH, help="CSV with unit,parent (optional invited, merged_into).")
NAME = click.option("--name", default="", help="What the file is called, when it comes through standard input.")
K = click.option("--k", default=8, show_default=True, help="Smallest group behind any figure.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON document.")


class Front(click.Group):
    """Says what cannot be done in its own sentence, whatever command was on its way."""

    def invoke(self, ctx: click.Context) -> Any:
        from data.records import NotPossible
        from data.table import Refused

        try:
            return super().invoke(ctx)
        except (NotPossible, Refused) as reason:
            refuse(reason.message if isinstance(reason, Refused) else str(reason))


@contextmanager
def solver_apart() -> Iterator[None]:
    """Send what the solver prints from its own code to standard error: standard output is for results."""
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def thresholds_of(k: int) -> Any:
    from analytics.protect import thresholds

    try:
        return thresholds(k)
    except ValueError as reason:
        refuse(str(reason))


def progress(stage: str, done: int, of: int) -> None:
    """Progress for whoever watches: a page reads the JSON lines, a person at a terminal reads words."""
    if sys.stderr.isatty():
        click.echo(f"{stage} ({done} of {of})", err=True)
    else:
        click.echo("progress " + json.dumps({"stage": stage, "done": done, "of": of}), err=True)


def show(document: dict[str, Any], as_json: bool, words: str) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, default=str) if as_json else words)


def refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(2)
