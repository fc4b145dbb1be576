"""Links of our own HTML to a page or another look at one, followed without a load of the workbench.

A link is an address that can be copied or opened in a new tab. A plain click goes there as the
browser's own buttons do, which Streamlit follows: it leaves one entry in the history, so Back comes
back. The script stands in the list of pages, which every page has.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from vitrail.ui.address_keys import AddressKeys
from vitrail.ui.language import LANG

#: The class of a link that the script follows.
FOLLOWED: Final = "vitrail-go"

#: The press on the page, beside the list, closes the list on a phone, where it covers the page.
FOLLOWING: Final = """
  addEventListener("click", (event) => {
    const link = event.target.closest("a.@FOLLOWED");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    window.vitrailTurned = !!link.closest(".vitrail-pages");
    if (link.href !== location.href) history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate"));
    if (window.vitrailTurned)
      document.querySelector("h1")?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  });""".replace("@FOLLOWED", FOLLOWED)


def here_with(keys: AddressKeys, key: str, value: str) -> str:
    """The address of this page as it stands, with one thing of it chosen.

    What the page does not know of its address is left out: it may be anybody's words.
    """
    now = {name: st.query_params[name] for name in st.query_params}
    known = {name: has for name, has in now.items() if name == LANG or keys.knows(name, has)}
    return "?" + urlencode({**known, key: value})
