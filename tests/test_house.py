"""The house rules hold in every file; and each rule finds what it is there to find."""

from __future__ import annotations

import statistics
import tomllib
from pathlib import Path

import pytest

from tests.house_rules import bodies, broken, flat_page

ROOT = Path(__file__).parents[1]
ROOMS = ("analytics", "commands", "data", "pages")
FILES = sorted(
    file.relative_to(ROOT).as_posix()
    for file in [ROOT / "app.py", ROOT / "cli.py", *(found for room in ROOMS for found in (ROOT / room).rglob("*.py"))]
)
RUN = "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/streamlit run app.py"
TEST = "python3 -m venv .venv && .venv/bin/pip install -r tests/requirements.txt && .venv/bin/python -m pytest"
PAGE = 'from pages.common.viewer import require\nviewer = require("analyst")\n'
LONG = "def work() -> int:\n" + "    x = 1\n" * 40 + "    return x\n"


@pytest.mark.parametrize("path", FILES)
def test_a_file_keeps_the_house_rules(path):
    assert broken(path, (ROOT / path).read_text(encoding="utf-8")) == []


def test_the_rules_are_asked_of_every_room():
    assert {path.split("/")[0] for path in FILES} == {"app.py", "cli.py", *ROOMS}
    assert len(FILES) > 50


def test_functions_do_one_thing():
    lines = [count for path in FILES for count in bodies((ROOT / path).read_text(encoding="utf-8"))]
    assert statistics.median(lines) <= 10
    assert sum(count > 30 for count in lines) <= 0.02 * len(lines)


def test_no_two_test_files_share_a_name():
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names)


def test_no_page_can_be_reached_without_the_front_door():
    assert [path for path in FILES if flat_page(path)] == []
    assert flat_page("pages/secret.py")
    assert not flat_page("pages/manager/team.py")


