"""Saved views: a name for a question that a page looks at, shared by everybody who may ask.

They are kept in ``views.json`` of the workspace, which holds names, addresses of the page and who
saved them: no numbers, and no values but those that the gate offers.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from vitrail.errors import UsageError
from vitrail.keys import Keyring
from vitrail.model import Actor
from vitrail.workspace.reasons import require_impersonal
from vitrail.workspace.shared_file import SharedFile

_LONGEST_NAME: Final = 60
_LARGEST: Final = 4_000
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class SavedView:
    """A page's address under a name; ``by`` saved it. ``address`` is keys with their values."""

    id: str
    page: str
    name: str
    by: str
    saved_at: datetime
    address: dict[str, list[str]]

    @property
    def kept_since(self) -> datetime:
        return self.saved_at


class ViewStore(SharedFile[SavedView]):
    """The saved views of one workspace."""

    def __init__(self, file: Path, keys: Keyring) -> None:
        super().__init__(file, TypeAdapter(tuple[SavedView, ...]), "view", "saved views")
        self._keys = keys

    def all(self) -> tuple[SavedView, ...]:
        """Every view, by name."""
        return tuple(sorted(super().all(), key=lambda view: (view.name.casefold(), view.id)))

    def save(
        self, page: str, name: str, address: Mapping[str, Sequence[str]], actor: Actor
    ) -> SavedView:
        """Keep an address under a name; the actor's own view of that name is replaced."""
        words = require_impersonal(" ".join(name.split()), self._keys, "name")
        kept = {key: list(values) for key, values in address.items()}
        if len(words) > _LONGEST_NAME or len(json.dumps(kept)) > _LARGEST:
            raise UsageError(
                "That is too long to keep.", f"A name has at most {_LONGEST_NAME} characters."
            )
        view = SavedView(secrets.token_hex(8), page, words, actor.name, datetime.now(UTC), kept)
        with self.writing() as views:
            views[:] = [v for v in views if (v.page, v.name, v.by) != (page, words, actor.name)]
            if len(views) >= _MOST:
                raise UsageError(
                    f"There are {_MOST} saved views already.", "Delete one of yours first."
                )
            views.append(view)
        return view
