"""Cells that stand for nothing: blanks, dashes, "n/a", "unknown" and their like.

They say nothing of what their column holds, so they count neither for it nor against it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_SIGNS: Final = ("", " ", "  ", "-", "--", "---", "–", "—", "_", ".", "..", "...", "…", "?", "??",
                 "???", "*", "/", "#N/A", "\\N", "[]", "{}", "()")  # fmt: skip
_WORDS: Final = (
    "n/a", "n.a.", "na", "nan", "null", "none", "nil", "nothing", "unknown", "undefined", "missing",
    "empty", "blank", "not available", "not applicable", "not provided", "not specified", "not set",
    "not given", "no data", "no value", "tbd", "tba", "redacted", "anonymous", "anonymized",
    "deleted", "removed", "<null>", "<na>", "(null)", "(none)", "(blank)", "(empty)", "(unknown)",
    "(not set)", "[redacted]", "[deleted]", "[removed]",
    "inconnu", "inconnue", "non renseigné", "non renseigne", "non disponible", "n.c.", "néant",
    "aucun", "anonyme", "unbekannt", "k.a.", "k. a.", "keine", "keine angabe", "nicht bekannt",
    "desconocido", "desconocida", "sin datos", "sin dato", "no consta", "ninguno", "n/d", "n.d.",
    "nd", "s/d", "sconosciuto", "sconosciuta", "non disponibile", "nessuno", "desconhecido",
    "não informado", "nao informado", "sem dados", "onbekend", "n.v.t.", "nvt", "geen",
)  # fmt: skip
_KNOWN: Final = frozenset(
    {*_SIGNS, *(s for w in _WORDS for s in (w, w.upper(), w.capitalize(), w.title()))}
)
_SPELT: Final = pa.array(sorted(_KNOWN))
_LONGEST: Final = max(len(text.encode()) for text in _KNOWN)
_FEW: Final = 500
"""Values for which a set that stands is quicker than one that the engine makes for the column."""


def stand_for_nothing(values: pa.Array) -> npt.NDArray[np.bool_]:
    """Which of ``values`` (texts, none null) are placeholders."""
    flags: npt.NDArray[np.bool_] = pc.binary_length(values).to_numpy() <= _LONGEST
    if flags.any():
        few = values if flags.all() else values.filter(pa.array(flags))
        if len(few) <= _FEW:
            flags[flags] = [text in _KNOWN for text in few.to_pylist()]
        else:
            flags[flags] = pc.is_in(few.cast(pa.string()), _SPELT).to_numpy(zero_copy_only=False)
    return flags


def without_placeholders(values: pa.Array) -> pa.Array:
    """``values`` without those that stand for nothing."""
    flags = stand_for_nothing(values)
    return values.filter(pa.array(~flags)) if flags.any() else values
