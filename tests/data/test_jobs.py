"""Jobs: they end, whatever happens in there, and say in a plain sentence why they were stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from data import jobs
from data.jobs import Done, Limits, Progress

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits are set where the system has them")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Start a job that runs the given lines instead of the front door for scripts."""
    started = []

    def start(lines: str, stdin: bytes = b"", memory_mb=2048, cpu_s=20, wall_s=20, argv=()) -> jobs.Job:
        script = tmp_path / "script.py"
        script.write_text("import json, os, sys, time\n" + textwrap.dedent(lines))
        monkeypatch.setattr(jobs, "_SCRIPT", script)
        started.append(jobs.start(list(argv), stdin, memory_mb, cpu_s, wall_s))
        return started[-1]

    yield start
    for job in started:
        job.kill()


def wait_for(what, seconds=10.0):
    """Look until something is so."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.02)


def test_the_front_door_runs_as_it_does_by_hand():
    done = jobs.start(["inspect", "-", "--name", "a.csv", "--json"], b"", 4096, 60, 60).result()
    assert done.code == 2 and '"outcome": "refuse"' in done.stdout
    assert done.reason == ""


def test_output_input_arguments_and_code_come_through(run):
    done = run(
        "sys.stdout.write(sys.stdin.read().upper() + sys.argv[2]); sys.exit(7)", b"input ", argv=["--a", "ü"]
    ).result()
    assert (done.code, done.stdout, done.stderr_tail) == (7, "INPUT ü", "")


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_codes_of_the_script_are_kept(run, code):
    job = run(f"sys.exit({code})")
    assert job.result().code == code == job.poll()


def test_names_from_outside_are_only_arguments(run):
    odd = ["-", "--json", "; rm -rf /", "$(id)", "a\0b", "\ud800", "../../x", "🙂"]
    done = run("print(json.dumps(sys.argv[1:]))", argv=odd).result()
    assert done.code == 0
    assert "ab" in done.stdout and "$(id)" in done.stdout


def test_a_job_tells_how_far_it_is(run):
    job = run("""
        for done in range(1, 4):
            print("progress " + json.dumps({"stage": "Counting", "done": done, "of": 3}), file=sys.stderr, flush=True)
            sys.stdin.read(1) if done == 3 else None
        """)
    wait_for(lambda: job.progress is not None)
    job.result()
    assert job.progress == Progress("Counting", 3, 3)


def test_a_job_that_says_nothing_has_no_progress(run):
    job = run("time.sleep(0.1)")
    assert (job.poll(), job.progress) == (None, None)
    assert job.result().code == 0
    assert job.progress is None


@pytest.mark.parametrize("line", ["progress", "progress {", "progress []", 'progress {"stage": 1}', "progress null"])
def test_progress_that_cannot_be_read_is_passed_over(run, line):
    job = run(f"print({line!r}, file=sys.stderr); print('the reason', file=sys.stderr); sys.exit(2)")
    assert "the reason" in job.result().stderr_tail
    assert job.progress is None


def test_a_refusal_comes_with_its_sentence_and_without_progress(run):
    done = run("""
        print('progress {"stage": "Reading", "done": 0, "of": 1}', file=sys.stderr)
        print("The file should have at least 2 rows, but it has 1.", file=sys.stderr)
        sys.exit(2)
        """).result()
    assert (done.code, done.stderr_tail) == (2, "The file should have at least 2 rows, but it has 1.")


def test_full_pipes_do_not_stop_a_job(run):
    done = run(
        """
        sys.stdout.write("o" * 3_000_000)
        sys.stderr.write("e" * 3_000_000 + "\\n" + "line\\n" * 200_000 + "last")
        assert len(sys.stdin.buffer.read()) == 5_000_000
        sys.stdout.write("o" * 3_000_000)
        """,
        b"i" * 5_000_000,
    ).result()
    assert (done.code, len(done.stdout)) == (0, 6_000_000)
    assert done.stderr_tail.endswith("line\nlast")
    assert len(done.stderr_tail) < 400_000


def test_a_job_that_does_not_read_its_input_is_no_fault(run):
    assert run("sys.exit(0)", b"x" * 5_000_000).result().code == 0


def test_too_much_memory_is_a_reason_with_both_numbers(run):
    done = run("held = [bytearray(10_000_000) for _ in range(1000)]", memory_mb=300).result()
    assert done.code == jobs.OUT_OF_MEMORY == 3
    used = int(done.reason.split("but ")[1].split(" MB")[0])
    assert 200 < used <= 300
    assert (
        done.reason
        == f"This may use 300 MB of memory, but {used} MB were in use when it needed more. Try a smaller file."
    )


@pytest.mark.parametrize(
    "lines",
    [
        "os.write(2, b'terminate called: std::bad_alloc\\n'); os.abort()",
        "sys.exit('OpenBLAS error: Memory allocation still failed after 10 retries, giving up.')",
        "raise OSError(12, 'Cannot allocate memory')",
        "os.kill(os.getpid(), 9)",
    ],
)
def test_libraries_and_the_system_say_it_in_other_ways(run, lines):
    done = run(lines).result()
    assert done.code == jobs.OUT_OF_MEMORY
    assert done.reason == "This may use 2,048 MB of memory, but it needed more. Try a smaller file."


def test_a_refusal_that_speaks_of_memory_is_still_a_refusal(run):
    done = run("print('MemoryError is a strange survey question.', file=sys.stderr); sys.exit(2)").result()
    assert (done.code, done.reason) == (2, "")


def test_too_much_computing_is_a_reason_with_both_numbers(run):
    done = run("while True: pass", cpu_s=1).result()
    assert done.code == jobs.OUT_OF_TIME == 4
    assert done.reason.startswith(
        "This may take 1 seconds of computing and 20 seconds in all, but it was not done after "
    )


def test_too_much_waiting_is_a_reason_with_both_numbers(run):
    done = run("time.sleep(60)", wall_s=1).result()
    assert done.code == jobs.OUT_OF_TIME
    assert done.reason.endswith("but it was not done after 1 seconds. Try a smaller file.")


def test_nobody_need_ask_for_a_late_job_to_end(run):
    job = run("time.sleep(60)", wall_s=1)
    wait_for(lambda: job.poll() is not None, 5)


def test_a_job_can_be_stopped(run):
    job = run("print('x' * 100_000, flush=True); time.sleep(60)")
    time.sleep(0.2)
    job.kill()
    done = job.result()
    assert (done.code, done.reason) == (jobs.STOPPED, "This was stopped before it was done.")
    job.kill()
    assert job.poll() == jobs.STOPPED


def test_a_job_that_is_done_cannot_be_stopped_any_more(run):
    job = run("pass")
    job.result()
    job.kill()
    assert job.poll() == 0


@pytest.mark.parametrize("code", [-signal.SIGSEGV, -signal.SIGABRT])
def test_a_crash_is_a_failure(run, code):
    done = run(f"os.kill(os.getpid(), {-code})").result()
    assert (done.code, done.reason) == (1, "")


def test_a_fault_in_the_script_is_a_failure(run):
    done = run("raise KeyError('x')").result()
    assert (done.code, done.reason) == (1, "")


def test_every_way_to_end_early_has_a_sentence():
    for code in range(6):
        reason = Done(code, "", "", Limits(1, 1, 1), 1.0).reason
        assert bool(reason) == (code > 2)


def test_a_job_ends_with_the_server_however_that_ends(tmp_path):
    """The server is killed outright; what it had started must not go on alone."""
    (tmp_path / "script.py").write_text(
        "import os, sys, time\nopen(sys.argv[1], 'w').write(str(os.getpid()))\ntime.sleep(60)\n"
    )
    server = (
        "import sys, time, threading; from pathlib import Path; from data import jobs\n"
        "jobs._SCRIPT = Path(sys.argv[1])\n"
        "page = threading.Thread(target=jobs.start, args=([sys.argv[2]], b'', 1024, 60, 60))\n"
        "page.start(); page.join()\n"
        "time.sleep(60)\n"
    )
    told = tmp_path / "number"
    process = subprocess.Popen([sys.executable, "-c", server, str(tmp_path / "script.py"), str(told)], cwd=ROOT)
    wait_for(lambda: told.exists() and told.read_text())
    job = int(told.read_text())
    time.sleep(0.3)
    assert alive(job)  # although the thread that started it, as a page's does, has ended
    process.kill()
    process.wait()
    wait_for(lambda: not alive(job))


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended but was not asked for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_no_thread_or_pipe_is_left_behind(run):
    run("pass").result()
    before = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    for _ in range(3):
        run("pass", b"x").result()
    wait_for(lambda: threading.active_count() <= before[1])
    assert len(list(Path("/proc/self/fd").iterdir())) <= before[0]
