"""What is wrong with a page for people who see, hear or move differently: what axe finds, and what it leaves aside."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
# Streamlit's own faults, which no page can reach: the rule, what the selector holds, and why it is left.
STREAMLITS = {
    ("presentation-role-conflict", "stFileUploaderDropzone"): "minor; the uploader's own frame is made focusable",
}
# Text of charts with less contrast than 4.5:1 on its bar, or on white; axe leaves text in drawings to people.
_FAINT = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  return [...document.querySelectorAll('.js-plotly-plot svg text')].flatMap(text => {
    const bar = text.closest('.point')?.querySelector('path')
    const ground = bar ? light(getComputedStyle(bar).fill) : 1
    const [low, high] = [light(getComputedStyle(text).fill), ground].sort((one, other) => one - other)
    const ratio = (high + 0.05) / (low + 0.05)
    return ratio < 4.5 ? [`faint text ${text.textContent}: ${ratio.toFixed(2)}`] : []
  })
}"""
# What a narrow screen cuts off: the page scrolls sideways, or the text of a chart stands beyond its drawing.
_CUT = """() => {
  const main = document.querySelector('[data-testid=stMain]')
  const wide = main.scrollWidth > main.clientWidth + 1 ? [`the page is ${main.scrollWidth} wide`] : []
  const cut = [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
    const frame = plot.getBoundingClientRect()
    return [...plot.querySelectorAll('svg text')].flatMap(text => {
      const box = text.getBoundingClientRect()
      if (!box.width) return []  // Plotly leaves out what does not fit into a bar; the numbers have it
      const aside = Math.max(frame.left - box.left, box.right - frame.right)
      const out = Math.max(aside, frame.top - box.top, box.bottom - frame.bottom)
      return out > 1 ? [`cut text ${text.textContent}: ${out.toFixed(0)}`] : []
    })
  })
  return [...wide, ...cut]
}"""


def faults(page: Page) -> list[str]:
    """What axe finds in our part; then names of charts, contrast of their text, and what the screen cuts off."""
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    ours = [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in found
        for node in fault["nodes"]
        if not any(rule == fault["id"] and part in node["html"] for rule, part in STREAMLITS)
    ]
    nameless = page.get_by_test_id("stPlotlyChart").count() - page.get_by_role("figure", name=re.compile(r"\w")).count()
    named = [f"{nameless} charts without a name"] * (nameless > 0)
    return ours + named + page.evaluate(_FAINT) + page.evaluate(_CUT)
