"""Encoded cells are read as they were meant, and each character's place is that in the cell."""

from __future__ import annotations

import html
import json
import time
from base64 import b64decode, b64encode, encodebytes, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import quote, quote_plus, unquote

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.detect.decoding import readings
from vitrail.detect.detector import ColumnContext, Detector

Look = Callable[..., list[tuple[str, str]]]

LETTERS = st.characters(
    exclude_categories=("C", "Nd", "Pd", "Z"),
    include_characters="0123456789 -",
    exclude_characters="%&\\+=\u2212" + "".join(map(chr, range(0xFF01, 0xFF5F))),
)
TEXT = st.text(LETTERS, min_size=1, max_size=40)
PRINTABLE = st.text(LETTERS.filter(str.isprintable), min_size=1, max_size=40)


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def decimal_entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" for c in text)


def json_escapes(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def from_json(written: str) -> str:
    value: str = json.loads(f'"{written}"')
    return value


WRITINGS: list[tuple[Callable[[str], str], Callable[[str], str]]] = [
    (percent, unquote),
    (lambda t: quote(percent(t), safe=""), lambda t: unquote(unquote(t))),
    (decimal_entities, html.unescape),
    (json_escapes, from_json),
]


@pytest.mark.parametrize(("write", "read"), WRITINGS)
@given(text=TEXT, around=st.sampled_from(["", "é ", "x=", "漢字;"]))
def test_every_slice_of_the_cell_decodes_to_what_was_read_there(
    write: Callable[[str], str], read: Callable[[str], str], text: str, around: str
) -> None:
    cell = around + write(text) + around[::-1]
    (reading,) = readings(cell)
    assert reading.text == around + text + around[::-1]
    places = [reading.placed(i, i + 1) for i in range(len(reading.text))]
    assert all(before[1] == after[0] for before, after in pairwise(places))
    for i in range(len(reading.text)):
        start, end = places[i]
        assert read(cell[start:end]) == reading.text[i]


@given(text=PRINTABLE, start=st.integers(0, 59), size=st.integers(1, 30), safe=st.booleans())
def test_a_slice_of_base64_decodes_to_the_value_within_two_bytes(
    text: str, start: int, size: int, safe: bool
) -> None:
    encode, decode = (urlsafe_b64encode, urlsafe_b64decode) if safe else (b64encode, b64decode)
    text = f"a first line {text}"
    cell = f"id: {encode(text.encode()).decode()}, end"
    (reading,) = readings(cell)
    assert reading.text == f"id: {text}, end"
    begin = 4 + min(start, len(text) - 1)
    value = reading.text[begin : min(begin + size, 4 + len(text))]
    first, last = reading.placed(begin, begin + len(value))
    inside = decode(cell[first:last] + "=" * (-(last - first) % 4))
    assert value.encode() in inside
    assert len(inside) <= len(value.encode()) + 4


@given(st.text(max_size=60))
def test_any_text_can_be_decoded(text: str) -> None:
    for cell in (text, f"%{text}%zz%ff%C3", f"\\ud800{text}\\", f"&#{text};&#55296;&#x110000;"):
        for reading in readings(cell.encode("utf-8", "replace").decode()):
            for i in range(len(reading.text)):
                start, end = reading.placed(i, i + 1)
                assert 0 <= start < end <= len(cell)


@pytest.mark.parametrize("cell", ["a plain cell", "a%ffb", "100% &co", "C:", "1+1=2", ""])
def test_what_is_not_encoded_has_no_other_reading(cell: str) -> None:
    assert list(readings(cell)) == []


@pytest.mark.parametrize(
    ("entity", "value"),
    [
        ("EMAIL_ADDRESS", "jo.martin@shop.example.fr"),
        ("CREDIT_CARD", "4111 1111 1111 1111"),
        ("IBAN_CODE", "DE89 3704 0044 0532 0130 00"),
        ("PHONE_NUMBER", "+33 6 12 34 56 78"),
        ("FR_NIR", "1 85 05 78 006 084 91"),
        ("IP_ADDRESS", "2001:db8::8a2e:370:7334"),
        ("MAC_ADDRESS", "00:1A:2B:3C:4D:5E"),
        ("STREET_ADDRESS", "12 rue de la Paix, 75002 Paris"),
        ("UK_NINO", "AB 12 34 56 C"),
    ],
)
def test_what_is_found_in_clear_is_found_encoded(look: Look, entity: str, value: str) -> None:
    def found(cell: str) -> list[str]:
        return [text for kind, text in look(cell) if kind == entity]

    inner = json.dumps({"note": value})
    in_base64 = urlsafe_b64encode(inner.encode()).decode().rstrip("=")
    once, twice = quote(value, safe=""), quote(quote(value, safe=""), safe="")
    assert found(value) == [value]
    assert found(f"/s?x=1&q={once}&y=2") == [once]
    assert found(f"/s?x=1&q={twice}#top") == [twice]
    assert found(f"https://a.example/s#q={quote_plus(value)}") == [quote_plus(value)]
    assert found(json.dumps({"a": json.dumps({"b": value})})) == [value]
    assert found(f'{{"q": "{json_escapes(value)}"}}') == [json_escapes(value)]
    assert found(decimal_entities(value)) == [decimal_entities(value)]
    alone = b64encode(value.encode()).decode()
    assert found(alone) == [alone]
    assert found(f"/s?d={quote(alone, safe='')}") == [quote(alone, safe="")]
    (cut,) = found(f"/s?data={in_base64}&x=1")
    assert value in urlsafe_b64decode(cut + "==").decode()


def test_a_value_has_one_fingerprint_and_one_shape_in_clear_and_encoded(
    detector: Detector,
) -> None:
    cells = ["jo@shop.fr", "/s?q=jo%2540shop.fr", b64encode(b"jo@shop.fr").decode()]
    found = detector.judge(pa.array(cells), ColumnContext("note"), names=False)
    assert len(set(found.fingerprint)) == 1
    assert len(set(found.masked)) == 1


def test_hostile_cells_are_read_in_bounded_time() -> None:
    nested = "jo@shop.fr"
    for _ in range(30):
        nested = quote(b64encode(nested.encode()).decode(), safe="")
    cells = ["A" * 400_000, "%25" * 100_000, "\\" * 200_000, "a/" * 100_000, nested,
             b64encode(bytes(range(256)) * 800).decode(), "&#38;#38;" * 20_000,
             "=" + "a+" * 100_000]  # fmt: skip
    begin = time.process_time()
    for cell in cells:
        for reading in readings(cell):
            assert len(reading.text) <= len(cell)
    assert time.process_time() - begin < 10


NESTED = {"user": {"email": "jo.martin@shop.fr", "id": 4}, "x": [1, 2]}


def base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def base64_for_links(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def percent_twice(text: str) -> str:
    return quote(quote(text, safe=""), safe="")


@pytest.mark.parametrize(
    "cell",
    [
        "/s?d=" + quote(base64(json.dumps(NESTED)), safe=""),
        "/s?d=" + base64_for_links(json.dumps(NESTED)) + "&x=1",
        "/s?d=" + percent_twice(base64(json.dumps(NESTED))),
        "/s?d=" + base64(percent_twice(json.dumps(NESTED))),
        "https://shop.fr/" + base64_for_links(json.dumps(NESTED)) + "/edit",
        json.dumps({"payload": base64(json.dumps(NESTED))}),
        json.dumps({"payload": json.dumps({"inner": json.dumps(NESTED)})}),
        json.dumps({"html": html.escape('<a href="mailto:jo.martin&#64;shop.fr">')}),
        base64(base64(json.dumps(NESTED))),
        "data:text/plain;base64," + base64("bonjour jo.martin@shop.fr"),
        "=?UTF-8?B?" + base64("Jo <jo.martin@shop.fr>") + "?=",
        "a=" + quote(base64('{"a":"' + quote(base64(json.dumps(NESTED)), safe="") + '"}')),
        "jo.martin%u0040shop.fr",
        encodebytes(b"x" * 50 + json.dumps(NESTED).encode()).decode(),
        json.dumps({"body": encodebytes(b"x" * 50 + json.dumps(NESTED).encode()).decode()}),
    ],
)
def test_an_address_is_found_through_every_nesting_at_its_place_in_the_cell(
    detector: Detector, cell: str
) -> None:
    found = detector.judge(
        pa.array([cell, "jo.martin@shop.fr"]), ColumnContext("note"), names=False
    )
    emails = [n for n, kind in enumerate(found.entity_type) if kind == "EMAIL_ADDRESS"]
    assert found.value[emails].tolist() == [0, 1]
    assert len({found.fingerprint[n] for n in emails}) == 1
    start, end = found.start[emails[0]], found.end[emails[0]]
    (reading, *_) = readings(cell)
    place = reading.text.index("jo.martin@shop.fr")
    assert reading.placed(place, place + len("jo.martin@shop.fr")) == (start, end)


@given(text=st.text("0123456789 -@.abcß", min_size=1, max_size=20))
def test_the_digits_blanks_and_dashes_of_print_are_read_as_plain_ones(text: str) -> None:
    printed = text.translate(str.maketrans("0123456789 -@", "٠١٢३४५６７８９\u00a0\u2011＠"))
    for reading in readings(f"\u200b{printed}"):
        assert reading.text == text
        assert [reading.placed(i, i + 1) for i in range(len(text))] == [
            (i + 1, i + 2) for i in range(len(text))
        ]


@pytest.mark.parametrize(
    ("entity", "value"),
    [
        ("IBAN_CODE", "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000"),
        ("CREDIT_CARD", "4111\u202f1111\u202f1111\u202f1111"),
        ("CREDIT_CARD", "٤١١١١١١١١١١١١١١١"),
        ("CREDIT_CARD", "４１１１１１１１１１１１１１１１"),
        ("PHONE_NUMBER", "600\u00a0123\u00a0456"),
        ("US_SSN", "536\u201190\u20114399"),
        ("EMAIL_ADDRESS", "jo.martin＠shop.fr"),
        ("EMAIL_ADDRESS", "jo.martin@\u200bshop.fr"),
    ],
)
def test_values_in_print_are_found_at_their_places(look: Look, entity: str, value: str) -> None:
    assert look(f"noté : {value} ; merci") == [(entity, value)]
