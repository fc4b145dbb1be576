"""A detector tells what its verdicts rest on, so that a scan knows what has changed since."""

from __future__ import annotations

import subprocess
import sys

import pytest

from vitrail.detect import identity, registry
from vitrail.detect.detector import Detector, DetectorOptions, judges_of
from vitrail.keys import Keyring

OPTIONS = DetectorOptions(names="off")


def versions(options: DetectorOptions = OPTIONS) -> dict[str, str]:
    return dict(Detector(options, Keyring(bytes(32))).recognizer_versions())


def test_every_type_that_is_looked_for_has_a_version_and_so_has_what_all_share() -> None:
    types = {key.partition("/")[0] for key in versions()}
    detector = Detector(OPTIONS, Keyring(bytes(32)))
    assert types == {*detector.coverage()["en"], identity.EVERY_TYPE}


def test_the_versions_are_the_same_in_every_process_and_under_every_key() -> None:
    script = (
        "from vitrail.detect.detector import *; from vitrail.keys import Keyring; import json;"
        "d = Detector(DetectorOptions(names='off'), Keyring(bytes(range(32))));"
        "print(json.dumps(d.recognizer_versions() == json.loads(input())))"
    )
    import json

    told = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(versions()), capture_output=True, text=True
    )
    assert told.stdout.strip() == "true", told.stderr


@pytest.mark.parametrize("change", ["pattern", "context", "code"])
def test_a_change_of_one_recognizer_changes_its_version_and_no_other(
    monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    before = versions()
    made = registry.recognizers

    def changed(language: str) -> list[object]:
        found = made(language)
        for recognizer in found:
            if recognizer.name == "FrNirRecognizer":
                if change == "pattern":
                    recognizer.patterns[0].regex += r"(?!\d)"
                elif change == "context":
                    recognizer.context.append("carte vitale verte")
                else:
                    recognizer.__class__ = type("Other", (type(recognizer),), {})
        return found

    monkeypatch.setattr(registry, "recognizers", changed)
    judges_of.cache_clear()
    after = versions()
    judges_of.cache_clear()
    assert {key for key in before if before[key] != after[key]} == {"FR_NIR/FrNirRecognizer"}


def test_code_that_a_recognizer_draws_on_is_part_of_its_version() -> None:
    from vitrail.detect.recognizers import phones

    drawn_on = identity.drawn_on(phones.__name__)
    assert "vitrail.detect.recognizers.phones" in drawn_on
    assert "vitrail.detect.recognizers.numbering" in drawn_on
    assert "vitrail.detect.recognizers.french" not in drawn_on


def test_no_recognizer_counts_as_code_that_all_share() -> None:
    """Else a change of one would seem a change of every type."""
    assert not [f for f in identity.code_files("detect") if f.startswith("detect/recognizers/")]
    assert "detect/overlaps.py" in identity.code_files("detect")
