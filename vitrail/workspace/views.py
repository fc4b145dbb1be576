"""Saved views: a name for a question that a page looks at, shared by everybody who may ask.

They are kept in ``views.json`` of the workspace, which holds names, addresses of the page and who
saved them: no numbers, and no values but those that the gate offers.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock
from pydantic import TypeAdapter, ValidationError

from vitrail.errors import Forbidden, Unwritable, UsageError
from vitrail.keys import Keyring
from vitrail.model import Actor
from vitrail.workspace.reasons import require_impersonal

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


_VIEWS: Final = TypeAdapter(tuple[SavedView, ...])


class ViewStore:
    """The saved views of one workspace. One writer at a time; readers see whole files."""

    def __init__(self, file: Path, keys: Keyring) -> None:
        self._file = file
        self._keys = keys

    def all(self) -> tuple[SavedView, ...]:
        """Every view, by name; a :class:`~vitrail.errors.UsageError` where the file is spoilt."""
        try:
            views = _VIEWS.validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return ()
        except (ValidationError, OSError):
            raise UsageError(
                "The saved views cannot be read.",
                "Restore views.json of the workspace from its backup, or move it away.",
            ) from None
        return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.id)))

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
        with self._writing() as views:
            views[:] = [v for v in views if (v.page, v.name, v.by) != (page, words, actor.name)]
            if len(views) >= _MOST:
                raise UsageError(
                    f"There are {_MOST} saved views already.", "Delete one of yours first."
                )
            views.append(view)
        return view

    def delete(self, view_id: str, actor: Actor) -> None:
        """Forget one of the actor's own views; one that is gone already is no fault."""
        with self._writing() as views:
            for view in [v for v in views if v.id == view_id]:
                if view.by != actor.name:
                    raise Forbidden(
                        "This view is somebody else's.", "Who saved a view may delete it."
                    )
                views.remove(view)

    @contextmanager
    def _writing(self) -> Iterator[list[SavedView]]:
        """The views to change, written back as one new file."""
        try:
            with FileLock(f"{self._file}.lock", mode=0o600):
                views = list(self.all())
                yield views
                self._put(json.dumps([_plain(view) for view in views], indent=1))
        except OSError:
            raise Unwritable(
                "The view cannot be kept: the workspace cannot be written.",
                "Give this user the right to write there, or make room on the disk.",
            ) from None

    def _put(self, text: str) -> None:
        fresh = self._file.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
        fresh.replace(self._file)


def _plain(view: SavedView) -> dict[str, Any]:
    return {**asdict(view), "saved_at": view.saved_at.isoformat()}
