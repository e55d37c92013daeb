"""The invented survey as LimeSurvey, KoboToolbox, REDCap, Viva Glint and Peakon write it, by their documentation."""

from __future__ import annotations

from tests.data.export_parts import ASIDE, Col, moments, numbered, same
from tests.data.invented_survey import AGREE, AGREE_STEM, DEGREE, DEGREE_STEM, ITEMS, OFTEN, OFTEN_STEM, TOOLS, Survey

LIME_TEXTS = (
    "Response ID",
    "Date submitted",
    "Last page",
    "Start language",
    "Seed",
    "Access code",
    "Date started",
    "Date last action",
    "IP address",
    "Referrer URL",
)
LIME_CODES = (
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "token",
    "startdate",
    "datestamp",
    "ipaddr",
    "refurl",
)


def limesurvey(
    survey: Survey,
    *,
    heading: str = "code",
    full: bool = False,
    yes_no: str = "Y",
    anonymised: bool = False,
    timings: bool = True,
    vv: bool = False,
) -> list[Col]:
    """``heading``: code, text or both; ``full``: answers in words; ``yes_no``: how a ticked option is written."""
    n = survey.people
    stamp = "2026-05-{d:02d} {H:02d}:{M:02d}:00"
    sent = same("1980-01-01 00:00:00", n) if anonymised else moments(n, stamp, 8)
    sent[4] = ""
    values = (
        numbered(n),
        sent,
        same("4", n),
        same("en", n),
        numbered(n, 1234567),
        numbered(n, 100, "tok{}abcXYZ"),
        moments(n, stamp),
        moments(n, stamp, 8),
        numbered(n, form="203.0.113.{}"),
        same("", n),
    )
    roles = (ASIDE, ASIDE, ASIDE, f"{ASIDE} segment", f"{ASIDE} pii", "pii", ASIDE, ASIDE, "pii", f"{ASIDE} pii")

    def head(code: str, text: str) -> tuple[str, ...]:
        if vv:
            return (text.replace("\n", "{newline}"), code.replace("[", "_").replace("]", ""))
        return ({"code": code, "text": text, "both": f"{code}. {text}"}[heading],)

    columns = [
        Col(head(code, text), cells, role)
        for code, text, cells, role in zip(LIME_CODES, LIME_TEXTS, values, roles, strict=True)
    ]
    if heading == "both" and not vv:
        for column, code, text in zip(columns, LIME_CODES, LIME_TEXTS, strict=True):
            column.head = (f"{code}. {text}",)
    if full:
        columns.append(Col(head("dept", "Which department do you work in?"), survey.team, "segment"))
    else:
        columns.append(
            Col(head("dept", "Which department do you work in?"), [f"D{1 + p % 4}" for p in range(n)], "segment")
        )
    columns.append(Col(head("dept[other]", "Which department do you work in? [Other]"), same("", n), "text"))
    for code, stem, items in (("PB", OFTEN_STEM, OFTEN), ("WB", DEGREE_STEM, DEGREE), ("PREF", AGREE_STEM, AGREE)):
        for row, item in enumerate(items, 1):
            cells = survey.words(item) if full else [f"A{level}" if level else "" for level in survey.levels[item]]
            named = item if heading != "code" or vv else None
            columns.append(Col(head(f"{code}[SQ{row:03d}]", f"{stem} [{survey.text(item)}]"), cells, "item", named, 5))
    yes, no = {"Y": ("Y", ""), "Yes": ("Yes", "No"), "12": ("1", "2"), "N": ("Y", "N"), "x": ("Yes", "")}[yes_no]
    for place, tool in enumerate(TOOLS, 1):
        cells = [yes if ticked else no for ticked in survey.ticks[tool]]
        columns.append(
            Col(head(f"TOOLS[SQ{place:03d}]", f"Which tools do you use after hours? [{tool}]"), cells, "multi")
        )
    columns.append(Col(head("TOOLS[other]", "Which tools do you use after hours? [Other]"), same("", n), "text multi"))
    columns.append(
        Col(head("years", "How many years have you worked here?"), [f"{year}" for year in survey.years], "number")
    )
    columns.append(Col(head("remark", "Anything you would like to add?"), survey.wish, "text"))
    if timings:
        columns += [
            Col(head("interviewtime", "Total time"), [f"{300 + p}.{p:02d}" for p in range(n)], ASIDE),
            Col(head("groupTime12", "Group time: Burnout"), [f"{30 + p}.5" for p in range(n)], ASIDE),
            Col(head("PBTime", "Question time: PB"), [f"{20 + p}.25" for p in range(n)], ASIDE),
        ]
    return columns


