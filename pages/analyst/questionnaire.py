"""A questionnaire that is ready to use: fill in whose it is, take the page to print or a file for a survey tool."""

import streamlit as st

from data.questionnaire_files import LIMESURVEY, NOTICE, PAGE, QUALTRICS, files
from data.ready_questionnaire import COUNTRIES, Setting, background, blocks, notice, sources
from pages.common.confirm import FLOOR
from pages.common.viewer import require
from pages.common.words import plain

require("analyst")
TAKEN = {
    PAGE: ("To print", "text/html", ":material/print:"),
    QUALTRICS: ("For Qualtrics", "text/plain", ":material/download:"),
    LIMESURVEY: ("For LimeSurvey", "text/plain", ":material/download:"),
    NOTICE: ("The notice alone", "text/plain", ":material/download:"),
}
HOW = (
    "**On paper.** Open the page in a browser and print it.",
    '**Qualtrics.** Survey, Tools, Import/export, Import survey. Later export as CSV with "Use choice text".',
    "**LimeSurvey.** Create survey, Import, the file as it is. Later export as CSV with full question text and full "
    "answers.",
    "A file that comes back from either is read without a question. Keep the wording as it is: the questions are "
    "recognised by it. Have somebody who knows your law read the notice before you send it.",
)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a field that are not blank, each once."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def setting() -> Setting:
    """Whose questionnaire it is, as typed."""
    with st.container(border=True, key="card_setting"):
        whose, who = st.columns(2)
        organisation = whose.text_input("Organisation", max_chars=80, key="organisation")
        contact = who.text_input("Whom to ask about the survey", max_chars=120, key="contact")
        one, other = st.columns(2)
        teams = one.text_area("Teams, one per line", max_chars=20_000, key="teams")
        sites = other.text_area("Sites, one per line", max_chars=5_000, key="sites")
        law, size = st.columns(2)
        country = law.selectbox("Law that the notice names", list(COUNTRIES), format_func=COUNTRIES.__getitem__)
        least = size.number_input("Smallest group behind any figure", FLOOR, 50, 8, key="least")
        clients = st.checkbox("People here work with clients, patients, pupils or customers", value=True, key="clients")
    return Setting(organisation.strip(), contact.strip(), lines(teams), lines(sites), clients, int(least), country)


def take(made: Setting) -> None:
    """The files, a button each."""
    written = files(made)
    with st.container(border=True, key="card_take"):
        with st.container(horizontal=True):
            for name, (label, kind, icon) in TAKEN.items():
                st.download_button(label, written[name], name, kind, key=name, on_click="ignore", icon=icon)
        st.markdown("\n\n".join(HOW))


def preview(made: Setting) -> None:
    """What employees will read: the notice, and every question with its answers."""
    with st.container(border=True, key="card_notice"):
        st.header("The notice for employees", anchor=False)
        st.markdown("\n\n".join(map(plain, notice(made))))
    asked = blocks(made)
    count = len(background(made)) + sum(len(block.items) for block in asked)
    with st.expander(f"All {count} questions", key="card_questions"):
        st.markdown("\n".join(f"- {plain(question.text)}" for question in background(made)))
        for block in asked:
            st.markdown(f"**{plain(block.intro)}** {plain(' · '.join(block.answers))}")
            st.markdown("\n".join(f"- {plain(item.text)}" for item in block.items))
        st.caption(plain(" ".join(sources())))


st.title("A questionnaire that is ready to use", anchor=False)
st.caption("Questions on boundaries between work and private life, and the Copenhagen Burnout Inventory, in English.")
chosen = setting()
take(chosen)
preview(chosen)
