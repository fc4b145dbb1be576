"""The settings in force, whether two people stand for them, and the buttons of both."""

from __future__ import annotations

import json

import streamlit as st

from vitrail.model import SettingsStanding
from vitrail.translation import _, retold
from vitrail.ui.anatomy import told
from vitrail.ui.code_box import code_box
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell, literal


def unapproved_notice() -> None:
    """Said on the pages of runs while the settings are one person's alone."""
    now = workspace().settings_standing()
    if not now.approved:
        st.badge(_("settings not approved"), icon=":material/rule_settings:", color="orange",
                 help=_("Nobody, or one person alone, stands for the settings that a run would "
                        "be made with; its reports say so. The Settings page tells "
                        "more."))  # fmt: skip


def settings_standing() -> SettingsStanding:
    """Who proposed and who approved the settings in force, and what is still wanted."""
    now = workspace().settings_standing()
    if now.approved:
        st.success("✓ " + _("Settings {standing}.", standing=literal(retold(now.words))))
    else:
        st.info(
            _("Settings {standing}.", standing=literal(retold(now.words))),
            icon=":material/rule_settings:",
        )
    st.caption(_("The digest of all that is in force, environment variables included:"))
    with st.container(key="digest"):  # by this key it keeps its height until it is drawn
        code_box(now.digest)
    if not now.approved:
        with st.container(horizontal=True):
            st.button(_("Propose them"), key="propose", on_click=_propose,
                      disabled=now.proposed_by is not None)  # fmt: skip
            st.button(_("Approve them"), key="approve", on_click=_approve, args=(now.digest,),
                      disabled=now.proposed_by is None)  # fmt: skip
    return now


def _propose() -> None:
    with told():
        workspace().propose_settings()


def _approve(digest: str) -> None:
    with told():
        workspace().approve_settings(digest)


def settings_parts(now: SettingsStanding) -> None:
    """Each part of the settings: its value, and whether it is as approved."""
    values = workspace().settings_shown()
    st.dataframe(
        [
            {
                _("part"): name,
                _("set to"): cell(_words(values[name]) if name in values else _("as by default")),
                _("since the last approval"): _(now.since(name)),
                _("digest"): digest[:12],
            }
            for name, digest in now.parts.items()
        ],
        hide_index=True,
        height=38 + 35 * len(now.parts),
        alt=_("Settings, whether each is as approved, and what it is set to"),
        column_config={_("set to"): st.column_config.TextColumn(width="large")},
    )


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
