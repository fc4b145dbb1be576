"""What a shape cannot tell: a regex that does not compile, a check that does not exist, a name
that is taken. Each mistake is one sentence with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from importlib.util import find_spec
from typing import Any, Final

from vitrail.detect.entities import ENTITIES
from vitrail.detect.own.document import Document, Path
from vitrail.detect.own.patience import is_catastrophic
from vitrail.detect.own.schema import PatternEntry, RecognizerEntry

_MOST_ENTRIES: Final = 1_000_000


def check_name(
    document: Document, path: Path, name: str, taken: dict[str, int], house: Collection[str]
) -> None:
    """A name of its own: neither the house's nor another entry's."""
    here = (*path, "name")
    if name in house:
        raise document.mistake(
            here, f"{name} is built in and runs anyway.",
            "Delete the entry, or give your own recogniser another name; --entities chooses what "
            "to look for.",
        )  # fmt: skip
    if name in taken:
        raise document.mistake(
            here, f"The name {name} is taken by the entry in line {taken[name]}.",
            "Give each recogniser a name of its own.",
        )  # fmt: skip
    taken[name] = document.line(here)


def check_languages(
    document: Document, path: Path, languages: Iterable[str], known: Sequence[str]
) -> None:
    """Only languages that are judged here; a recogniser looks at texts of all of them anyway."""
    for language in languages:
        if language not in known:
            raise document.mistake(
                path, f"{_shown(language)} is not a language that is judged here.",
                f"There are {', '.join(known)}; or leave it out, for each recogniser looks at "
                "texts of every language.",
            )  # fmt: skip


def compiled(document: Document, path: Path, pattern: PatternEntry, flags: int) -> Any:
    """The pattern, compiled; a mistake where it does not compile, fits nothing or takes forever."""
    import regex  # type: ignore[import-untyped]

    here = (*path, "regex")
    try:
        found = regex.compile(pattern.regex, flags)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        reason = getattr(error, "msg", None) or "it is too deep or contradicts its flags"
        raise document.mistake(
            here, f"The regex does not compile: {reason}.",
            "Mend it; in YAML a regex goes into single quotes, where \\ stands for itself.",
        ) from None  # fmt: skip
    if found.fullmatch("") and found.match("a").end() == 0:
        raise document.mistake(
            here, "The regex fits the empty text and little else.",
            "Ask for at least one character (+ in place of *).",
        )  # fmt: skip
    if is_catastrophic(found, pattern.regex):
        raise document.mistake(
            here, "The regex takes longer than 0.4 s on 3,000 characters that almost fit.",
            "Avoid a repeat within a repeat, such as (a+)+; bound what stands in it.",
        )  # fmt: skip
    return found


def check_checks(document: Document, path: Path, checks: Sequence[str]) -> None:
    """Each ``luhn`` or a module of python-stdnum that can say whether a number holds."""
    from importlib import import_module

    for number, check in enumerate(checks):
        parts = check.split(".")
        named = all(part.isidentifier() for part in parts)
        try:
            found = named and find_spec(f"stdnum.{check}") is not None
        except ModuleNotFoundError:
            found = False
        if not found or not hasattr(import_module(f"stdnum.{check}"), "is_valid"):
            raise document.mistake(
                (*path, "checks", number), f"python-stdnum has no check {_shown(check)}.",
                f"Write luhn, or a module such as fr.siren{_meant(check, _modules())}.",
            )  # fmt: skip


def check_entity(document: Document, path: Path, entry: RecognizerEntry, entity: str) -> None:
    """``severity`` and ``words`` describe a new type; what the house knows stays as it is."""
    for key in ("severity", "words"):
        if entity in ENTITIES and getattr(entry, key) is not None:
            raise document.mistake(
                (*path, key), f"`{key}` describes a new entity type; {entity} is built in.",
                "Delete it, or give your recogniser an entity type of its own.", key=True,
            )  # fmt: skip


def check_list(document: Document, path: Path, key: str, entries: Sequence[str]) -> None:
    """At least one entry, not too many, each with a letter or a digit."""
    import regex

    if not entries:
        raise document.mistake((*path, key), "The list is empty.", "Write entries, or delete it.")
    if len(entries) > _MOST_ENTRIES:
        raise document.mistake(
            (*path, key), f"The list has more than {_MOST_ENTRIES:,} entries.", "Split it."
        )
    for number, entry in enumerate(entries):
        if not regex.search(r"\w", entry):
            where = f" (entry {number + 1})" if key == "deny_list_file" else ""
            raise document.mistake(
                (*path, key, number), f"An entry has neither letter nor digit{where}.",
                "A deny-list holds words; write a pattern for signs.",
            )  # fmt: skip


def unknown_key(document: Document, path: Path, known: Iterable[str]) -> Exception:
    """The sentence for a key that nobody knows, with the one that may be meant."""
    key = str(path[-1])
    return document.mistake(
        path, f"There is no key {_shown(key)} here{_meant(key, known)}.",
        "Mend or delete it; docs/recognizers.md lists the keys.", key=True,
    )  # fmt: skip


def _meant(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), 1)
    return f" (did you mean `{near[0]}`?)" if near else ""


def _shown(word: str) -> str:
    return f"`{word[:40]}`" if word.isprintable() else "of this name"


def _modules() -> list[str]:
    from importlib.resources import files

    found = []
    for item in files("stdnum").iterdir():
        if item.is_dir() and not item.name.startswith("_"):
            found += [
                f"{item.name}.{m.name[:-3]}" for m in item.iterdir() if m.name.endswith(".py")
            ]
        elif item.name.endswith(".py"):
            found.append(item.name[:-3])
    return found
