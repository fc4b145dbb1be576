"""E-mail addresses as people and programs write them, those that hide from programs among them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vitrail.detect import disguised_emails
from vitrail.detect.decoding import readings
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.keys import Keyring

Look = Callable[..., list[tuple[str, str, str]]]

CLEAR = "jo.martin@shop.fr"
DISGUISED = (
    "jo.martin at shop dot fr", "jo.martin [at] shop [dot] fr", "jo.martin(at)shop.fr",
    "jo.martin{at}shop{dot}fr", "jo.martin AT shop DOT fr", "jo dot martin at shop dot fr",
    "jo.martin arobase shop point fr", "jo point martin arobase shop point fr",
    "jo.martin arroba shop punto fr", "jo.martin arroba shop ponto fr",
    "jo.martin chiocciola shop punto fr", "jo.martin apenstaartje shop punt fr",
    "jo.martin klammeraffe shop punkt fr", "jo.martin ät shop punkt fr",
    "jo.martin (ät) shop (punkt) fr", "jo.martin at shop punkt fr", "jo.martin at shop point fr",
    "jo.martin [at] shop.fr", "jo.martin@shop dot fr", "jo.martin@shop[.]fr",
    "jo.martin <at> shop <dot> fr", "jo.martin at shop [dot] fr", "jo.martin (a) shop.fr",
    "jo.martin @ shop.fr", "jo.martin @ shop . fr", "jo.martin@ shop.fr", "jo.martin at shop.fr",
    "jo.martin arobase shop.fr", "jo.martin_at_shop_dot_fr", "jo.martin [ at ] shop [ dot ] fr",
    "jo.martin\u00a0at\u00a0shop\u00a0dot\u00a0fr",
)  # fmt: skip

PROSE = (
    "meet me at home dot", "look at this point in time", "look at the dot com bubble",
    "find us at amazon dot com", "robbed at gun point in Paris", "sold 2 @ 5.00 each",
    "the lunch @ booking.com was good", "look at example.com", "email us at shop.fr",
    "see node.js at npmjs.com", "read index.html at shop.com", "read setup.py at github.com",
    "version 2.0 at github.com", "article 5 (a) is. It says", "le point fr et la suite",
    "il punto it e poi", "at what point is it done", "at one point in the year",
    "the meeting at noon. It was", "arrive at 5 p.m. at home.no", "5 arroba de trigo",
    "user (at) work", "created_at_utc.fr", "a[0].id", "list[.]com", "he works at a dot com",
    "at that point to", "call @jo or @ann. No", "logo@2x dot png", "jo at nowhere dot zzz",
)  # fmt: skip

AS_WRITTEN = (
    ('"john doe"@example.org', '"john doe"@example.org'),
    ('write to "john.doe"@example.org, please', '"john.doe"@example.org'),
    ('"a\\"b"@example.org', '"a\\"b"@example.org'),
    ('{"to": "\\"john doe\\"@example.org"}', '\\"john doe\\"@example.org'),
    ("mailto:ann@example.org?subject=x", "ann@example.org"),
    ("Ann <ann@example.org>", "ann@example.org"),
    ('"Ann, B" <ann@example.org>; bo', "ann@example.org"),
    ("ann@bücher.de", "ann@bücher.de"),
    ("jörg@xn--bcher-kva.de", "jörg@xn--bcher-kva.de"),
    ("анна@почта.рф", "анна@почта.рф"),
    ("用户@例子.中国", "用户@例子.中国"),
    ("a.b+news@mail.eu.shop.co.uk.", "a.b+news@mail.eu.shop.co.uk"),
    ("o'neil@shop.museum", "o'neil@shop.museum"),
    ("user=ann@shop.fr|x", "ann@shop.fr"),
)


@pytest.fixture(scope="module")
def emails(tmp_path_factory: pytest.TempPathFactory) -> Detector:
    cache: Path = tmp_path_factory.mktemp("email-patterns")
    options = DetectorOptions(names="off", entities=("EMAIL_ADDRESS",))
    return Detector(options, Keyring(bytes(32)), cache)


@pytest.fixture(scope="module")
def read(emails: Detector) -> Look:
    """``read(cell, …)``: of each address its slice of the cell, its mask and its fingerprint."""

    def found(*cells: str) -> list[tuple[str, str, str]]:
        hits = emails.judge(pa.array(cells, pa.string()), ColumnContext("note"), names=False)
        rows = zip(hits.value, hits.start, hits.end, hits.masked, hits.fingerprint, strict=True)
        return [(cells[v][s:e], masked, print_) for v, s, e, masked, print_ in rows]

    return found


@pytest.mark.parametrize("written", DISGUISED)
def test_a_disguised_address_is_found_as_the_one_that_it_hides(read: Look, written: str) -> None:
    ((_, masked, print_),) = read(CLEAR)
    assert read(written) == [(written, masked, print_)]
    assert read(f"Bonjour, écrire à {written}, merci !") == [(written, masked, print_)]


@pytest.mark.parametrize("cell", PROSE)
def test_prose_with_at_and_dot_hides_no_address(read: Look, cell: str) -> None:
    assert read(cell) == []


def test_only_what_belongs_to_the_domain_is_taken(read: Look) -> None:
    cell = "john dot smith at mail dot shop dot co dot uk dot I am there"
    assert [place for place, *_ in read(cell)] == ["john dot smith at mail dot shop dot co dot uk"]
    two = "jo at shop dot fr, ann arobase shop point fr"
    assert [place for place, *_ in read(two)] == ["jo at shop dot fr", "ann arobase shop point fr"]


@pytest.mark.parametrize("encode", [quote, quote_plus, lambda t: quote(quote(t, safe=""), safe="")])
def test_a_disguise_behind_an_encoding_is_read_at_its_place_in_the_cell(
    read: Look, encode: Callable[[str], str]
) -> None:
    ((_, masked, print_),) = read(CLEAR)
    written = encode("jo.martin at shop dot fr")
    assert read(f"/s?q={written}&page=2") == [(written, masked, print_)]
    inside = b64encode(b"jo.martin at shop dot fr").decode()
    assert read(f"d={inside}") == [(inside, masked, print_)]


@pytest.mark.parametrize(("cell", "value"), AS_WRITTEN)
def test_an_address_is_found_in_every_form_that_programs_write(
    read: Look, cell: str, value: str
) -> None:
    assert [place for place, *_ in read(cell)] == [value]


def test_needless_quotation_marks_make_no_other_person(read: Look) -> None:
    assert read('"jo.martin"@shop.fr')[0][1:] == read(CLEAR)[0][1:]
    assert read("jo@bücher.de")[0][2] == read("jo@xn--bcher-kva.de")[0][2]


WORDS = st.lists(
    st.sampled_from(
        ["jo", "at", "dot", "(at)", "[.]", "@", ".", "arobase", "punkt", "point", "shop", "fr",
         "com", "in", "_at_", "_dot_", "é", "x.y", "a.b", "ät", "(", "<", "the"]
    ),
    min_size=3,
    max_size=12,
)  # fmt: skip


@example(words=["jo", "at", "jo", ".", "jo"], glue=" ")
@example(words=["x.y", "jo", "_at_", "jo", ".", "jo"], glue="")
@settings(max_examples=400, deadline=None)
@given(words=WORDS, glue=st.sampled_from(["", " ", "\u00a0", "  "]))
def test_whatever_is_read_as_an_address_was_called_by_the_pass_over_the_column(
    emails: Detector, words: list[str], glue: str
) -> None:
    cell = glue.join(words)
    prefilter = emails._sweep._prefilter
    if list(disguised_emails.disguised(cell)):
        _, judges = prefilter.candidates(pa.array([cell]))
        assert prefilter.encoded in judges.tolist()
    for reading in readings(cell):
        for place in range(len(reading.text)):
            start, end = reading.placed(place, place + 1)
            assert 0 <= start < end <= len(cell)
