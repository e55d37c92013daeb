"""How a person's row in a kept wave is found again when they ask to be deleted, without their name being kept."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from data.files import RECORD, RESPONDENT
from data.records import NotPossible

_SIZE = 16  # bytes of a respondent's code
_LONGEST_SALT = 64


def code_of(respondent: str, salt: bytes) -> str:
    """The code under which a respondent's key is kept: a hash that nobody can make without the survey's salt."""
    return hashlib.blake2b(respondent.encode(), key=salt[:_LONGEST_SALT], digest_size=_SIZE).hexdigest()


def told_by(known: pd.DataFrame | None) -> str:
    """What a row of a wave is named by: its respondent where the file had a key for most people, else its row number
    in the file; "" for a wave of which neither was kept."""
    columns = () if known is None else known.columns
    return next((name for name in (RESPONDENT, RECORD) if name in columns), "")


def rows_of(known: pd.DataFrame | None, respondent: str, row: int, salt: bytes) -> np.ndarray:
    """Which rows of a wave are a respondent's, or came from row ``row`` of the file (as a spreadsheet counts).

    Raises ``NotPossible`` when the wave cannot be asked that way, or when no row or every row would be meant.
    """
    name = RESPONDENT if respondent else RECORD
    if known is None or name not in known:
        raise NotPossible(_CANNOT_TELL[name])
    wanted = code_of(respondent.strip(), salt) if respondent else row
    found: np.ndarray = (known[name] == wanted).to_numpy()
    if not found.any():
        raise NotPossible(_NONE[name])
    if found.all():
        raise NotPossible("These are all the rows of this wave. Delete the wave instead.")
    return found


_CANNOT_TELL = {
    RESPONDENT: "The file of this wave had no column with a key for each person. Name the row of the file instead.",
    RECORD: "This wave was kept without the numbers of its rows. Name the respondent, or delete the wave.",
}
_NONE = {
    RESPONDENT: "No row of this wave belongs to that respondent. Check the key as the file has it.",
    RECORD: "No answers of this wave came from that row of the file. Count the header as row 1.",
}
