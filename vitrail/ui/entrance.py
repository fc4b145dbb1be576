"""The door of every page. A page's first statement is ``actor = enter(Role.…)``.

Streamlit may run a file of ``pages/`` by its URL alone, without ``app.py``; so whatever must be
true before a page is shown is made true here.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import streamlit as st

from vitrail.errors import EntryRefused, Forbidden, VitrailError
from vitrail.logs import fault
from vitrail.model import Actor, Role
from vitrail.translation import _, retold
from vitrail.ui.identity import NotSignedIn, current_actor, doorkeeper, house, state_of_all
from vitrail.ui.navigation import arrive
from vitrail.ui.plain_text import sentence
from vitrail.workspace import Workspace


def enter(*roles: Role) -> Actor:
    """Let in an actor who has one of ``roles``; stop the page for anyone else."""
    arrive()
    try:
        actor = current_actor(acting=True)
        if actor.roles.isdisjoint(roles):
            needed = " or ".join(role.value for role in roles)
            raise Forbidden("You may not see this page.", f"It takes the role {needed}.")
        workspace()
        if doorkeeper() is not None:
            st.fragment(_leave_when_ended, run_every=10.0)()
    except (NotSignedIn, EntryRefused) as error:
        _ask_to_sign_in(error)
    except VitrailError as error:
        _stop(error.message, error.remedy)
    except Exception as error:
        _stop(
            _("The workspace does not open."),
            _("The log says where, under {reference}.", reference=fault(error)),
        )
    return actor


def workspace() -> Workspace:
    """The workspace of this server, opened once for each actor and each state of its files.

    Asks at every call whether the actor is still let in: a part of a page may run without its door.
    """
    actor = current_actor()
    root = house()
    return _open(root, state_of_all(root), actor)


@lru_cache(maxsize=64)  # Streamlit's own would take a millisecond to know the key again
def _open(root: Path, changed: tuple[int, int, int], actor: Actor) -> Workspace:  # noqa: ARG001 - the key
    return Workspace.open(root, actor)


def _leave_when_ended() -> None:
    """A page that stands open goes when its session has ended, here or by another's hand."""
    try:
        current_actor()
    except VitrailError:
        st.rerun(scope="app")


def _ask_to_sign_in(error: Forbidden) -> NoReturn:
    try:
        guarded = doorkeeper() is not None
    except VitrailError:
        guarded = False
    _say(error.message, error.remedy)
    if guarded:
        st.button(_("Sign in"), type="primary", icon=":material/login:", on_click=st.login)
    st.stop()


def _stop(message: str, remedy: str) -> NoReturn:
    _say(message, remedy)
    st.stop()


def _say(message: str, remedy: str) -> None:
    st.title("Vitrail", anchor=False)
    with st.container(border=True):
        st.header(sentence(retold(message)), anchor=False)
        if remedy:
            st.write(sentence(retold(remedy)))
