"""The page of the ready questionnaire: what is typed stands in the notice, and the files are there to take."""

from __future__ import annotations


def text(app) -> str:
    return " ".join(element.value for element in app.markdown)


def test_what_is_typed_stands_in_the_notice_and_the_questions(app):
    page = app.run().switch_page("pages/analyst/questionnaire.py").run()
    assert "our organisation" in text(page) and "Data Protection Board" not in text(page)
    assert "clients?" in text(page)
    assert len(page.get("download_button")) == 4
    page.text_input(key="organisation").set_value("Sample & Sons").run()
    page.text_area(key="teams").set_value("Sales\n\n Sales \nR & D").run()
    law = next(box for box in page.selectbox if box.label.startswith("Law"))
    law.set_value("IN").run()
    page.checkbox(key="clients").uncheck().run()
    assert not page.exception
    assert "Sample & Sons" in text(page).replace("\\", "") and "Data Protection Board of India" in text(page)
    assert "clients?" not in text(page)
