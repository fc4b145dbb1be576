"""The one normal form of each kind of value, used wherever two writings must meet as one.

Keys, fingerprints and hashes are only as good as this: the same person typed twice must give
the same key. The forms are frozen; changing one re-keys every workspace.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\ufeff]+")
_NOT_ALNUM = re.compile(r"[\W_]+")


def normalise_email(value: str) -> str | None:
    """Lower case, no blanks, ``mailto:`` gone, the domain in its ASCII (IDNA) form.

    The local part keeps its dots and ``+tag``: dropping them is a habit of some providers, and
    would make one person of two. None where there is no ``local@domain``.
    """
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", value)).strip("<>").casefold()
    local, at, domain = text.removeprefix("mailto:").rpartition("@")
    if not at or not local or not domain:
        return None
    if not domain.isascii():  # one that is stays as it is, and its codec is slow
        with suppress(UnicodeError):
            domain = domain.encode("idna").decode("ascii")
    return f"{local}@{domain}"


def normalise_digits(value: str) -> str:
    """The digits alone, of any script, as ASCII: phones, cards, account numbers."""
    return "".join(str(unicodedata.digit(c)) for c in value if c.isdigit())


def normalise_code(value: str) -> str:
    """Letters and digits alone, upper case: IBAN, national identifiers, plates."""
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", value)).upper()


def normalise_text(value: str) -> str:
    """Case folded, accents kept, runs of blanks as one: names, addresses, the rest."""
    return " ".join(_BLANKS.split(unicodedata.normalize("NFKC", value).casefold())).strip()
