"""Addresses of machines and of wallets, in every form that logs and tables have them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.keys import Keyring

Look = Callable[[str], list[tuple[str, str]]]

IP = (
    "203.0.113.77", "203.0.113.0/24", "2001:db8::8a2e:370:7334", "::1", "fe80::1", "2001:db8::",
    "2001:0db8:85a3:0000:0000:8a2e:0370:7334", "2001:DB8:0:1::A", "2001:db8:0:0:1:0:0:1",
    "::ffff:192.0.2.128", "::ffff:c000:280", "64:ff9b::203.0.113.5", "fe80::1%eth0",
    "fe80::a00:27ff:fe4e:66a1%en0", "2001:db8:1::/48", "2001:db8::1/64",
)  # fmt: skip
MAC = (
    "00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e", "001a.2b3c.4d5e", "AA-BB-CC-DD-EE-F0",
    "AABB.CCDD.EEF0",
)  # fmt: skip
WALLETS = (
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    # BIP 173 and BIP 350: a witness of version 0, of 1, and one in the capitals of a QR code
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
    "0x52908400098527886E0F7030069857D2E4169EE7", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
)  # fmt: skip
VALUES = [
    (kind, value)
    for kind, values in (("IP_ADDRESS", IP), ("MAC_ADDRESS", MAC), ("CRYPTO", WALLETS))
    for value in values
]

IN_PLACE = (
    ("203.0.113.77", "203.0.113.77:8080"),
    ("203.0.113.77", "http://203.0.113.77:8080/x"),
    ("203.0.113.77", "for=203.0.113.77;proto=https"),
    ("2001:db8::1", "[2001:db8::1]:443"),
    ("2001:db8::1", "http://[2001:db8::1]:8080/a"),
    ("2001:db8::1", "src=2001:db8::1 dst=x"),
    ("fe80::1%25eth0", "http://[fe80::1%25eth0]/"),
)
OTHERS = (
    "12:30:45", "std::vector<int>", "Foo::Bar::baz", "::", "12-34-56", "face::book", "0xdeadbeef",
    "key::value", "1.2.3", "1.3.6.1.4", "oid 1.3.6.1.4.1",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdx",
    "bC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "00:00:00:00:00:00",
)  # fmt: skip


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    cache: Path = tmp_path_factory.mktemp("network-patterns")
    options = DetectorOptions(names="off", entities=("IP_ADDRESS", "MAC_ADDRESS", "CRYPTO"))
    detector = Detector(options, Keyring(bytes(32)), cache)

    def found(cell: str) -> list[tuple[str, str]]:
        hits = detector.judge(pa.array([cell]), ColumnContext("note"), names=False)
        places = zip(hits.entity_type, hits.start, hits.end, strict=True)
        return [(entity, cell[start:end]) for entity, start, end in places]

    return found


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_an_address_is_found_whole_alone_in_a_sentence_and_in_json(
    look: Look, kind: str, value: str
) -> None:
    for cell in (value, f"vu depuis {value} hier", f"a={value},ok", f'{{"x": "{value}"}}'):
        assert look(cell) == [(kind, value)]


@pytest.mark.parametrize(("value", "cell"), IN_PLACE)
def test_a_port_brackets_and_a_link_around_it_are_no_part_of_an_address(
    look: Look, value: str, cell: str
) -> None:
    assert look(cell) == [("IP_ADDRESS", value)]


@pytest.mark.parametrize("cell", OTHERS)
def test_times_names_of_programs_and_longer_numbers_are_no_addresses(look: Look, cell: str) -> None:
    assert look(cell) == []
