"""Street addresses by the words and order that seven languages write them in."""

from __future__ import annotations

import re
from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer

from vitrail.detect.vocabulary.places import ADDRESS, STREET

_NAME: Final = r"[A-ZÀ-ÖØ-Þ][\w'’.\-]*"
_LOOSE: Final = r"[\w'’.\-]+"
_NUMBER: Final = r"\d{1,5}(?:[ \-]?(?:bis|ter|quater|[A-Za-z]))?"
_TAIL: Final = rf"(?:[ ,]{{1,3}}\d{{4,5}}[ ]{_NAME}(?:[ \-]{_NAME}){{0,3}})?"

_ENGLISH: Final = (
    "street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|square|sq|"
    "terrace|crescent|close|highway|hwy|parkway|pkwy|circle|cir|trail|gardens?|grove|mews|row|"
    "walk|plaza|alley|junction|point|hill|pass|center|park|crossing|path|loop|run|ridge"
)

_SHAPES: Final = (
    (
        "French",
        rf"\b{_NUMBER},?[ ](?i:rue|avenue|av\.?|boulevard|bd\.?|blvd|place|pl\.|chemin|"
        r"impasse|all[ée]e|quai|route|cours|square|faubourg|passage|villa|sentier)(?!\w)"
        rf"(?:[ ](?:de|du|des|la|le|les|l'|d'|d’|l’|à|aux|et)){{0,3}}[ ]?{_LOOSE}"
        rf"(?:[ ]{_LOOSE}){{0,3}}{_TAIL}",
    ),
    (
        "English",
        rf"\b\d{{1,5}}[A-Za-z]?,?[ ](?:(?:N|S|E|W|North|South|East|West)\.?[ ])?"
        rf"(?:{_NAME}[ ]){{1,4}}(?i:{_ENGLISH})(?!\w)\.?"
        rf"(?:,?[ ](?i:apt|suite|ste|unit|flat|\#)\.?[ ]?\w{{1,6}})?",
    ),
    (
        "US military mail",  # Domestic Mail Manual 602, 1.3
        r"\b(?:(?i:PSC|CMR|Unit)[ ]\d{1,5},?[ ](?i:Box)[ ]\d{1,5}|"
        r"(?i:USS|USNS|USCGC|USNV)(?:[ ][^\W\d_]+){1,3}),?\s{1,3}"
        r"(?i:APO|FPO|DPO),?[ ](?i:AA|AE|AP)[ ]\d{5}(?:-\d{4})?(?!\w)",
    ),
    (
        "German",
        r"\b(?!During|Spring|String|Wiring)[A-ZÄÖÜ][\wäöüß.\-]*(?:[ ][A-ZÄÖÜ][\wäöüß.\-]*){0,2}?"
        r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|"
        r"[ ]Stra(?:ß|ss)e|[ ]Str\.|[ ]Weg|[ ]Platz|[ ]Allee)"
        rf"[ ]\d{{1,4}}(?:[ ]?[a-z])?(?!\w){_TAIL}",
    ),
    (
        "Spanish and Portuguese",
        r"\b(?i:calle|c/|avenida|avda\.?|av\.|plaza|pza\.?|paseo|carretera|ronda|camino|"
        rf"rua|travessa|pra[çc]a|largo|estrada)[ ]?{_LOOSE}(?:[ ]{_LOOSE}){{0,4}},?[ ]"
        rf"(?i:n[º°o]?\.?[ ]?)?\d{{1,4}}(?!\w){_TAIL}",
    ),
    (
        "Italian",
        rf"\b(?i:via|viale|corso|piazza|piazzale|vicolo|largo|strada)[ ]{_NAME}"
        rf"(?:[ ]{_LOOSE}){{0,4}},?[ ]\d{{1,4}}(?:/?[A-Za-z])?(?!\w){_TAIL}",
    ),
    (
        "Dutch",
        r"\b[A-Z][\w\-]*(?:[ ][A-Z][\w\-]*){0,2}(?:straat|laan|plein|gracht|kade|dijk|singel|"
        r"hof)[ ]\d{1,4}(?:[ ]?[A-Za-z])?(?!\w)",
    ),
)


class StreetAddressRecognizer(PatternRecognizer):  # type: ignore[misc]
    """Finds a street with its house number, and the postcode and town that may follow."""

    # The words alone: the shapes above end at every letter of a name.
    prefilter = (
        r"\d.{0,6}[ ](?i:rue|avenue|av|boulevard|bd|blvd|place|pl|chemin|impasse|all.{1,2}e|quai|"
        r"route|cours|square|faubourg|passage|villa|sentier)\b",
        rf"\S[ ](?i:{_ENGLISH})\b",
        r"(?:stra.{1,2}e|str\.|weg|platz|allee|gasse|ring|damm|ufer|Stra.{1,2}e|Str\.|Weg|Platz|"
        r"Allee)[ ]\d",
        r"\b(?i:calle|c/|avenida|avda\.?|av\.|plaza|pza\.?|paseo|carretera|ronda|camino|rua|"
        r"travessa|pra.{1,2}a|largo|estrada|via|viale|corso|piazza|piazzale|vicolo|strada)[ ]?"
        r"\S",
        r"(?:straat|laan|plein|gracht|kade|dijk|singel|hof)[ ]\d",
        r"(?i:APO|FPO|DPO),?[ ](?i:AA|AE|AP)[ ]\d",
    )

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entity="STREET_ADDRESS",
            name="StreetAddressRecognizer",
            supported_language=language,
            patterns=[Pattern(name, shape, 0.6) for name, shape in _SHAPES],
            context=[*ADDRESS, *STREET],
            global_regex_flags=re.DOTALL | re.MULTILINE,
        )


class NamedAddressRecognizer(PatternRecognizer):  # type: ignore[misc]
    """A number and capitalised words, where a word or the column says that it is an address."""

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entity="STREET_ADDRESS",
            name="NamedAddressRecognizer",
            supported_language=language,
            patterns=[
                Pattern(
                    "number and names",
                    rf"(?<![\w.\-])\d{{1,5}}[A-Za-z]?,?[ ](?:[NSEW]\.?[ ])?{_NAME}"
                    rf"(?:[ ]{_LOOSE}){{0,4}}",
                    0.2,
                )
            ],
            context=list(ADDRESS),
            global_regex_flags=re.DOTALL | re.MULTILINE,
        )  # fmt: skip
