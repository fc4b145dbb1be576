"""What may be written into the chain: the kinds of events and the keys that each may carry.

The chain is kept for good, so it must hold nothing that a person could ask to have erased. Only
the keys below are taken, and each only in a shape that cannot hold prose, an address or a full
name: identifiers that Vitrail made, single words of its own, figures, days and digests. People's
own words (the reason for a decision) are kept beside the chain, which holds a salted digest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from vitrail.errors import VitrailError
from vitrail.model import Verdict

Shape = Callable[[Any], bool]


def _matches(pattern: str) -> Shape:
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _one_of(*words: str) -> Shape:
    return lambda value: value in words


def _many(shape: Shape) -> Shape:
    return lambda value: isinstance(value, list | tuple) and all(map(shape, value))


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


#: Made by Vitrail: a run's, a release's, an epoch's, a finding's.
_ID: Final = _matches(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
#: From the project's own files: a fact, a dimension, a control, a policy.
_NAME: Final = _matches(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_MEASURE: Final = _matches(r"[a-z]+(\([A-Za-z][A-Za-z0-9_]{0,63}\))?")
_DIGEST: Final = _matches(r"[0-9a-f]{16,64}")
_FIGURE: Final = _matches(r"[A-Za-z][A-Za-z_]{0,39}")


def _figures(value: Any) -> bool:
    return isinstance(value, Mapping) and all(_FIGURE(k) and _number(v) for k, v in value.items())


def _digests(value: Any) -> bool:
    return isinstance(value, Mapping) and all(_NAME(k) and _DIGEST(v) for k, v in value.items())


def _summary(value: Any) -> bool:
    """Figures, and for a run that failed the class of its fault."""
    return (
        isinstance(value, Mapping)
        and _figures({key: v for key, v in value.items() if key != "fault"})
        and ("fault" not in value or _NAME(value["fault"]))
    )


_VERDICTS: Final = tuple(verdict.value.lower() for verdict in Verdict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: what it tells, and the keys of its payload (``optional`` may be absent)."""

    words: str
    required: Mapping[str, Shape]
    optional: Mapping[str, Shape]


def _kind(words: str, required: Mapping[str, Shape], **optional: Shape) -> Kind:
    return Kind(words, required, optional)


