"""How names, addresses, places, dates of birth and phones are found in seven languages.

    python -m bench.scan_languages [--seed N] [--texts N] [--language CODE] [--errors]

Fills the sentences of ``language_texts.yaml`` by chance and counts by language and type as
:mod:`bench.texts` does. A name stands as ``First Last``, and now and then in capitals, as ``LAST
FIRST``, with its accents as combining marks (NFD) or as an initial. Every fifth text is one about
things alone: what is found there is wrong. ``--errors`` shows each miss and false alarm; all of
it is made up.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from bench.texts import Place, by_vitrail, scores

_TEXTS: Final = Path(__file__).with_name("language_texts.yaml")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_ENTITIES: Final = {
    "person": "PERSON",
    "PERSON": "PERSON",
    "street": "STREET_ADDRESS",
    "box": "STREET_ADDRESS",
    "city": "LOCATION",
    "country": "LOCATION",
    "born": "DATE_OF_BIRTH",
    "phone": "PHONE_NUMBER",
}
_PLAIN: Final = 5
"""One text in so many names nobody and nothing."""


def made(
    words: Mapping[str, Any], count: int, chance: random.Random
) -> Iterator[tuple[str, list[Place]]]:
    """``count`` texts of a language, each with what was planted in it."""
    for number in range(count):
        if number % _PLAIN == 0:
            yield chance.choice(words["plain"]), []
        else:
            yield _filled(chance.choice(words["lines"]), words, chance)


def _filled(line: str, words: Mapping[str, Any], chance: random.Random) -> tuple[str, list[Place]]:
    text, at, planted = "", 0, []
    for slot in _SLOT.finditer(line):
        text += line[at : slot.start()]
        kind = slot[1]
        person = kind.lower() == "person"
        value = _person(words, chance, kind.isupper()) if person else chance.choice(words[kind])
        planted.append(Place(_ENTITIES[kind], len(text), len(text) + len(value)))
        text, at = text + value, slot.end()
    return text + line[at:], planted


def _person(words: Mapping[str, Any], chance: random.Random, capitals: bool) -> str:
    first, last = chance.choice(words["first"]), chance.choice(words["last"])
    shapes = [f"{first} {last}"] * 4 + [
        f"{first[0]}. {last}",
        unicodedata.normalize("NFD", f"{first} {last}"),
    ]
    if capitals:
        shapes = [
            f"{first} {last}".upper(),
            f"{last} {first}".upper(),
            f"{last.upper()}/{first.upper()}",
        ]
    return chance.choice(shapes)


def _errors(
    texts: Sequence[str], truth: Sequence[Sequence[Place]], told: Sequence[Sequence[Place]]
) -> Iterator[str]:
    kinds = frozenset(_ENTITIES.values())
    for text, labels, results in zip(texts, truth, told, strict=True):
        for sign, ones, others in (("missed", labels, results), ("wrong", results, labels)):
            for one in ones:
                if one.entity in kinds and not any(_meet(one, other) for other in others):
                    yield f"  {sign:7}{one.entity:16}[{text[one.start : one.end]}] {text!r}"


def _meet(one: Place, other: Place) -> bool:
    return one.entity == other.entity and one.start < other.end and other.start < one.end


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=int, default=150, help="texts a language")
    parser.add_argument("--language", help="one language alone")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    cache = Path(tempfile.gettempdir()) / "vitrail-bench"
    every = yaml.safe_load(_TEXTS.read_text("utf-8"))
    for language, words in every.items():
        if arguments.language not in (None, language):
            continue
        chance = random.Random(f"{arguments.seed} {language}")
        made_up = list(made(words, arguments.texts, chance))
        texts, truth = [text for text, _ in made_up], [planted for _, planted in made_up]
        told = by_vitrail(texts, language, cache)
        print(language)
        for kind, score in sorted(scores(truth, told).items()):
            print(
                f"  {kind:16}{f'{score.found}/{score.labels}':>11}"
                f"{f'{score.right}/{score.told}':>11}{score.f2():>7.3f}"
            )
        if arguments.errors:
            print("\n".join(dict.fromkeys(_errors(texts, truth, told))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
