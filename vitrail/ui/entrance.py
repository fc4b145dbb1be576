"""The door of every page. A page's first statement is ``actor = enter(Role.…)``.

Streamlit may run a file of ``pages/`` by its URL alone, without ``app.py``; so whatever must be
true before a page is shown is made true here.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from vitrail import config
from vitrail.access import is_loopback, local_actor
from vitrail.errors import VitrailError
from vitrail.logs import fault
from vitrail.model import Actor, Role
from vitrail.ui.navigation import arrive
from vitrail.workspace import Workspace


def enter(*roles: Role) -> Actor:
    """Let in an actor who has one of ``roles``; stop the page for anyone else."""
    _only_loopback()
    arrive()
    actor = current_actor()
    if actor.roles.isdisjoint(roles):
        needed = " or ".join(role.value for role in roles)
        _stop("You may not see this page.", f"It takes the role {needed}.")
    try:
        workspace()
    except VitrailError as error:
        _stop(error.message, error.remedy)
    except Exception as error:
        _stop("The workspace does not open.", f"The log says where, under {fault(error)}.")
    return actor


def current_actor() -> Actor:
    """Who looks at the page: without sign-in, the user of this machine, with every role."""
    return local_actor()


def workspace() -> Workspace:
    """The workspace of this server, opened once for each actor and each state of its files."""
    root = config.find().resolve()
    return _open(root, (_state(root / config.FILE_NAME), _state(root / "key")), current_actor())


def _state(file: Path) -> int:
    return file.stat().st_mtime_ns if file.is_file() else 0


@st.cache_resource(show_spinner=False, max_entries=16)
def _open(root: Path, _changed: tuple[int, int], actor: Actor) -> Workspace:
    return Workspace.open(root, actor)


def _only_loopback() -> None:
    if not is_loopback(st.get_option("server.address")):
        _stop(
            "Vitrail is not open to other machines: sign-in is not set up.",
            "Start it with `vitrail app`, which serves 127.0.0.1 only.",
        )


def _stop(message: str, remedy: str) -> None:
    st.title("Vitrail", anchor=False)
    with st.container(border=True):
        st.subheader(message, anchor=False)
        st.write(remedy)
    st.stop()