def kobo(
    survey: Survey, *, labels: bool = False, tags: bool = False, shapes: str = "both", version: bool = True
) -> list[Col]:
    n = survey.people
    stamp = "2026-01-{d:02d}T{H:02d}:{M:02d}:00.000+05:30"

    def col(
        name: str,
        label: str,
        cells: list[str],
        roles: str,
        item: str | None = None,
        levels: int | None = None,
        tag: str = "",
    ) -> Col:
        head = (label if labels else name,)
        return Col((*head, tag) if tags else head, cells, roles, item, levels)

    place = same("18.5204 73.8567 560 5", n)
    columns = [
        col("start", "start", moments(n, stamp), ASIDE),
        col("end", "end", moments(n, stamp, 7), ASIDE),
        col("today", "today", same("2026-01-10", n), ASIDE),
        col("deviceid", "deviceid", same("collect:ab12", n), "pii"),
        col("username", "username", same("asha", n), "pii"),
        col("phonenumber", "phonenumber", same("", n), "pii"),
        col("about/department", "Which department do you work in?", survey.team, "segment", tag="#org+dept"),
        col("about/loc", "Where are you?", place, "pii", tag="#geo"),
        col("about/_loc_latitude", "_Where are you?_latitude", same("18.5204", n), "pii"),
        col("about/_loc_longitude", "_Where are you?_longitude", same("73.8567", n), "pii"),
        col("about/_loc_altitude", "_Where are you?_altitude", same("560", n), "pii"),
        col("about/_loc_precision", "_Where are you?_precision", same("5", n), "pii"),
    ]
    for item in ITEMS:
        cells = (
            survey.words(item)
            if labels
            else [word.lower().replace(" ", "_").replace("/", "_") for word in survey.words(item)]
        )
        name = "burnout/" + item.partition(".")[2].lower()
        columns.append(col(name, survey.text(item), cells, "item", item if labels else None, 5))
    names = dict(zip(TOOLS, ("email", "chat", "phone"), strict=True))
    asked = "Which tools do you use after hours?"
    if shapes in ("both", "joined"):
        cells = [" ".join(tool if labels else names[tool] for tool in TOOLS if survey.ticks[tool][p]) for p in range(n)]
        columns.append(col("tools", asked, cells, "multi"))
    if shapes in ("both", "split"):
        columns += [
            col(
                f"tools/{names[tool]}",
                f"{asked}/{tool}",
                ["1" if ticked else "0" for ticked in survey.ticks[tool]],
                "multi",
            )
            for tool in TOOLS
        ]
    columns.append(col("years", "How many years have you worked here?", list(map(str, survey.years)), "number"))
    columns.append(col("remark", "Anything you would like to add?", survey.wish, "text"))
    if version:
        columns.append(col("__version__", "__version__", same("vAbC", n), ASIDE))
    for name, cells, role in (
        ("_id", numbered(n, 4711), ASIDE), ("_uuid", numbered(n, form="0f0f-{:04d}-aa"), f"{ASIDE} pii"),
        ("_submission_time", moments(n, "2026-01-{d:02d}T{H:02d}:{M:02d}:05"), ASIDE),
        ("_validation_status", same("", n), ASIDE), ("_notes", same("", n), ASIDE),
        ("_status", same("submitted_via_web", n), ASIDE), ("_submitted_by", same("asha", n), "pii"),
        ("_tags", same("", n), ASIDE), ("_index", numbered(n), ASIDE),
    ):  # fmt: skip
        columns.append(col(name, name, cells, role))
    return columns


