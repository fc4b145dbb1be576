"""The keys that work on a page, told by a button at the side, which the key ``?`` presses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from vitrail.translation import N_, _
from vitrail.ui.finding_deciding import KEYS as ON_FINDINGS
from vitrail.ui.minor_case import KEYS as ON_CASES
from vitrail.ui.plain_text import hypertext

#: The button's key; as a class (``st-key-…``) it is what ``?`` presses.
BUTTON: Final = "page-keys"

_CSV: Final = {"D": N_("Download the CSV")}
_SCOPE: Final = {
    "←": N_("As many weeks or months before"),
    "→": N_("As many weeks or months after"),
    "X": N_("Take every filter away"),
    **_CSV,
}
#: By page what each of its keys does, where there is something to do it to.
KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    "trends": _SCOPE,
    "campaigns": _SCOPE,
    "audience": _SCOPE,
    "explore": _CSV,
    "findings": {
        **{key: words for _decision, words, key, _icon in ON_FINDINGS},
        "S": N_("Skip"),
        "B": N_("Back"),
    },
    "minors": {key: words for _decision, words, key, _icon in ON_CASES},
}

_STYLE: Final = """<style>
dl.vitrail-keys.vitrail-keys { margin: 0; padding: 0; }
.vitrail-keys div { display: flex; gap: 0.75rem; align-items: baseline; padding: 0.2rem 0; }
.vitrail-keys dt { flex: none; width: 2rem; text-align: center; font-weight: 600;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: 0.3rem; }
.vitrail-keys dd { margin: 0; }
</style>"""


def key_list(here: str) -> None:
    """The button, with the keys of the page that is shown and those of every page."""
    keys = {**KEYS.get(here, {}), "?": N_("Show or hide this list")}
    rows = "".join(
        f"<div><dt>{hypertext(key)}</dt><dd>{hypertext(_(words))}</dd></div>"
        for key, words in keys.items()
    )
    with st.sidebar.popover(
        _("Keys"), icon=":material/keyboard:", key=BUTTON, help=_("By the key ?")
    ):
        st.html(f'{_STYLE}<dl class="vitrail-keys">{rows}</dl>')
        st.caption(_("Keys work where no box is being typed in: leave it with Tab."))
