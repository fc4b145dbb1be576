"""Testing controls: run the SQL, make the verdict, keep the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from vitrail.model import Assessment, Control

if TYPE_CHECKING:
    from vitrail.config import Settings
    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring
    from vitrail.promises.policy import Policy


def assess_all(
    controls: Iterable[Control],
    store: CanonicalStore,
    policy: Policy,
    settings: Settings,
    *,
    asof: date,
    keys: Keyring,
    version: str,
) -> tuple[Assessment, ...]:
    """Every control in turn, as :func:`assess`."""
    return tuple(
        assess(control, store, policy, settings, asof=asof, keys=keys, version=version)
        for control in controls
    )


def assess(
    control: Control,
    store: CanonicalStore,
    policy: Policy,
    settings: Settings,
    *,
    asof: date,
    keys: Keyring,
    version: str,
) -> Assessment:
    """Test one control on the exports as they stood at the end of ``asof`` (UTC)."""
    raise NotImplementedError
