"""How many clicks lead from dropping a file to its dashboards: one for the button, one for each thing that is asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analytics.direction import direction_conflicts
from data.import_report import FEWEST
from data.inspection import assemble, look
from data.intake import Limits
from data.recipe import Recipe
from data.table import Refused

WAVES = "wave"  # asked of nobody: every wave of a file is kept unless somebody says otherwise


@dataclass(frozen=True)
class Way:
    """A file's way: whether it is taken, how many people, the questions it needs, clicks, and why it stops."""

    name: str
    people: int
    asked: tuple[str, ...]
    clicks: int
    stops: str = ""


def way(path: Path) -> Way:
    """What an analyst has to click for one file, taking the first option of whatever is asked."""
    try:
        seen = look(path.read_bytes(), path.name, Recipe(), Limits())
    except Refused as refusal:
        return Way(path.name, 0, (), 0, refusal.kind)
    asked = tuple(one.key for one in seen.questions if one.key != WAVES)
    answers = {one.key: one.options[-2 if one.key == WAVES else 0][0] for one in seen.questions}
    try:
        seen = look(path.read_bytes(), path.name, Recipe(answers=answers), Limits())
        made = assemble(seen, None, "Survey", "Wave", False, b"", FEWEST)
    except Refused as refusal:
        return Way(path.name, len(seen.recognition.keep), asked, len(asked) + 1, refusal.kind)
    against = tuple(f"confirm:{one.item}" for one in direction_conflicts(made.wave) if one.clear)
    more = 2 if against else 0  # "The directions are right", and the button again
    return Way(path.name, len(made.wave), asked + against, 1 + len(asked) + more)


def main(folder: Path) -> None:
    """Print the table for every file of a folder of survey files."""
    for path in sorted(folder.glob("*/*.*")):
        if path.suffix not in (".json", ".md"):
            found = way(path)
            print(f"{found.name:42} {found.people:>7,} {found.clicks:>2} {', '.join(found.asked):40} {found.stops}")


if __name__ == "__main__":
    main(Path(__file__).parents[3] / "shared" / "corpus")
