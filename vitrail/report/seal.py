"""The seal of a pack: the hash of every file, and a signature that anyone can check.

``SHA256SUMS`` is what ``sha256sum -c`` reads; ``SHA256SUMS.sig`` is an Ed25519 signature of that
file, raw, as ``openssl pkeyutl -verify -rawin`` reads it; ``signing-key.pem`` is the public key. A
key in the pack proves only that the pack is whole: whose key it is must come another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from vitrail.errors import UsageError

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = "SHA256SUMS.sig"
PUBLIC_KEY: Final = "signing-key.pem"

#: A file of the pack's own folder; nothing else is looked at.
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*)")


class Signer(Protocol):
    """Who signs; :class:`vitrail.keys.Keyring` does."""

    @property
    def public_key(self) -> bytes: ...
    def sign(self, content: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class SealReport:
    """Whether a pack is as it was signed. ``problem`` says what is not; ``key_sha256`` whose key
    it was checked with; ``own_key`` that this key came with the pack itself."""

    ok: bool
    problem: str | None
    files: int
    key_sha256: str
    own_key: bool


def seal(directory: Path, files: Iterable[str], signer: Signer) -> str:
    """Sign these files of the folder; the SHA-256 of ``SHA256SUMS``, which stands for them all."""
    (directory / PUBLIC_KEY).write_bytes(signer.public_key)
    names = sorted({*files, PUBLIC_KEY})
    sums = "".join(f"{_digest(directory / name)}  {name}\n" for name in names).encode()
    (directory / SUMS).write_bytes(sums)
    (directory / SIGNATURE).write_bytes(signer.sign(sums))
    return sha256(sums).hexdigest()


def key_sha256(pem: bytes) -> str:
    """A public key's own name: SHA-256 of its DER form, as ``openssl pkey -outform DER`` gives."""
    public = _public_key(pem)
    return sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def verify_seal(directory: Path, key: bytes | None = None) -> SealReport:
    """Check signature and hashes with ``key`` (PEM), else with the key that lies in the pack."""
    try:
        pem = (directory / PUBLIC_KEY).read_bytes() if key is None else key
        sums, signature = (directory / SUMS).read_bytes(), (directory / SIGNATURE).read_bytes()
    except OSError:
        raise UsageError(
            f"{directory.name} is no signed pack: {SUMS}, its signature or the key is not there.",
            "Name the folder that `vitrail check --out` wrote, with all its files.",
        ) from None
    try:
        _public_key(pem).verify(signature, sums)
        problem, files = _first_problem(directory, sums.decode("utf-8", "replace"))
    except InvalidSignature:
        problem, files = f"{SUMS} was not signed with this key, or was changed since.", 0
    return SealReport(problem is None, problem, files, key_sha256(pem), key is None)


def _first_problem(directory: Path, sums: str) -> tuple[str | None, int]:
    """What is first found not to be as signed, and how many files were."""
    listed: dict[str, str] = {}
    for line in sums.splitlines():
        parts = _LINE.fullmatch(line)
        if parts is None:
            return f"{SUMS} has a line that names no file of a pack.", 0
        listed[parts[2]] = parts[1]
    for name, digest in listed.items():
        if not (directory / name).is_file():
            return f"{name} was signed and is not there.", 0
        if _digest(directory / name) != digest:
            return f"{name} was changed after it was signed.", 0
    found = {p.name for p in directory.iterdir()} - {SUMS, SIGNATURE}
    if more := sorted(found - listed.keys()):
        return f"{len(more)} more in the folder than was signed: {more[0][:80]}.", len(listed)
    return None, len(listed)


def _public_key(pem: bytes) -> Ed25519PublicKey:
    try:
        public = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        public = None
    if not isinstance(public, Ed25519PublicKey):
        raise UsageError(
            "That is no Ed25519 public key in PEM.", f"Name a file such as {PUBLIC_KEY}."
        )
    return public


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
