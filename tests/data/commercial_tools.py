"""The invented survey as Qualtrics, SurveyMonkey, Google, Microsoft and Typeform write it, by their documentation."""

from __future__ import annotations

from collections.abc import Sequence

from tests.data.export_parts import ASIDE, Col, moments, numbered, same
from tests.data.invented_survey import AGREE, AGREE_STEM, DEGREE, DEGREE_STEM, ITEMS, OFTEN, OFTEN_STEM, TOOLS, Survey


def _q(
    key: str, text: str, ident: str, cells: list[str], roles: str, item: str | None = None, levels: int | None = None
) -> Col:
    return Col((key, text, ident), cells, roles, item, levels)


def qualtrics(
    survey: Survey,
    *,
    numeric: bool = False,
    joined: bool = False,
    zone: str = "Asia/Kolkata",
    ids: bool = True,
    skipped: str = "",
    employee: bool = False,
    renumbered: bool = False,
) -> list[Col]:
    n = survey.people
    stamp = "2026-05-{d:02d} {H:02d}:{M:02d}:00"
    when = f',"timeZone":"{zone}"' if zone else ""
    meta = [
        ("StartDate", "Start Date", f'{{"ImportId":"startDate"{when}}}', moments(n, stamp), ASIDE),
        ("EndDate", "End Date", f'{{"ImportId":"endDate"{when}}}', moments(n, stamp, 7), ASIDE),
        ("Status", "Response Type", '{"ImportId":"status"}', same("0" if numeric else "IP Address", n), ASIDE),
        ("IPAddress", "IP Address", '{"ImportId":"ipAddress"}', numbered(n, form="203.0.113.{}"), "pii"),
        ("Progress", "Progress", '{"ImportId":"progress"}', same("100", n), ASIDE),
        ("Duration (in seconds)", "Duration (in seconds)", '{"ImportId":"duration"}', numbered(n, 300), ASIDE),
        ("Finished", "Finished", '{"ImportId":"finished"}', same("1" if numeric else "True", n), ASIDE),
        ("RecordedDate", "Recorded Date", f'{{"ImportId":"recordedDate"{when}}}', moments(n, stamp, 8), ASIDE),
        ("ResponseId", "Response ID", '{"ImportId":"_recordId"}', numbered(n, 100, "R_2YPOQ602ER1j{}"), ASIDE),
        (
            "RecipientLastName",
            "Recipient Last Name",
            '{"ImportId":"recipientLastName"}',
            numbered(n, form="Rao{}"),
            "pii",
        ),
        ("RecipientFirstName", "Recipient First Name", '{"ImportId":"recipientFirstName"}', same("", n), "pii"),
        (
            "RecipientEmail",
            "Recipient Email",
            '{"ImportId":"recipientEmail"}',
            numbered(n, form="p{}@example.org"),
            "pii",
        ),
        (
            "ExternalReference",
            "External Data Reference",
            '{"ImportId":"externalDataReference"}',
            numbered(n, 900, "X{}"),
            "pii",
        ),
        ("LocationLatitude", "Location Latitude", '{"ImportId":"locationLatitude"}', same("18.5204", n), "pii"),
        ("LocationLongitude", "Location Longitude", '{"ImportId":"locationLongitude"}', same("73.8567", n), "pii"),
        ("DistributionChannel", "Distribution Channel", '{"ImportId":"distributionChannel"}', same("email", n), ASIDE),
        ("UserLanguage", "User Language", '{"ImportId":"userLanguage"}', same("EN", n), f"{ASIDE} segment"),
    ]
    columns = [_q(*one) for one in meta]
    if employee:
        columns += [
            _q("Participant Name", "Participant Name", '{"ImportId":"PN"}', numbered(n, form="Asha Rao{}"), "pii"),
            _q(
                "Participant Email",
                "Participant Email",
                '{"ImportId":"PE"}',
                numbered(n, form="p{}@example.org"),
                "pii",
            ),
            _q(
                "Participant Unique Identifier",
                "Participant Unique Identifier",
                '{"ImportId":"PU"}',
                numbered(n, 5000),
                "pii",
            ),
            _q("Participant Parent Unit", "Participant Parent Unit", '{"ImportId":"PP"}', survey.team, "segment"),
        ]
    for block, stem, items in (
        (1, "Thinking about the last four weeks:\nplease choose.", OFTEN),
        (2, "To what degree ...", DEGREE),
        (3, "How much do you agree?", AGREE),
    ):
        for row, item in enumerate(items, 1):
            cells = survey.numbers(item) if numeric else survey.words(item)
            if renumbered:
                cells = [str(int(cell) + 10) if cell else "" for cell in survey.numbers(item)]
            cells = [cell or skipped for cell in cells]
            columns.append(
                _q(
                    f"Q{block}_{row}",
                    f"{stem} - {survey.text(item)}",
                    f'{{"ImportId":"QID{block}_{row}"}}',
                    cells,
                    "item",
                    item,
                    5,
                )
            )
    asked = "Which of these reach you after hours? Select all that apply."
    if joined:
        cells = [
            ",".join(str(place + 1) if numeric else tool for place, tool in enumerate(TOOLS) if survey.ticks[tool][p])
            for p in range(n)
        ]
        columns.append(_q("Q8", f"{asked} - Selected Choice", '{"ImportId":"QID8"}', cells, "multi"))
    else:
        for place, tool in enumerate(TOOLS, 1):
            cells = [("1" if numeric else tool) if ticked else "" for ticked in survey.ticks[tool]]
            columns.append(
                _q(
                    f"Q8_{place}",
                    f"{asked} - Selected Choice - {tool}",
                    f'{{"ImportId":"QID8_{place}"}}',
                    cells,
                    "multi",
                )
            )
    columns.append(_q("Q8_4_TEXT", f"{asked} - Other - Text", '{"ImportId":"QID8_4_TEXT"}', same("", n), "text"))
    columns.append(
        _q(
            "Q9",
            "How many years have you worked here?",
            '{"ImportId":"QID9_TEXT"}',
            list(map(str, survey.years)),
            "number",
        )
    )
    columns.append(_q("Q10", "Anything you would like to add?", '{"ImportId":"QID10_TEXT"}', survey.wish, "text"))
    columns.append(
        _q(
            "Q10 - Topics",
            "Anything you would like to add? - Topics",
            '{"ImportId":"QID10_TEXT_x"}',
            same("Meetings", n),
            ASIDE,
        )
    )
    columns.append(_q("Q1_DO", "Q1 - Display Order", '{"ImportId":"QID1_DO"}', same("1|2|3", n), ASIDE))
    columns.append(_q("Department", "Department", '{"ImportId":"Department"}', survey.team, "segment"))
    if not ids:
        for column in columns:
            column.head = column.head[:2]
    return columns


