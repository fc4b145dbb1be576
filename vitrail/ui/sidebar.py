"""The list of pages at the side; each link takes along what its page shares with this one.

It is HTML of our own, in which a list is a list and the page that is shown is told by
``aria-current``. How a link is followed is said in :mod:`vitrail.ui.page_links`.
"""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from vitrail.model import Role
from vitrail.translation import _
from vitrail.ui.carried_scope import Address
from vitrail.ui.carrying import addresses
from vitrail.ui.language import LANG
from vitrail.ui.navigation import FOR, PARTS, title_of
from vitrail.ui.page_links import FOLLOWED, FOLLOWING
from vitrail.ui.palette import both
from vitrail.ui.plain_text import hypertext
from vitrail.ui.shortcuts import BUTTON, key_list

_STYLE: Final = f"""<style>
.vitrail-pages p {{ margin: 0.9rem 0 0.15rem; font-size: 0.8rem; color: {both("mute")}; }}
.vitrail-pages p:first-of-type {{ margin-top: 0; }}
.vitrail-pages ul {{ list-style: none; margin: 0; padding: 0; }}
.vitrail-pages li {{ margin: 0; }}
.vitrail-pages a {{
  display: flex; align-items: center; gap: 0.5rem; padding: 0.2rem 0.5rem; min-height: 1.75rem;
  border-radius: 0.4rem; color: inherit; text-decoration: none; line-height: 1.3;
}}
.vitrail-pages a:hover {{ background: color-mix(in srgb, currentColor 8%, transparent); }}
.vitrail-pages a:focus-visible {{ outline: 2px solid {both("accent")}; outline-offset: -2px; }}
.vitrail-pages a[aria-current] {{
  background: color-mix(in srgb, currentColor 12%, transparent); font-weight: 600;
}}
.vitrail-pages a span {{
  font-family: "Material Symbols Rounded"; font-size: 1.15rem; font-weight: 400; line-height: 1;
  width: 1.15rem; overflow: hidden; white-space: nowrap; user-select: none;
}}
@media (pointer: coarse) {{ .vitrail-pages a {{ min-height: 2.75rem; }} }}
</style>"""

_SCRIPT: Final = """<script>
(() => {
  const list = document.querySelector(".vitrail-pages");
  if (window.vitrailTurned) list.querySelector("[aria-current]")?.focus({ preventScroll: true });
  window.vitrailTurned = false;
  if (window.vitrailListens) return;
  window.vitrailListens = true;@FOLLOWING
  addEventListener("keydown", (event) => {
    if (event.key === "?" && !event.target.closest("input, textarea, [contenteditable]"))
      document.querySelector(".st-key-@BUTTON button")?.click();
  });
})();
</script>""".replace("@BUTTON", BUTTON).replace("@FOLLOWING", FOLLOWING)


def page_list(here: str, roles: frozenset[Role]) -> None:
    """The pages for these roles, in their groups; ``here`` is the one that is shown."""
    carried = addresses(here)
    spoken = {LANG: st.query_params.get_all(LANG)}
    groups = []
    for number, (part, pages) in enumerate(PARTS.items()):
        links = [
            _link(name, icon, {**carried.get(name, {}), **spoken}, name == here)
            for name, icon in pages.items()
            if not roles.isdisjoint(FOR[name])
        ]
        if links:
            head = f'<p id="pages-{number}">{hypertext(_(part))}</p>'
            groups.append(f'{head}<ul aria-labelledby="pages-{number}">{"".join(links)}</ul>')
    if groups:
        label = hypertext(_("Pages"))
        nav = f'<nav class="vitrail-pages" aria-label="{label}">{"".join(groups)}</nav>'
        st.sidebar.html(f"{_STYLE}{nav}{_SCRIPT}", unsafe_allow_javascript=True)
        key_list(here)


def _link(name: str, icon: str, address: Address, here: bool) -> str:
    asked = urlencode(address, doseq=True)
    place = escape(f"{name}?{asked}" if asked else name)
    return (
        f'<li><a href="{place}" class="{FOLLOWED}" target="_self"{" aria-current=page" * here}>'
        f'<span aria-hidden="true" translate="no">{icon}</span>{hypertext(title_of(name))}</a></li>'
    )
