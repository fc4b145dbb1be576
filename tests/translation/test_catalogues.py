"""Each catalogue tells what the code says: all of it, nothing else, with the same values."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from vitrail.translation.extraction import HOUSE, brought_up, template
from vitrail.translation.speaking import CATALOGUES

FILES = sorted(CATALOGUES.glob("*.po"))


@pytest.fixture(scope="module")
def of_the_code() -> Catalog:
    return template()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_catalogue_holds_what_the_code_says_now(file: Path, of_the_code: Catalog) -> None:
    assert file.read_bytes() == brought_up(file, of_the_code), "run `make translations`"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_message_is_told(file: Path) -> None:
    assert [m.id for m in _messages(file) if not all(_forms(m.string))] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_values_in_a_message_are_those_of_the_english_one(file: Path) -> None:
    assert [m.id for m in _messages(file) if not _same_values(m)] == []


def test_a_message_is_found_wherever_the_code_tells_it(of_the_code: Catalog) -> None:
    told = {
        call.args[0].value
        for room in ("pages", "vitrail/ui", "vitrail/report")
        for file in (HOUSE / room).glob("*.py")
        for call in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_", "ngettext")
        if isinstance(call.args[0], ast.Constant)
    }
    known = {_forms(message.id)[0] for message in of_the_code if message.id}
    assert told - known == set()


def _messages(file: Path) -> list[Message]:
    with file.open("rb") as stream:
        return [message for message in read_po(stream, locale=file.stem) if message.id]


def _forms(words: str | tuple[str, ...] | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _values(words: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(words) if name}


def _same_values(message: Message) -> bool:
    english = [_values(form) for form in _forms(message.id)]
    return all(_values(told) in english for told in _forms(message.string) if told)