def surveymonkey(survey: Survey, *, expanded: bool = True, numeric: bool = False, dates: str = "{h:02d}") -> list[Col]:
    n = survey.people
    stamp = "05/{d:02d}/2026 {h:02d}:{M:02d}:00 {ap}"
    columns = [
        Col(("Respondent ID", ""), numbered(n, 118700000000), ASIDE),
        Col(("Collector ID", ""), same("40012345", n), ASIDE),
        Col(("Start Date", ""), moments(n, stamp), ASIDE),
        Col(("End Date", ""), moments(n, stamp, 6), ASIDE),
        Col(("IP Address", ""), numbered(n, form="203.0.113.{}"), "pii"),
        Col(("Email Address", ""), same("", n), "pii"),
        Col(("First Name", ""), same("", n), "pii"),
        Col(("Last Name", ""), same("", n), "pii"),
        Col(("Custom Data 1", ""), numbered(n, 70000), "pii"),
    ]
    generic = "Response" if expanded else ""
    columns.append(Col(("Which department do you work in?", generic), survey.team, "segment"))
    if expanded:
        columns.append(Col(("", "Other (please specify)"), same("", n), "text"))
    for stem, items in ((OFTEN_STEM, OFTEN), (DEGREE_STEM, DEGREE), (AGREE_STEM, AGREE)):
        for place, item in enumerate(items):
            cells = survey.numbers(item) if numeric else survey.words(item)
            columns.append(Col((stem if place == 0 else "", survey.text(item)), cells, "item", item, 5))
    asked = "Which tools do you use after hours? (Select all that apply.)"
    if expanded:
        for place, tool in enumerate(TOOLS):
            cells = [("1" if numeric else tool) if ticked else "" for ticked in survey.ticks[tool]]
            columns.append(Col((asked if place == 0 else "", tool), cells, "multi"))
    else:
        cells = [", ".join(tool for tool in TOOLS if survey.ticks[tool][p]) for p in range(n)]
        columns.append(Col((asked, ""), cells, "multi"))
    columns.append(
        Col(
            ("How many years have you worked here?", "Open-Ended Response" if expanded else ""),
            list(map(str, survey.years)),
            "number",
        )
    )
    columns.append(
        Col(("What one change would help most?", "Open-Ended Response" if expanded else ""), survey.wish, "text")
    )
    return columns


