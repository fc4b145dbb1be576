"""Of ten thousand persons each is found in each writing, wherever it stands, and nobody else is."""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import numpy as np
import numpy.typing as npt
import pytest

from vitrail.trace import Subject, identifier
from vitrail.trace.finder import Finder
from vitrail.trace.forms import forms_of

from .conftest import Traced

MANY = 10_000
#: Of the places that a pass looks at in turn: words, chunks of them, blocks of a large file.
WORD, CHUNK, BLOCK = 8, 256 << 10, 8 << 20
LISTS: dict[str, Callable[[int], str]] = {
    "long addresses": lambda n: f"first{n}.last-name{n * 7919}@letterbox-{n % 500}.org",
    "middling addresses": lambda n: f"lea.{n}@mail.example",
    "short addresses": lambda n: f"a{n}@b.fr",
    "addresses with signs": lambda n: f"o'neil+é{n}@bücher-{n}.example",
    "accounts": lambda n: f"account:K-{n * 104729 % 10**6:06d}",
    "account numbers": lambda n: f"account:{10**7 + n * 7919}",
    "names": lambda n: f"Élodie{chr(97 + n % 26)} Roy{''.join(chr(97 + int(c)) for c in str(n))}",
}

END: dict[str, Callable[[int], str]] = {**LISTS, "short codes": lambda n: f"account:Q{n:05d}"}


def _list(kind: str, size: int = MANY) -> list[Subject]:
    return [Subject((identifier(LISTS[kind](n)),)) for n in range(size)]


def _planted(
    literals: list[bytes], draw: random.Random
) -> tuple[npt.NDArray[np.uint8], dict[int, bytes]]:
    """A buffer of more than two blocks with the literals at its ends, over the borders of all that
    is looked at in turn, and anywhere; letters on either side."""
    size = 2 * BLOCK + 3 * CHUNK + draw.randrange(64)
    data = np.frombuffer(draw.randbytes(size), np.uint8) % 26 + 97
    last = literals[-1]
    wanted = [0, size - len(last), *(BLOCK * n - draw.randrange(1, 20) for n in (1, 2))]
    wanted += (CHUNK * draw.randrange(1, size // CHUNK) - draw.randrange(1, 20) for _ in range(20))
    wanted += (draw.randrange(size) for _ in literals)
    free, places = np.ones(size + 200, np.bool_), {}
    for literal, start in zip([literals[0], last, *literals[1:]], wanted, strict=False):
        end = start + len(literal)
        if end <= size and free[max(0, start - 1) : end + 1].all():
            data[start:end] = np.frombuffer(literal, np.uint8)
            free[start:end] = False
            places[start] = literal
    return data, places


@pytest.mark.parametrize("kind", LISTS)
def test_each_writing_is_found_at_any_place_among_ten_thousand(kind: str) -> None:
    draw, subjects = random.Random(kind), _list(kind)
    finder = Finder(subjects)
    literals = [
        draw.choice((str, str.lower, str.upper))(form.literal).encode()
        if form.literal.isascii()
        else form.literal.encode()
        for subject in draw.sample(subjects, 40)
        for form in forms_of(subject.identifiers[0])
    ]
    draw.shuffle(literals)
    data, places = _planted(literals, draw)
    assert {0, len(data) - len(literals[-1])} < places.keys()
    assert len(places) > 0.9 * min(len(literals), 300)
    seen = {(s.start, s.form.literal.encode().lower()) for s in finder.find_in_large(data)}
    assert {(start, literal.lower()) for start, literal in places.items()} <= seen


@pytest.mark.parametrize("kind", ["long addresses", "accounts", "short codes"])
def test_the_end_of_a_buffer_is_not_blind(kind: str) -> None:
    finder = Finder([Subject((identifier(END[kind](n)),)) for n in range(1000)])
    literal = END[kind](3).removeprefix("account:").encode()
    for behind in range(160):
        data = np.full(40_000, ord("x"), np.uint8)
        start = len(data) - len(literal) - behind
        data[start : start + len(literal)] = np.frombuffer(literal, np.uint8)
        assert {one.start for one in finder.find(data)} == {start}, behind


ENCODINGS: dict[str, Callable[[str], str]] = {
    "percent": lambda v: quote(v, safe=""),
    "percent twice": lambda v: quote(quote(v, safe=""), safe=""),
    "json": lambda v: v.replace("@", "\\u0040"),
    "base64": lambda v: base64.b64encode(v.encode()).decode(),
    "base64 within": lambda v: base64.urlsafe_b64encode(f"~?{v}>".encode()).decode(),
    "md5": lambda v: hashlib.md5(v.encode()).hexdigest().upper(),
    "sha1": lambda v: hashlib.sha1(v.encode()).hexdigest(),
    "sha256": lambda v: hashlib.sha256(v.encode()).hexdigest(),
    "md5 in base64": lambda v: base64.b64encode(hashlib.md5(v.encode()).digest()).decode(),
    "sha256 in base64": lambda v: base64.b64encode(hashlib.sha256(v.encode()).digest()).decode(),
    "plain": str,
}


def test_ten_thousand_are_traced_through_a_file_to_their_rows(
    tmp_path: Path, trace_in: Traced
) -> None:
    lines = [LISTS["long addresses"](n) for n in range(MANY)]
    draw = random.Random(7)
    asked = {draw.randrange(40_000): draw.choice(lines) for _ in range(300)}
    asked[0], asked[39_999] = lines[0], lines[-1]
    rows, expected = ["body"], set()
    for row in range(40_000):
        text = f"other{row}.name@letterbox-{row % 500}.org " + "x" * draw.randrange(30)
        if row in asked:
            how, write = draw.choice(list(ENCODINGS.items()))
            text = f"{text} {write(asked[row])}"
            expected.add((row, "text" if how == "plain" else how))
        rows.append(text)
    (tmp_path / "t.csv").write_text("\n".join(rows))
    found = trace_in(tmp_path, *lines, each=True)
    assert {p.row for p in found.places} == {row for row, _ in expected}
    assert len(found.places) == len(expected)
    assert len({p.subject for p in found.places}) == len(set(asked.values()))


def test_a_name_with_accents_is_found_in_any_case() -> None:
    finder = Finder([Subject((identifier("Élodie Dupont-Roy"), identifier("Ольга Жукова")))])
    for text in ("ÉLODIE DUPONT-ROY", "élodie dupont-roy", "elodie.dupont-roy", "Ольга Жукова"):
        data = np.frombuffer(f"de {text}, {'x' * 100}".encode(), np.uint8)
        assert {one.start for one in finder.find(data)} == {3}, text
