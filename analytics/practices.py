"""What teams can try, by indicator: suggestions for a conversation, each with the study it leans on.

None of these is a promise: most of the evidence is about associations. A team picks, changes or drops them.
"""

from __future__ import annotations

from dataclasses import dataclass

_KREINER = "Kreiner 2006, doi:10.1002/job.386"
_KOSSEK = "Kossek et al. 2012, doi:10.1016/j.jvb.2012.04.003"
_WEPFER = "Wepfer et al. 2018, doi:10.1007/s10869-017-9520-y"
_SONNENTAG = "Sonnentag & Fritz 2007, doi:10.1037/1076-8998.12.3.204"
_BARBER = "Barber & Santuzzi 2015, doi:10.1037/a0038278"
_DEMANDS = "Bakker & Demerouti 2017, doi:10.1037/ocp0000056"
_BOGAERTS = "Bogaerts et al. 2018, doi:10.3389/fpsyg.2018.01158"
_EDWARDS = "Edwards & Rothbard 1999, doi:10.1006/obhd.1998.2813"
_MUELLER = "Mueller et al. 2023, doi:10.3389/fpsyg.2023.1149969"
_PEGA = "Pega et al. 2021 (WHO and ILO), doi:10.1016/j.envint.2021.106595"
_CARLSON = "Carlson et al. 2000, doi:10.1006/jvbe.1999.1713"
_GREENHAUS = "Greenhaus & Beutell 1985, doi:10.5465/amr.1985.4277352"
_COPSOQ = "Burr et al. 2019, doi:10.1016/j.shaw.2019.10.002"
_CBI = "Kristensen et al. 2005, doi:10.1080/02678370500297720"
_TOPP = "Topp et al. 2015, doi:10.1159/000376585"


@dataclass(frozen=True)
class Practice:
    """One thing to try, in a sentence that a team can discuss, and the source behind it."""

    text: str
    source: str


_WORKLOAD = Practice(
    "Go through the work of the next weeks together and name what can wait, be dropped or be done more simply.",
    _DEMANDS,
)
_FEEDBACK = Practice(
    "Ask each other, and whoever hands out the work, for feedback early, so that effort goes where it is needed.",
    _DEMANDS,
)
_RECOVERY = Practice(
    "Protect breaks and the time after work as time for recovery: no meetings in them, and nobody fills them up.",
    _WEPFER,
)
_HOURS = Practice(
    "Write down as a team when the working day begins and ends, and for what kind of matter that may be broken.",
    _KREINER,
)
_AVAILABLE = Practice(
    "Agree who can be reached when, by which channel, and how soon an answer is expected; let the rest wait.", _BARBER
)
_INTERRUPTIONS = Practice(
    "Let people decide when they can be interrupted: hours without messages, and a sign that says not now.", _KOSSEK
)
_WISHES = Practice(
    "Ask each person how strictly they want work and private life kept apart, and plan around the differences.",
    _BOGAERTS,
)
_SUPPORT = Practice(
    "Make sure that everybody knows whom to turn to for help, inside the organisation and outside of it.", _TOPP
)

PRACTICES: dict[str, tuple[Practice, ...]] = {
    "I1": (
        _WORKLOAD,
        _RECOVERY,
        Practice("Look at which tasks tire people most, and share them out or alternate them with lighter ones.", _CBI),
        _FEEDBACK,
    ),
    "I2": (
        _RECOVERY,
        Practice(
            "Talk about what tires people beyond the job itself, such as shifts, commuting or care at home.", _CBI
        ),
        _SUPPORT,
    ),
    "I3": (_WORKLOAD, _RECOVERY, _SUPPORT),
    "I4": (
        _WORKLOAD,
        _FEEDBACK,
        Practice("Find out what part of the work people still find worth doing, and make more room for it.", _DEMANDS),
    ),
    "I5": (_WORKLOAD, _RECOVERY, _SUPPORT),
    "I6": (
        Practice(
            "Find the fixed points of people's private days and keep meetings and deadlines clear of them.", _GREENHAUS
        ),
        Practice(
            "End the day with a short handover to oneself: what is done, what comes tomorrow, then stop.", _SONNENTAG
        ),
        Practice(
            "See which strain follows people home, from time, tension or habits, and treat that one first.", _CARLSON
        ),
    ),
    "I7": (
        Practice("Close the working day with a fixed small ritual, so that the head can follow the clock.", _SONNENTAG),
        _AVAILABLE,
        _RECOVERY,
    ),
    "I8": (
        _HOURS,
        _WISHES,
        Practice("When somebody is off, name who covers, and let only that person decide whether to call.", _KREINER),
    ),
    "I8.over": (
        Practice("Where the work allows it, let people move hours or mix private errands into the day.", _EDWARDS),
        _WISHES,
    ),
    "I9": (
        _WISHES,
        _INTERRUPTIONS,
        Practice("After strained weeks, ask whether mixing work and private time was chosen or crept in.", _MUELLER),
    ),
    "I10": (
        _INTERRUPTIONS,
        _AVAILABLE,
        Practice("Announce urgent work as early as possible, so that people can choose when to do it.", _KOSSEK),
    ),
    "I11": (
        _AVAILABLE,
        Practice("Send messages that can wait with a delay until the next morning, leaders first.", _BARBER),
        _HOURS,
    ),
    "I12": (
        Practice(
            "Count the hours of the last month together and cap them for the next one, with a plan for what gives.",
            _PEGA,
        ),
        _WORKLOAD,
        Practice("Let long weeks be followed by shorter ones, in writing, before the next long one starts.", _PEGA),
    ),
    "I13": (
        _WORKLOAD,
        Practice(
            "Give people more say over the order, the pace or the way of their work where nothing speaks against it.",
            _COPSOQ,
        ),
        Practice("Clarify who decides what and what good work looks like; unclear roles cost strength.", _COPSOQ),
        _FEEDBACK,
    ),
    "I14": (_SUPPORT, _RECOVERY, _WORKLOAD),
}


def practices(measure: str, indicator: str = "") -> tuple[Practice, ...]:
    """What can be tried about a measure: by its own id, else by the indicator that it belongs to; empty for others."""
    return PRACTICES.get(measure) or PRACTICES.get(indicator, ())
