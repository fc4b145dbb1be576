"""Tracing persons: locked, reasoned, in the ledger before the first byte is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from vitrail.trace import Grounds, Subject, Trace, Traced, read_subjects, run
from vitrail.trace.sweep import Watch
from vitrail.workspace.importing import open_store
from vitrail.workspace.lawfulness import require_dpia
from vitrail.workspace.reasons import require_impersonal

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.workspace.open_workspace import OpenWorkspace

Use = Literal["find", "package", "proof", "check"]


@dataclass(frozen=True, slots=True)
class Request:
    """Whom to look for (lines of identifiers; ``each``: a person a line), for which case, why."""

    lines: Iterable[str] = field(repr=False)
    case: str
    reason: str
    each: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A request that was let in: the persons, and the digest that stands for the case."""

    subjects: tuple[Subject, ...]
    case: str
    case_digest: str


def trace(workspace: OpenWorkspace, request: Request, watch: Watch) -> Trace:
    """Every place that holds something of the persons."""
    opened = begin(workspace, request, "find")
    with open_store(workspace) as store:
        found = traced(workspace, store, opened, watch).trace
    end(workspace, opened, "find", found)
    return found


def begin(workspace: OpenWorkspace, request: Request, use: Use) -> Opened:
    """Check all that can be checked, and write to the ledger, before anything is read."""
    require_dpia(workspace.settings, "Tracing persons")
    case = require_impersonal(request.case, workspace.keys, "case reference")
    words = require_impersonal(request.reason, workspace.keys)
    subjects = read_subjects(request.lines, each=request.each)
    digest = workspace.keys.fingerprint("case", case)
    payload = {"case_digest": digest, "use": use, "subjects": len(subjects)}
    workspace.ledger.append_with_reason("trace_begun", workspace.actor.name, payload, words)
    return Opened(subjects, case, digest)


def traced(workspace: OpenWorkspace, store: CanonicalStore, opened: Opened, watch: Watch) -> Traced:
    """The trace with the persons' own identifiers, for what is made of it."""
    grounds = Grounds(store.catalog, store.declared, store.processed, store.fed_tables)
    return run(opened.subjects, grounds, workspace.keys, opened.case, watch)


def end(workspace: OpenWorkspace, opened: Opened, use: Use, found: Trace, **more: Any) -> None:
    """Write what it came to."""
    figures = {
        "places": len(found.places),
        "found": found.found,
        "datasets": found.datasets,
        "unread": len(found.unread),
    }
    payload = {"case_digest": opened.case_digest, "use": use, **figures, **more}
    workspace.ledger.append("trace_ended", workspace.actor.name, payload)
