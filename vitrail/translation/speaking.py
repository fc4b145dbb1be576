"""Which language is spoken now, and which there are.

Many people are served by one process, so no language is set for all of it: a report names its
own by :func:`speaking`, and a face says once, by :func:`said_by`, how to tell whose turn it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final, TypeVar

from babel import Locale

T = TypeVar("T")

CATALOGUES: Final = Path(__file__).parent / "catalogues"
#: What the code is written in.
SOURCE: Final = "en"


def _own_name(code: str) -> str:
    return (Locale.parse(code).get_display_name(code) or code).capitalize()


#: Each language by its code, as it calls itself: ``{"en": "English", "fr": "Français"}``.
LANGUAGES: Final[dict[str, str]] = {
    code: _own_name(code) for code in (SOURCE, *sorted(p.stem for p in CATALOGUES.glob("*.po")))
}

_NAMED: Final[ContextVar[str | None]] = ContextVar("language", default=None)
_listeners: Final[list[Callable[[], str | None]]] = []


def language() -> str:
    """The code of the language to speak now: the one named, the listener's, or English."""
    if named := _NAMED.get():
        return named
    return next((code for ask in _listeners if (code := ask())), SOURCE)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak one language within, whoever listens."""
    before = _NAMED.set(offered(code) or SOURCE)
    try:
        yield
    finally:
        _NAMED.reset(before)


def in_this_language(make: Callable[[], T]) -> Callable[[], T]:
    """``make`` for later, when nobody listens any more: it speaks the language of now."""
    code = language()

    def later() -> T:
        with speaking(code):
            return make()

    return later


def said_by(listener: Callable[[], str | None]) -> None:
    """Ask ``listener`` for the code of who is being served; None where it serves nobody now."""
    if listener not in _listeners:
        _listeners.append(listener)


def offered(asked: str | None) -> str | None:
    """The language that ``asked`` (``fr``, ``fr-CA``) names, if there is one."""
    code = (asked or "").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else None
