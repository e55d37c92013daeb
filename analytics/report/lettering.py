"""Which font writes which part of a text: names of units come in every script that people in India write.

The fonts lie beside this file (Noto Sans, SIL Open Font License 1.1, cut to what is used); a letter that none of them
has is printed as a visible replacement sign, never left out.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex
import uharfbuzz

LATIN = "NotoSans"
SIGNS = "NotoSansMath"
MISSING = "\ufffd"
SCRIPTS = {
    "Devanagari": "NotoSansDevanagari",
    "Bengali": "NotoSansBengali",
    "Tamil": "NotoSansTamil",
    "Telugu": "NotoSansTelugu",
    "Gujarati": "NotoSansGujarati",
    "Gurmukhi": "NotoSansGurmukhi",
    "Kannada": "NotoSansKannada",
    "Malayalam": "NotoSansMalayalam",
    "Oriya": "NotoSansOriya",
    "Arabic": "NotoSansArabic",
    "Ol_Chiki": "NotoSansOlChiki",
    "Meetei_Mayek": "NotoSansMeeteiMayek",
}
_JOINERS = "\u200c\u200d"  # they shape Indian scripts, so they stay
_SCRIPT = {name: regex.compile(rf"\p{{Script={name}}}") for name in SCRIPTS}


@dataclass(frozen=True)
class Run:
    """A part of a text that one font writes."""

    font: str
    text: str


def font_file(font: str, bold: bool = False) -> str:
    """Where a font of ours lies; only the Latin one has a bold cut."""
    weight = "Bold" if bold and font == LATIN else "Regular"
    return str(files("analytics.report") / "fonts" / f"{font}-{weight}.ttf")


def clean(text: str) -> str:
    """A text on one line without control signs: none that turns the reading order round, none without a width."""
    kept = (c if c in _JOINERS or unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn") else "" for c in text)
    spaced = (" " if unicodedata.category(c)[:1] in ("C", "Z") and c not in _JOINERS else c for c in "".join(kept))
    return " ".join("".join(spaced).split())


@lru_cache(maxsize=4096)
def runs(text: str) -> tuple[Run, ...]:
    """A text as parts of one font each; signs that belong to no script stay with the letters before them."""
    line = clean(text)
    if line.isascii():
        return (Run(LATIN, line),) if line else ()
    made: list[Run] = []
    for letter in regex.findall(r"\X", line):
        font = _font(letter, made[-1].font if made else LATIN)
        shown = letter if font else MISSING
        font = font or LATIN
        if made and made[-1].font == font:
            made[-1] = Run(font, made[-1].text + shown)
        else:
            made.append(Run(font, shown))
    return tuple(made)


@lru_cache(maxsize=8192)
def width(text: str, bold: bool = False) -> float:
    """How wide a text is after its letters were joined, in parts of the size of its letters."""
    return sum(advance(run, bold) for run in runs(text))


def advance(run: Run, bold: bool = False) -> float:
    """How wide one run is, in parts of the size of its letters; spaces at its ends count."""
    face = _face(run.font, bold and run.font == LATIN)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(face), buffer)
    return float(sum(place.x_advance for place in buffer.glyph_positions or ())) / float(face.upem)


def _font(letter: str, before: str) -> str:
    script = next((font for name, font in SCRIPTS.items() if _SCRIPT[name].match(letter)), "")
    if not script and letter[0].isalpha():
        before = LATIN
    return next((font for font in (script, before, LATIN, SIGNS) if font and _writes(font, letter)), "")


def _writes(font: str, letters: str) -> bool:
    """Whether a font has every one of some letters; the joining signs need none of their own."""
    return all(ord(letter) in _letters(font) for letter in letters if letter not in _JOINERS)


@cache
def _letters(font: str) -> frozenset[int]:
    return frozenset(_face(font, False).unicodes)


@cache
def _face(font: str, bold: bool) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font_file(font, bold)))
