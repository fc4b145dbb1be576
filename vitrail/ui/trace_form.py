"""The form before a trace: for which case, why, and whom; nothing of it enters the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import streamlit as st

from vitrail.errors import UsageError
from vitrail.translation import N_, _

Use = Literal["find", "package", "proof"]
_USES: Final[dict[Use, str]] = {
    "find": N_("Find the person"),
    "package": N_("Access package"),
    "proof": N_("Proof of deletion"),
}
#: More than any list of one case; a file of another kind is no list of identifiers.
_LARGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True, repr=False)
class TraceRequest:
    """What the form was sent with. It holds identifiers of persons: never shown, never cached."""

    use: Use
    case: str
    reason: str
    lines: tuple[str, ...]
    each: bool
    names: bool


def trace_form() -> TraceRequest | None:
    """The form; what it was sent with just now, else None."""
    with st.form("trace"):
        with st.container(horizontal=True):
            case = st.text_input(_("Case reference"), key="trace-case", placeholder="DSAR-2026-017")
            reason = st.text_input(_("Reason"), key="trace-reason",
                                   placeholder=_("The person asked for access."))  # fmt: skip
        typed = st.text_area(
            _("Identifiers of the person, one a line"), key="trace-identifiers", height=120,
            placeholder=_("an e-mail address, a phone number, an account number, a name"),
            help=_("They are looked for and forgotten: in no log, no address and no file."),
        )  # fmt: skip
        file = st.file_uploader(_("Or a text file of them"), type=["txt", "csv"], key="trace-file")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            use = st.selectbox(_("For"), list(_USES), format_func=lambda use: _(_USES[use]),
                               width=220, key="trace-use")  # fmt: skip
            each = st.checkbox(_("Each line is another person"), key="trace-each")
            names = st.checkbox(_("In a package, mask names of others too"), value=True,
                                key="trace-names",
                                help=_("By a model; it takes longer."))  # fmt: skip
        sent = st.form_submit_button(_("Look"), type="primary", icon=":material/person_search:")
    if not sent:
        return None
    lines = [*typed.splitlines(), *(_lines(file.getvalue()) if file else ())]
    return TraceRequest(use, case, reason, tuple(lines), each, names)


def _lines(content: bytes) -> list[str]:
    try:
        if b"\0" in content or len(content) > _LARGEST:
            raise UnicodeError
        return content.decode("utf-8-sig").splitlines()
    except UnicodeError:
        raise UsageError(
            "The file is no text in UTF-8 of at most 1 MB.", "Write identifiers one a line."
        ) from None
