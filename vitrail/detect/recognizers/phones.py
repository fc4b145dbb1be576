"""Phone numbers as written in the EEA, the United Kingdom, Switzerland and the United States.

Presidio's recogniser asks libphonenumber region by region with one score for all; with the 33
regions needed here it takes milliseconds a cell and calls any eight digits Danish. This one
looks once, and scores by how much the writing says: ``+33 …`` much, a trunk ``0`` enough, a
usual grouping just enough, digits alone only with a word that names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from presidio_analyzer import AnalysisExplanation, LocalRecognizer, RecognizerResult

from vitrail.detect.digits import digits_of
from vitrail.detect.recognizers import numbering
from vitrail.detect.recognizers.numbering import DIALLED, INTERNATIONAL, POSSIBLE, SHAPED, WEAK
from vitrail.detect.vocabulary.contact import PHONE

_GAP: Final = r"[ \t\u00a0\u2007\u2009\u202f.\-\u2010\u2011\u2013/()]"
#: The words for an extension: English, French, German, Spanish, Italian, Dutch, Portuguese.
_EXTENDED: Final = (
    r"[ ]?(?i:;ext=|[,(]?[ ]?(?:x|(?:ext(?:ensi[oó]n)?|poste|dw|durchwahl|app|apparat|interno|"
    r"int|toestel|tst|ramal)\b\.?:?))[ ]?\d{1,6}\b\)?"
)
_CANDIDATE: Final = re.compile(
    rf"(?=[+(\d])(?<!\w)(?<!\d[\-./:,])(?<!\w[@_])(?<![0-9A-Fa-f]{{4}}-)(?<![$€£#])"
    rf"(?:\+[ ]?|(?=[\d(]))\(?\+?\d(?:{_GAP}{{0,3}}\d){{5,24}}"
    rf"(?:{_EXTENDED})?(?!\w|[.,:/\-]\d|[ ]?[%€$£])"
)
_EXTENSION: Final = re.compile(rf"{_EXTENDED}$")
_DATE: Final = re.compile(
    r"(?:19|20)\d\d[-./ ]?(?:0?[1-9]|1[0-2])[-./ ]?(?:[0-2]?\d|3[01])(?:[ ].*)?"
    r"|(?:[0-2]?\d|3[01])[-./ ](?:[0-2]?\d|3[01])[-./ ](?:19|20)\d\d(?:[ ].*)?"
)
_DECIMAL: Final = re.compile(r"(?!\d{3,4}\.\d{4}$|\d\d\.\d{6}$)(?:[1-9]\d*|0)\.\d+")
_ABROAD: Final = re.compile(r"\(([34]\d{1,2})\)")
_TRUNK: Final = re.compile(r"\(0(6?)\)")
_SWEDISH: Final = re.compile(r"0\d{1,3}-\d{2,3} \d\d(?: \d\d)?")
_NANP: Final = re.compile(r"(?:1[-. ])?(?:\([2-9]\d\d\)[ ]?|[2-9]\d\d[-. ])[2-9]\d\d[-. ]\d{4}")
_GROUPED: Final = re.compile(
    r"\d{3}([ \u00a0\u202f-])\d{3}\1\d{3}|\d{3}([ -])\d\d\2\d\d\2\d\d"
    r"|\d\d([ -])\d\d\3\d\d\3\d\d|\d{3}([ ])\d\d\4\d{3}|\d\d([ ])\d{3}\5\d\d\5\d\d"
)
_BESIDE: Final = re.compile(r"[ ]+/[ ]+")
_BLANK: Final = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]+")
_LEAST: Final = 7
"""Digits of the shortest number that is told."""
LONGEST: Final = 14
"""Digits of the longest without a plus; fifteen are a device's, whose number is no phone's."""
LONGEST_PLAIN: Final = 13
"""Digits of the longest that a trunk 0 marks where nothing parts them."""
SOCIAL: Final = r"0\d\d([ .\-])\d\d([ .\-])\d{4}"
"""Written as American social security numbers are."""
AFTER_PLUS: Final = range(9, 16)
"""Digits of a number behind a plus that no plan has; E.164 allows fifteen."""
THOUSANDS: Final = r"\+\d{1,3}([ .])\d{3}(?:[ .]\d{3})*"
"""An amount with its sign."""
_SOCIAL: Final = re.compile(SOCIAL)
_THOUSANDS: Final = re.compile(THOUSANDS)

_STOP: Final = r"(?:\b|[xepdaitrXEPDAITR])"
"""A number ends here, or an extension's word begins."""

