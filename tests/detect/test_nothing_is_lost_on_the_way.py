"""What every recogniser says of the whole cell is what the scan tells: none is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.derivation import answers, derive
from bench.parity_cells import LANGUAGE, THRESHOLD, Cells, Comparison
from bench.parity_values import Values
from vitrail.detect import registry
from vitrail.detect.detector import Detector
from vitrail.detect.judgement import Judge
from vitrail.detect.windows import LONG

JUDGES = [Judge(recognizer) for recognizer in registry.recognizers(LANGUAGE)]
VALUES = [values for judge in JUDGES if (values := Values(judge))]
#: Neighbours and separators that patterns, decoders and automata see differently.
ODD = (
    *" \t\n\r\x00\x85\u00a0\u2009\u2028\u200b\u200d\ufeff\u00ad\u0301\u2011\u2013\u2019",
    *".,:;/-_()[]<>\"'=@#+%&\\|x0aZé\u0131\u017f\u212a\uff11\u0663\u00b2\u0969\U0001f600\U0001d7d8",
)


@st.composite
def cells(draw: st.DrawFn) -> str:
    """A value of any recogniser, perhaps with something odd in it, among odd neighbours."""
    rng = draw(st.randoms(use_true_random=False))
    value: str = draw(st.sampled_from(VALUES)).draw(rng, valid=draw(st.booleans()))
    place = draw(st.integers(0, len(value)))
    inside = draw(st.sampled_from(["", "", *ODD]))
    around = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=6)
    return "".join((draw(around), value[:place], inside, value[place:], draw(around)))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(cells(), st.text(st.characters(codec="utf-8"))), max_size=6))
def test_no_neighbour_script_or_separator_hides_a_value(
    detector: Detector, texts: list[str]
) -> None:
    assert answers(detector, texts) == [derive(JUDGES, t, THRESHOLD).ours for t in texts]


@pytest.mark.parametrize("before", [0, LONG - 20, 8_192 - 9, 8_192, 8_192 - 1_024 - 5, 15_360])
def test_a_value_is_found_wherever_it_stands_in_a_huge_cell(
    detector: Detector, before: int
) -> None:
    filler = "lorem " * (before // 6) + "." * (before % 6)
    value = " jo.miller@example.org "
    text = filler + value + "ipsum " * (LONG // 6)
    start = before + 1
    assert ("EMAIL_ADDRESS", start, start + len(value) - 2, 1.0) in answers(detector, [text])[0]


@pytest.mark.filterwarnings("ignore:LemmaContextAwareEnhancer cannot use")
def test_every_difference_from_presidios_engine_is_the_work_of_named_rules(
    detector: Detector,
) -> None:
    comparison = Comparison(detector)
    texts = list(Cells(comparison.judges).draw(400, 11))
    assert list(comparison.unexplained(texts)) == []
    assert comparison.counts["theirs"] > 200
    assert len(comparison.rules) >= 4


@pytest.mark.parametrize(
    "text",
    [
        "gp09 0872 \u200bA",  # what has no width, beside a blank
        "email=063289340%C2%A00",  # a blank of print, in a link
        "tel%3D06%E2%80%9132%E2%80%9189%E2%80%9134%E2%80%9100",
        "card 1800.627808 - 54453",
        '{"contact": "no sécurité sociale=585339779"}',  # a phrase whose words stand apart
        "card 4111 \u2013 1111 \u2013 1111 \u2013 1111",
        # "called" is no "call" where the reach of words ends within it
        "number: 51917053016+AIzaW4RSHUQQ4VBLGEUV4MIOHJ5QJR3HOMV2UV5\u2013called BSN 509725855",
    ],
)
def test_a_value_in_rare_print_is_what_all_recognisers_say_of_it(
    detector: Detector, text: str
) -> None:
    assert answers(detector, [text]) == [derive(JUDGES, text, THRESHOLD).ours]