def redcap(survey: Survey, *, labels: bool = False, events: int = 0) -> list[Col]:
    n = survey.people
    stamp = "2026-05-{d:02d} {H:02d}:{M:02d}"
    columns = [Col(("Record ID" if labels else "record_id",), numbered(n), ASIDE)]
    if events:
        names = ("Baseline", "Follow-up") if labels else ("baseline_arm_1", "followup_arm_1")
        columns.append(
            Col(("Event Name" if labels else "redcap_event_name",), [names[p % events] for p in range(n)], ASIDE)
        )
        columns[0].cells = [str(1 + p // events) for p in range(n)]
    columns.append(
        Col(
            ("Data Access Group" if labels else "redcap_data_access_group",),
            [team.split()[0].lower() for team in survey.team],
            "segment",
        )
    )
    columns.append(
        Col(
            ("Survey Identifier" if labels else "redcap_survey_identifier",), numbered(n, form="p{}@example.org"), "pii"
        )
    )
    columns.append(
        Col(
            ("Survey Timestamp" if labels else "burnout_timestamp",),
            [("[not completed]" if p == 5 else cell) for p, cell in enumerate(moments(n, stamp))],
            ASIDE,
        )
    )
    columns.append(
        Col(
            ("Which department do you work in?" if labels else "dept",),
            survey.team if labels else [str(1 + p % 4) for p in range(n)],
            "segment",
        )
    )
    for item in ITEMS:
        cells = survey.words(item) if labels else survey.numbers(item)
        name = survey.text(item) if labels else item.partition(".")[2].lower()
        columns.append(Col((name,), cells, "item", item if labels else None, 5))
    for place, tool in enumerate(TOOLS, 1):
        ticks = survey.ticks[tool]
        if labels:
            cells = ["Checked" if ticked else "Unchecked" for ticked in ticks]
            columns.append(Col((f"Which tools do you use after hours? (choice={tool})",), cells, "multi"))
        else:
            columns.append(Col((f"tools___{place}",), ["1" if ticked else "0" for ticked in ticks], "multi"))
    columns.append(
        Col(("How many years have you worked here?" if labels else "years",), list(map(str, survey.years)), "number")
    )
    columns.append(Col(("Anything you would like to add?" if labels else "remark",), survey.wish, "text"))
    complete = (
        ["Incomplete" if p == 5 else "Complete" for p in range(n)]
        if labels
        else ["0" if p == 5 else "2" for p in range(n)]
    )
    columns.append(Col(("Complete?" if labels else "burnout_complete",), complete, ASIDE))
    return columns


def glint(survey: Survey) -> list[Col]:
    n = survey.people
    columns = [Col(("User e-mail",), numbered(n, form="p{}@example.org"), "pii")]
    for place, item in enumerate(ITEMS[:6], 1):
        columns.append(Col((f"Q{place:02d}",), survey.numbers(item), "item", None, 5))
        columns.append(Col((f"Q{place:02d}_COMMENTS",), survey.wish if place == 1 else same("", n), "text"))
    columns.append(
        Col(("OPEN1",), ["-1" if not wish else "0" for wish in survey.wish], "drop quality id number multi segment")
    )
    columns.append(Col(("OPEN1_COMMENTS",), survey.wish, "text"))
    cells = [":".join(str(place) for place, tool in enumerate(TOOLS, 1) if survey.ticks[tool][p]) for p in range(n)]
    columns.append(Col(("REASONS",), cells, "multi"))
    return columns


def peakon(survey: Survey, key: str = "employeeId") -> list[list[str]]:
    """One record per answer, in the names of the vendor's data export."""
    head = [
        key,
        "accountEmail",
        "answerId",
        "answerScore",
        "answerComment",
        "answerLocale",
        "answerSkipReason",
        "categoryGroup",
        "categoryId",
        "categoryStandard",
        "questionId",
        "questionText",
        "Department",
    ]
    records = [head]
    for p in range(survey.people):
        for place, item in enumerate(ITEMS[:4]):
            score = survey.levels[item][p]
            records.append(
                [
                    f"e{100 + p}",
                    f"p{p}@example.org",
                    f"{p * 10 + place}",
                    str(2 * score) if score else "",
                    "a word" if place == 1 and p % 3 == 0 else "",
                    "en",
                    "" if score else "skipped",
                    "engagement",
                    f"c{place}",
                    "loyalty",
                    f"q{place}",
                    survey.text(item),
                    survey.team[p],
                ]
            )
    return records
