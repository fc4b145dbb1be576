"""What names are called in anything written down: every kind masked, innocent names as they are."""

from __future__ import annotations

from random import Random

import pyarrow as pa
import pytest

from bench.parity_values import Values
from vitrail.detect import registry
from vitrail.detect.detector import ColumnContext, Detector
from vitrail.detect.judgement import Judge
from vitrail.keys import Keyring
from vitrail.scan.labels import Labels

#: Of no person: companies, places, links without a value in them.
NOBODY = {"FR_SIREN", "IT_VAT_CODE", "UK_POSTCODE", "URL", "LOCATION"}


@pytest.fixture(scope="module")
def labels(detector: Detector, keys: Keyring) -> Labels:
    return Labels(detector, keys)


def _spoken(detector: Detector) -> dict[str, str]:
    """A made-up value of each type behind a word that tells it, found so in a cell."""
    rng, spoken = Random(7), {}
    for recognizer in registry.recognizers("en"):
        judge = Judge(recognizer)
        values = Values(judge)
        for word in sorted(w for w in judge.context if w.isascii())[:6] if values else ():
            value = values.draw(rng, valid=True).strip()
            found = detector.judge(pa.array([f"{word} {value}"]), ColumnContext(""), names=False)
            if judge.entity in found.entity_type and "/" not in value:
                spoken.setdefault(judge.entity, f"{word} {value}")
    return spoken


def test_every_type_that_a_word_tells_is_masked_in_a_file_s_a_table_s_and_a_column_s_name(
    detector: Detector, labels: Labels
) -> None:
    spoken = _spoken(detector)
    assert len(spoken) > 40
    shown = [
        (entity, form)
        for entity, text in spoken.items()
        if entity not in NOBODY | {"PHONE_NUMBER"}
        for form in ("{}", "{}.csv", "dir/{}.parquet", "{}_2")
        if not labels.is_masked(form.format(text.replace(" ", "_") if "_" in form else text))
    ]
    assert shown == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Marie Dupont.csv", "Marie Dupont"),
        ("hr/DUPONT Marie/cv.pdf", "DUPONT Marie"),
        ("payslip_Marie_Dupont_2026.xlsx", "Marie_Dupont"),
        ("cv_marie_dupont.csv", "marie_dupont"),
        ("people.Marie Dupont.note", "Marie Dupont"),
        ("Dupont, Marie", "Dupont, Marie"),
        ("Jan van der Berg", "Jan van der Berg"),
        ("marie-martin", "marie-martin"),
        ("access-81.2.69.160.log", "81.2.69.160"),
        ("by_ip.2001:db8::8a2e:370:7334", "2001:db8::8a2e:370:7334"),
    ],
)
def test_people_and_addresses_in_names_are_masked_and_the_rest_stays(
    labels: Labels, name: str, said: str
) -> None:
    before, _, after = name.partition(said)
    label = labels.label(name)
    assert said not in label
    assert label.startswith(before)
    assert label.endswith(after)


def test_one_person_has_one_fingerprint_whatever_stands_between_the_words(labels: Labels) -> None:
    names = ("Marie Dupont.csv", "cv_Marie_Dupont.pdf", "Marie-Dupont")
    prints = {hit.fingerprint for name in names for hit in labels.found(name)}
    assert len(prints) == 1


@pytest.mark.parametrize(
    "name",
    [
        "events_20261120.parquet", "report-2026-11-20_14-03-07.csv", "backup 20.11.2026.sqlite",
        "dump-1764150000.json", "order_123456789.csv", "app-v1.2.3.4.zip", "Rose Sales.csv",
        "chrome_120.0.6099.109.csv", "Max Value", "max_value", "first_name", "Customer Name",
        "iana_timezone", "rose_gold", "Victoria Station", "9f86d081884c7d659a2feaa0c55ad015.csv",
        "part-00000-3f2c1b9e-8a55-4a0e-9a27-1c6b2f0d4e11-c000.snappy.parquet", "Total Amount",
        "Mark", "Martin", "IMG_20261120_140307.json",
    ],
)  # fmt: skip
def test_what_data_is_usually_called_stays_as_it_is(labels: Labels, name: str) -> None:
    assert labels.label(name) == name
