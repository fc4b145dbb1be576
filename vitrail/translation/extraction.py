"""``make translations``: what the code says, brought into every catalogue.

What a catalogue has told already stays; what is new stands in it untold, what is gone goes. A
sentence is told by a person: nothing is guessed from one that is like it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from vitrail.translation.figures import FIRST, PATTERNS
from vitrail.translation.finished import of_all, of_errors, of_heads, of_nested, of_words
from vitrail.translation.fronts import of_yaml
from vitrail.translation.printed import of_typst
from vitrail.translation.retelling import MARKS
from vitrail.translation.speaking import CATALOGUES

HOUSE: Final = Path(__file__).parents[2]
_KEYWORDS: Final = {"_": None, "N_": None, "ngettext": (1, 2)}

#: No dates and no names in it: what is not told by the words is told by the history.
_HEAD: Final = """msgid ""
msgstr ""
"Project-Id-Version: Vitrail\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

#: Where pages and reports have their words from, and how each is read.
_READ: Final = (
    ("pages/*.py", ("python", of_heads)),
    ("vitrail/ui/*.py", ("python", of_heads, of_errors, of_nested)),
    ("vitrail/report/*.py", ("python", of_nested)),
    ("vitrail/report/templates/*.j2", ("jinja2",)),
    ("vitrail/report/templates/*.typ", (of_typst,)),
    ("vitrail/model/actors.py", (of_words,)),
    ("vitrail/model/cases.py", (of_words,)),
    ("vitrail/model/findings.py", (of_words,)),
    ("vitrail/model/inputs.py", (of_words,)),
    ("vitrail/model/inventory.py", (of_words,)),
    ("vitrail/model/severity.py", (of_words,)),
    ("vitrail/model/triage.py", (of_words,)),
    ("vitrail/model/releases.py", (of_all,)),
    ("vitrail/model/settings_standing.py", (of_all,)),
    ("vitrail/gate/comparison.py", (of_all,)),
    ("vitrail/gate/digests.py", (of_words,)),
    ("vitrail/gate/wording.py", (of_all,)),
    ("vitrail/gate/private/wording.py", (of_all,)),
    ("vitrail/gate/*.py", (of_errors,)),
    ("vitrail/detect/entities.py", (of_words,)),
    ("vitrail/detect/explaining.py", (of_all,)),
    ("vitrail/ledger/kinds.py", (of_words,)),
    ("vitrail/ledger/*.py", (of_errors,)),
    ("vitrail/promises/causes.py", (of_all,)),
    ("vitrail/promises/sentences.py", (of_all,)),
    ("vitrail/promises/verdict.py", (of_all,)),
    ("vitrail/scan/documents.py", (of_all,)),
    ("vitrail/scan/name_hits.py", (of_all,)),
    ("vitrail/scan/verdicts.py", (of_all,)),
    ("vitrail/workspace/*.py", (of_errors,)),
    ("vitrail/trace/*.py", (of_errors,)),
    ("vitrail/exports/**/*.py", (of_errors,)),
    ("vitrail/access.py", (of_errors,)),
    ("vitrail/sign_in.py", (of_errors,)),
    ("vitrail/config.py", (of_errors,)),
    ("queries/facts/*.sql", (of_yaml,)),
    ("queries/promises/*.sql", (of_yaml,)),
    ("queries/registers/*.sql", (of_yaml,)),
    ("policies/*.yaml", (of_yaml,)),
)


def template() -> Catalog:
    """Every message of the code, in the order of its files."""
    found = Catalog(project="Vitrail", charset="utf-8")
    for pattern in (*PATTERNS, FIRST):
        found.add(pattern, locations=[("vitrail/translation/figures.py", 0)])
    for mark in MARKS:
        found.add(mark, locations=[("vitrail/translation/retelling.py", 0)])
    for place, message in _messages():
        found.add(message, locations=[(place, 0)])
    return found


def _messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for pattern, ways in _READ:
        for file in sorted(HOUSE.glob(pattern)):
            content, place = file.read_bytes(), file.relative_to(HOUSE).as_posix()
            for way in ways:
                for message in _found(way, content):
                    yield place, message


def _found(way: Any, content: bytes) -> Iterator[str | tuple[str, ...]]:
    """The messages of one file; ``way`` is a name or a function that Babel takes as method."""
    for _line, message, *_rest in extract(way, BytesIO(content), _KEYWORDS):
        if message:
            yield message


def brought_up(file: Path, messages: Catalog) -> bytes:
    """A catalogue with the messages of now: what is known stays, what is gone goes."""
    with file.open("rb") as stream:
        read = read_po(stream, locale=file.stem)
    read.update(messages, no_fuzzy_matching=True, update_creation_date=False)
    read.obsolete.clear()
    written = BytesIO()
    write_po(written, read, width=100, include_lineno=False, omit_header=True)
    return _HEAD.format(code=file.stem, plurals=read.plural_forms).encode() + written.getvalue()


def main() -> None:
    messages = template()
    for file in sorted(CATALOGUES.glob("*.po")):
        file.write_bytes(brought_up(file, messages))
        with file.open("rb") as stream:
            untold = sum(not all(_forms(m.string)) for m in read_po(stream) if m.id)
        sys.stdout.write(f"{file.name}: {len(messages)} messages, {untold} not told yet\n")


def _forms(told: str | Sequence[str] | None) -> tuple[str, ...]:
    return (told or "",) if isinstance(told, str) or told is None else tuple(told)


if __name__ == "__main__":
    main()
