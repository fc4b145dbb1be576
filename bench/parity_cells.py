"""Generated cells, Vitrail's verdict beside Presidio's, cell by cell.

    python -m bench.parity_cells [--cells 50000] [--seed 1]

The cells hold values of every registered recogniser, valid, invalid and broken, alone and in
sentences of seven languages, with neighbours, punctuation, noise and encodings. Presidio is its
``AnalyzerEngine`` with the same registry and the NLP engine that does nothing. Every difference
must be the work of the rules of ``vitrail.detect.difference``, in steps that lead from one answer
to the other; exit code 1 where they do not. Prints counts and numbers of cells, never a text.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Final

from bench.derivation import Answer, answers, derive
from bench.parity_values import Values
from bench.scan_values import DECOYS, ENCODED, PLANTED
from vitrail.detect import registry
from vitrail.detect.detector import Detector, DetectorOptions
from vitrail.detect.judgement import Judge
from vitrail.keys import Keyring

LANGUAGE: Final = "en"
THRESHOLD: Final = 0.4
_BATCH: Final = 1000

#: Words of seven languages that say nothing of a value, and some that do.
_SENTENCES: Final = """
the client called about the invoice and wants a copy please le client a rappelé pour sa commande
der Kunde bittet um eine Kopie seiner Rechnung el cliente llamó por su pedido número il cliente ha
chiesto una copia o cliente pediu uma cópia da fatura de klant vraagt om een kopie van zijn
version build order status id ref phone Telefon teléfono passport né le geboren IBAN card compte
"""
_WORDS: Final = _SENTENCES.split()
_GLUE: Final = (" ", " ", " ", " ", ", ", ": ", "; ", "\n", "\t", " - ", "=", "/", " (", ") ", '"',
                ".", "_", "", "|", "\u00a0", "#", "+", "@", "'", "\u2013", "\u200b", "é",
                "x")  # fmt: skip
_NOISE: Final = "0123456789ABCxyz -./:,+@éß\u00a0\u2011\u200b\u0301\uff11\u0663😀"


class Cells:
    """Cells made up at random; the same seed gives the same."""

    def __init__(self, judges: Sequence[Judge]) -> None:
        drawn = [(judge, Values(judge)) for judge in judges]
        self._values = [(judge, values) for judge, values in drawn if values]
        self._planted = [maker for makers in PLANTED.values() for maker in makers]

    def draw(self, count: int, seed: int) -> Iterator[str]:
        rng = Random(seed)
        for _ in range(count):
            shape = rng.random()
            if shape < 0.2:
                yield self._value(rng)
            elif shape < 0.95:
                yield self._sentence(rng)
            else:
                yield rng.choice(ENCODED)(self._value(rng))

    def _value(self, rng: Random) -> str:
        """A value of some recogniser, perhaps with its word before it, perhaps broken."""
        kind = rng.random()
        if kind < 0.2:
            return rng.choice(self._planted)(rng)
        if kind < 0.3:
            return rng.choice(DECOYS)(rng)
        judge, values = rng.choice(self._values)
        value = values.draw(rng, valid=rng.random() < 0.7)
        if value and rng.random() < 0.15:
            place = rng.randrange(len(value))
            value = value[:place] + rng.choice(_NOISE) + value[place + rng.randrange(2) :]
        if judge.context and rng.random() < 0.4:
            return (
                f"{rng.choice(sorted(judge.context))}{rng.choice((' ', ': ', '=', ' is '))}{value}"
            )
        return value

    def _sentence(self, rng: Random) -> str:
        parts: list[str] = []
        for _ in range(rng.randint(2, 9)):
            word = self._value(rng) if rng.random() < 0.3 else rng.choice(_WORDS)
            parts += (word, rng.choice(_GLUE))
        return "".join(parts)


def presidio() -> Any:
    """Presidio's engine with Vitrail's registry and no language model."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    warnings.filterwarnings("ignore", "LemmaContextAwareEnhancer cannot use")
    nlp = NoOpNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "none"}])
    nlp.load()
    return AnalyzerEngine(
        registry=registry.build([LANGUAGE]),
        nlp_engine=nlp,
        supported_languages=[LANGUAGE],
        context_aware_enhancer=LemmaContextAwareEnhancer(context_matching_mode="whole_word"),
    )


def by_presidio(engine: Any, text: str) -> Answer:
    results = engine.analyze(text, language=LANGUAGE, score_threshold=THRESHOLD)
    return frozenset((r.entity_type, r.start, r.end, round(r.score, 4)) for r in results)


class Comparison:
    """Both sides, and what has been counted of their differences."""

    def __init__(self, detector: Detector) -> None:
        self.judges = [Judge(recognizer) for recognizer in registry.recognizers(LANGUAGE)]
        self._engine, self._detector = presidio(), detector
        self.counts: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()

    def unexplained(self, cells: Sequence[str]) -> Iterator[int]:
        """Indexes of cells whose answers no chain of rules leads from one to the other."""
        for place, (text, ours) in enumerate(
            zip(cells, answers(self._detector, cells), strict=True)
        ):
            theirs = by_presidio(self._engine, text)
            derived = derive(self.judges, text, THRESHOLD)
            self.counts.update(cells=1, equal=ours == theirs, theirs=len(theirs), ours=len(ours))
            self.rules.update(step.rule.value for step in derived.steps)
            if (derived.presidio, derived.ours) != (theirs, ours):
                yield place


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cache = Path(tempfile.gettempdir()) / "vitrail-bench"
    detector = Detector(
        DetectorOptions((LANGUAGE,), names="off", min_score=THRESHOLD), Keyring(bytes(32)), cache
    )
    comparison, begun = Comparison(detector), time.perf_counter()
    cells = Cells(comparison.judges).draw(options.cells, options.seed)
    unnamed: list[int] = []
    for first in range(0, options.cells, _BATCH):
        batch = list(islice(cells, _BATCH))
        unnamed += [first + place for place in comparison.unexplained(batch)]
    print(" ".join(f"{n:,} {what}" for what, n in comparison.counts.items()))
    for rule, count in comparison.rules.most_common():
        print(f"{count:>9,}  {rule}")
    print(f"{len(unnamed):,} unnamed {unnamed[:20]}; {time.perf_counter() - begun:.0f} s")
    return int(bool(unnamed))


if __name__ == "__main__":
    sys.exit(main())
