"""What stands for many values at once, each made once, and counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.redaction.options import Operator
from vitrail.redaction.splicing import Span

if TYPE_CHECKING:
    from vitrail.redaction.operators import Operators
    from vitrail.redaction.tally import Tally

_CONSTANT: Final = frozenset({Operator.TAG, Operator.REDACT})


class Words:
    """Replacements in one column. ``label``: what it is called in the tally; ``operator_of``: the
    operator by entity type."""

    def __init__(
        self,
        label: str,
        operator_of: Callable[[str], Operator],
        operators: Operators,
        tally: Tally,
    ) -> None:
        self._label, self._operator_of = label, operator_of
        self._operators, self._tally = operators, tally

    def one(self, span: Span, value: str) -> str:
        """What stands for one value."""
        operator = self._operator_of(span.entity_type)
        self._count(span.entity_type, operator, 1)
        return self._operators.text(operator, span.entity_type, value, span.fingerprint)

    def texts(self, kinds: pa.Array, prints: pa.Array, values: pa.Array) -> pa.Array:
        """What stands for each of some values, ``large_string``; ``prints``: their fingerprints,
        null where they are not known."""
        return self._by_kind(kinds, prints, values, self._text, pa.large_string())

    def integers(self, kinds: pa.Array, prints: pa.Array, values: pa.Array) -> pa.Array:
        """Whole numbers of 64 bits for values: pseudonyms."""
        return self._by_kind(kinds, prints, values, self._integer, pa.int64())

    def is_pseudonym(self, kinds: pa.Array) -> Any:
        """Which of some entity types are to be pseudonyms, as a NumPy array of booleans."""
        encoded = kinds.dictionary_encode()
        chosen = [
            self._operator_of(kind) is Operator.PSEUDONYM for kind in encoded.dictionary.to_pylist()
        ]
        return np.array(chosen, bool)[encoded.indices.to_numpy()]

    def emptied(self, kinds: pa.Array) -> None:
        """Told of values whose cells hold nothing now."""
        for kind, count in zip(*pc.value_counts(kinds).flatten(), strict=True):
            self._count(kind.as_py(), Operator.REDACT, count.as_py())
            self._tally.emptied[self._label] += count.as_py()

    def _by_kind(
        self,
        kinds: pa.Array,
        prints: pa.Array,
        values: pa.Array,
        make: Callable[[str, pa.Array, pa.Array], pa.Array],
        kind_of: pa.DataType,
    ) -> pa.Array:
        encoded = kinds.dictionary_encode()
        names, codes = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
        if len(names) == 1:
            return make(names[0], prints, values)
        order = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[order], np.arange(len(names) + 1))
        parts = [pa.array([], kind_of)]
        for code, name in enumerate(names):
            at = pa.array(order[bounds[code] : bounds[code + 1]])
            parts.append(make(name, prints.take(at), values.take(at)))
        return pa.concat_arrays(parts).take(pa.array(np.argsort(order)))

    def _text(self, kind: str, prints: pa.Array, values: pa.Array) -> pa.Array:
        operator, make = self._operator_of(kind), self._operators.text
        self._count(kind, operator, len(values))
        if operator is Operator.PSEUDONYM:
            known = self._known(kind, prints, values)
            made = self._operators.pseudonyms(kind, known.dictionary.to_pylist())
            return made.take(known.indices)
        if operator in _CONSTANT:
            return pa.repeat(pa.scalar(make(operator, kind, ""), pa.large_string()), len(values))
        encoded = values.dictionary_encode()
        masks = [make(operator, kind, value) for value in encoded.dictionary.to_pylist()]
        return pa.array(masks, pa.large_string()).take(encoded.indices)

    def _integer(self, kind: str, prints: pa.Array, values: pa.Array) -> pa.Array:
        self._count(kind, Operator.PSEUDONYM, len(values))
        known = self._known(kind, prints, values)
        return self._operators.integers(known.dictionary.to_pylist()).take(known.indices)

    def _known(self, kind: str, prints: pa.Array, values: pa.Array) -> pa.DictionaryArray:
        """The values' fingerprints, each once; those that lack are made."""
        if prints.null_count:
            lacking = prints.is_null()
            encoded = values.filter(lacking).dictionary_encode()
            make = self._operators.fingerprint
            made = pa.array([make(kind, value) for value in encoded.dictionary.to_pylist()])
            prints = pc.replace_with_mask(prints, lacking, made.take(encoded.indices))
        return prints.dictionary_encode()

    def _count(self, kind: str, operator: Operator, number: int) -> None:
        self._tally.replaced[self._label, kind, operator] += number
