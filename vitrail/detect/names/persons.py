"""People in a piece of text, by what two models and the list of first names say together.

Rampart finds nearly every name but knows no capitals; spaCy knows capitals and takes streets,
products and towns for people. So Rampart's names count where they are written like names, and
spaCy's where something else speaks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from vitrail.detect.models.pipelines import LOCATION, OTHER, PERSON, Entity
from vitrail.detect.models.rampart import Word
from vitrail.detect.names.listed import again, by_list, in_capitals
from vitrail.detect.names.readings import Reading
from vitrail.detect.names.words import ESCAPED, Lists, is_capital

SURE, LIKELY, FAINT = 0.4, 0.3, 0.05
CERTAIN, SMALL = 0.7, 0.9
"""Rampart's probability that a word belongs to a name: enough alone, with a second voice, and
the least that counts as one."""

_GAP: Final = re.compile(
    r"[ \u00a0]{1,2}|['’\-.]|\. |, |"
    r"[ \u00a0](?:[A-ZÀ-Þ]\.?|(?:[A-Z]\.){2}|de|del|della|di|da|das|dos|do|du|van|von|der|den|ter|"
    r"ten|la|le|el|al|bin|ibn|y|e|zu|af|av)(?:[ \u00a0](?:der|den|la|las|los|de|l'))?[ \u00a0]",
)
_BEFORE: Final = re.compile(
    r"(?<![^\W\d_])(?:mr|mrs|ms|miss|mx|dr|dra|prof|sir|herr|frau|hr|fr|monsieur|madame|mme|mlle|m|"
    r"se[ñn]ora?|sr|sra|srta|don|do[ñn]a|sig|sig\.ra|signora?|dott|dott\.ssa|senhora?|"
    r"mevr|mevrouw|dhr|meneer)\.?[ \u00a0]+\Z",
    re.I,
)
_AFTER: Final = re.compile(
    r"(?:,? (?:and|und|et|y|e|en) [^\W\d_]\w+|,? & [^\W\d_]\w+|, [^\W\d_]\w+){0,3}[ \-]*,?[ ]?"
    r"(?i:inc|ltd|llc|llp|plc|corp|corporation|company|co|gmbh|ag|kg|ug|sarl|sas|sa|s\.a|s\.l|"
    r"s\.r\.l|srl|spa|s\.p\.a|bv|b\.v|nv|lda|ltda|group|groupe|gruppe|holdings?|partners|"
    r"associates|consulting|technologies|solutions|systems|services|industries|enterprises|"
    r"labs?|software|bank|insurance|orchestra|university|college|school|hospital|institute|"
    r"foundation|society|street|str|avenue|ave|road|rd|drive|lane|boulevard|blvd|square|"
    r"airport|station|stadium|county|borough|park)(?![\w@])"
)
_STREET: Final = re.compile(
    r"(?<![^\W\d_])(?:calle|c/\.?|avda|av|avenida|plaza|pza|paseo|ctra|carretera|ronda|camino|rue|"
    r"boulevard|bd|place|chemin|all[ée]e|impasse|via|viale|corso|piazza|rua|travessa|largo|"
    r"pra[çc]a|hospital|cl[íi]nic[ao]|universi(?:dad|t[ée]|t[àa]|dade)|instituto?|colegio|"
    r"lyc[ée]e|[ée]cole|fundaci[óo]n|fondation)[.,]?[ ]"
    r"(?:(?:de|del|de la|du|des|di|do|da|dr|prof|doctor|general)\.?[ ]){0,2}\Z",
    re.I,
)
_NO_NAME: Final = re.compile(r"[\d@/_:<>=\\{}\[\]|#*%$^~`]")
_EDGE: Final = " \t\u00a0.,;:!?\"“”„«»()'’-–—*<>[]{}&"
_AGENT: Final = re.compile(r"(?:Mozilla|AppleWebKit|Chrome|Safari|Gecko|Opera|curl)/\d")


#: What sentences begin with, before the name or instead of one.
_OPENERS: Final = frozenset({
    "hello", "hi", "hey", "dear", "yesterday", "today", "tomorrow", "bonjour", "salut", "cher",
    "chère", "hier", "demain", "hallo", "liebe", "lieber", "gestern", "heute", "morgen", "hola",
    "querido", "querida", "ayer", "hoy", "mañana", "ciao", "gentile", "caro", "cara", "ieri",
    "oggi", "domani", "olá", "ontem", "hoje", "amanhã", "beste", "geachte", "gisteren", "vandaag",
})  # fmt: skip


class Person(NamedTuple):
    """A name's place and how sure it is."""

    start: int
    end: int
    score: float


def persons(reading: Reading, lists: Lists) -> list[Person]:
    """The people named in a piece, in order, none overlapping."""
    text = reading.text
    if _AGENT.search(text):
        return []
    others = [e for e in reading.entities or () if e.label != PERSON]
    spoken = [p for e in reading.entities or () if e.label == PERSON for p in _cleaned(text, e)]
    found = _joined(
        [*_by_rampart(reading, spoken, others, lists), *_by_spacy(reading, spoken, lists)]
    )
    listed = (Person(start, end, 0.6) for start, end in by_list(reading, lists))
    found = _joined([*found, *(Person(*span, 0.6) for span in in_capitals(text, lists))])
    kept = [p for p in _beside(found, listed) if not _is_thing(text, p)]
    repeated = (Person(start, end, 0.6) for start, end in again(text, kept))
    return _beside(kept, repeated)


