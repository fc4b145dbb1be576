"""The shape of a value, which a scan has noted in English, told to its reader."""

from __future__ import annotations

import re
from typing import Final

from vitrail.translation import N_, _, ngettext, retold

#: What shapes are told of, as detect/masking.py writes them; :func:`retold` finds them here.
_WORDS: Final = (
    N_("digit"), N_("digits"), N_("character"), N_("characters"), N_("letter or digit"),
    N_("letters and digits"), N_("a date"), N_("Luhn ok"),
    N_("Luhn fails"), N_("a key"), N_("a link"), N_("base64"),
)  # fmt: skip
_SIGNED: Final = re.compile(r"\+ and (.+)")
_LONG: Final = re.compile(r"(a key|a link|base64) of (\d+) characters")
_HASH: Final = re.compile(r"(MD5|SHA-1|SHA-256) of (.+)")
_WORDED: Final = re.compile(r"(\d+) words?")
_PLACED: Final = re.compile(r"(.+ · [A-Z_]+) (.+)")


def shape(written: str) -> str:
    """``16 digits, Luhn ok`` in the reader's words; dots and letters that are shown stay."""
    return ", ".join(map(_told, written.split(", ")))


def placed(written: str) -> str:
    """A shape behind the place and kind that evidence notes it with."""
    found = _PLACED.fullmatch(written)
    return f"{found[1]} {shape(found[2])}" if found else shape(written)


def _told(part: str) -> str:
    if found := _SIGNED.fullmatch(part):
        return _("+ and {digits}", digits=retold(found[1]))
    if found := _LONG.fullmatch(part):
        return ngettext(
            "{what} of {count:,} character",
            "{what} of {count:,} characters",
            int(found[2]),
            what=_(found[1]),
        )
    if found := _HASH.fullmatch(part):
        return _("{algorithm} of {what}", algorithm=found[1], what=retold(found[2]))
    if found := _WORDED.fullmatch(part):
        return ngettext("{count:,} word", "{count:,} words", int(found[1]))
    return retold(part)
