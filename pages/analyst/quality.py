"""Quality: how complete the answers are, how well scales hold, how people answered, and the rules of this release."""

from analytics import assurance, chart, finding
from analytics.chart import quality as tables
from analytics.finding import quality as said
from pages.common import frame, load, show
from pages.common.viewer import require

viewer = require("analyst")
wave = frame.wave(viewer)
trust, answers = (load.read(viewer, wave, 0, view) for view in ("reliability", "quality"))

frame.head("How good are these figures?", viewer, wave, trust)
show.finding(said.complete(answers))
show.tabled(load.drawn(chart.reliability, trust), "reliability")
show.folded(load.drawn(tables.questions, trust), "item_rest", "Each question against the rest of its scale")
show.tabled(load.drawn(tables.agreement, trust), "agreement")
show.card("What that means for teams", said.of_teams(trust), "teams_meaning", listed=True, fold="Scale by scale")
show.card("Where the questionnaires hold", said.badges(trust), "badges", listed=True)
show.folded(load.drawn(tables.lines, trust), "lines", "Each line, its kind, its source and on whom it was drawn")
show.card("How people answered", [*said.answering(answers), *said.effects(answers)], "answering", listed=True)
show.folded(load.drawn(tables.gaps, answers), "gaps", "Missing answers, question by question")
show.card("What singles people out", said.singled_out(answers), "singled_out", listed=True)
show.card("What this file cannot show", finding.absent(trust), "absent", listed=True)
show.card("The rules of this release", assurance.rules(trust), "rules", listed=True)
frame.ways(wave, assurance="Assurance: what is published, and how it was attacked", waves="All waves")
frame.foot()
