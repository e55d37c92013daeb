"""Who was granted what, as lines of the catalogue; only an analyst changes them, and nobody their own."""

from __future__ import annotations

import json

from sqlalchemy import Connection, Row, delete, insert, select

from data import catalogue, ledger
from data.access import Refusal, Viewer
from data.records import ANALYST, MANAGER, Grant, NotPossible

_grants = catalogue.grants


def viewer(connection: Connection, identity: str) -> Viewer:
    """The person behind an identity with what was granted to them."""
    lines = connection.execute(select(_grants).where(_grants.c.identity == identity)).all()
    nodes = frozenset((line.survey_id, line.path) for line in lines if line.role == MANAGER)
    return Viewer(identity, any(line.role == ANALYST for line in lines), nodes)


def listed(connection: Connection, by: Viewer) -> list[Grant]:
    """Every grant, for an analyst; raises ``Refusal`` for anybody else."""
    _analyst(by)
    return [_grant(line) for line in connection.execute(select(_grants).order_by(_grants.c.identity, _grants.c.id))]


def give(connection: Connection, by: Viewer, grant: Grant, at: str) -> None:
    """Add a grant; one that is there already stays as it is. Raises ``Refusal``, or ``NotPossible`` with the reason."""
    _analyst(by)
    _of_another(by, grant.identity)
    if grant.role not in (ANALYST, MANAGER):
        raise NotPossible(f"A role should be {ANALYST} or {MANAGER}. Choose one of the two.")
    unit = (grant.survey_id or None, grant.path) if grant.role == MANAGER else (None, None)
    if grant.role == MANAGER and not _is_survey(connection, grant.survey_id):
        raise NotPossible("A manager's grant should name a survey of this catalogue. Choose one from the list.")
    values = {"identity": grant.identity, "role": grant.role, "survey_id": unit[0], "path": unit[1]}
    same = [_grants.c[name].is_(None) if value is None else _grants.c[name] == value for name, value in values.items()]
    if connection.execute(select(_grants.c.id).where(*same)).first() is None:
        connection.execute(insert(_grants).values(created=at, **values))


def place(connection: Connection, by: Viewer, survey: str, path: str) -> tuple[str, str]:
    """The survey's id and the path of one of its units, as a grant has them, after both were found in its releases.

    Raises ``Refusal``, or ``NotPossible`` when there is no such survey or no published wave of it has that unit.
    """
    _analyst(by)
    lines = [line for line in ledger.released(connection) if line.survey == survey]
    if not lines:
        raise NotPossible("No published wave belongs to a survey of that name. Write it as the page Waves shows it.")
    if not path or not any(path in json.loads(line.paths) for line in lines):
        raise NotPossible(
            "That survey has no unit of that path. Write the names from the top, as View as shows them: Sales / North."
        )
    return lines[-1].survey_id, path


def take(connection: Connection, by: Viewer, grant_id: int) -> Grant:
    """Take a grant back and return it; raises ``Refusal``, or ``NotPossible`` when there is none."""
    _analyst(by)
    line = connection.execute(select(_grants).where(_grants.c.id == grant_id)).first()
    if line is None:
        raise NotPossible("There is no such grant any more. Look at the list again.")
    _of_another(by, line.identity)
    connection.execute(delete(_grants).where(_grants.c.id == grant_id))
    return _grant(line)


def _grant(line: Row[tuple[object, ...]]) -> Grant:
    return Grant(line.id, line.identity, line.role, line.survey_id or "", line.path or "")


def _analyst(by: Viewer) -> None:
    if not by.is_analyst:
        raise Refusal


def _of_another(by: Viewer, identity: str) -> None:
    issuer, _, subject = identity.partition("|")
    if not issuer or not subject:
        raise NotPossible("A grant needs an identity of the form issuer|subject. Copy both from the sign-in provider.")
    if identity == by.subject:
        raise NotPossible("Nobody changes their own rights. Ask another analyst.")


def _is_survey(connection: Connection, survey_id: str) -> bool:
    found = select(catalogue.surveys.c.id).where(catalogue.surveys.c.id == survey_id)
    return connection.execute(found).first() is not None
