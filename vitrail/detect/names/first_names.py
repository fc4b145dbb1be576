"""About 17,500 first names, out of the data of ``nomquamgender`` (MIT; never imported).

A name counts where three sources of its own hold it and a thousand people bear it. The source is
22 MB of JSON, so what was derived is kept in the cache folder.
"""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Final

_PACKAGE, _FILE = "nomquamgender", "name_data.json"
_SOURCES, _BEARERS = 3, 1000
_KEPT_AS: Final = "first_names.txt"

# Names that are words of the seven languages; by themselves they say nothing.
_WORDS: Final = """
an art ben bill can che chi christian come das de del den der des di die do don el en eva
faith grace guy hope in ja je joy la lane le long love mai man mark may merci mia mil min my
never non nor note nova om on per pierce price rich rose see si so son star sunny sur un una
van ver von web will with yes you young santos king major prince page chance case ever sky
summer autumn dawn eve ruby amber crystal pearl june april august paris london florence
sydney austin dallas lyon nice denver boston jordan georgia carolina virginia dakota india
china israel chelsea brooklyn madison lincoln jackson houston san los las
"""


@lru_cache(maxsize=4)
def first_names(cache: Path | None) -> frozenset[str]:
    """The names in small letters, with and without accents; empty where the data is absent."""
    kept = cache / _KEPT_AS if cache else None
    try:
        if kept is not None:
            return frozenset(kept.read_text("utf-8").split())
    except (OSError, UnicodeDecodeError):
        pass
    names = _derived()
    if kept is not None and names:
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text("\n".join(sorted(names)), "utf-8")
        except OSError:
            pass  # a cache that cannot be written costs a second next time
    return names


def _derived() -> frozenset[str]:
    try:
        found = [f for f in files(_PACKAGE) or () if f.name == _FILE]
    except PackageNotFoundError:
        return frozenset()
    if not found:
        return frozenset()
    data = json.loads(Path(str(found[0].locate())).read_text("utf-8"))
    names = {
        name.casefold()
        for name, (sources, bearers, *_) in data.items()
        if sources >= _SOURCES and bearers >= _BEARERS and name.isalpha() and len(name) > 1
    }
    return frozenset(names | {without_accents(n) for n in names}) - frozenset(_WORDS.split())


def without_accents(text: str) -> str:
    """``é`` as ``e``: names are typed either way."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c))
