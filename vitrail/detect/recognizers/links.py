"""Links that carry a person in their parameters. A link by itself is not personal data."""

from __future__ import annotations

from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer

_PARAMETERS: Final = (
    "e-?mail|mail|courriel|correo|phone|tel|telephone|mobile|gsm|firstname|first_name|fname|"
    "lastname|last_name|lname|surname|fullname|full_name|prenom|nom|apellidos?|vorname|nachname|"
    "birthdate|birthday|dob|date_of_birth|ssn|nir|iban|passport|password|passwd|pwd|"
    "address|adresse|contact"
)
#: What a clean copy puts in a value's place: a tag, a pseudonym, a shape of stars.
_REPLACED: Final = (
    r"(?:%3C[A-Z_]{3,40}%3E|[A-Z_]{3,40}_[bcdfghjklmnpqrstvwxz]{16}|(?:[*@.+:/_\-]|%[0-9A-F]{2})+)"
    r"(?:[&\s\"'<>#]|$)"
)
_LINK: Final = (
    rf"[?&;](?:[\w.\-]{{1,40}}[._\-\[])?(?:{_PARAMETERS})\]?=(?!{_REPLACED})[^&\s\"'<>#]{{2,}}"
)


class PersonalLinkRecognizer(PatternRecognizer):  # type: ignore[misc]
    """Finds a link's query parameter that names a person, with the link around it."""

    prefilter = (rf"[?&;._\-\[](?:{_PARAMETERS})\]?=[^&\s\"'<>#]",)

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entity="URL",
            name="PersonalLinkRecognizer",
            supported_language=language,
            patterns=[
                Pattern("link", rf"https?://[^\s\"'<>?]{{3,}}[^\s\"'<>]*?{_LINK}[^\s\"'<>]*", 0.6),
                Pattern("path", rf"(?<![\w:/])/[^\s\"'<>?]*[^\s\"'<>]*?{_LINK}[^\s\"'<>]*", 0.5),
            ],
        )
