"""Street addresses by the words and order that seven languages write them in."""

from __future__ import annotations

import re
from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer

from vitrail.detect.vocabulary.birth import MONTHS
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

#: German compounds that end as streets do and are none, and English words in -ring.
_NO_STREET: Final = (
    r"(?!\w*(?:(?i:arbeits|park|stell|speicher|sitz|steh|steck|lade|lager|rast|spiel|sport|lehr|"
    r"ausbildungs|studien|kita|betreuungs|listen|tabellen|liege|schlaf|fenster|start|tisch|camping|"
    r"zelt|bau|werk|pflege|therapie|warte|ab|ein|behandlungs|platz)platz|(?i:um|hin|rück|heim|aus|"
    r"rechts|post|dienst|lösungs|transport|rettungs|verkehrs|flucht|brems|liefer|zahlungs|keines|"
    r"durch|vertriebs|beschwerde|klage|instanzen)weg|(?i:dichtungs|dicht|kolben|ehe|schlüssel|ohr|"
    r"siegel|finger|spreng|sicherungs|wellen|kugel|klemm|gummi|kabel|adapter|box|fing|sp|st|b)ring|"
    r"(?i:during|referring|occurring|stirring|transferring|deferring))(?!\w))"
)
_BOX_NUMBER: Final = r"[ ]?(?:(?i:n[º°ro]{0,2}\.?)[ ]?)?\d{1,3}(?:[ ]?\d{2,3}){0,2}(?![\w]|[.,]\d)"
_BOX: Final = (
    r"\b(?i:p\.?[ ]?o\.?[ ]?box|post[ ]office[ ]box|gpo[ ]box|private[ ]bag|bo[iî]te[ ]postale|"
    r"postfach|apartado[ ](?:de[ ]correos|postal)|apdo\.?(?:[ ]de[ ]correos)?|casella[ ]postale|"
    r"postbus|caixa[ ]postal)"
)
_SHORT_BOX: Final = r"\b(?:B\.?P\.?|C\.?S\.?|C\.?P\.?|Apartado)"
"""What is short for boxes, and for much else: it counts before a postcode or by a word nearby."""

_SHAPES: Final = (
    ("post box", rf"{_BOX}{_BOX_NUMBER}{_TAIL}"),
    (
        "short post box",
        rf"{_SHORT_BOX}{_BOX_NUMBER}[ ,\-]{{1,3}}\d{{4,5}}(?:-\d{{3}})?[ ]{_NAME}",
    ),
    (
        "French",
        rf"\b{_NUMBER},?[ ](?i:rue|avenue|av\.?|boulevard|bd\.?|blvd|place|pl\.|chemin|"
        r"impasse|all[ée]e|quai|route|cours|square|faubourg|passage|villa|sentier)(?!\w)"
        rf"(?:[ ](?:de|du|des|la|le|les|l'|d'|d’|l’|à|aux|et)){{0,3}}[ ]?{_LOOSE}"
        rf"(?:[ ]{_LOOSE}){{0,3}}{_TAIL}",
    ),
    (
        "English",
        rf"\b\d{{1,5}}[A-Za-z]?,?[ ](?!An?[ ][a-z])"  # "8 A way out", but "8 A Street"
        rf"(?:(?:N|S|E|W|North|South|East|West)\.?[ ])?"
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
        rf"\b{_NO_STREET}[A-ZÄÖÜ][\wäöüß.\-]*(?:[ ]{_NO_STREET}[A-ZÄÖÜ][\wäöüß.\-]*){{0,2}}?"
        r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|[^\W\d_aeiou]ring|damm|ufer|"
        r"[ \-](?:Stra(?:ß|ss)e|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer))"
        rf"[ ]\d{{1,4}}(?:[ ]?[a-z])?(?!\w){_TAIL}",
    ),
    (
        "Spanish and Portuguese",
        r"\b(?i:c/|av\.|(?:calle|avenida|avda\.?|plaza|pza\.?|paseo|carretera|ronda|camino|"
        rf"rua|travessa|pra[çc]a|largo|estrada)(?!\w))[ ]?{_LOOSE}(?:[ ]{_LOOSE}){{0,4}},?[ ]"
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


#: What stands behind a number and begins no street: a month that no further name follows (`29 May`,
#: but `12 Mai Anh Road`), and words of SQL (`ELSE 0 END`).
_NO_NAME: Final = (
    rf"(?!(?i:{'|'.join(map(re.escape, MONTHS))})(?!\w)(?![ ]{_NAME}))"
    r"(?!(?:THEN|ELSE|END|WHEN|AND|OR|NOT|AS|FROM|WHERE|GROUP|ORDER|UNION|SELECT|LIMIT|BETWEEN|IN|"
    r"IS|NULL|DESC|ASC|OVER|ROWS?|DAYS?|HOURS?|MONTHS?|YEARS?)(?!\w))"
)


class StreetAddressRecognizer(PatternRecognizer):  # type: ignore[misc]
    """Finds a street with its house number, and the postcode and town that may follow."""

    # The words alone: the shapes above end at every letter of a name.
    prefilter = (
        r"\d.{0,6}[ ](?i:rue|avenue|av|boulevard|bd|blvd|place|pl|chemin|impasse|all.{1,2}e|quai|"
        r"route|cours|square|faubourg|passage|villa|sentier)\b",
        rf"\S[ ](?i:{_ENGLISH})\b",
        r"(?:stra.{1,2}e|str\.|weg|platz|allee|gasse|ring|damm|ufer|Stra.{1,2}e|Str\.|Weg|Platz|"
        r"Allee|Gasse|Ring|Damm|Ufer)[ ]\d",
        r"\b(?i:calle|c/|avenida|avda\.?|av\.|plaza|pza\.?|paseo|carretera|ronda|camino|rua|"
        r"travessa|pra.{1,2}a|largo|estrada|via|viale|corso|piazza|piazzale|vicolo|strada)[ ]?"
        r"\S",
        r"(?:straat|laan|plein|gracht|kade|dijk|singel|hof)[ ]\d",
        r"(?i:APO|FPO|DPO),?[ ](?i:AA|AE|AP)[ ]\d",
        r"(?i:box|bag|postale?|postfach|correos|apdo\.?|postbus)[ ]?(?:[nN]\S{0,4}[ ]?)?\d",
        r"\b(?:B\.?P\.?|C\.?S\.?|C\.?P\.?|Apartado)[ ]?(?:[nN]\S{0,4}[ ]?)?\d",
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
                    rf"(?<![\w.\-])\d{{1,5}}[A-Za-z]?,?[ ](?:[NSEW]\.?[ ])?{_NO_NAME}{_NAME}"
                    rf"(?:[ ]{_LOOSE}){{0,4}}",
                    0.2,
                ),
                Pattern("short post box", rf"{_SHORT_BOX}{_BOX_NUMBER}", 0.2),
            ],
            context=list(ADDRESS),
            global_regex_flags=re.DOTALL | re.MULTILINE,
        )  # fmt: skip
