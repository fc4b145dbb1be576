"""What a database's own SQL says: a view's condition or a default can hold a cell's value."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

#: Texts and comments; names are looked at by themselves.
_SAID: Final = re.compile(r"(')((?:[^']|'')*)(')|(--)([^\n]*)()|(/\*)(.*?)(\*/)", re.DOTALL)


def with_names(sql: str, name: Callable[[str], str]) -> str:
    """``sql`` with each text and comment in it as ``name`` calls it in the copy."""

    def written(said: re.Match[str]) -> str:
        begin, text, end = (part for part in said.groups() if part is not None)
        return begin + (name(text) if text else "") + end

    return _SAID.sub(written, sql)
