"""How people are protected in an answer, and what that cannot promise, in plain words."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.model import Release
from vitrail.translation import N_, _, retold
from vitrail.ui.plain_text import sentence

#: True of every answer; what took part in this one is added from the release.
ALWAYS: Final = (
    N_(
        "**Nobody is listed.** Answers are counts and sums of groups; a group too "
        "small to hide a person in is not shown, and empty groups look the same."
    ),
    N_(
        "**Every number is blurred** by the ± beside it, and the blur of a question "
        "never changes, so that asking again wears nothing off."
    ),
    N_(
        "**Whole weeks and months only**, frozen once they are over: nobody can look "
        "before and after one day."
    ),
)

#: The figures are Φ(√n / 2σ) at the largest σ, as docs/gate.md tells them.
CANNOT: Final = (
    N_(
        "**No formal guarantee.** A person is made hard to tell, not impossible. For "
        "numbers that leave the house there is a mode with a guarantee (`vitrail ask "
        "--private`)."
    ),
    N_(
        "**Answers about one person add up.** Each is blurred on its own; somebody who "
        "knows nearly everything about everybody else and puts many questions around "
        "one person learns more than any single answer tells: of a large group, one "
        "answer lets them guess right in 52 of 100 cases, 16 in 56, 64 in 62, where "
        "tossing a coin is right in 50."
    ),
    N_(
        "**What a whole group does is shown.** Where all of a group did the same, the "
        "number says so of each of them."
    ),
)


def protection(release: Release) -> None:
    """Two short lists: what protects people in this answer, and what nothing here can promise."""
    with st.expander(_("How you are protected here, and what this cannot promise"),
                     icon=":material/shield:"):  # fmt: skip
        st.caption(_("“You” are the people in these numbers."))
        left, right = st.columns(2)
        with left:
            st.markdown(_("**What protects them**"))
            st.markdown("\n".join(f"- {_(line)}" for line in ALWAYS))
        with right:
            st.markdown(_("**What this cannot promise**"))
            st.markdown("\n".join(f"- {_(line)}" for line in CANNOT))
        st.markdown(_("**In this answer**"))
        st.markdown("\n".join(f"- {sentence(retold(line))}" for line in release.touched))
