"""The workbench: navigation and theme. What each page may show is decided in the page itself."""

import streamlit as st

st.set_page_config(page_title="Vitrail", page_icon="◈", layout="wide")

st.navigation(
    {
        "Analyse": [
            st.Page("pages/trends.py", title="Trends", icon=":material/trending_up:", default=True)
        ],
        "Audit": [
            st.Page("pages/promises.py", title="Promises", icon=":material/gavel:"),
            st.Page("pages/scan.py", title="Scan", icon=":material/radar:"),
            st.Page("pages/findings.py", title="Findings", icon=":material/search_insights:"),
        ],
    }
).run()