@pytest.mark.parametrize(
    ("path", "source", "what"),
    [
        ("analytics/x.py", "import streamlit as st", "imports streamlit"),
        ("data/x.py", "from streamlit import cache_data", "imports streamlit.cache_data"),
        ("analytics/x.py", "from data import store", "imports data.store"),
        ("analytics/x.py", "import pages.common.load", "imports pages.common.load"),
        ("analytics/x.py", "import time", "imports time"),
        ("analytics/x.py", "from datetime import datetime", "imports datetime.datetime"),
        ("analytics/x.py", "from pathlib import Path", "imports pathlib.Path"),
        ("analytics/x.py", "import numpy as np\nnp.random.default_rng()", "default_rng without a seed"),
        ("analytics/x.py", "import numpy as np\nnp.random.normal(0, 1)", "np.random.normal without a seed"),
        ("analytics/x.py", "open('x')", "a file opened"),
        ("analytics/attack/x.py", "from analytics.protect.tree import best", "imports analytics.protect.tree.best"),
        ("analytics/attack/x.py", "from analytics import protect", "imports analytics.protect"),
        ("data/x.py", "from analytics import flow", "imports analytics.flow"),
        ("data/x.py", "from analytics.protect import load", "imports analytics.protect.load"),
        ("data/store.py", "from analytics.protect import thresholds", "imports analytics.protect.thresholds"),
        ("data/x.py", "import pages", "imports pages"),
        ("cli.py", "from pages.common import load", "imports pages.common.load"),
        ("cli.py", "import streamlit", "imports streamlit"),
        ("commands/x.py", "import pages.common.load", "imports pages.common.load"),
        ("data/x.py", "from commands import front", "imports commands.front"),
        ("data/x.py", "import pickle", "imports pickle"),
        ("data/x.py", "from joblib import dump", "imports joblib.dump"),
        ("pages/common/x.py", "st.markdown('<b>', unsafe_allow_html=True)", "unsafe_allow_html"),
        ("pages/analyst/x.py", "import streamlit as st\nst.title('x')\n" + PAGE, "the guard is not the first"),
        ("pages/analyst/x.py", "import streamlit as st", "no guard"),
        ("pages/manager/x.py", "from a import b\nviewer = b()\n" + PAGE, "the guard is not the first"),
        ("pages/analyst/x.py", PAGE + "st.plotly_chart(f, alt='x')", "outside pages/common/show.py"),
        ("pages/analyst/x.py", PAGE + "st.sidebar.dataframe(f, alt='x')", "outside pages/common/show.py"),
        ("pages/common/show.py", "st.table(f)", "st.table without alt="),
        ("pages/common/show.py", "st.bar_chart(f, alt='x')", "not among the ways"),
        ("pages/common/show.py", "st.write(f)", "not among the ways"),
        ("data/x.py", "@st.cache_data(max_entries=1)\ndef _f(): return 1", "outside pages/common/load.py"),
        ("pages/common/load.py", "@st.cache_data\ndef _f(key: str): return 1", "without max_entries"),
        ("pages/common/load.py", "@st.cache_data(ttl=1)\ndef _f(key: str): return 1", "without max_entries"),
        ("pages/common/load.py", "@st.cache_data(max_entries=9)\ndef _f(a: pd.DataFrame): return 1", "one str"),
        ("pages/common/load.py", "@st.cache_data(max_entries=9)\ndef _f(_a: pd.DataFrame): return 1", "a DataFrame"),
        ("pages/common/load.py", "@st.cache_data(max_entries=9)\ndef _f(a: str, b: str): return 1", "one str"),
        ("analytics/x.py", "def mean(x: int) -> int:\n    return x", "mean has no docstring"),
        ("analytics/x.py", "def mean(x) -> int:\n    'The mean.'\n    return x", "mean is not typed"),
        ("data/x.py", "class A:\n    def mean(self):\n        'The mean.'\n        return 1", "mean is not typed"),
        ("pages/common/x.py", LONG, "a body of 41 lines"),
        ("analytics/x.py", "x = 1\n" * 301, "the module has 301 lines"),
    ],
)
def test_a_rule_finds_what_breaks_it(path, source, what):
    assert what in "\n".join(broken(path, source))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pages/analyst/x.py", "import streamlit as st\n" + PAGE),
        ("pages/common/show.py", "st.table(f, alt='x')"),
        ("pages/common/load.py", "@st.cache_resource(max_entries=9)\ndef _read(key: str, _viewer: object): return 1"),
        ("data/reader.py", "from analytics.protect import Protected, load"),
        ("data/x.py", "from analytics.wave import Wave\nfrom analytics import instrument"),
        ("analytics/x.py", "import numpy as np\nnp.random.default_rng([1, 2]).normal(0, 1)"),
        ("analytics/x.py", "class _Own:\n    def mean(self, x):\n        return x"),
    ],
)
def test_a_rule_leaves_alone_what_keeps_it(path, source):
    assert broken(path, source) == []


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_is_pinned(file):
    lines = [line.split("#")[0].strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    asked = [line for line in lines if line and line != "-r ../requirements.txt"]
    assert asked
    assert [line for line in asked if line.count("==") != 1] == []


def test_what_the_project_itself_imports_is_asked_for():
    asked = (ROOT / "requirements.txt").read_text(encoding="utf-8").lower()
    for package in ("streamlit", "pandas", "plotly", "scikit-learn", "sqlalchemy", "platformdirs", "click", "pyarrow"):
        assert f"\n{package}==" in asked


@pytest.mark.parametrize("command", [RUN, TEST])
def test_the_readme_gives_the_command_on_a_line_of_its_own(command):
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    end = command.split(" && ")[-1].removeprefix(".venv/bin/").removeprefix("python ")
    assert next(line for line in lines if end in line) == command


def test_the_readme_shows_a_picture_that_is_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "](docs/overview.png)" in text
    assert (ROOT / "docs/overview.png").is_file()


def test_the_readme_names_every_room_and_every_command_of_the_script():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for named in (*ROOMS, "tests/", "app.py", "cli.py", "EVENKEEL_HOME", "inspect", "publish", "audit", "chromium"):
        assert named in text


def test_the_server_stays_on_this_machine_and_calls_nobody():
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["showErrorLinks"] is False
    assert settings["runner"]["magicEnabled"] is False
