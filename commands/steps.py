"""The two steps that several commands take: a file becomes a wave, a wave becomes a release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commands.front import progress, refuse, solver_apart, thresholds_of

VERSION = "1"
READING = "Reading the file"


def assembled(
    file: str, recipe_file: Path | None, units: Path | None, salt: bytes, survey: str, wave: str, k: int, **more: Any
) -> Any:
    """The wave that a file gives; exits 2 with the reason when the file, its recipe or its units file is refused."""
    from data import road

    progress(READING, 0, 1)
    seen = road.look(file, more.pop("name", ""), recipe_file)
    made = road.assemble(seen, units, survey, wave, salt, fewest=thresholds_of(k).k_share, **more)
    _confirmed(made)
    made = _beside_everybody(made, seen, units)
    progress(READING, 1, 1)
    return made


def _beside_everybody(made: Any, seen: Any, units: Path | None) -> Any:
    """Where people are left out, the wave also says what the averages were with them; their answers are not kept."""
    from analytics import careless
    from data import inspection, road

    answering = made.wave.answering
    if not answering.left_out:
        return made
    everybody = road.assemble(inspection.with_everybody(seen), units, made.wave.survey, made.wave.name, b"")
    answering = replace(answering, everybody=careless.means(everybody.wave))
    return replace(made, wave=replace(made.wave, answering=answering))


def _confirmed(made: Any) -> None:
    """Exits 2 while a question clearly runs against its scale and nobody has confirmed its direction."""
    from analytics.direction import direction_conflicts

    answers = made.recipe.answers
    open_ = [one for one in direction_conflicts(made.wave) if one.clear and answers.get(f"confirm:{one.item}") != "yes"]
    if open_:
        refuse(" ".join(f"[confirm:{one.item}] {one.sentence}" for one in open_))


def published_before(store: Any, survey: str) -> list[Any]:
    """The fitted profiles of a survey's published waves, as they are displayed, the one published first at the head."""
    from data.access import LOCAL_ANALYST
    from data.records import PUBLISHED

    waves = [one for one in store.waves() if one.survey == survey and one.state == PUBLISHED]
    return [store.read(LOCAL_ANALYST, one.id, 0, "profiles") for one in sorted(waves, key=lambda one: one.published_at)]


def publication_of(wave: Any, k: int, earlier: Sequence[Any] = (), published: Sequence[Any] = ()) -> Any:
    from analytics import flow
    from data.questionnaires import answer_words

    told: dict[str, Any] = {"created": datetime.now(UTC).isoformat(timespec="seconds"), "code_version": VERSION}
    sizes = thresholds_of(k)
    told |= {"earlier": earlier, "words": answer_words(), "published": published}
    try:
        with solver_apart():
            return flow.publish(wave, sizes, progress=progress, **told)
    except (flow.NotPublishable, ValueError) as reason:
        refuse(str(reason))
