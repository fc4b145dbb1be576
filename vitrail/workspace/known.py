"""The e-mail addresses and phone numbers that a workspace's exports hold of its people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vitrail.exports.canonical import CONTACT_TABLE
from vitrail.workspace.importing import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitrail.workspace.open_workspace import OpenWorkspace

_ASKED: Final = {
    "email": "SELECT DISTINCT email FROM profiles WHERE email IS NOT NULL",
    "phone": "SELECT DISTINCT phone FROM profiles WHERE phone IS NOT NULL",
}


def known_contacts(workspace: OpenWorkspace) -> Iterator[str]:
    """Each once, as exported, from what is mapped; nothing where no contact data is."""
    with open_store(workspace) as store:
        if CONTACT_TABLE not in store.tables:
            return
        for column in sorted(_ASKED.keys() & store.tables[CONTACT_TABLE].columns):
            for batch in store.query(_ASKED[column]).to_batches():
                yield from batch.column(0).to_pylist()