def _beside(found: list[Person], more: Iterable[Person]) -> list[Person]:
    """``found`` and those of ``more`` that overlap none of them."""
    new = [p for p in more if all(p.end <= f.start or f.end <= p.start for f in found)]
    return _joined([*found, *new])


def _is_thing(text: str, person: Person) -> bool:
    """Whether a street, a house or a firm bears the name, rather than somebody."""
    if _STREET.search(text, max(0, person.start - 30), person.start):
        return True
    several = " " in text[person.start : person.end]
    return not (several and person.score >= 0.85) and bool(_AFTER.match(text, person.end))


def _by_rampart(
    reading: Reading, spoken: list[tuple[int, int]], others: list[Entity], lists: Lists
) -> Iterator[Person]:
    text = reading.text
    cased = not (text.islower() or text.isupper())
    for start, end, name in _runs(text, reading.words):
        piece = text[start:end]
        if _NO_NAME.search(piece) or _is_inside_token(text, start, end):
            continue
        if len(piece) < 2 or piece.casefold() in _OPENERS:
            continue
        second = any(s < end and start < e for s, e in spoken)
        named = lists.has_first_name(piece) or bool(_BEFORE.search(text, 0, start))
        if name < CERTAIN and not second and _is_within_other(start, end, others):
            continue
        if name < SURE and not (second or named):
            continue
        small = SMALL if reading.entities is not None else 1.0
        if cased and name < small and not any(map(str.isupper, piece)):
            continue
        yield Person(start, end, 0.9 if second else 0.85 if name >= SURE else 0.6)


def _by_spacy(reading: Reading, spoken: list[tuple[int, int]], lists: Lists) -> Iterator[Person]:
    text = reading.text
    for start, end in spoken:
        inside = [w for w in reading.words if w.start < end and start < w.end]
        address = max((w.address for w in inside), default=0.0)
        name = max((w.name for w in inside), default=0.0)
        parts = text[start:end].split()
        titled = bool(_BEFORE.search(text, 0, start))
        if address > 0.4 and name < address and not titled:
            continue
        known = lists.has_first_name(text[start:end])
        if titled or known or (name >= FAINT and len(parts) <= 4):
            yield Person(start, end, 0.85 if len(parts) > 1 else 0.6)


def _runs(text: str, words: Iterable[Word]) -> Iterator[tuple[int, int, float]]:
    """Neighbouring words of a name as one stretch, with the highest probability in it."""
    start = end = -1
    best = 0.0
    for word in words:
        if word.name < LIKELY or word.name < word.address or not text[word.start].isalpha():
            continue
        if end >= 0 and _GAP.fullmatch(text, end, word.start):
            comma = text[end : word.start].startswith(",")
            if not comma or word.label == "GIVEN_NAME":
                end, best = word.end, max(best, word.name)
                continue
        if end >= 0:
            yield start, end, best
        start, end, best = word.start, word.end, word.name
    if end >= 0:
        yield start, end, best


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The part on one line without what stands around a name; none where it is no name."""
    piece = text[start:end].partition("\n")[0]
    start += len(piece) - len(piece.lstrip(_EDGE))
    piece = piece.strip(_EDGE)
    piece = piece.removesuffix("'s").removesuffix("’s")
    if len(piece) < 2 or _NO_NAME.search(piece) or len(piece.split()) > 6:
        return
    if not _is_inside_token(text, start, start + len(piece)):
        yield start, start + len(piece)


def _cleaned(text: str, entity: Entity) -> Iterator[tuple[int, int]]:
    """A person of spaCy's, if it is written like one."""
    for start, end in trimmed(text, entity.start, entity.end):
        if is_capital(text[start:end]) or text.islower():
            yield start, end


def _is_inside_token(text: str, start: int, end: int) -> bool:
    """Whether an address, a link, a number or markup goes on directly before or after."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if after == "\\" and ESCAPED.match(text, end):
        after = ""
    return (before in {*"@/_#=\\", *"0123456789"} - {""} and bool(before)) or (
        bool(after) and (after in "@_=\\" or after.isdigit())
    )


def _is_within_other(start: int, end: int, others: Iterable[Entity]) -> bool:
    """Whether spaCy sees a longer name of something else here, or exactly a place."""
    return any(
        e.start <= start
        and end <= e.end
        and (e.label == LOCATION or (e.label == OTHER and e.end - e.start > end - start))
        for e in others
    )


def _joined(found: Iterable[Person]) -> list[Person]:
    """Overlapping answers as one, as wide as both and as sure as the surer."""
    joined: list[Person] = []
    for person in sorted(found):
        if joined and person.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = Person(
                last.start, max(last.end, person.end), max(last.score, person.score)
            )
        else:
            joined.append(person)
    return joined