# What a cell must hold to be looked at by itself; digits alone need a word, so they are absent.
PREFILTER: Final = (
    r"\+[ ]?\(?\d(?:[ .\-/()\t]{0,3}\d){6}",
    r"\b00[ ]?[1-9](?:[ .\-/()\t]{0,3}\d){7}",
    r"\b0(?:[ .\-/()\t]{0,3}\d){8,16}" + _STOP,
    r"(?:^|[^\d\-./:,]|\D[\-./:,])0\d{1,3}-\d{2,3}[ ]\d\d" + _STOP,
    r"\(0\d{0,4}\)(?:[ .\-/()\t]{0,2}\d){5}",
    r"\([34]\d{1,2}\)(?:[ .\-/()\t]{0,3}\d){7}",
    r"\([2-9]\d\d\)[ .\-/()]?\d{3}[ .\-/()]\d{4}" + _STOP,
    r"\b[2-9]\d\d[ .\-/()][2-9]\d\d[ .\-/()]\d{4}" + _STOP,
    r"\b\d{3}[ \-]\d{3}[ \-]\d{3}" + _STOP,
    r"\b\d{3}[ \-]\d\d[ \-]\d\d[ \-]\d\d" + _STOP,
    r"\b\d\d[ \-]\d\d[ \-]\d\d[ \-]\d\d" + _STOP,
    r"\b\d{3}[ ]\d\d[ ]\d{3}" + _STOP,
    r"\b\d\d[ ]\d{3}[ ]\d\d[ ]\d\d" + _STOP,
)


class EuropeanPhoneRecognizer(LocalRecognizer):  # type: ignore[misc]
    """Finds phone numbers; see the module for what each score means."""

    prefilter = PREFILTER

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entities=["PHONE_NUMBER"],
            supported_language=language,
            name="EuropeanPhoneRecognizer",
            context=list(PHONE),
        )

    def load(self) -> None:
        """Nothing to load: the metadata is compiled when first needed."""

    def spans(self, text: str) -> Iterator[tuple[int, int, float]]:
        """Start, end and score of each number in ``text``, apart from one another."""
        for match in _CANDIDATE.finditer(text):
            yield from _numbers_in(match.group(), match.start())

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: Any = None,  # noqa: ARG002 - Presidio's signature
    ) -> list[RecognizerResult]:
        if "PHONE_NUMBER" not in entities:
            return []
        return [self._result(*span) for span in self.spans(text)]

    def _result(self, start: int, end: int, score: float) -> RecognizerResult:
        return RecognizerResult(
            entity_type="PHONE_NUMBER",
            start=start,
            end=end,
            score=score,
            analysis_explanation=AnalysisExplanation(
                recognizer=self.name,
                original_score=score,
                textual_explanation="Digits that a phone number plan allows, written as one",
            ),
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            },
        )


def _numbers_in(candidate: str, offset: int) -> Iterator[tuple[int, int, float]]:
    """The whole run of digits if it is a number, else the best pieces between its blanks."""
    if (beside := _BESIDE.search(candidate)) and _are_two(candidate, beside):
        yield from _numbers_in(candidate[: beside.start()], offset)
        yield from _numbers_in(candidate[beside.end() :], offset + beside.end())
        return
    score = score_of(candidate)
    extension = _EXTENSION.search(candidate)
    blank = _BLANK.search(candidate, 0, extension.start() if extension else len(candidate))
    if score >= POSSIBLE and not (blank and _complete(candidate, blank.start())):
        yield offset, offset + len(candidate), score
        return
    cuts = [0, *(m.end() for m in _BLANK.finditer(candidate)), len(candidate)]
    ends = [*(m.start() for m in _BLANK.finditer(candidate)), len(candidate)]
    first, found = 0, False
    while first < len(ends):
        for last in range(len(ends) - 1, first - 1, -1):
            piece = candidate[cuts[first] : ends[last]]
            if score_of(piece) >= DIALLED:
                if last > first and _complete(piece, ends[first] - cuts[first]):
                    continue
                yield offset + cuts[first], offset + ends[last], score_of(piece)
                first, found = last, True
                break
        first += 1
    if not found and score > 0:
        yield offset, offset + len(candidate), score


