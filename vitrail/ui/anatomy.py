"""The one anatomy of every page: header, answer first, breakdown, table, how it was made.

Heads tell their words themselves, so that a page holds them as they are; the catalogues find them
by the names of these functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from vitrail.errors import VitrailError
from vitrail.logs import fault
from vitrail.model import Actor
from vitrail.translation import _, retold
from vitrail.ui.code_box import code_box
from vitrail.ui.language import language_choice
from vitrail.ui.plain_text import literal, sentence
from vitrail.ui.who_is_in import who_is_in


def header(title: str, sentence: str, actor: Actor) -> None:
    """Title, the one sentence on what the page answers, and who looks at it."""
    st.title(_(title), anchor=False)
    st.markdown(_(sentence))
    with st.sidebar:
        who_is_in(actor)
        language_choice()


def chips(words: Sequence[str]) -> None:
    """What the page looks at, as quiet chips; stands in a row with what else is in it."""
    for word in words:
        st.badge(literal(word), color="gray")


def section(title: str, sentence: str = "") -> None:
    """The head of a part of the page."""
    st.header(literal(_(title)), anchor=False)
    if sentence:
        st.caption(_(sentence))


def empty(title: str, why: str, command: str | None = None) -> None:
    """An empty state: what is missing, why, and the one command that helps."""
    with st.container(border=True):
        st.header(literal(_(title)), anchor=False)
        st.write(sentence(_(why)))
        if command:
            code_box(command)


@contextmanager
def told() -> Iterator[None]:
    """Do one part of a page; what goes wrong in it becomes a sentence in its place."""
    try:
        yield
    except VitrailError as error:
        st.warning(
            sentence(f"{retold(error.message)} {retold(error.remedy)}"), icon=":material/info:"
        )
    except Exception as error:  # a traceback may quote a cell; the log keeps where it arose
        reference = fault(error)
        st.error(
            _(
                "Vitrail itself failed here (reference {reference}). The log under that "
                "reference says where; it holds no data of yours.",
                reference=reference,
            ),
            icon=":material/error:",
        )


@contextmanager
def loading(height: int = 220) -> Iterator[None]:
    """A grey place where an answer will stand, for as long as it is asked."""
    with st.skeleton(height):
        yield
