"""Every row that breaks a promise, by its key in the export: for who has to mend it.

What evidence shows is a few of these under keyed names; here they are all, in clear.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from vitrail.model import Control
from vitrail.promises.assessment import parameters_of
from vitrail.promises.tables import lacking, prepare

if TYPE_CHECKING:
    from vitrail.config import Settings
    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring
    from vitrail.promises.policy import Policy

_PARAMETER: Final = re.compile(r"\$([a-z_]+)\b")


@dataclass(frozen=True, slots=True)
class Violation:
    """One row at fault: its key in the control's first table, when it happened, why."""

    key: str = field(repr=False)
    at: datetime | None
    why: str


def violations(
    control: Control,
    store: CanonicalStore,
    policy: Policy,
    settings: Settings,
    *,
    asof: date,
    keys: Keyring,
) -> tuple[Violation, ...]:
    """The rows that fail, by key; none where the control cannot be tested.

    The caller registers what a scan brings, as for :func:`vitrail.promises.assess`.
    """
    if lacking(control, store):
        return ()
    parameters = {**parameters_of(control, policy, settings), "asof": asof}
    prepare(control, store, policy, settings, keys)
    named = set(_PARAMETER.findall(control.sql))
    rows = store.query(_FAILED.format(sql=control.sql), {n: parameters[n] for n in sorted(named)})
    reasons = dict(control.reasons)
    return tuple(
        Violation(r["key"], r["at"], _words(reasons, r["why"], parameters))
        for r in rows.to_pylist()
    )


def _words(reasons: Mapping[str, str], why: str | None, parameters: Mapping[str, Any]) -> str:
    return reasons[why].format_map(parameters) if why else ""


_FAILED: Final = """
    SELECT key, "at", why FROM ({sql})
    WHERE level = 'fail' AND cases > 0 AND key IS NOT NULL
    ORDER BY key
"""