def _are_two(candidate: str, slash: re.Match[str]) -> bool:
    """Whether a number stands on either side: "512 3456 / 523 4567", but not "0664 / 123456"."""
    sides = candidate[: slash.start()], candidate[slash.end() :]
    return all(len(digits_of(side)) >= _LEAST for side in sides)


def _complete(candidate: str, end: int) -> bool:
    """Whether the first piece is a whole number already, so that the next belongs elsewhere."""
    return 9 <= end < len(candidate) and score_of(candidate[:end]) >= DIALLED


def score_of(written: str) -> float:
    """How much the writing alone says that this is a phone number; 0 where it cannot be one."""
    text = _EXTENSION.sub("", written)
    digits = digits_of(text)
    if not _LEAST <= len(digits) <= 17 or text.count("(") != text.count(")"):
        return 0.0
    if text.startswith(("+", "(+")):
        return _international(digits, text)
    if digits.startswith("00"):
        score = _international(digits[2:], text)
        return min(score, DIALLED) if score else _bare(digits)
    if _DATE.fullmatch(text) or _DECIMAL.fullmatch(text):
        return 0.0
    return _national(digits, text)


def _international(digits: str, text: str) -> float:
    if (trunk := _TRUNK.search(text)) and not numbering.is_international(digits):
        code = numbering.country_code(digits) if digits else None
        if code is not None:
            # Hungary dials 06 where others dial 0, and writes (06) or (0)6.
            prefix = "06" if code == 36 or trunk.group(1) else "0"
            digits = str(code) + digits[len(str(code)) :].removeprefix(prefix)
    if len(digits) < _LEAST:
        return 0.0
    if digits[0] == "0":
        return WEAK if text.startswith("+") else 0.0
    if numbering.is_international(digits):
        return INTERNATIONAL
    if numbering.could_be_international(digits):
        return SHAPED
    return POSSIBLE if _is_grouped_abroad(digits, text) else WEAK


def _is_grouped_abroad(digits: str, text: str) -> bool:
    """Whether it is written as a number abroad, though no plan has it: plans change, people err."""
    parted = len(text) > len(digits) + 1
    return (
        parted
        and text.startswith("+")
        and len(digits) in AFTER_PLUS
        and _THOUSANDS.fullmatch(text) is None
    )


def _national(digits: str, text: str) -> float:
    if digits[0] == "0":
        return _dialled(digits, text)
    if (abroad := _ABROAD.match(text)) and _is_code_of_region(abroad.group(1), digits):
        return SHAPED
    if _NANP.fullmatch(text):
        return SHAPED
    if _GROUPED.fullmatch(text) and numbering.national_regions(digits, trunk=False):
        return POSSIBLE
    return _bare(digits)


def _dialled(digits: str, text: str) -> float:
    """With the 0 that is dialled within a country."""
    if _SOCIAL.fullmatch(text) or not numbering.national_regions(digits, trunk=True):
        return _bare(digits)
    plain = len(digits) == len(text)
    if plain and len(digits) > LONGEST_PLAIN:
        return _bare(digits)
    if len(digits) >= 9 + plain or text.startswith("("):
        return DIALLED
    return POSSIBLE if _SWEDISH.fullmatch(text) else WEAK


def _is_code_of_region(code: str, digits: str) -> bool:
    """Whether a country's code in brackets begins one of its numbers: ``(351) 912 345 678``."""
    return numbering.country_code(digits) == int(code) and numbering.is_international(digits)


def _bare(digits: str) -> float:
    return WEAK if len(digits) <= LONGEST else 0.0
