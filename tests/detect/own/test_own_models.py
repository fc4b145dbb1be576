"""Models of one's own, loaded for real: tiny ones that the test builds itself on disk.

torch, transformers and GLiNER are no part of `make setup`; `make attacks` installs them beside.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.detect.own.conftest import Read
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.errors import ModelMissing
from vitrail.keys import Keyring

TEXT = "Zoe Marchetti called about her order."
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "zoe", "marchetti", "called", "order", ".")
LABELS = {"zoe": 1, "marchetti": 2}

with_engines = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("torch", "transformers", "gliner")),
    reason="torch, transformers and gliner are not installed; `make attacks` installs them beside",
)


def entry(engine: str, model: Path | str, threshold: float = 0.5) -> str:
    mapping = "entity_mapping: {person: PERSON}"
    if engine == "transformers":
        mapping = "label_mapping: {PER: CLIENT_NAME}"
    return (
        f"recognizers:\n- name: Tiny\n  type: {engine}\n  model_name: {model}\n"
        f"  threshold: {threshold}\n  {mapping}\n"
    )


def detector(read: Read, text: str, cache: Path, entities: tuple[str, ...]) -> Detector:
    options = DetectorOptions(names="all", own=read(text), entities=entities)
    return Detector(options, Keyring(bytes(32)), cache)


def found(detector: Detector, *cells: str) -> list[tuple[str, str, str]]:
    hits = detector.judge(pa.array(cells), ColumnContext("note"))
    return [
        (entity, cells[value][start:end], recognizer)
        for value, entity, start, end, recognizer in zip(
            hits.value, hits.entity_type, hits.start, hits.end, hits.recognizer, strict=True
        )
    ]


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of eight dimensions whose weights are set, not learned: it knows two words."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("bert")
    numbers = {word: n for n, word in enumerate(WORDS)}
    words = Tokenizer(models.WordLevel(numbers, unk_token="[UNK]"))
    words.normalizer = normalizers.Lowercase()
    words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    PreTrainedTokenizerFast(
        tokenizer_object=words, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]", model_max_length=64,
    ).save_pretrained(folder)  # fmt: skip
    names = {0: "O", 1: "B-PER", 2: "I-PER"}
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=8, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=8, max_position_embeddings=64, id2label=names,
        label2id={name: n for n, name in names.items()},
    )  # fmt: skip
    model: Any = BertForTokenClassification(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        inner = model.bert
        inner.embeddings.LayerNorm.weight.fill_(1)
        for number, word in enumerate(WORDS):
            inner.embeddings.word_embeddings.weight[number, LABELS.get(word, 0)] = 5.0
        for layer in inner.encoder.layer:
            layer.attention.output.LayerNorm.weight.fill_(1)
            layer.output.LayerNorm.weight.fill_(1)
        for label in range(3):
            model.classifier.weight[label, label] = 10.0
    model.save_pretrained(folder)
    return folder


@with_engines
def test_a_transformers_model_finds_its_own_type_in_the_texts_that_are_read(
    read: Read, classifier: Path, cache: Path
) -> None:
    judge = detector(read, entry("transformers", classifier), cache, ("CLIENT_NAME",))
    assert found(judge, TEXT, "nothing is here for anyone to see") == [
        ("CLIENT_NAME", "Zoe Marchetti", "Tiny")
    ]
    assert "CLIENT_NAME" in judge.coverage()["en"]
    assert "CLIENT_NAME/Tiny" in judge.recognizer_versions()


@with_engines
def test_a_gliner_model_is_read_from_its_folder_and_its_spans_lie_in_the_text(
    read: Read, classifier: Path, cache: Path, tmp_path: Path
) -> None:
    """Its weights are random, so what it finds means nothing; where it finds it, does."""
    from gliner import GLiNER, GLiNERConfig

    config = GLiNERConfig(
        model_name=str(classifier), max_width=4, hidden_size=8, dropout=0.0,
        span_mode="markerV0", max_len=64,
    )  # fmt: skip
    GLiNER.from_config(config).save_pretrained(tmp_path / "gliner")
    judge = detector(read, entry("gliner", tmp_path / "gliner", 0.0), cache, ("PERSON",))
    pieces = [piece for _, piece, name in found(judge, TEXT) if name == "Tiny"]
    assert pieces
    assert all(piece in TEXT and piece == piece.strip() for piece in pieces)


@with_engines
def test_other_weights_are_another_version(read: Read, classifier: Path, cache: Path) -> None:
    text = entry("transformers", classifier)
    before = detector(read, text, cache, ("CLIENT_NAME",)).recognizer_versions()
    (classifier / "added.txt").write_text("1")
    after = detector(read, text, cache, ("CLIENT_NAME",)).recognizer_versions()
    assert before != after


@with_engines
@pytest.mark.parametrize("engine", ["gliner", "transformers"])
def test_a_folder_without_a_model_is_told_with_what_to_do(
    read: Read, cache: Path, tmp_path: Path, engine: str
) -> None:
    judge = detector(read, entry(engine, tmp_path), cache, ("PERSON", "CLIENT_NAME")[:1]
                     if engine == "gliner" else ("CLIENT_NAME",))  # fmt: skip
    with pytest.raises(ModelMissing, match="Tiny") as caught:
        found(judge, TEXT)
    assert "downloads nothing" in caught.value.remedy


@pytest.mark.parametrize("engine", ["gliner", "transformers"])
def test_a_model_that_is_not_here_is_refused_before_anything_is_read(
    read: Read, cache: Path, engine: str
) -> None:
    """Whether its package is missing or the model itself; nothing is asked of any network."""
    entity = "PERSON" if engine == "gliner" else "CLIENT_NAME"
    with pytest.raises(ModelMissing, match="Tiny") as caught:
        detector(read, entry(engine, "nobody/no-such-model"), cache, (entity,))
    assert caught.value.remedy
