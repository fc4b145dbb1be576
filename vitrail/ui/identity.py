"""Who looks at a page. Without sign-in: the user of this machine, with every role."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from vitrail import config
from vitrail.access import is_loopback, local_actor
from vitrail.errors import ConfigError, EntryRefused, Forbidden, VitrailError
from vitrail.model import Actor, Role
from vitrail.ui.failed_entries import watch_failed_entries
from vitrail.workspace.doorkeeper import Doorkeeper
from vitrail.workspace.layout import Layout

_COOKIE: Final = "_streamlit_user"
#: What the provider's token says is kept by Streamlit in a signed cookie, under these names.
_LOGGED_IN: Final = "is_logged_in"


class NotSignedIn(Forbidden):
    """Nobody has signed in from this browser yet."""


def current_actor(*, acting: bool = False) -> Actor:
    """Who looks, with the roles of this moment.

    ``acting``: by a click, so that the idle time begins anew. :class:`NotSignedIn`,
    :class:`~vitrail.errors.EntryRefused` or what is wrong with the workspace.
    """
    keeper = doorkeeper()
    if keeper is None:
        _require_loopback()
        return local_actor()
    return keeper.admit(_claims(keeper), acting=acting)


def roles_here() -> frozenset[Role]:
    """The roles of who looks, none for whom the door is closed: for the navigation."""
    try:
        return current_actor().roles
    except VitrailError:
        return frozenset()


def leave(*, everywhere: bool) -> None:
    """Sign out here, or in every browser; the provider is told too."""
    keeper = doorkeeper()
    if keeper is not None and st.user.get(_LOGGED_IN):
        keeper.sign_out(st.user.to_dict(), everywhere=everywhere)
        st.logout()


def doorkeeper() -> Doorkeeper | None:
    """Who guards this workspace; None where sign-in is not set up."""
    root = house()
    keeper = _keeper(root, state_of_all(root))
    if keeper is not None:
        watch_failed_entries(keeper)
    return keeper


def house() -> Path:
    """The folder of this server's workspace; :class:`ConfigError` where it is not there any more:
    ``vitrail app`` begins in no other."""
    root = config.find().resolve()
    if not root.is_dir():
        raise ConfigError(
            f"The workspace {root.name} was moved or removed.",
            "Put it back where it was, or start `vitrail app -C DIR` where it lies now. What was "
            "done before is in its ledger.",
        )
    return root


def state_of(file: Path) -> int:
    """What changes when a file does."""
    return file.stat().st_mtime_ns if file.is_file() else 0


def state_of_all(root: Path) -> tuple[int, int, int]:
    """What changes when a workspace's settings or key do, or its ledger is another file."""
    layout = Layout(root, root)
    ledger = layout.ledger.stat().st_ino if layout.ledger.is_file() else 0
    return state_of(layout.config), state_of(layout.key), ledger


@lru_cache(maxsize=4)
def _keeper(root: Path, changed: tuple[int, int, int]) -> Doorkeeper | None:  # noqa: ARG001 - the key
    return Doorkeeper.of(root)


def _claims(keeper: Doorkeeper) -> Mapping[str, Any]:
    if not st.user.get(_LOGGED_IN):
        if st.context.cookies.get(_COOKIE) and "forged" not in st.session_state:
            st.session_state["forged"] = True
            keeper.turn_away("unknown_cookie")
        raise NotSignedIn("Sign in to see this workspace.")
    return st.user.to_dict()


def _require_loopback() -> None:
    if not is_loopback(st.get_option("server.address")):
        raise EntryRefused(
            "no_sign_in",
            "Vitrail is not open to other machines: sign-in is not set up.",
            "Start it with `vitrail app`, which serves 127.0.0.1 only, or set up [sign_in].",
        )
