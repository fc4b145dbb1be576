"""What comes from data is shown as text, whatever it looks like."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vitrail.ui.plain_text import cell, literal, plain, sentence


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_text_becomes_markup_when_markdown_is_made_of_it(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("strikethrough").parseInline(literal(f"x{text}x"))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "text_special"}
    shown = "".join(c.content for token in tokens for c in token.children or ())
    assert shown.replace("\u2060", "") == plain(f"x{text}x").replace("\u2060", "")


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x1b", "\n", "\u2028"])
def test_marks_of_direction_and_controls_are_written_out(mark: str) -> None:
    assert plain(f"a{mark}b") == f"a⟨U+{ord(mark):04X}⟩b"


def test_an_emoji_of_several_parts_stays_whole() -> None:
    family = "👩\u200d👩\u200d👧"
    assert plain(family) == family


@pytest.mark.parametrize(
    "text",
    ["http://a.example", "https://a.example", "www.a.example", "b@a.example", "a -> b", "a <- b",
     "a -- b", "a >= b", "a ~= b", ":streamlit:"],
)  # fmt: skip
def test_no_link_arrow_or_logo_is_made_of_what_is_finished_text(text: str) -> None:
    """Streamlit makes them of the rendered text, where no backslash is left."""
    rendered = re.sub(r"\\(.)", r"\1", literal(text))
    made = r"https?://|www\.|[-.\w+]@|->|<-|--|>=|<=|~=|:streamlit:"
    assert not re.search(made, rendered)
    assert rendered.replace("\u2060", "") == text


def test_a_text_of_megabytes_is_cut_and_says_so() -> None:
    assert len(plain("x" * 10_000_000)) < 5_000
    assert plain("x" * 4_001).endswith("⟨1 characters more⟩")


def test_a_sentence_keeps_its_code_and_nothing_else_of_markdown() -> None:
    assert sentence("See `vitrail scan` in *a* file.") == r"See `vitrail scan` in \*a\* file\."
    assert "`" not in sentence("an odd ` one").replace(r"\`", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\uff1d1", " =1"])
def test_no_cell_begins_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


def test_an_ordinary_cell_stays_as_it_is() -> None:
    assert cell("crm/clients.xlsx · Clients") == "crm/clients.xlsx · Clients"
