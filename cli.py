"""The front door for scripts: the same road as the pages, without a browser.

Exit status 0 done, 2 refused with a reason, 1 failed. ``python cli.py --help`` lists the commands.
"""

from __future__ import annotations

import click

from commands import catalogue, files, folders, questionnaires, rights
from commands.front import Front


@click.group(cls=Front, help=(__doc__ or "").splitlines()[0])
def main() -> None:
    """Every command is a function in ``commands/``; nothing happens before one is chosen."""


for command in (
    files.inspect,
    files.foresee,
    catalogue.keep,
    catalogue.release,
    catalogue.erase,
    catalogue.sample,
    folders.publish,
    folders.audit,
    rights.grant,
    rights.revoke,
    rights.grants,
    questionnaires.questionnaire,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
