"""Nothing that is uploaded brings a traceback, hangs, or loses a row without saying so."""

from __future__ import annotations

import random
import resource
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data.mutations import mutated, sources, walk

SOURCES = sources()
QUICK, LONG = 120, 10_000
SECONDS = 20.0
MEGABYTES = 1_000
needs_corpus = pytest.mark.skipif(not SOURCES, reason="the shared corpus of survey files is not beside this repository")


def run(count: int, seed: str) -> tuple[float, str]:
    """Walk ``count`` mutations; the slowest one's seconds and how it was made."""
    slowest = (0.0, "")
    names = list(SOURCES)
    for n in range(count):
        made = f"{seed} {n}"
        chance = random.Random(made)
        name = names[n % len(names)]
        content = mutated(SOURCES[name], chance)
        began = time.perf_counter()
        try:
            walk(content, name)
        except Exception as fault:
            raise AssertionError(f"{name}, mutation {made!r}: {type(fault).__name__}: {fault}") from fault
        slowest = max(slowest, (time.perf_counter() - began, f"{name}, mutation {made!r}"))
    return slowest


@needs_corpus
def test_mutations_of_real_files() -> None:
    assert run(QUICK, "quick") < (SECONDS, "")


@needs_corpus
@pytest.mark.long
def test_ten_thousand_mutations_of_real_files() -> None:
    assert run(LONG, "long") < (SECONDS, "")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 < MEGABYTES


SIGN = st.sampled_from([*',;\t|"\n\r aA1.-/\u00e9\u0939\u0000\ufeff0Ø', "GMT+5:30", "Strongly agree", "Never", "<b>"])
TEXT = st.lists(SIGN, max_size=120).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), TEXT.map(str.encode), TEXT.map(lambda text: text.encode("utf-16"))))
def test_any_bytes(content: bytes) -> None:
    walk(content, "survey.csv")


CELL = st.one_of(
    st.sampled_from(
        ["", "1", "5", "-99", "Agree", "Never", "हमेशा", "1,5", "2026-01-05", "p@example.org", "=1+1", "a;b", "NA"]
    ),
    st.text(max_size=12),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=12), st.sampled_from(",;\t|"))
def test_any_table(rows: list[list[str]], delimiter: str) -> None:
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    walk("\r\n".join(quoted).encode("utf-8", "surrogatepass"), "survey.csv")
