"""The log: each line hangs on the one before, so that nobody mends it unnoticed."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine, delete, select, update

from data import catalogue, log
from data.catalogue import reading, writing


@pytest.fixture
def engine(tmp_path) -> Engine:
    made = catalogue.connect(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    for number in range(1, 6):
        with writing(made) as connection:
            log.append(connection, f"2026-11-25T12:00:0{number}", "local", "keep", wave=f"w{number}")
    return made


def broken(engine: Engine) -> int | None:
    with reading(engine) as connection:
        return log.first_broken(connection)


def test_a_log_that_nobody_touched_is_whole(engine):
    assert broken(engine) is None


def test_an_empty_log_is_whole(tmp_path):
    assert broken(catalogue.connect(f"sqlite:///{tmp_path / 'new.sqlite'}")) is None


def test_a_line_says_when_who_what_and_on_what(engine):
    with reading(engine) as connection:
        line = json.loads(connection.scalar(select(catalogue.log.c.line).where(catalogue.log.c.id == 2)))
    assert line == {"at": "2026-11-25T12:00:02", "who": "local", "did": "keep", "wave": "w2"}


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_changed_line_is_found(engine, number):
    with writing(engine) as connection:
        connection.execute(update(catalogue.log).where(catalogue.log.c.id == number).values(line='{"did":"nothing"}'))
    assert broken(engine) == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_missing_line_is_found(engine, number):
    with writing(engine) as connection:
        connection.execute(delete(catalogue.log).where(catalogue.log.c.id == number))
    assert broken(engine) == number + 1


def test_two_lines_that_changed_places_are_found(engine):
    with writing(engine) as connection:
        for number, place in ((2, 102), (3, 2), (102, 3)):
            connection.execute(update(catalogue.log).where(catalogue.log.c.id == number).values(id=place))
    assert broken(engine) == 2


def test_a_line_of_a_transaction_that_failed_is_not_there(engine):
    with pytest.raises(RuntimeError), writing(engine) as connection:
        log.append(connection, "now", "local", "delete", wave="w1")
        raise RuntimeError
    with reading(engine) as connection:
        assert len(connection.execute(select(catalogue.log)).all()) == 5
    assert broken(engine) is None