KINDS: Final[Mapping[str, Kind]] = {
    "ledger_created": _kind("the first line", {"key_check": _DIGEST}),
    "run_begun": _kind(
        "a scan, check or import began",
        {"run": _ID, "run_kind": _NAME, "pid": _count},
        pid_started=_number,
    ),
    "run_ended": _kind(
        "it ended",
        {"run": _ID, "state": _one_of("done", "cancelled", "failed"), "summary": _summary},
    ),
    "cancel_requested": _kind("someone asked a run to stop", {"run": _ID}),
    "findings_recorded": _kind(
        "what a scan found, or which controls a check saw fail, was taken in",
        {"run": _ID, "total": _count, "new": _count, "gone": _many(_ID), "regressed": _many(_ID)},
    ),
    "finding_decided": _kind(
        "a person decided on a finding",
        {
            "finding": _ID,
            "decision": _one_of("confirm", "claim", "dismiss", "reopen"),
            "reason_digest": _DIGEST,
        },
        until=_day,
        second=_count,  # the line of the proposal that this is the second word on
    ),
    "dismissal_proposed": _kind(
        "a person would dismiss a critical finding, which takes a second person",
        {"finding": _ID, "reason_digest": _DIGEST},
        until=_day,
    ),
    "finding_assigned": _kind(
        "a finding got an owner, and perhaps a day on which it is due",
        {"finding": _ID, "reason_digest": _DIGEST},
        due=_day,
    ),
    "finding_commented": _kind(
        "a person said something of a finding", {"finding": _ID, "reason_digest": _DIGEST}
    ),
    "revealed": _kind(
        "a person asked to see one cell behind a finding as exported, and why",
        {"finding": _ID, "sample": _count, "reason_digest": _DIGEST},
    ),
    "rows_read": _kind(
        "a person looked at rows of an export, masked or in clear, and why",
        {"place": _DIGEST, "rows": _count, "in_clear": _flag, "reason_digest": _DIGEST},
        finding=_ID,
    ),
    "keys_listed": _kind(
        "the keys of the rows behind a finding or a failed control were written out, to be mended",
        {"finding": _ID, "rows": _count},
    ),
    "minor_cases_recorded": _kind(
        "a scan's likely minors were taken in",
        {"run": _ID, "total": _count, "new": _count},
    ),
    "minor_case_decided": _kind(
        "a person decided on a likely minor's case",
        {
            "case": _ID,
            "decision": _one_of("confirm", "dismiss", "authorise", "reopen"),
            "reason_digest": _DIGEST,
        },
    ),
    "minor_deletion_listed": _kind(
        "the keys of confirmed minors were written out for deletion by the systems' owners",
        {"cases": _count, "rows": _count},
    ),
    "import": _kind(
        "exports were read and facts built",
        {"epoch": _ID},
        files=_count,
        problems=_count,
        rows=_count,
        facts=_count,
        changed=_flag,
        corrected=_flag,
        late=_count,
        purged=_count,
        seconds=_number,
    ),
    "mapping_written": _kind(
        "sources were added to vitrail.toml",
        {"sources": _count, "tables": _many(_NAME), "before": _DIGEST, "after": _DIGEST},
    ),
    "release": _kind(
        "the gate answered",
        {"release": _ID, "fact": _NAME},
        epoch=_ID,
        dimensions=_many(_NAME),
        filters=_many(_NAME),  # the dimensions filtered on, not the values
        measures=_many(_MEASURE),
        span=_many(_day),
        rows=_count,
        suppressed=_count,
        query_sha256=_DIGEST,
    ),
    "budget_opened": _kind(
        "the privacy budget of a population was fixed, for good",
        {"population": _NAME, "rho_millionths": _count},
    ),
    "private_release": _kind(
        "numbers with a privacy guarantee were drawn, and their ρ spent",
        {
            "release": _ID,
            "population": _NAME,
            "rho_millionths": _count,
            "total_millionths": _count,
            "question_sha256": _DIGEST,
            "answer_sha256": _DIGEST,
            "fact": _NAME,
        },
        dimensions=_many(_NAME),
        filters=_many(_NAME),
        measures=_many(_MEASURE),
        span=_many(_day),
    ),
    "refusal": _kind(
        "the gate refused",
        {},
        fact=_NAME,
        rule=_NAME,
        query_sha256=_DIGEST,
    ),
    "session_begun": _kind(
        "someone signed in to the workbench", {"session": _DIGEST, "roles": _many(_NAME)}
    ),
    "session_roles": _kind(
        "their roles were changed since", {"session": _DIGEST, "roles": _many(_NAME)}
    ),
    "session_ended": _kind(
        "a session ended, and by what",
        {"session": _DIGEST, "cause": _one_of("sign_out", "everywhere", "idle", "age", "admin")},
    ),
    "entry_refused": _kind(
        "someone was not let in at the workbench's door", {"rule": _NAME}, count=_count
    ),
    "settings_proposed": _kind(
        "someone stood for the settings in force", {"digest": _DIGEST, "parts": _digests}
    ),
    "settings_approved": _kind(
        "a second person approved the settings that another proposed", {"digest": _DIGEST}
    ),
    "denied": _kind("someone lacked the role for it", {"action": _NAME}),
    "check": _kind(
        "promises were tested",
        {"run": _ID, "policy": _ID},
        **dict.fromkeys(_VERDICTS, _count),
        as_of=_day,
        assessments_sha256=_DIGEST,
    ),
    "trace_begun": _kind(
        "someone began to look for persons in every export",
        {
            "case_digest": _DIGEST,
            "reason_digest": _DIGEST,
            "use": _one_of("find", "package", "proof", "check"),
            "subjects": _count,
        },
    ),
    "trace_ended": _kind(
        "what that came to",
        {
            "case_digest": _DIGEST,
            "use": _one_of("find", "package", "proof", "check"),
            "places": _count,
        },
        found=_count,
        datasets=_count,
        unread=_count,
        verdict=_one_of(*_VERDICTS),
        sha256=_DIGEST,
    ),
    "purged": _kind(
        "what was past its retention was deleted: how much of what, and nothing of what it said",
        {"purge": _ID, "category": _NAME, "items": _count, "bytes": _count, "days": _count},
    ),
    "own_files_checked": _kind(
        "Vitrail's own files were scanned, and its facts held against the erased persons",
        {"files": _count, "findings": _count, "erased": _count, "left": _count},
        verdict=_one_of(*_VERDICTS),
    ),
    "report_written": _kind(
        "a report left the house", {"run": _ID, "format": _NAME}, sha256=_DIGEST
    ),
}


def check(kind: str, payload: Mapping[str, Any]) -> None:
    """Raise unless the kind is known and its payload has its keys in their shapes.

    What is refused is a fault of ours; the message names the key and never its value.
    """
    known = KINDS.get(kind)
    if known is None:
        raise VitrailError("The ledger has no such kind of event.", "See vitrail.ledger.kinds.")
    shapes = {**known.required, **known.optional}
    absent = sorted(known.required.keys() - payload.keys())
    if absent:
        raise VitrailError(f"A ledger event {kind} lacks {', '.join(absent)}.")
    for key, value in payload.items():
        if key not in shapes:
            raise VitrailError(f"A ledger event {kind} carries a key that it may not.")
        if not shapes[key](value):
            raise VitrailError(f"A ledger event {kind} has no fit value for {key}.")
