"""What a language's lists of words are about, for :mod:`.surroundings`."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from vitrail.detect.minors.vocabulary import compiled, filled, read


@cache
def topics(code: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What a language's lists of words are about, and the words: "people", "unit", "birthday"."""
    said = read(code)
    lists = {key: said[key] for key in _TOPICS} | {key: said["slots"][key] for key in _SLOTS}
    named = {f"{{{name}}}": rf"(?:{words})" for name, words in said["slots"].items()}
    return tuple(
        (key, compiled(rf"(?<!\w)(?:{''.join(filled([words], named))})(?!\w)"))
        for key, words in lists.items()
    )


@cache
def subjects(code: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The lists of ``words/topics.yaml``: "kindred", "animals", "amounts"."""
    return tuple(
        (name, compiled(rf"(?<!\w)(?:{words[code]})(?!\w)"))
        for name, words in read("topics").items()
    )


@cache
def named(code: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Who is meant by the lists that name somebody: the writer ("self") or another ("other")."""
    lists = [*subjects(code), *topics(code)]
    return tuple(
        (who, name, pattern)
        for name, pattern in lists
        for who, names in (("self", _SELF), ("other", _OTHER))
        if name in names
    )


#: Lists of :func:`subjects` that are looked for in the whole text, too.
WHOLE: Final = frozenset({"kindred", "youngsters", "grownlife", "younglife"})
_SELF: Final = frozenset({
    "self", "iam", "first", "my", "mine", "isself", "being", "having", "atmy", "formyself", "ibe",
    "weare", "negself",
})  # fmt: skip
_OTHER: Final = frozenset({
    "kindred", "youngsters", "animals", "people", "others", "mychild", "friends", "says", "telling",
})  # fmt: skip
#: Lists that are about something by themselves, and slots that are.
_TOPICS: Final = (
    "before", "after", "people", "mine", "past", "lasting", "counted", "others", "telling",
    "bygone",
)  # fmt: skip
_SLOTS: Final = (
    "self", "iam", "first", "unit", "only", "aged", "almost", "greeting", "closing", "birthday",
    "bornword", "have", "adverb", "person", "here", "my", "age", "nowadays", "turning", "notyet",
    "bornlabel", "iborn", "howold", "at", "cannow", "seek", "wehave", "both", "having", "atmy",
    "recent", "coming", "turned", "becoming", "celebrated", "negself", "grownup", "minorword",
    "isself", "tooyoung", "likeme", "weare", "friends", "being", "celebrating", "yearword", "ibe",
    "if", "mychild", "hisaccount", "formyself", "sincemy", "says",
)  # fmt: skip
