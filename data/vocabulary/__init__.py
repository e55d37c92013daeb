"""The words of survey answers: how a text is normalised, which texts mean no answer, which answers form a scale.

Answers are never matched by similarity: "satisfied" and "dissatisfied" are 86 of 100 alike.
"""

from data.vocabulary.match import Reading, match_scale, read_words
from data.vocabulary.numbers import NumberScale, match_numbers, match_shifted
from data.vocabulary.sets import AnswerScale, is_missing, load
from data.vocabulary.text import normalise, split_code
from data.vocabulary.wording import WORDING_VERSION, canonical, fingerprint, wording

__all__ = [
    "WORDING_VERSION",
    "AnswerScale",
    "NumberScale",
    "Reading",
    "canonical",
    "fingerprint",
    "is_missing",
    "load",
    "match_numbers",
    "match_scale",
    "match_shifted",
    "normalise",
    "read_words",
    "split_code",
    "wording",
]
