"""Live keys and tokens by the shapes that their issuers gave them.

What opens nothing is let be: keys of test modes (``sk_test_``), which reach no one's data; the
keys that documentation prints for everyone; and the stand-ins that people write where a key would
be ("changeme", "<your-key>", "xxxxxxxx").
"""

from __future__ import annotations

import re
from binascii import Error, a2b_base64
from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer

from vitrail.detect.recognizers.secret_shapes import SHAPES

_WORDS: Final = (
    "example|sample|changeme|change[_\\-]me|your[_\\-]?|placeholder|redacted|dummy|"
    "insert[_\\-]?|replace[_\\-]?"
)
#: Anywhere in a key: stars, a variable, six equal letters, the alphabet, words that say so.
_STAND_IN: Final = re.compile(
    rf"\*{{3}}|•|…|\.{{3}}|<.*>|\{{\{{|\$\{{|([A-Za-z0-9])\1{{5}}|123456789|abcdefgh|(?:{_WORDS})",
    re.IGNORECASE,
)
#: A whole password that says that it is one, a variable, or what a clean copy puts in its place.
_NO_PASSWORD: Final = re.compile(
    r"(?i:pass|passwd|password|pwd|pw|secret|null|none|test|my[_\-]?(?:password|secret)|%\w+%|\$\w+)"
    r"|%3C[A-Z_]{3,40}%3E|[A-Z_]{3,40}_[bcdfghjklmnpqrstvwxz]{16}"
)
#: Printed in documentation: AWS's key ids and secrets end so, Azure's emulator has one for all.
_PRINTED: Final = ("EXAMPLE", "EXAMPLEKEY")
_EMULATOR: Final = "Eby8vdM02xNOcq"


class SecretRecognizer(PatternRecognizer):  # type: ignore[misc]
    """Finds credentials. Case matters, so Presidio's default IGNORECASE is off."""

    prefilter = tuple(shape.call for shape in SHAPES)

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entity="SECRET",
            name="SecretRecognizer",
            supported_language=language,
            patterns=[Pattern(shape.name, shape.regex, 0.8) for shape in SHAPES],
            context=["key", "token", "secret", "password", "credential", "bearer"],
            global_regex_flags=re.DOTALL | re.MULTILINE,
        )

    def invalidate_result(self, pattern_text: str) -> bool:
        """Refuses what opens nothing."""
        if pattern_text.startswith("-----BEGIN"):
            return False
        if pattern_text.startswith("Basic "):
            return not _is_basic(pattern_text[6:])
        secret = pattern_text
        if "://" in pattern_text and pattern_text.endswith("@"):
            secret = pattern_text[:-1].rpartition(":")[2]
        return (
            not any(letter.isalnum() for letter in secret)
            or secret.endswith(_PRINTED)
            or secret.startswith(_EMULATOR)
            or _STAND_IN.search(secret) is not None
            or _NO_PASSWORD.fullmatch(secret) is not None
        )


def _is_basic(encoded: str) -> bool:
    """Whether it is ``name:password`` in base64; "Basic information" is not."""
    try:
        read = a2b_base64(encoded + "=" * (-len(encoded) % 4)).decode()
    except (Error, UnicodeError):
        return False
    password = read.partition(":")[2]
    return bool(password) and read.isprintable() and _NO_PASSWORD.fullmatch(password) is None
