"""The overview's name as an address: that page lives at the root, and an analyst who types its name is led there."""

import streamlit as st

from pages.common.viewer import require

require("analyst")
st.switch_page("pages/analyst/overview.py", query_params=st.query_params.to_dict())
