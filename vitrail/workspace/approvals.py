"""Parameters, mappings, allow-lists and roles count once two people have spoken for them.

They live in files, which whoever may write there can change. So it is their digest that one person
proposes and another approves, in the ledger; a run says which settings it was made with and whether
they were approved. The digest is of the settings in force, environment variables included.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from vitrail.config import Settings
from vitrail.database_addresses import is_database, shown_address, without_secrets
from vitrail.errors import ConfigError, Refused, UsageError
from vitrail.model import LedgerEvent, SettingsStanding

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace

PROPOSED: Final = "settings_proposed"
APPROVED: Final = "settings_approved"
_SHORTEST_PREFIX: Final = 8


def standing(workspace: OpenWorkspace) -> SettingsStanding:
    """The settings as they are now, and who has spoken for them."""
    parts = dict(sorted(_parts(workspace)))
    digest = _digest(parts)
    lines = workspace.ledger.events(kinds={PROPOSED, APPROVED})
    approved = next((e for e in reversed(lines) if e.kind == APPROVED), None)
    proposed = _last(lines, PROPOSED, digest)
    before = _parts_of(lines, approved)
    stands = approved is not None and approved.payload["digest"] == digest
    return SettingsStanding(
        digest=digest,
        parts=parts,
        changed=tuple(sorted(n for n in parts.keys() | before.keys()
                             if parts.get(n) != before.get(n))),
        proposed_by=proposed.actor if proposed else None,
        proposed_at=proposed.at if proposed else None,
        approved_by=approved.actor if approved and stands else None,
        approved_at=approved.at if approved and stands else None,
        ever_approved=approved is not None,
    )  # fmt: skip


def propose(workspace: OpenWorkspace) -> SettingsStanding:
    """Say that these settings are meant; another person then approves them."""
    now = standing(workspace)
    if now.approved:
        raise UsageError("These settings are approved already.", "There is nothing to propose.")
    payload = {"digest": now.digest, "parts": dict(now.parts)}
    workspace.ledger.append(PROPOSED, workspace.actor.name, payload)
    return standing(workspace)


def approve(workspace: OpenWorkspace, digest: str) -> SettingsStanding:
    """Approve what another proposed. ``digest`` (or its beginning) is what was looked at: should a
    file have changed meanwhile, nothing is approved."""
    now = standing(workspace)
    if now.approved:
        raise UsageError("These settings are approved already.", "There is nothing left to do.")
    if len(digest) < _SHORTEST_PREFIX or not now.digest.startswith(digest.lower()):
        raise UsageError(
            "These are not the settings in force: something has changed, or it is mistyped.",
            "`vitrail settings show` prints what is in force; look at it anew.",
        )
    if now.proposed_by is None:
        raise UsageError(
            "Nobody has proposed these settings.",
            "Whoever changed them says so first, with `vitrail settings propose`.",
        )
    if now.proposed_by == workspace.actor.name:
        raise Refused(
            "You proposed these settings yourself.", "They take a second person to approve them."
        )
    workspace.ledger.append(APPROVED, workspace.actor.name, {"digest": now.digest})
    return standing(workspace)


def shown(settings: Settings) -> dict[str, Any]:
    """Each part as it is set; a database's address without whoever and whatever opens it."""
    values: dict[str, Any] = settings.model_dump(mode="json", exclude_defaults=True)
    _with_addresses(values, shown_address)
    return values


def _counted_address(address: str) -> str:
    """What two persons speak for: of a password not even a digest, which could be guessed at."""
    parts = without_secrets(address)
    return json.dumps(parts, sort_keys=True) if is_database(address) else address


def _with_addresses(values: dict[str, Any], told: Callable[[str], str]) -> None:
    """Put ``told`` of each database's address in its place."""
    holders = [(source, "url") for source in values.get("sources", {}).values()]
    for holder, name in (*holders, (values, "ledger_url")):
        if holder.get(name):
            holder[name] = told(holder[name])


def require_approved(workspace: OpenWorkspace) -> None:
    """Where people sign in, nothing is run or published under settings of one person alone."""
    if workspace.settings.sign_in is None:
        return
    now = standing(workspace)
    if not now.approved:
        since = f" ({', '.join(now.changed)} changed)" if now.ever_approved else ""
        raise Refused(
            f"The settings of this workspace were not approved by a second person{since}.",
            "One person proposes them with `vitrail settings propose`, another approves them with "
            "`vitrail settings approve` or on the Settings page.",
        )


def _last(lines: tuple[LedgerEvent, ...], kind: str, digest: str) -> LedgerEvent | None:
    fit = (e for e in reversed(lines) if e.kind == kind and e.payload["digest"] == digest)
    return next(fit, None)


def _parts_of(lines: tuple[LedgerEvent, ...], approved: LedgerEvent | None) -> dict[str, str]:
    """What was approved last, part by part, as its proposal told it."""
    if approved is None:
        return {}
    proposal = _last(lines, PROPOSED, approved.payload["digest"])
    return dict(proposal.payload["parts"]) if proposal else {}


def _digest(parts: dict[str, str]) -> str:
    return sha256("".join(f"{name} {part}\n" for name, part in parts.items()).encode()).hexdigest()


def _parts(workspace: OpenWorkspace) -> Iterator[tuple[str, str]]:
    """Each part of the settings with the digest of what is in force."""
    settings, layout = workspace.settings, workspace.layout
    values = settings.model_dump(mode="json")
    _with_addresses(values, _counted_address)
    for name, value in values.items():
        yield name, _of(json.dumps(value, sort_keys=True).encode())
    if layout.recognizers.is_file():
        yield "recognizers", _of(layout.recognizers.read_bytes())
    policy = layout.root / "policies" / f"{settings.policy}.yaml"
    if policy.is_file():
        yield "policy_file", _of(policy.read_bytes())
    lists = sorted(_lists(layout.recognizers))
    if settings.own_ibans_file is not None:
        lists.append(settings.own_ibans_file)
    contents = [_of(_content(layout.root / name)) for name in lists]
    if contents:
        yield "lists", _of("\n".join(contents).encode())


def _lists(recognizers: Path) -> Iterator[str]:
    """The files that the recognisers of one's own name beside them."""
    if recognizers.is_file():
        try:
            yield from _files_in(yaml.safe_load(recognizers.read_bytes()))
        except (yaml.YAMLError, UnicodeDecodeError):
            raise ConfigError(
                f"{recognizers.name} is no YAML.", "A scan tells the line that is wrong."
            ) from None


def _files_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if str(key).endswith("_file") and isinstance(inner, str):
                yield inner
            else:
                yield from _files_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _files_in(inner)


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _of(content: bytes) -> str:
    return sha256(content).hexdigest()
