"""The words that stand on every page: the glossary, the help panel's text, and names made safe for Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

PRODUCT = "Evenkeel"
SAMPLE = "Invented example data"
NOT_YOURS = "That link is not for you, or it is out of date. You see your own page instead."
FIRST_USE = "Add a survey file to see results."
NOT_PUBLISHED = "This wave could not be published. Its answers are kept, and nothing of them can be seen."
NOT_FORESEEN = "What managers will see could not be worked out beforehand. Publishing checks it all again."
FAILED = "We could not read this file. Nothing was kept."

HOW_SURE = (
    "Each score is the average of the people who answered, on a range from 0 (low) to 100 (high). It is rounded: the "
    "smaller the group, the larger the steps. The line around it is a 95 % interval: if many groups like this one were "
    "asked, about 95 of 100 such lines would hold the true average. A short line means that the score is well known.",
    "A mark is filled only when the difference from the organisation is larger than chance could explain, after "
    "allowing for how many teams and scores are compared at once. All other marks stay grey, whatever their place.",
    "The number of answers is given as a band. Shares are given as bands, too: a bar from 20 to 40 % says that the "
    "share lies in there. Groups that are too small, or that could be worked out from others, are not shown.",
)

GLOSSARY: Mapping[str, str] = {
    "Balance-leaning": "People who keep work and private life apart: an index of 60 or more of 100.",
    "Integration-leaning": "People who mix work and private life: an index of 40 or less of 100.",
    "Mixed": "People between the two: an index of more than 40 and less than 60.",
    "Boundary Index": "Where somebody stands from 0 (everything mixed) to 100 (strictly apart), by their own answers.",
    "Burnout score": "The average of a questionnaire's answers, from 0 (never, or to a very low degree) to 100 "
    "(always, or to a very high degree).",
    "Clearly higher, clearly lower": "The difference from the rest of the organisation is larger than chance could "
    "explain, and large enough to matter.",
    "Not clear": "This survey cannot tell the team apart from the organisation. It does not mean that they are equal.",
    "Chosen, unwanted": "Somebody who keeps work and life apart, or mixes them, and wants it so has chosen it; "
    "somebody who wants it otherwise has not.",
    "Profile": "A typical pattern of answers that a model finds. Whether people fall into such groups is tested apart.",
    "Goes with": "Two answers are high, or low, in the same people more often than chance would have it. Neither "
    "need be the cause of the other.",
    "Clearly up, clearly down": "The change since last time is larger than chance could explain, and 5 points or more.",
    "Omega, alpha": "How well the questions of one scale hang together, from 0 to 1; from 0.70 groups can be compared.",
    "95 % interval": "The range in which the true average probably lies.",
    "Not shown": "Hidden, to protect anonymity. Which rule applied is never said.",
}

NEEDED = (
    "**What is needed.** One row per person, one column per question. CSV, TSV and Excel files are read.",
    "**What happens to the file.** Names, addresses and comments are dropped before anything is kept. The coded "
    "answers stay on this machine, in Evenkeel's data folder, until you delete them.",
    "**What is never shown.** Single answers and small groups.",
)

RETENTION = (
    "Coded answers, one row per person, without names, addresses or comments: kept in Evenkeel's data folder on this "
    "machine, readable by its owner alone, until an analyst deletes the wave. No page shows them, published or not.",
    "The published figures, this report and the sealed list of what was published: kept until the wave is deleted, "
    "then no longer readable in Evenkeel.",
    "What a manager writes down to try until the next survey: kept with its wave, for whoever may open that unit's "
    "page, and removed with the wave.",
    "After that, salted codes of the rows and the sealed release stay, so that the same answers cannot be published "
    "again in a way that could be subtracted. They lead back to nobody.",
    "The file that was uploaded is not kept.",
    "To delete a wave: Waves, Delete. Its answers are removed from the disk at once; copies that an organisation makes "
    "of its disks are its own to delete.",
    "A person who asks to be deleted: Waves, Delete a row. It is found by the person's key in the file, of which a "
    "salted code is kept, or by its row number in the file, and goes from the disk at once. Published figures are not "
    "worked out anew, because the difference would show that one person's answers.",
)

WHICH_COLUMNS = """
One row per person. A column that says which team or department somebody is in, alone or as a path
("Company / Division / Team"). Then one column per question.

The Copenhagen Burnout Inventory and Evenkeel's own pilot questions about boundaries are recognised by their wording,
or by a column name such as CBI.WB1 or EVK.PREF1. Any other questions can be named as a scale on the next screen.
Answers may be words ("often") or numbers.
"""

# Everything that Markdown, or Streamlit's own additions to it, could take for an instruction.
_SIGNS = re.compile(r"([\\`*_\[\]<>$~#|:{}!])")
_BULLET = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def plain(text: str) -> str:
    """A name from a file as Markdown that shows exactly that name: no emphasis, no link, no image, no list."""
    escaped = _SIGNS.sub(r"\\\1", text.replace("\n", " "))
    unlinked = re.sub(r"(?i)www\.", lambda found: found.group()[:-1] + "\u2060.", escaped)
    return _BULLET.sub(lambda found: f"{found.group(1)}{found.group(2)[:-1]}\\{found.group(2)[-1]}", unlinked)


def seal(manifest: Mapping[str, Any]) -> list[str]:
    """How a release can be told from a changed one: when it was made, and its hash."""
    return [
        f"Published on {manifest['created'][:10]} by Evenkeel {manifest['code_version']}.",
        f"The release's hash (SHA-256): {manifest['hash']}",
        "It is made from the figures, this report and the rules above. Evenkeel works it out anew whenever it opens "
        "the release, and shows nothing of a release that was changed. The command audit of cli.py repeats the attack.",
    ]


def erased(rows: int, on: datetime | None) -> str:
    """How many rows of a published wave were deleted on request, "" for none."""
    if not rows or on is None:
        return ""
    what, last = ("1 row was", "on") if rows == 1 else (f"{rows:,} rows were", "the last on")
    return (
        f"{what} deleted on request since publishing, {last} {on:%-d %B %Y}. The published figures were not worked out "
        "anew, because the difference would show those answers."
    )


def band(low: int, high: int) -> str:
    """A number of answers in words: "20–49 answers", "500+ answers"."""
    if high < 0:
        return f"{low:,}+ answers"
    return f"{low:,} answers" if low == high else f"{low:,}–{high:,} answers"


def help_lines() -> Mapping[str, Any]:
    """The help panel: title, text, and lines with name, what, numbers and the day somebody checked them."""
    return tomllib.loads((Path(__file__).parent / "help.toml").read_text(encoding="utf-8"))
