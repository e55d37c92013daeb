"""The invented company: its divisions, teams, sites and shifts. Nobody in it exists."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SURVEY = "Invented example: Nilgiri Goods"
TWO_GROUPS = "Invented example: two groups"
WAVES = ("Autumn 2024", "Autumn 2025", "Autumn 2026")

SITES = ("Bengaluru", "Pune", "Chennai", "Gurugram", "Kolkata")
WORK_MODES = ("On site", "Hybrid", "Remote")
TENURE = ("Under 1 year", "1 to 3 years", "4 to 9 years", "10 years and more")


@dataclass(frozen=True)
class Team:
    """An invented team: where it stands, how many people it has, and how its people mostly work."""

    division: str
    name: str
    size: int
    site: str
    remote: float

    @property
    def path(self) -> str:
        return f"{self.division} / {self.name}"


# Division: share of remote work, then its teams as "name" and size; sizes run from 4 to 60.
_DIVISIONS: dict[str, tuple[float, str]] = {
    "Operations": (
        0.02,
        "Packing day 58, Packing night 41, Mixing day 36, Mixing night 27, Quality lab 19, "
        "Maintenance 33, Boiler house 9, Stores 16, Line planning 12, Safety 6, Tool room 8, "
        "Cold chain 24, Energy 5, Cleaning 14",
    ),
    "Sales": (
        0.25,
        "North region 44, South region 47, East region 21, West region 38, Key accounts 17, "
        "Modern trade 23, E-commerce 15, Export desk 11, Sales training 5, Trade marketing 13, "
        "Pricing 7, Field audit 18",
    ),
    "Engineering": (
        0.45,
        "Platform 29, Mobile app 22, Data 26, Web shop 19, Payments 14, Test 21, Site reliability 12, "
        "Security 8, Design 10, Architecture 6, Plant software 17, Integrations 15, Developer tools 7, "
        "Release 4",
    ),
    "Customer care": (
        0.30,
        "Voice morning 52, Voice evening 49, Voice night 60, Chat 34, Complaints 18, Retention 16, "
        "Back office 28, Training 9, Quality review 11, Workforce planning 7, Hindi desk 31, "
        "Tamil desk 20",
    ),
    "Finance and people": (
        0.35,
        "Accounts payable 22, Accounts receivable 19, Tax 9, Treasury 6, Payroll 13, Recruiting 17, "
        "People partners 12, Learning 8, Internal audit 7, Legal 5",
    ),
    "Logistics": (
        0.05,
        "Fleet 46, Hub Bengaluru 37, Hub Pune 32, Hub Kolkata 25, Customs 10, Routing 14, Returns 21, "
        "Yard 16, Permits 4, Insurance 6",
    ),
}


def teams() -> tuple[Team, ...]:
    """Every team of the invented company, in a fixed order."""
    found: list[Team] = []
    for division, (remote, listing) in _DIVISIONS.items():
        for place, entry in enumerate(listing.split(", ")):
            name, size = entry.rsplit(" ", 1)
            found.append(Team(division, name, int(size), SITES[(place + len(found)) % len(SITES)], remote))
    return tuple(found)


def file_of(wave: str, two_groups: bool) -> Path:
    """Where the bundled CSV of one invented wave lies."""
    flavour = "two_groups_" if two_groups else ""
    return Path(__file__).parent / f"invented_{flavour}{wave.lower().replace(' ', '_')}.csv"
