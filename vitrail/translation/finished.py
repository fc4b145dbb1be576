"""Sentences that lower floors finish themselves, as templates for the catalogues.

``raise Refused(f"No {grain} of that time is closed yet.")`` is the template
``No {grain} of that time is closed yet.``: whoever writes such a sentence has nothing to mark.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from string import Formatter
from typing import Any, Final

#: What makes an error, by the end of its class's name; and a note, in a file of nothing else.
_ERRORS: Final = ("Error", "Refused", "Forbidden", "Unwritable", "Unreadable", "PartlyRead",
                  "Overtaken", "SecondPerson", "Missing", "Mismatch", "Cancelled",
                  "NotSignedIn")  # fmt: skip
#: What heads a page or a part of it; and which argument has the words of a kind.
_HEADS: Final = ("header", "section", "empty", "_empty")
_KINDS: Final = {"EntityType": 2, "_kind": 0}
#: A template with fewer letters of its own would fit any sentence.
_FEWEST: Final = 2
_MARKED: Final = ("_", "N_", "ngettext")

Message = tuple[int, str, str, list[str]]


def of_errors(file: BytesIO, *_: Any, **_options: Any) -> Iterator[Message]:
    """The sentences of every error that a file raises. For Babel."""
    for call in ast.walk(ast.parse(file.read())):
        if isinstance(call, ast.Call) and _name(call.func).endswith(_ERRORS):
            for argument in (*call.args, *(k.value for k in call.keywords)):
                yield from _sentences(argument)


def of_heads(file: BytesIO, *_: Any, **_options: Any) -> Iterator[Message]:
    """The words that a page gives to its heads, which tell them themselves. For Babel."""
    for call in ast.walk(ast.parse(file.read())):
        if isinstance(call, ast.Call) and _name(call.func) in _HEADS:
            for argument in call.args[:2]:
                if isinstance(argument, ast.Constant) and argument.value:
                    yield call.lineno, "", str(argument.value), []


def of_nested(file: BytesIO, *_: Any, **_options: Any) -> Iterator[Message]:
    """Messages told within an f-string, which Babel passes over before Python 3.12."""
    tree = ast.parse(file.read())
    within = (part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
              for part in ast.walk(node))  # fmt: skip
    for call in within:
        if isinstance(call, ast.Call) and _name(call.func) == "_" and call.args:
            words = call.args[0]
            if isinstance(words, ast.Constant) and isinstance(words.value, str):
                yield call.lineno, "", words.value, []


def of_words(file: BytesIO, *_: Any, **_options: Any) -> Iterator[Message]:
    """The values of enumerations, and the words of a list of kinds. For Babel."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.ClassDef) and any(_name(b) == "StrEnum" for b in node.bases):
            values = [part.value for part in node.body if isinstance(part, ast.Assign)]
        elif isinstance(node, ast.Call) and _name(node.func) in _KINDS:
            values = [node.args[_KINDS[_name(node.func)]]]
        else:
            continue
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.lineno, "", value.value, []


def of_all(file: BytesIO, *_: Any, **_options: Any) -> Iterator[Message]:
    """Every sentence of a file that holds nothing but wording. For Babel."""
    tree = ast.parse(file.read())
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    seen: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in _MARKED:
            seen.update(id(part) for part in ast.walk(node))
        if id(node) in docs or id(node) in seen:
            continue
        if isinstance(node, ast.JoinedStr):
            seen.update(id(part) for part in ast.walk(node))
        if isinstance(node, ast.JoinedStr | ast.Constant):
            yield from _sentences(node)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _sentences(node: ast.expr) -> Iterator[Message]:
    if isinstance(node, ast.IfExp):
        yield from _sentences(node.body)
        yield from _sentences(node.orelse)
        return
    text = template(node)
    if (
        text is not None
        and " " in text.strip()
        and "<" not in text
        and own_letters(text) >= _FEWEST
    ):
        yield node.lineno, "", text, []


def own_letters(template: str) -> int:
    """How many letters of a template are its own, and not of a value's name."""
    return sum(sign.isalpha() for text, *_ in Formatter().parse(template) for sign in text)


def template(node: ast.expr) -> str | None:
    """A string of the code with a ``{name}`` for each value in it; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    written, names = "", dict[str, int]()
    for part in node.values:
        if isinstance(part, ast.Constant):
            written += str(part.value)
        elif isinstance(part, ast.FormattedValue):
            name = _called(part.value)
            names[name] = names.get(name, 0) + 1
            written += f"{{{name}{names[name] if names[name] > 1 else ''}}}"
    return written


def _called(value: ast.expr) -> str:
    """The last name of an expression: ``error.strerror`` is ``strerror``."""
    names = [n.attr if isinstance(n, ast.Attribute) else n.id
             for n in ast.walk(value) if isinstance(n, ast.Attribute | ast.Name)]  # fmt: skip
    return names[0] if names else "value"
