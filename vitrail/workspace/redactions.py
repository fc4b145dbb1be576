"""Clean copies of a workspace's exports, made under the workspace's key and told to its ledger."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import vitrail.redaction as redacting
from vitrail.errors import Cancelled
from vitrail.model import Progress, RunState
from vitrail.workspace.known import known_contacts
from vitrail.workspace.layout import new_run_id
from vitrail.workspace.scans import Watcher, with_own_recognizers

if TYPE_CHECKING:
    from vitrail.redaction import Redaction, RedactOptions
    from vitrail.workspace.open_workspace import OpenWorkspace


def redact(
    workspace: OpenWorkspace,
    out: Path,
    options: RedactOptions,
    *,
    paths: Sequence[str | Path],
    force: bool,
    watch: Watcher,
) -> Redaction:
    """Write a clean copy in this process; the ledger knows of it from begin to end."""
    run_id, ledger = new_run_id("redact"), workspace.ledger
    ledger.start_run(run_id, str(out), os.getpid(), workspace.actor.name, "redact")

    def beat(progress: Progress) -> None:
        ledger.beat(run_id, progress)
        watch(progress)

    exports = workspace.layout.exports
    options = replace(options, scan=with_own_recognizers(workspace, options.scan))
    try:
        redaction = redacting.redact(
            list(paths) or [exports],
            out,
            workspace.keys,
            options,
            root=None if paths else exports,
            force=force,
            known=tuple(known_contacts(workspace)),
            progress=beat,
            cancelled=lambda: ledger.cancel_requested(run_id),
        )
    except BaseException as error:
        stopped = isinstance(error, KeyboardInterrupt | Cancelled)
        state = RunState.CANCELLED if stopped else RunState.FAILED
        ledger.finish_run(run_id, state, {"fault": type(error).__name__})
        raise
    ledger.finish_run(
        run_id,
        RunState.DONE,
        {
            "files": len(redaction.files),
            "left_out": len(redaction.left_out),
            "replaced": redaction.replaced.total(),
            "remaining": sum(one.hits for one in redaction.remaining),
            "seconds": round(redaction.seconds, 1),
        },
    )
    return redaction
