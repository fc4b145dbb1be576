from __future__ import annotations

from pathlib import Path

import pytest

from vitrail.config import Settings, Source
from vitrail.database_addresses import database_name, is_database, shown_address
from vitrail.errors import ConfigError, VitrailError
from vitrail.exports.catalog import Catalog
from vitrail.exports.presets import resolve
from vitrail.keys import Keyring
from vitrail.ledger import Ledger
from vitrail.scan import ScanOptions, plan, run

#: Each form in which an address may hold a password, whose words are "hidden" and "word".
FORMS = [
    "postgresql://reader:hidden-word@127.0.0.1:9/crm",
    "postgres://reader:hidden%2Fword%40@127.0.0.1:9/crm",
    "postgresql://reader@127.0.0.1:9/crm?password=hidden-word&sslmode=disable",
    "postgresql://reader:outer@127.0.0.1:9/crm?sslpassword=hidden&password=word",
    "host=127.0.0.1 port=9 user=reader password=hidden-word dbname=crm",
    r"host = 127.0.0.1 port=9 password = 'hidden  \'word\'' dbname='crm' user=reader",
    "password='hidden word' host=127.0.0.1 port=9 dbname=crm",
]
#: What is no address for want of percent-encoding or quotes; yet it may hold a password.
BROKEN = [
    "postgresql://reader:hidden/word@127.0.0.1:9/crm",
    "postgresql://reader:7/hidden@word@127.0.0.1:9/crm",
    "postgresql://reader:hidden@word@127.0.0.1:9/crm",
    "postgresql://reader:hidden-word@127.0.0.1:9/crm?word=hidden",
    "host=127.0.0.1 password=hidden word dbname=crm",
    "Host=127.0.0.1;Password=hidden;Database=word",
]


def _told(text: str) -> bool:
    return "hidden" in text or "word" in text.replace("password", "")


@pytest.mark.parametrize("address", FORMS)
def test_an_address_is_shown_without_its_password_in_each_form(address: str) -> None:
    assert is_database(address)
    assert shown_address(address).startswith("postgresql://…@127.0.0.1:9/crm")
    assert database_name(address) == "crm"
    assert not _told(shown_address(address))


@pytest.mark.parametrize("address", [*FORMS, *BROKEN])
def test_no_object_error_or_list_of_inputs_tells_a_password(address: str, tmp_path: Path) -> None:
    source = Source(url=address, table="accounts")
    found = Catalog.discover([address])
    told = [repr(source), repr(resolve("crm", source)), repr(found.unreadable)]
    told += [repr(Settings(sources={"crm": source}, ledger_url=address))]
    with pytest.raises(VitrailError) as caught:
        Ledger.open(address, "0123456789abcdef", home=tmp_path)
    told += [repr(caught.value), str(caught.value), repr(caught.value.__cause__)]
    assert len(found.unreadable) == 1
    assert not any(map(_told, told)), told
    assert list(tmp_path.iterdir()) == [], "no file is called by an address"


def test_neither_a_scans_plan_nor_what_it_writes_tells_a_password(tmp_path: Path) -> None:
    planned = plan([*FORMS, *BROKEN], ScanOptions(names="off"))
    done = run(planned, tmp_path, Keyring(bytes(range(32))), run_id="scan-1")
    written = [file.read_text("utf-8", "replace") for file in tmp_path.rglob("*") if file.is_file()]
    assert len(done.unreadable) == len([*FORMS, *BROKEN])
    assert ":9/crm" in "".join(written)
    assert not any("hidden" in text for text in [*written, repr(planned), repr(done)])


@pytest.mark.parametrize("address", BROKEN)
def test_what_is_no_address_is_told_as_such_and_not_in_part(address: str) -> None:
    assert shown_address(address) == "postgresql://…"
    assert database_name(address) == "postgres"
    with pytest.raises(ConfigError, match="no address of a database"):
        Ledger.open(address, "0123456789abcdef")


def test_a_service_is_shown_by_its_name_and_its_file_by_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "services"
    file.write_text("[crm]\nhost=127.0.0.1\nport=9\npassword=hidden-word\nwrong\n")
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    for address in ("service=crm", "postgresql:///?service=crm"):
        assert shown_address(address) == "postgresql://…@/?service=crm"
        assert database_name(address) == "crm"
        reasons = [found.reason or "" for found in Catalog.discover([address]).unreadable]
        assert ["crm could not be reached" in reason for reason in reasons] == [True]
        assert not _told("".join(reasons))


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("mysql://u:hidden@h/word", "mysql://…"),
        ("sqlite:///l.db", "sqlite:///l.db"),
        ("a.db", "a.db"),
    ],
)
def test_another_kind_of_place_is_shown_by_its_scheme_alone_unless_it_is_a_file(
    place: str, told: str
) -> None:
    assert not is_database(place)
    assert shown_address(place) == told
