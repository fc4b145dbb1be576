"""People's and data's own words, to stand in Markdown as the text they are. No Streamlit here."""

from __future__ import annotations

from typing import Final

_MARKS: Final = "\\`*_{}[]()#+-.!|<>~$:&"


def plain(words: str) -> str:
    """The words with every mark of Markdown and HTML escaped, on one line."""
    return "".join(f"\\{c}" if c in _MARKS else c for c in " ".join(words.split()))
