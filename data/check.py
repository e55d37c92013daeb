"""Which columns identify people: the header raises the suspicion, the values decide together with it.

A column called "E-mail" is often an option of a multiple choice, and seven in ten random ten-digit numbers could be
Indian telephone numbers: neither half is enough by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import regex

from data import identifiers
from data.identifiers import cells_with_identifiers, text_identifiers
from data.identifying_headers import ROLE, Named, kind_asked_for, kind_named, last_part, may_be_key, names_a_group
from data.labels import clean_label

__all__ = ["cells_with_identifiers", "clean_label", "looks_identifying", "text_identifiers"]

LOOKED_AT = 2000  # distinct values of a column that are looked at
_FEW = 10  # a choice question has at most this many different answers
_ENOUGH = 5  # values below which a form alone, without a header, says nothing
_TICKS = {"0", "1", "y", "n", "x", "yes", "no", "true", "false", "ja", "nein", "oui", "non", "si", "sí", "हाँ", "नहीं"}
_NOBODY = {"anonymous", "anonym", "anonyme", "anónimo", "anonimo", "गुमनाम"}
_CHOOSABLE = ("mail", "phone", "pan", "uan")  # words that are often options or topics of a question as well
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'.-]*(?:,? \p{Lu}[\p{L}\p{M}'.-]*){1,3}")
_NO_DIGIT = regex.compile(r"\D+")
_SMALL_NUMBER = regex.compile(r"[+-]?\d{1,3}(?:[.,]\d+)?")
_FORMS: dict[str, Callable[[str], bool]] = {
    "mail": identifiers.is_mail,
    "phone": identifiers.is_phone,
    "ip": identifiers.is_ip,
    "aadhaar": identifiers.is_twelve_digits,
    "uan": identifiers.is_twelve_digits,
    "pan": identifiers.is_pan,
    "location": identifiers.is_geopoint,
}


def looks_identifying(header: str, values: Sequence[str], filled: int | None = None) -> str | None:
    """The kind of identifier that a column holds (mail, phone, ip, aadhaar, pan, uan, employee_code, name,
    date_of_birth, joining_date, location, device, token, national_id), or None.

    ``header``: the column's key or its question; ``values``: its cells, blanks allowed, or
    every different cell once with the number of ``filled`` ones. Ticks of an option and
    answers of a rating are not identifying whatever the header says; an empty column with a header that names an
    identifier is, because the next file fills it.
    """
    plain = dict.fromkeys(map(identifiers.plain, islice(_different(values), LOOKED_AT)))
    distinct = [value for value in plain if value and value.casefold() not in _NOBODY]
    said = sum(map(bool, values)) if filled is None else filled
    if _is_option(header, distinct):
        return None
    named = kind_named(header)
    if named and _agrees(named, distinct, said):
        return named.kind.removesuffix(ROLE)
    asked = kind_asked_for(header)
    # One letter of a code that people make up of their names is a choice of few by its cells alone.
    if asked and (asked == "token" or not _is_choice(distinct, said)):
        return asked
    return _by_form_alone(header, distinct, said)


def _different(values: Sequence[str]) -> Iterator[str]:
    """The values that are not blank, each once, as far as somebody asks for them."""
    seen: set[str] = set()
    for value in values:
        if value and value not in seen:
            seen.add(value)
            yield value


def _is_option(header: str, distinct: list[str]) -> bool:
    """Whether the cells are the ticks of one option: 1 and 0, yes and no, or the option's own words again."""
    if not distinct:
        return False
    words = {value.casefold() for value in distinct}
    return words <= _TICKS or (len(words) == 1 and words == {last_part(header)})


def _agrees(named: Named, distinct: list[str], said: int) -> bool:
    """Whether the values leave a short header's suspicion standing."""
    form = _FORMS.get(named.kind)
    if not distinct or (form is not None and any(map(form, distinct))):
        return True
    if named.kind.endswith(ROLE):
        words = _share(distinct, _NO_DIGIT.fullmatch) >= 0.5
        return _share(distinct, _NAME.fullmatch) >= 0.5 or (len(distinct) > _FEW and words)
    if named.kind == "joining_date":
        return _share(distinct, identifiers.is_date) >= 0.5
    if named.kind in _CHOOSABLE:
        return not _is_choice(distinct, said)
    if named.kind == "name" and _are_numbers(distinct):
        return False
    return named.alone or not _is_choice(distinct, said)


def _is_choice(distinct: list[str], said: int) -> bool:
    """Whether few answers are given again and again, as in a rating or a choice question."""
    return 0 < len(distinct) <= _FEW and (said >= 2 * len(distinct) or _are_numbers(distinct))


def _are_numbers(distinct: list[str]) -> bool:
    return all(_SMALL_NUMBER.fullmatch(value) for value in distinct)


def _by_form_alone(header: str, distinct: list[str], said: int) -> str | None:
    """The kind that the values show by themselves, whatever the header says."""
    if _share(distinct, identifiers.is_mail) >= 0.5:
        return "mail"
    if _share(distinct, identifiers.is_geopoint) >= 0.5:
        return "location"
    if _share(distinct, identifiers.is_ip) >= 0.5:
        return "ip"
    if _share(distinct, identifiers.is_pan) >= 0.5:
        return "pan"
    if len(distinct) < _ENOUGH:
        return None
    if _share(distinct, identifiers.is_aadhaar) >= 0.5:
        return "aadhaar"
    # What follows looks like the key of a response, kept as a salted code, or like the code of a unit.
    if may_be_key(header) or names_a_group(header) or len(distinct) < 0.95 * min(said, LOOKED_AT):
        return None
    if _share(distinct, identifiers.is_phone) >= 0.9 or _share(distinct, identifiers.is_trunk_phone) >= 0.7:
        return "phone"
    if _share(distinct, identifiers.is_twelve_digits) >= 0.9:
        return "uan"
    return "employee_code" if _share(distinct, identifiers.is_code) >= 0.9 else None


def _share(distinct: list[str], form: Callable[[str], object]) -> float:
    return sum(bool(form(value)) for value in distinct) / len(distinct) if distinct else 0.0
