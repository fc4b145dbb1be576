"""Values in hexadecimal digits, quoted-printable and packed base64 are found at their places."""

from __future__ import annotations

import gzip
import json
import quopri
import time
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.detect.decoding import readings
from vitrail.detect.detector import ColumnContext, Detector

MAIL = "zoe.martin@example.org"
LETTER = f"Dear Zoë, we wrote to {MAIL} about the order of last week, and nobody has answered yet."
WORDS = st.text(st.characters(min_codepoint=0xC0, max_codepoint=0x24F), min_size=14)


def found(detector: Detector, cell: str) -> list[tuple[str, str]]:
    hits = detector.judge(pa.array([cell]), ColumnContext("payload"), names=False)
    return [
        (kind, cell[start:end])
        for kind, start, end in zip(hits.entity_type, hits.start, hits.end, strict=True)
    ]


@pytest.mark.parametrize("write", ["{}", "0x{}", "\\x{}", "row 7: {};", '{{"body": "\\\\x{}"}}'])
def test_an_address_in_hexadecimal_digits_is_found_at_its_digits(
    detector: Detector, write: str
) -> None:
    for text in (LETTER, MAIL):
        for digits in (text.encode().hex(), text.encode().hex().upper()):
            (hit,) = found(detector, write.format(digits))
            assert (hit[0], bytes.fromhex(hit[1]).decode()) == ("EMAIL_ADDRESS", MAIL)


@given(WORDS)
def test_any_slice_of_hexadecimal_digits_decodes_to_what_was_read_there(text: str) -> None:
    cell = "0x" + text.encode().hex()
    (reading,) = readings(cell)
    assert reading.text == text
    for place, letter in enumerate(text):
        start, end = reading.placed(place, place + 1)
        assert bytes.fromhex(cell[start:end]).decode() == letter


@pytest.mark.parametrize(
    "cell",
    [
        "9f86d081884c7d659a2feaa0c55ad015",
        "31323334353637383930",
        "20260711203040506070",
        "/p?width=40&height=20",
        "size=E9",
        "x=40y",
        "H4sIAAAAAAAAAAAAAAAAAAAA",
    ],
)
def test_digests_numbers_and_parameters_have_no_other_reading(cell: str) -> None:
    assert [*readings(cell)] == []


@pytest.mark.parametrize(
    "cell",
    [
        quopri.encodestring(LETTER.encode()).decode(),
        "name=C3=AB zoe.mar=\r\ntin@example.org",
        "zoe.martin=40example.org",
        f"{LETTER[:60]} zoe.mar=\ntin@exam=\nple.org",
    ],
)
def test_an_address_in_the_writing_of_mail_is_found(detector: Detector, cell: str) -> None:
    hits = [text for kind, text in found(detector, cell) if kind == "EMAIL_ADDRESS"]
    assert MAIL in [quopri.decodestring(text).decode() for text in hits]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
@pytest.mark.parametrize("write", [b64encode, urlsafe_b64encode])
@pytest.mark.parametrize("around", ["{}", '{{"data": "{}"}}', "session=.{}.sig"])
def test_an_address_in_packed_base64_is_found_and_takes_the_whole(
    detector: Detector,
    pack: Callable[[bytes], bytes],
    write: Callable[[bytes], bytes],
    around: str,
) -> None:
    run = write(pack(json.dumps({"to": MAIL, "n": [1, 2]}).encode())).decode()
    assert found(detector, around.format(run)) == [("EMAIL_ADDRESS", run)]


def test_packed_bombs_and_endless_lines_cost_no_more_than_long_cells() -> None:
    bomb = b64encode(gzip.compress(bytes(64 << 20))).decode()
    small = b64encode(zlib.compress(b"a" * 4_000)).decode()
    cells = [bomb, f"{small} " * 20_000, "=C3=A9" + "x" * 400_000, "=40a" * 100_000,
             "ab" * 400_000, ("y" * 60 + "=\n") * 10_000]  # fmt: skip
    begin = time.process_time()
    for cell in cells:
        for reading in readings(cell):
            assert len(reading.text) <= 64 * len(cell)
    assert time.process_time() - begin < 10
