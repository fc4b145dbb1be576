"""Every setting of ``vitrail.toml``, with the words that stand beneath it in the code."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from handbook.tables import code, prose, table
from vitrail.config import Retention, Settings
from vitrail.sign_in import SignIn

#: How a table of the file is called that has a name of the user's own in it.
_NAMED = {"sources": "sources.NAME"}
_FIGURES = {int: "whole number", float: "number", bool: "true or false", date: "day"}


def sections() -> list[tuple[str, type[BaseModel]]]:
    """Each table of the file with the model that checks it; the top of the file has no name."""
    return [("", Settings), *_within(Settings, "")]


def described(model: type[BaseModel]) -> dict[str, str]:
    """The words beneath each field of a model."""
    body = ast.parse(inspect.getsource(model)).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        field.target.id: str(words.value.value)
        for field, words in pairwise(body.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant)
    }


def page() -> str:
    """A section a table of the file."""
    return "\n\n".join(_section(name, model) for name, model in sections())


def retention() -> str:
    """The keys of ``[retention]`` alone."""
    return _keys(Retention)


def sign_in() -> str:
    """The keys of ``[sign_in]`` alone."""
    return _keys(SignIn)


def _within(model: type[BaseModel], above: str) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in model.model_fields.items():
        for below in _models(field.annotation):
            place = f"{above}{_NAMED.get(name, name)}"
            yield place, below
            yield from _within(below, f"{place}.")


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def _section(place: str, model: type[BaseModel]) -> str:
    title = f"## `[{place}]`" if place else "## The top of the file"
    return "\n\n".join([title, prose(model.__doc__ or ""), _keys(model)])


def _keys(model: type[BaseModel]) -> str:
    words = described(model)
    rows = (
        (code(name), _default(field), prose(words.get(name, "")))
        for name, field in model.model_fields.items()
    )
    return table(("key", "default", ""), rows)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, BaseModel) or default in (None, "", {}, ()):
        return _FIGURES.get(field.annotation, "") if default is None else ""  # type: ignore[arg-type]
    bounds = [str(getattr(one, "ge", None) or getattr(one, "le", "")) for one in field.metadata]
    between = f" ({' to '.join(bounds)})" if len(bounds) == 2 and all(bounds) else ""
    return f"{code(str(default))}{between}"
