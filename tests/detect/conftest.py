"""One detector for the room's tests: compiling its patterns takes seconds."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.keys import Keyring
from vitrail.model import ColumnType

Found = list[tuple[str, str]]
"""(entity type, the text it covers), in order."""


@pytest.fixture(scope="session")
def cache() -> Path:
    return cache_folder()


@pytest.fixture(scope="session")
def detector(cache: Path) -> Detector:
    return Detector(DetectorOptions(names="off"), Keyring(bytes(32)), cache)


@pytest.fixture(scope="session")
def look(detector: Detector) -> Callable[..., Found]:
    """``look(*cells, column="note")``: what is found in a column of these cells."""

    def found(*cells: str, column: str = "note", kind: ColumnType = ColumnType.TEXT) -> Found:
        context = ColumnContext(column, kind)
        hits = detector.judge(pa.array(cells, pa.string()), context, names=False)
        return [
            (entity, cells[value][start:end])
            for value, entity, start, end in zip(
                hits.value, hits.entity_type, hits.start, hits.end, strict=True
            )
        ]

    return found


# --- texts made up at random, with values of every kind in them

SENTENCES = """
the client called about invoice order status paid please send details for account of her
la commande est arrivée merci für den Vertrag número de pedido il mio ordine o pedido het
card phone iban passport ssn born né le geboren email version build https www id ref
"""
WORDS = SENTENCES.split()
GLUE = (" ", " ", " ", ", ", ": ", "; ", "\n", "\t", " - ", "=", "/", "(", ")", '"', ".", "_")


def _digits(rng: random.Random, size: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(size))


def _grouped(rng: random.Random, *sizes: int) -> str:
    return rng.choice(" -./ ").join(_digits(rng, size) for size in sizes)


def value(rng: random.Random) -> str:
    """Something that a recogniser may take an interest in."""
    kinds = (
        lambda: (
            f"u{_digits(rng, 3)}.x@{rng.choice(['shop.fr', 'mail.co.uk', 'nowhere.zz', 'é.de'])}"
        ),
        lambda: rng.choice(
            ["4111 1111 1111 1111", "5555555555554444", "378282246310005", "4111111111111112"]
        ),
        lambda: rng.choice(
            ["FR1420041010050500013M02606", "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765431"]
        ),
        lambda: ".".join(str(rng.randint(0, 300)) for _ in range(4)),
        lambda: f"2001:db8::{_digits(rng, 2)}",
        lambda: "00:1a:2B:3c:4d:" + _digits(rng, 2),
        lambda: _grouped(rng, 3, 2, 4),
        lambda: _grouped(rng, 3, 3, 4),
        lambda: _grouped(rng, 2, 2, 2, 2, 2),
        lambda: "+33" + _digits(rng, 9),
        lambda: _digits(rng, rng.randint(5, 20)),
        lambda: _digits(rng, 8) + rng.choice("ABCDEFGHJKLMNPQRSTVWXYZ"),
        lambda: rng.choice("XYZ") + _digits(rng, 7) + rng.choice("ABCDEFGHJKLMNPQRSTVWXYZ"),
        lambda: "AB" + _digits(rng, 6) + "C",
        lambda: str(uuid.UUID(int=rng.getrandbits(128))),
        lambda: f"{rng.getrandbits(128):032x}",
        lambda: f"{rng.randint(1, 31)}/{rng.randint(1, 12)}/{rng.randint(1930, 2010)}",
        lambda: "sk_live_" + f"{rng.getrandbits(96):024x}",
        lambda: f"{rng.randint(1, 99)} rue de la Paix, 75002 Paris",
        lambda: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        lambda: "https://shop.fr/a?email=x%40shop.fr&name=z",
        lambda: "RSSMRA85T10A562S",
        lambda: "131052-308T",
        lambda: "1 85 05 78 006 084 91",
    )
    return rng.choice(kinds)()


def made_up(count: int, seed: int) -> Iterator[str]:
    """Runs of words and values, some of them one value alone."""
    rng = random.Random(seed)
    for _ in range(count):
        if rng.random() < 0.3:
            yield value(rng)
            continue
        parts: list[str] = []
        for _ in range(rng.randint(2, 9)):
            parts += [value(rng) if rng.random() < 0.35 else rng.choice(WORDS), rng.choice(GLUE)]
        yield "".join(parts)


@pytest.fixture(scope="session")
def texts() -> Callable[[int, int], list[str]]:
    """``texts(count, seed)``; the same seed gives the same."""
    return lambda count, seed: list(made_up(count, seed))
