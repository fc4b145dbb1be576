"""``vitrail check --verify``: whether a pack is as it was signed; needs no workspace."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from vitrail.cli.exits import FOUND, NOTHING
from vitrail.cli.output import answer_json, say
from vitrail.errors import UsageError


def verify_pack(directory: Path | None, key: Path | None, as_json: bool) -> int:
    """1 where a file or the signature is not as it was; ``key`` is a PEM, else the pack's own."""
    from vitrail import report

    if directory is None:
        raise UsageError("A key alone verifies nothing.", "Add --verify DIR, a pack's folder.")
    found = report.verify_seal(directory, None if key is None else _read(key))
    if as_json:
        answer_json({"schema": "vitrail.seal/1", **asdict(found)})
    elif found.ok:
        say(f"All {found.files} files are as they were signed with the key {found.key_sha256}.")
    else:
        say(f"Not as it was signed: {found.problem}")
    if found.ok and found.own_key and not as_json:
        say("The key came with the pack: ask the company for its name another way, or use --key.")
    return NOTHING if found.ok else FOUND


def _read(key: Path) -> bytes:
    try:
        return key.read_bytes()
    except OSError:
        raise UsageError(
            f"The key {key.name} cannot be read.", "Name the public key's PEM file."
        ) from None
