"""The smallest app with a chart, to hold clicks against: ``streamlit run tests/bench/one_chart.py``."""

import plotly.graph_objects as go
import streamlit as st

st.title("One chart")
step = st.selectbox("Step", ["1", "2"])
st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[1, int(step), 3])))
