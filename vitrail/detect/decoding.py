"""Text written for a URL, read decoded, with each character's place in the original."""

from __future__ import annotations

import re
from typing import Final

_RUN: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def decode(text: str, *, times: int = 2) -> tuple[str, list[int]]:
    """``text`` percent-decoded up to twice, and ``places``: where each character begins.

    ``places`` has one entry more than the text, the end. A run that is no UTF-8 stays as it is.
    """
    places = list(range(len(text) + 1))
    for _ in range(times):
        decoded, origin = _once(text)
        if decoded == text:
            break
        text, places = decoded, [places[i] for i in origin]
    return text, places


def _once(text: str) -> tuple[str, list[int]]:
    parts: list[str] = []
    origin: list[int] = []
    last = 0
    for run in _RUN.finditer(text):
        try:
            letters = bytes.fromhex(run.group().replace("%", "")).decode()
        except UnicodeDecodeError:
            continue
        parts += [text[last : run.start()], letters]
        origin += range(last, run.start())
        place = run.start()
        for letter in letters:
            origin.append(place)
            place += 3 * len(letter.encode())
        last = run.end()
    parts.append(text[last:])
    origin += range(last, len(text) + 1)
    return "".join(parts), origin
