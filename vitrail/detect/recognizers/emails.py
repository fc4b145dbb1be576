"""E-mail addresses by Presidio's pattern, made to end where a link's parameter does.

RFC 5322 allows ``= ? & / { | }`` in a local part; in exports they are what stands before the
address in a link. Presidio's pattern takes ``search?email=jo@shop.fr`` whole, finds no public
domain in it, and drops it. Its check, the public suffix of the domain, stays as it is. A local part
in quotation marks, which may hold blanks, has a pattern of its own.
"""

from __future__ import annotations

from typing import Final

from presidio_analyzer import Pattern
from presidio_analyzer.predefined_recognizers import EmailRecognizer

from vitrail.detect.vocabulary.contact import EMAIL

_LETTER: Final = r"[!#$%'*+\-^_`~\w]"
_LOCAL: Final = rf"(?:{_LETTER}[!#$%'*+\-^_`~.\w]*{_LETTER}|{_LETTER})"
_DOMAIN: Final = r"\w+(?:-+\w+)*(?:\.\w+(?:-+\w+)*)+"
_QUOTED: Final = r'"(?:[^"\\\s]|[ \t]|\\[!-~ ]){1,64}"'


class AddressRecognizer(EmailRecognizer):  # type: ignore[misc]
    """Finds e-mail addresses in text and in links."""

    prefilter = (r"[^\s@]@[^\s@]",)

    def __init__(self, language: str) -> None:
        super().__init__(
            patterns=[
                Pattern("address", rf"\b{_LOCAL}@{_DOMAIN}\b", 0.5),
                Pattern("quoted", rf"{_QUOTED}@{_DOMAIN}\b", 0.5),
            ],
            supported_language=language,
            context=list(EMAIL),
            name="EmailRecognizer",
        )

    def validate_result(self, pattern_text: str) -> bool:
        return bool(super().validate_result(pattern_text.rpartition("@")[2]))
