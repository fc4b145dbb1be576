"""Learns what speaks for a number being its writer's age: ``python -m bench.minors_weights``.

From the phrase banks, and from what adults ordinarily write. Writes
``vitrail/detect/minors/weights.tsv``; with ``--held-out`` it writes nothing and tells how well each
bank's phrases are told by what the others taught. Needs ``requirements-training.txt``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np
from scipy.sparse import csr_matrix, diags_array  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from bench.minors import AGES, TOLD, demo_texts, level_of, wilson
from tests.detect.minors.phrase_bank import FOLDER, MINOR, WRITTEN, Phrase, phrases
from vitrail.detect.minors import Level, classifier, surroundings
from vitrail.detect.minors.classifier import ALWAYS, WEIGHTS_FILE
from vitrail.detect.minors.mentions import mentions
from vitrail.detect.minors.saying import Said
from vitrail.detect.minors.surroundings import features
from vitrail.detect.minors.vocabulary import language

#: The banks that teach nothing, so that what ships can be measured.
KEPT_OUT = frozenset({"seventeenth", "twentieth"})
#: A feature counts that so many mentions have.
SEEN = 2
#: How little a weight may grow: the smaller, the less is learned by heart.
PENALTY = 0.5
#: Weights nearer to nothing than this are left out.
SLIGHT = 0.03
#: So many of the demo company's messages are learned from.
MESSAGES = 4_000


@dataclass(frozen=True, slots=True)
class Example:
    """A mention of a phrase: what is around it, and whether the phrase is a minor's."""

    bank: str
    phrase: Phrase
    features: frozenset[str]
    minor: bool


def main() -> int:
    examples = [e for bank in banks() for phrase in phrases(bank) for e in of(bank, phrase)]
    examples += ordinary()
    if "--held-out" in sys.argv:
        held_out(examples)
        return 0
    weights = learn([e for e in examples if e.bank not in KEPT_OUT])
    lines = (f"{feature}\t{weight:.2f}\n" for feature, weight in sorted(weights.items()))
    WEIGHTS_FILE.write_text("".join(lines), "utf-8")
    print(f"{len(weights)} weights")
    return 0


def banks() -> Sequence[str]:
    return sorted(file.stem for file in FOLDER.glob("*.sha256"))


def ordinary() -> Iterator[Example]:
    """Half of the demo company's sentences, with a number between two of them."""
    for code, text in demo_texts(MESSAGES, taught=True):
        yield from of("demo", Phrase(code, "not-an-age", "", text))


def of(bank: str, phrase: Phrase) -> Iterator[Example]:
    said, words = Said.of(phrase.text), language(phrase.language)
    for mention in mentions(said, words, WRITTEN, None):
        around = features(said, mention, phrase.language)
        yield Example(bank, phrase, around, phrase.label == MINOR)


def learn(examples: Sequence[Example]) -> dict[str, float]:
    """Weights by ridge-penalised logistic regression, the same from the same examples. A feature is
    penalised the less the more it tells by itself (after S. Wang and C. Manning, ACL 2012)."""
    vectors = CountVectorizer(analyzer=sorted, min_df=SEEN)
    rows = vectors.fit_transform([example.features for example in examples])
    minor = np.array([example.minor for example in examples])
    scale = np.sqrt(np.abs(_told(rows[minor]) - _told(rows[~minor])))
    model = LogisticRegression(solver="liblinear", random_state=0, C=PENALTY)
    model.fit(rows @ diags_array(scale), minor)
    names, values = vectors.get_feature_names_out(), model.coef_[0] * scale
    found = {ALWAYS: model.intercept_[0], **dict(zip(names, values, strict=True))}
    return {name: float(weight) for name, weight in found.items() if abs(weight) >= SLIGHT}


def _told(rows: csr_matrix) -> np.ndarray:
    """The log of each feature's share in all of some examples' features."""
    counts: np.ndarray = 1 + np.asarray(rows.sum(axis=0)).ravel()
    shares: np.ndarray = np.log(counts / counts.sum())
    return shares


def held_out(examples: Sequence[Example]) -> None:
    """How well each bank is told by the rules and by what the others taught."""
    for bank in sorted({*banks()} - KEPT_OUT):
        weights = learn([e for e in examples if e.bank not in {bank, *KEPT_OUT}])
        with patch.object(classifier, "learned", lambda: weights):  # noqa: B023 - used within
            surroundings.known.cache_clear()
            judged = [(phrase, level_of(phrase.text)) for phrase in phrases(bank)]
        print(bank)
        for code in dict.fromkeys(phrase.language for phrase, _ in judged):
            said = [v in TOLD for p, v in judged if p.kind in AGES and p.language == code]
            print(f"  {code}  {wilson(sum(said), len(said))}")
        said = [v in TOLD for p, v in judged if p.kind in AGES]
        others = [v in TOLD for p, v in judged if p.label != MINOR]
        right = [p.label == MINOR for p, v in judged if v is Level.POSSIBLE]
        print(f"  all {wilson(sum(said), len(said))}; alarms {wilson(sum(others), len(others))}")
        print(f"  possible, right {wilson(sum(right), len(right))}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
