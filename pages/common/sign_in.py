"""Sign in: all that a stranger meets, or the reason why the app does not serve anybody here."""

import streamlit as st

from pages.common import viewer
from pages.common.words import PRODUCT

st.title(PRODUCT, anchor=False)
if viewer.refusal():
    st.error(viewer.refusal())
elif viewer.signed_in():
    st.info("You are signed in, but no survey is open to you yet. Your HR analyst can change that.")
    st.button("Sign out", on_click=st.logout, key="sign_out")
else:
    st.markdown("Your organisation's survey results, without seeing any person.")
    st.button("Sign in", type="primary", on_click=st.login, key="sign_in")
