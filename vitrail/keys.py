"""The workspace's one secret, and what is derived from it. No other module opens the file.

HKDF-SHA256 (RFC 5869) derives one key a label, so that a leaked fingerprint says nothing of a
person key. Losing the secret unlinks every pseudonym for good; another secret is refused.
"""

from __future__ import annotations

import hmac
import os
import secrets
import struct
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vitrail.errors import KeyMismatch, Unwritable
from vitrail.normalisation import normalise_email
from vitrail.private_files import write_private

KEY_FILE_VARIABLE: Final = "VITRAIL_KEY_FILE"
_SECRET_BYTES: Final = 32


class Keyring:
    """Pseudonyms, fingerprints and noise seeds, all from one secret of 32 bytes."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != _SECRET_BYTES:
            raise KeyMismatch(
                "The workspace key is damaged.",
                "Restore the file `key` from the backup that was made with the workspace.",
            )
        self._secret = secret

    def __repr__(self) -> str:
        return "Keyring(…)"

    @classmethod
    def create(cls, path: Path) -> Keyring:
        """Write a fresh secret, readable by its owner alone; an existing file is not touched.

        Two processes at once end with one secret, and a full disk leaves no file: ``OSError``,
        ``FileExistsError`` for the one that came second.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, secrets.token_hex(_SECRET_BYTES) + "\n", over=False)
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> Keyring:
        """Read the secret from ``path``, or from where ``VITRAIL_KEY_FILE`` says."""
        place = Path(os.environ.get(KEY_FILE_VARIABLE, path))
        try:
            return cls(bytes.fromhex(place.read_text("ascii").strip()))
        except FileNotFoundError:
            raise KeyMismatch(
                f"The workspace key {place.name} is not there.",
                f"Restore it from its backup, or point {KEY_FILE_VARIABLE} at it. A new key "
                "would not know the persons and findings of this workspace.",
            ) from None
        except PermissionError:
            raise KeyMismatch(
                f"The workspace key {place.name} may not be read by this user.",
                "Run as the user who owns the workspace.",
            ) from None
        except OSError as error:
            raise KeyMismatch(
                f"The workspace key {place.name} cannot be read: {error.strerror}.",
                f"Restore it from its backup, or point {KEY_FILE_VARIABLE} at it.",
            ) from None
        except ValueError:
            raise KeyMismatch(
                "The workspace key is damaged.",
                "Restore the file `key` from the backup that was made with the workspace.",
            ) from None

    def _derive(self, label: str) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"vitrail/{label}".encode()).derive(self._secret)

    @cached_property
    def subject(self) -> bytes:
        return self._derive("subject")

    @cached_property
    def person(self) -> bytes:
        return self._derive("person")

    @cached_property
    def fingerprints(self) -> bytes:
        return self._derive("fingerprint")

    @cached_property
    def pseudonyms(self) -> bytes:
        return self._derive("pseudonym")

    @cached_property
    def evidence(self) -> bytes:
        return self._derive("evidence")

    @cached_property
    def noise(self) -> bytes:
        return self._derive("noise")

    @property
    def _signing(self) -> Ed25519PrivateKey:  # not kept: a scan's workers get the keys pickled
        return Ed25519PrivateKey.from_private_bytes(self._derive("signing"))

    @property
    def public_key(self) -> bytes:
        """What outsiders check signatures with: a PEM file, as ``openssl`` reads it."""
        public = self._signing.public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, content: bytes) -> bytes:
        """An Ed25519 signature (RFC 8032), 64 bytes; the same content gives the same."""
        return self._signing.sign(content)

    @cached_property
    def cookies(self) -> str:
        """What signs the workbench's cookies; with another key every session is over."""
        return self._derive("cookies").hex()

    @cached_property
    def check_value(self) -> str:
        """Tells one key from another without telling the key; the ledger holds it."""
        return self._derive("check").hex()[:16]

    def subject_key(self, email: str) -> str | None:
        """The data subject's pseudonym: 32 hex digits, None where the text is no e-mail."""
        normal = normalise_email(email)
        return None if normal is None else _hex(self.subject, normal)

    def person_key(self, identifier: str) -> int:
        """A 64-bit signed pseudonym of an account id, subject key or device id."""
        digest = hmac.digest(self.person, identifier.encode(), sha256)
        return int.from_bytes(digest[:8], "big", signed=True)

    def subject_keys(self, emails: Sequence[str]) -> list[str | None]:
        """The subject keys of many texts, in their order."""
        normals = [normalise_email(email) for email in emails]
        digests = _many(self.subject, "", (n for n in normals if n is not None)).hex()
        keys = (digests[place : place + 32] for place in range(0, len(digests), 32))
        return [None if normal is None else next(keys) for normal in normals]

    def person_keys(self, identifiers: Sequence[str]) -> tuple[int, ...]:
        """The person keys of many identifiers, in their order."""
        digests = _many(self.person, "", identifiers, size=8)
        return struct.unpack(f">{len(identifiers)}q", digests)

    def fingerprint(self, entity_type: str, normal: str) -> str:
        """What lets two hits be told to be the same value: 32 hex digits."""
        return _hex(self.fingerprints, f"{entity_type}\x1f{normal}")

    def fingerprints_of(self, entity_type: str, normals: Iterable[str]) -> bytes:
        """The fingerprints of many values, 16 bytes each, laid end to end."""
        return _many(self.fingerprints, f"{entity_type}\x1f", normals)

    def pseudonym(self, fingerprint: str) -> int:
        """What stands in a clean copy for the value with this fingerprint: a number of 128 bits.

        Under a key of its own, so that a copy that leaves the house tells no fingerprint.
        """
        digest = hmac.digest(self.pseudonyms, fingerprint.encode(), sha256)
        return int.from_bytes(digest[:16], "big")

    def pseudonyms_of(self, fingerprints: Iterable[str]) -> bytes:
        """The pseudonyms of many fingerprints, 16 bytes each, laid end to end."""
        return _many(self.pseudonyms, "", fingerprints)

    def row_key(self, table: str, key: str) -> str:
        """A row's name in evidence that leaves the house: 32 hex digits."""
        return _hex(self.evidence, f"{table}\x1f{key}")


def user_keyring() -> Keyring:
    """The key of a scan without a workspace, in this user's configuration folder; made at first
    use, so that fingerprints and baselines agree from one scan to the next."""
    import platformdirs

    path = platformdirs.user_config_path("vitrail") / "key"
    if KEY_FILE_VARIABLE in os.environ or path.exists():
        return Keyring.load(path)
    try:
        return Keyring.create(path)
    except FileExistsError:  # another process made it meanwhile
        return Keyring.load(path)
    except OSError:
        raise Unwritable(
            "The key for scans without a workspace could not be written to the configuration "
            "folder.",
            f"Point {KEY_FILE_VARIABLE} at a key file, or XDG_CONFIG_HOME at a folder of yours.",
        ) from None


def _hex(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), sha256).hex()[:32]


def _many(key: bytes, prefix: str, texts: Iterable[str], size: int = 16) -> bytes:
    """HMAC-SHA256 (RFC 2104) of ``prefix`` with each text, ``size`` bytes each, end to end: with
    both keyed states made once, a third of the time of one at a time."""
    inner, outer = (sha256(bytes(b ^ pad for b in key.ljust(64, b"\0"))) for pad in (0x36, 0x5C))
    inner.update(prefix.encode())
    digests = []
    for text in texts:
        first, second = inner.copy(), outer.copy()
        first.update(text.encode("utf-8", "surrogatepass"))
        second.update(first.digest())
        digests.append(second.digest()[:size])
    return b"".join(digests)
