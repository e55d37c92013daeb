"""The confirm screen of a file, driven until everything that it works out is there, and on to its dashboards."""

from __future__ import annotations

import json
import time

from click.testing import CliRunner

import cli
from data import jobs
from pages.common import held


class Ended:
    """A job that ran in this process: the same command with the same input, without two seconds for its start."""

    progress = None

    def __init__(self, argv, stdin, memory_mb, cpu_s, wall_s):
        ran = CliRunner().invoke(cli.main, [str(one) for one in argv], input=stdin)
        self._done = jobs.Done(ran.exit_code, ran.stdout, ran.stderr, jobs.Limits(memory_mb, cpu_s, wall_s), 0.0)

    def poll(self):
        return self._done.code

    def result(self):
        return self._done

    def kill(self):
        pass


def opened(app, name, content, answer=None, **changes):
    """The screen of a file; ``answer``: what is said to each of its questions."""
    job = jobs.start(["inspect", "-", "--json", "--repair", "--name", name], content, 4096, 60, 60)
    upload = held.Upload(name, content, json.loads(job.result().stdout), **changes)
    if answer is not None:
        upload.answers = {question["key"]: answer for question in upload.seen["questions"]}
    app.session_state["upload"] = upload
    return settled(app.run().switch_page("pages/analyst/upload.py").run())


def dropped(app, name, content):
    """The screen that comes up when a file is dropped on the first page; nothing is answered yet."""
    app.run().switch_page("pages/analyst/upload.py").run()
    app.file_uploader[0].upload(name, content, "application/octet-stream").run()
    assert "upload" in app.session_state, [one.value for one in app.error]
    return settled(app)


def clicked_through(app):
    """Clicks from the confirm screen to wherever they lead: the first answer to each question, then the button, and
    once more after directions were confirmed."""
    clicks = 0
    for question in app.session_state["upload"].seen["questions"]:
        if question["key"] != "wave":
            app.radio(key=f"question_{question['key']}").set_value(question["options"][0][0])
            clicks += 1
    app.run()
    for _ in range(3):
        if "upload" not in app.session_state:
            break
        asked = [one for one in app.button if one.key == "directions"]
        button = asked[0] if asked else app.button(key="use")
        assert not button.disabled
        button.click().run(timeout=240)
        clicks += 1
    return clicks


def settled(app):
    """Run until the foresight of what was said last is there."""
    for _ in range(60):
        running = app.session_state["foreseeing"]
        if running is not None and running.document is not None:
            return app.run()
        time.sleep(0.25)
        app.run()
    raise AssertionError("nothing was foreseen within 15 seconds")