def google(
    survey: Survey,
    *,
    stamp: str = "2026/02/{d:02d} {h}:{M:02d}:00 {ap} GMT+5:30",
    first: str = "Timestamp",
    sign: str = ";",
    mail: str = "Email Address",
    grid: bool = True,
) -> list[Col]:
    n = survey.people
    columns = [Col((first,), moments(n, stamp), ASIDE)]
    if mail:
        columns.append(Col((mail,), numbered(n, form="p{}@example.org"), "pii"))
    columns.append(Col(("Which department do you work in?",), survey.team, "segment"))
    for stem, items in ((OFTEN_STEM, OFTEN), (DEGREE_STEM, DEGREE), (AGREE_STEM, AGREE)):
        for item in items:
            head = f"{stem} [{survey.text(item)}]" if grid else survey.text(item)
            columns.append(Col((head,), survey.words(item), "item", item, 5))
    cells = [sign.join(tool for tool in TOOLS if survey.ticks[tool][p]) for p in range(n)]
    columns.append(Col(("Which tools do you use after hours?",), cells, "multi"))
    columns.append(Col(("How many years have you worked here?",), list(map(str, survey.years)), "number"))
    columns.append(Col(("Any other comments?",), survey.wish, "text"))
    return columns


MS_ENGLISH = ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time")
MS_SPANISH = (
    "Id",
    "Hora de inicio",
    "Hora de finalización",
    "Correo electrónico",
    "Nombre",
    "Hora de la última modificación",
)
MS_GERMAN = ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Uhrzeit der letzten Änderung")


def microsoft(
    survey: Survey,
    *,
    heads: Sequence[str] = MS_ENGLISH,
    stamp: str = "5/{d}/26 {H}:{M:02d}:00",
    anonymous: bool = True,
    modified: bool = True,
    quiz: bool = False,
) -> list[Col]:
    n = survey.people
    who = same("anonymous", n) if anonymous else numbered(n, form="p{}@example.org")
    columns = [
        Col((heads[0],), numbered(n), ASIDE),
        Col((heads[1],), moments(n, stamp), ASIDE),
        Col((heads[2],), moments(n, stamp, 0), ASIDE),
        Col((heads[3],), who, "pii"),
        Col((heads[4],), same("", n) if anonymous else numbered(n, form="Asha Rao{}"), "pii"),
    ]
    if modified:
        columns.append(Col((heads[5],), same("", n), ASIDE))
    if quiz:
        columns += [Col(("Total points",), same("3", n), ASIDE), Col(("Quiz feedback",), same("", n), ASIDE)]
    columns.append(Col(("Which team do you belong to?\n",), survey.team, "segment"))
    if quiz:
        columns += [
            Col(("Points - Which team do you belong to?\n",), same("1", n), ASIDE),
            Col(("Feedback - Which team do you belong to?\n",), same("", n), ASIDE),
        ]
    columns += [
        Col((survey.text(item).replace(" ", "\u00a0", 1),), survey.words(item), "item", item, 5) for item in ITEMS
    ]
    cells = ["".join(f"{tool};" for tool in TOOLS if survey.ticks[tool][p]) for p in range(n)]
    columns.append(Col(("Which tools do you use after hours?",), cells, "multi"))
    columns.append(Col(("How many years have you worked here?",), list(map(str, survey.years)), "number"))
    columns.append(Col(("Comments",), survey.wish, "text"))
    return columns


def typeform(survey: Survey, *, old: bool = False, markup: bool = False, joined: str = "") -> list[Col]:
    n = survey.people
    stamp = "2026-05-{d:02d} {H:02d}:{M:02d}:00"
    columns = [
        Col(("#",), numbered(n, form="{:032x}"), ASIDE),
        Col(
            ("Which *department* do you work in?" if markup else "Which department do you work in?",),
            survey.team,
            "segment",
        ),
    ]
    for item in ITEMS:
        text = survey.text(item)
        columns.append(Col((f"<strong>{text}</strong>" if markup else text,), survey.words(item), "item", item, 5))
    if joined:
        cells = [joined.join(tool for tool in TOOLS if survey.ticks[tool][p]) for p in range(n)]
        columns.append(Col(("Which tools do you use after hours?",), cells, "multi"))
    else:
        columns += [Col((tool,), [tool if ticked else "" for ticked in survey.ticks[tool]], "multi") for tool in TOOLS]
        columns.append(Col(("Other",), same("", n), "multi text drop"))
    columns.append(Col(("How many years have you worked here?",), list(map(str, survey.years)), "number"))
    columns.append(Col(("What would you change, and why?",), survey.wish, "text"))
    if not old:
        columns.append(Col(("Response Type",), ["partial" if p == 3 else "completed" for p in range(n)], ASIDE))
    columns.append(Col(("Start Date (UTC)",), moments(n, stamp), ASIDE))
    if not old:
        columns.append(
            Col(("Stage Date (UTC)",), [cell if p == 3 else "" for p, cell in enumerate(moments(n, stamp, 3))], ASIDE)
        )
    columns.append(
        Col(
            ("Submit Date (UTC)",),
            ["" if p == 3 and not old else cell for p, cell in enumerate(moments(n, stamp, 6))],
            ASIDE,
        )
    )
    columns.append(Col(("Network ID",), numbered(n, 17, "653e97a{:03d}"), "pii"))
    if not old:
        columns += [Col(("Tags",), same("", n), ASIDE), Col(("Ending",), same("Thank you", n), ASIDE)]
    return columns
