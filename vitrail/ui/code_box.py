"""Text to take away as it stands: a command, a question, a digest.

It is HTML of our own: the browser would read 1.5 MB of grammars for 300 languages before it draws
the first of Streamlit's own boxes, a third of a second on each page that has one, folded or not.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.ui.plain_text import hypertext

#: A press marks the whole, ready to be copied.
_STYLE: Final = (
    "margin:0;padding:0.75rem 1rem;border-radius:0.4rem;white-space:pre-wrap;"
    "overflow-wrap:anywhere;user-select:all;font-size:0.875rem;line-height:1.5;"
    "background:color-mix(in srgb,currentColor 6%,transparent)"
)


def code_box(text: str) -> None:
    """Show ``text`` line by line as it is; nothing in it is run."""
    lines = "\n".join(hypertext(line) for line in text.split("\n"))
    st.html(f'<pre class="vitrail-code" tabindex="0" style="{_STYLE}"><code>{lines}</code></pre>')
