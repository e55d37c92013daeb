"""Quality: how well the questions of each scale hang together, what is missing, and the rules of this release."""

from analytics import assurance, chart, finding
from pages.common import frame, load, show
from pages.common.viewer import require

viewer = require("analyst")
wave = frame.wave(viewer)
whole = load.read(viewer, wave, 0, "reliability")

frame.head("How good are these figures?", viewer, wave, whole)
show.tabled(load.drawn(chart.reliability, whole), "reliability")
show.card("What this file cannot show", finding.absent(whole), "absent", listed=True)
show.card("The rules of this release", assurance.rules(whole), "rules", listed=True)
frame.ways(wave, assurance="Assurance: what is published, and how it was attacked", waves="All waves")
frame.foot()
