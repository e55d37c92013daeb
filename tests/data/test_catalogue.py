"""The catalogue: whole transactions, one writer at a time, and nothing of what was removed left in the file."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from data import catalogue
from data.catalogue import NewerCatalogue, about, reading, recipes, surveys, waves, writing

ROOT = Path(__file__).parents[2]


def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'catalogue.sqlite'}"


@pytest.fixture
def engine(tmp_path) -> Engine:
    return catalogue.connect(url(tmp_path))


def add_survey(connection, name: str) -> None:
    connection.execute(insert(surveys).values(id=name, name=name, salt=b"salt", created="today"))


def count(engine, table) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_a_new_catalogue_says_which_format_it_has(engine):
    with reading(engine) as connection:
        assert connection.scalar(select(about.c.value).where(about.c.key == "schema")) == str(catalogue.SCHEMA)


def test_a_catalogue_is_found_again_as_it_was(tmp_path, engine):
    with writing(engine) as connection:
        add_survey(connection, "Pulse")
    assert count(catalogue.connect(url(tmp_path)), surveys) == 1


def test_a_catalogue_of_a_newer_version_is_left_alone(tmp_path, engine):
    with writing(engine) as connection:
        connection.execute(about.update().where(about.c.key == "schema").values(value="2"))
    with pytest.raises(NewerCatalogue, match="format 2, but this Evenkeel knows 1"):
        catalogue.connect(url(tmp_path))


def test_a_transaction_happens_whole_or_not_at_all(engine):
    with pytest.raises(RuntimeError), writing(engine) as connection:
        add_survey(connection, "Pulse")
        raise RuntimeError
    assert count(engine, surveys) == 0


def test_settings_hold_on_every_connection(engine):
    for _ in range(3):
        with reading(engine) as connection:
            settings = [connection.scalar(text(f"PRAGMA {name}")) for name in ("foreign_keys", "secure_delete")]
            assert settings == [1, 1]
            assert connection.scalar(text("PRAGMA synchronous")) == 2
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_a_wave_belongs_to_a_survey_that_is_there(engine):
    line = {"id": "w", "name": "W", "state": "kept", "n_rows": 1, "sample": False, "created": "", "undo_until": ""}
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(waves).values(survey_id="none", **line))


def test_a_reader_sees_one_state_whatever_is_written_meanwhile(engine):
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(surveys)) == 0
        with writing(engine) as other:
            add_survey(other, "Pulse")
        assert connection.scalar(select(func.count()).select_from(surveys)) == 0
    assert count(engine, surveys) == 1


def test_writers_wait_for_each_other(engine):
    """Each reads the number and writes one more: none is lost when each transaction waits its turn."""
    with writing(engine) as connection:
        connection.execute(insert(about).values(key="n", value="0"))

    def add() -> None:
        for _ in range(10):
            with writing(engine) as connection:
                before = connection.scalar(select(about.c.value).where(about.c.key == "n"))
                connection.execute(about.update().where(about.c.key == "n").values(value=str(int(before) + 1)))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert connection.scalar(select(about.c.value).where(about.c.key == "n")) == "40"


def test_two_processes_may_make_the_catalogue_at_once(tmp_path):
    script = "import sys; from data import catalogue; catalogue.connect(sys.argv[1])"
    made = [subprocess.Popen([sys.executable, "-c", script, url(tmp_path)], cwd=ROOT) for _ in range(4)]
    assert [process.wait() for process in made] == [0, 0, 0, 0]
    assert count(catalogue.connect(url(tmp_path)), about) == 1


def test_what_was_removed_is_not_left_in_the_file(tmp_path, engine):
    secret = "a column title that somebody wants to be forgotten"
    with writing(engine) as connection:
        connection.execute(insert(recipes).values(header_fingerprint="f", recipe=secret * 50, used_at=""))
    with writing(engine) as connection:
        connection.execute(delete(recipes))
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    assert secret.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
