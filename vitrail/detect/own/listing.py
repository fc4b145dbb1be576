"""Deny-lists, written in the file or in one beside it."""

from __future__ import annotations

from collections.abc import Callable

from vitrail.detect.own import checking
from vitrail.detect.own.document import Document, Path
from vitrail.detect.own.schema import RecognizerEntry

ReadFile = Callable[[str], bytes]
"""Gives the bytes of a file that the YAML names, beside it; OSError where it cannot."""


def deny_list(
    document: Document, path: Path, entry: RecognizerEntry, read_file: ReadFile
) -> tuple[str, ...]:
    """The entries, each once; none where the entry has no list."""
    if entry.deny_list_file is not None:
        key, entries = "deny_list_file", _listed(document, path, entry.deny_list_file, read_file)
    elif entry.deny_list is not None:
        key, entries = "deny_list", entry.deny_list
    else:
        return ()
    if entry.deny_list is not None and entry.deny_list_file is not None:
        raise document.mistake(
            (*path, "deny_list"), "There are both `deny_list` and `deny_list_file`.",
            "Keep one.",
        )  # fmt: skip
    checking.check_list(document, path, key, entries)
    return tuple(dict.fromkeys(entries))


def _listed(document: Document, path: Path, file: str, read_file: ReadFile) -> tuple[str, ...]:
    """One entry a line; blank lines are left out."""
    here = (*path, "deny_list_file")
    try:
        text = read_file(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise document.mistake(here, "That file is not UTF-8.", "Save it again in UTF-8.") from None
    except OSError as error:
        raise document.mistake(
            here, f"That file cannot be read: {error.strerror or error}.",
            "Name it relative to this file.",
        ) from None  # fmt: skip
    return tuple(line.strip() for line in text.split("\n") if line.strip())
