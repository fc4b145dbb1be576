"""Sign-in by OpenID Connect: what is set of it, and whom a verified token lets in.

Authlib verifies a token's signature, issuer, nonce and times before its claims get here. What it
leaves open is judged here once more: it takes a token for another audience as long as ``azp`` names
us (OpenID Connect Core 3.1.3.7 asks for both).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from vitrail.access import is_loopback
from vitrail.errors import ConfigError, EntryRefused
from vitrail.model import Role

SECRET_VARIABLE: Final = "VITRAIL_CLIENT_SECRET"  # noqa: S105 - the name of a variable
_LONGEST_NAME: Final = 200
#: An admin may be the one audited: beside that role, none that reveals or decides counts.
_BESIDE_ADMIN: Final = frozenset({Role.ADMIN, Role.ANALYST})


class SignIn(BaseModel):
    """``[sign_in]``: the provider, this workbench's place with it, and how long a session lasts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    metadata_url: str
    """The provider's `…/.well-known/openid-configuration`; `http://` on this machine alone."""
    address: str
    """Where people reach the workbench, without a path: `https://vitrail.example`."""
    client_id: str
    """What the provider calls this workbench."""
    client_secret_file: str | None = None
    """Relative to `vitrail.toml`, mode 0600; else in the variable `VITRAIL_CLIENT_SECRET`."""
    scope: str = "openid email profile"
    """What is asked of the provider."""
    prompt: str = "select_account"
    """`login` asks for the password each time, also after an idle session."""
    name_claim: str = "email"
    """What people are called in the ledger and in `[roles]`; capital letters are the same."""
    role_claim: str | None = None
    """A claim of the ID token with groups or roles."""
    roles: dict[str, list[Role]] = Field(default_factory=dict)
    """Which roles the values of that claim give."""
    idle_minutes: int = Field(default=30, ge=1, le=1440)
    """A session ends after so many minutes without a click."""
    hours: int = Field(default=10, ge=1, le=168)
    """And after so many hours at the latest."""

    @field_validator("metadata_url", "address")
    @classmethod
    def _safe(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname)):
            return url
        raise ValueError("write an https:// address (http:// on this machine only)")

    @field_validator("address")
    @classmethod
    def _no_path(cls, url: str) -> str:
        if urlsplit(url).path not in ("", "/"):
            raise ValueError("write scheme, host and port alone, without a path")
        return url.rstrip("/")

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends people back to; it has to be registered there."""
        return f"{self.address}/oauth2callback"


def client_secret(sign_in: SignIn, root: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The client's secret, from the environment or its file; :class:`ConfigError` without one."""
    if environment.get(SECRET_VARIABLE):
        return environment[SECRET_VARIABLE]
    if sign_in.client_secret_file is None:
        raise ConfigError(
            "Sign-in is set up, but its client secret is nowhere.",
            f"Put it into {SECRET_VARIABLE}, or name a file of it as client_secret_file.",
        )
    place = root / sign_in.client_secret_file
    try:
        open_to_others = place.stat().st_mode & 0o077
        secret = place.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            f"The client secret in {place.name} cannot be read.",
            "client_secret_file in [sign_in] names it, relative to vitrail.toml.",
        ) from None
    if open_to_others or not secret:
        raise ConfigError(
            f"The client secret in {place.name} is {'empty' if not secret else 'open to others'}.",
            f"Write it there, and `chmod 600 {place.name}`.",
        )
    return secret


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a token speaks of: the name for the ledger, the session, the roles, its last second."""

    name: str
    session: str
    roles: frozenset[Role]
    expires_at: datetime


def identify(
    claims: Mapping[str, Any], sign_in: SignIn, people: Mapping[str, Iterable[Role]]
) -> Identity:
    """Read the claims of a verified token; :class:`EntryRefused` for whom it does not let in.

    ``people`` are the roles by name of ``[roles]``; what the claim gives comes beside them.
    """
    audience = claims.get("aud")
    meant = audience if isinstance(audience, list) else [audience]
    if sign_in.client_id not in meant or claims.get("azp", sign_in.client_id) != sign_in.client_id:
        raise EntryRefused("audience", "This sign-in was made for another program.", _AGAIN)
    name = _name(claims, sign_in)
    roles = separated(_roles(claims, sign_in) | _listed(name, people))
    if not roles:
        raise EntryRefused(
            "no_role",
            "You are signed in, but have no role in this workspace.",
            "Ask an admin of it for one.",
        )
    return Identity(name, _session(claims), roles, _expiry(claims))


_AGAIN: Final = "Sign in once more; should that not help, tell an admin of this workspace."


def _name(claims: Mapping[str, Any], sign_in: SignIn) -> str:
    name = claims.get(sign_in.name_claim)
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise EntryRefused(
            "no_name",
            f"The provider does not say who you are: its token has no claim {sign_in.name_claim}.",
            "An admin names another claim as name_claim in [sign_in], or has the provider send it.",
        )
    if sign_in.name_claim == "email" and claims.get("email_verified") is False:
        raise EntryRefused(
            "unverified",
            "The provider has not verified that this e-mail address is yours.",
            "Verify it there, then sign in once more.",
        )
    return name.lower()


def separated(roles: Collection[Role]) -> frozenset[Role]:
    """The roles that count together: who is an admin neither reveals nor decides."""
    held = frozenset(roles)
    return held & _BESIDE_ADMIN if Role.ADMIN in held else held


def _roles(claims: Mapping[str, Any], sign_in: SignIn) -> frozenset[Role]:
    values = claims.get(sign_in.role_claim) if sign_in.role_claim else None
    listed = values if isinstance(values, list) else [values]
    return frozenset(
        role for value in listed if isinstance(value, str) for role in sign_in.roles.get(value, ())
    )


def _listed(name: str, people: Mapping[str, Iterable[Role]]) -> frozenset[Role]:
    return frozenset(role for one, roles in people.items() if one.lower() == name for role in roles)


def _session(claims: Mapping[str, Any]) -> str:
    """One sign-in: its nonce is drawn anew each time. Tells nothing of the person."""
    parts = [str(claims.get(key, "")) for key in ("iss", "sub", "iat", "nonce")]
    return sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _expiry(claims: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromtimestamp(float(claims["exp"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise EntryRefused(
            "expired", "This sign-in does not say how long it is good.", _AGAIN
        ) from None
