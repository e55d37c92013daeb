"""The confirm screen of a file, driven until everything that it works out is there."""

from __future__ import annotations

import json
import time

from data import jobs
from pages.common import confirm


def opened(app, name, content, answer=None, **changes):
    """The screen of a file; ``answer``: what is said to each of its questions."""
    job = jobs.start(["inspect", "-", "--json", "--repair", "--name", name], content, 4096, 60, 60)
    upload = confirm.Upload(name, content, json.loads(job.result().stdout), **changes)
    if answer is not None:
        upload.answers = {question["key"]: answer for question in upload.seen["questions"]}
    app.session_state["upload"] = upload
    return settled(app.run().switch_page("pages/analyst/upload.py").run())


def settled(app):
    """Run until the foresight of what was said last is there."""
    for _ in range(60):
        running = app.session_state["foreseeing"]
        if running is not None and running.document is not None:
            return app.run()
        time.sleep(0.25)
        app.run()
    raise AssertionError("nothing was foreseen within 15 seconds")
