"""Cells that are one value: judged together they get the verdict that each gets alone."""

from __future__ import annotations

import random
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail.detect.detector import ColumnContext, Detector
from vitrail.detect.first_look import FirstLook
from vitrail.detect.judgement import Judge
from vitrail.detect.registry import recognizers
from vitrail.detect.whole.column import rule_of
from vitrail.detect.whole.rule import Rule

Texts = Callable[[int, int], list[str]]


@pytest.fixture(scope="module")
def ruled() -> list[tuple[Judge, Rule]]:
    judges = [Judge(recognizer) for recognizer in recognizers("en")]
    return [(judge, rule) for judge in judges if (rule := rule_of(judge)) is not None]


def _check_digits(rng: random.Random, country: str, size: int) -> str:
    body = "".join(rng.choice("0123456789") for _ in range(size))
    number = int(body + "".join(str(int(c, 36)) for c in country) + "00")
    return f"{country}{98 - number % 97:02d}{body}"


def _card(rng: random.Random, size: int) -> str:
    digits = [rng.choice((3, 4, 5, 6)), *(rng.randrange(10) for _ in range(size - 2))]
    doubled = [d * 2 - 9 * (d > 4) if n % 2 == 0 else d for n, d in enumerate(digits[::-1])]
    return "".join(map(str, [*digits, -sum(doubled) % 10]))


def _grouped(text: str, size: int, gap: str) -> str:
    return gap.join(text[n : n + size] for n in range(0, len(text), size))


def _number(rng: random.Random, size: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(size))


def cell(rng: random.Random) -> str:
    """A cell that is one value of some kind, right or wrong, in one of its writings."""
    gap = rng.choice(["", " ", "-", ".", "/"])
    kinds: list[Callable[[], str]] = [
        lambda: f"{rng.choice(['a', 'jo', 'ann.lee', 'x_y', '_a', 'a+b'])}{rng.randrange(99)}@"
        f"{rng.choice(['shop.fr', 'mail.co.uk', 'nowhere.zz', 'A-b.DE', 'x_y.com', 'a.b'])}",
        lambda: ".".join(str(rng.choice([0, 1, 9, 10, 99, 100, 192, 255, 256])) for _ in range(4)),
        lambda: ".".join(_number(rng, rng.randint(1, 3)) for _ in range(4)),
        lambda: "+" + _grouped(rng.choice(["33", "49", "1", "39", "999"]) + _number(
            rng, rng.randint(5, 12)), rng.randint(2, 10), gap),
        lambda: "00" + _grouped("44" + _number(rng, rng.randint(6, 12)), rng.randint(2, 9), gap),
        lambda: "0" + _grouped(_number(rng, rng.randint(6, 12)), rng.randint(2, 9), gap),
        lambda: f"({rng.randint(200, 999)}) {rng.randint(200, 999)}-{_number(rng, 4)}",
        lambda: f"{rng.randint(200, 999)}{rng.choice('-. ')}{rng.randint(200, 999)}"
        f"{rng.choice('-. ')}{_number(rng, 4)}",
        lambda: gap.join([_number(rng, 2), _number(rng, 2), str(rng.randint(1900, 2030))]),
        lambda: _number(rng, rng.randint(1, 28)),
        lambda: rng.choice("12") + _number(rng, 12),
        lambda: f"+33 {rng.randint(1, 9)} {_grouped(_number(rng, 8), 2, ' ')}",
        lambda: f"+33612345678 {_number(rng, 3)}",
        lambda: _grouped(_card(rng, rng.randint(13, 19)), 4, rng.choice(["", " ", "-"])),
        lambda: _grouped(_number(rng, 16), 4, rng.choice([" ", "-"])),
        lambda: _grouped(_check_digits(rng, *rng.choice([("DE", 18), ("BE", 12), ("NL", 14),
            ("PT", 21), ("XX", 18)])), rng.choice([4, 99]), rng.choice([" ", "-"])),
        lambda: "FR" + _number(rng, 25),
        lambda: rng.choice(["2001:db8::1", "jo@@shop.fr", "jo @shop.fr", "jo@shop.fr ", "é@é.fr",
                            "a@b.c@d.fr", "", " ", "x", "٠٦١٢٣٤٥٦٧٨"]),
    ]  # fmt: skip
    return rng.choice(kinds)()


def differing(ruled: list[tuple[Judge, Rule]], cells: list[str]) -> list[str]:
    """Cells of which a rule is sure and its recogniser thinks otherwise."""
    wrong = []
    for judge, rule in ruled:
        verdicts = rule.verdicts(pa.array(cells, pa.string()))
        for text, sure, score in zip(cells, verdicts.sure, verdicts.score, strict=True):
            found = [span[:4] for span in judge.spans(text, frozenset())]
            expected = [(judge.entity, 0, len(text), score)] if score else []
            if sure and found != expected:
                wrong.append(f"{judge.name}: {text}: {found} {score}")
    return wrong


def test_a_rule_says_what_its_recogniser_says(ruled: list[tuple[Judge, Rule]]) -> None:
    rng = random.Random(11)
    assert differing(ruled, [cell(rng) for _ in range(12_000)]) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(
    st.text("+0123456789 .-/()", max_size=22), st.text("0123456789abAB@.-_+", max_size=16),
    st.text(max_size=12).filter(lambda text: text.isprintable())), min_size=1, max_size=40,
))  # fmt: skip
def test_a_rule_is_not_misled_by_odd_writing(
    ruled: list[tuple[Judge, Rule]], cells: list[str]
) -> None:
    clean = [text.encode("utf-8", "replace").decode() for text in cells]
    assert differing(ruled, clean) == []


def test_every_rule_is_sure_of_the_usual_writings(ruled: list[tuple[Judge, Rule]]) -> None:
    usual = {
        "EmailRecognizer": ["jo.doe@shop.fr", "x@mail.example.co.uk"],
        "IpRecognizer": ["10.0.0.1", "192.168.1.254"],
        "EuropeanPhoneRecognizer": ["+33 6 12 34 56 78", "06 12 34 56 78", "+491711234567",
                                    "(212) 555-2368", "0044 20 7946 0958", "1234567890"],
        "PaymentCardRecognizer": ["4111 1111 1111 1111", "5555555555554444", "378282246310005"],
        "IbanRecognizer": ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432"],
    }  # fmt: skip
    assert {judge.name for judge, _ in ruled} == usual.keys()
    for judge, rule in ruled:
        assert rule.verdicts(pa.array(usual[judge.name])).sure.all(), judge.name


@pytest.mark.parametrize(
    "column", ["x", "email", "ip", "phone", "fax number", "card number", "order id", "iban",
               "version", "passport", "timestamp"],
)  # fmt: skip
def test_a_column_judged_at_once_gets_the_hits_of_its_cells_one_by_one(
    detector: Detector, texts: Texts, column: str
) -> None:
    rng = random.Random(column)
    cells = [cell(rng) for _ in range(400)] + texts(40, 5)
    context = ColumnContext(column, first_look=FirstLook(chance=frozenset()))
    together = detector.judge(pa.array(cells), context, names=False)
    rows = together.table.to_pylist()
    alone = [
        {**hit, "value": index}
        for index, text in enumerate(cells)
        for hit in detector.judge(pa.array([text]), context, names=False).table.to_pylist()
    ]
    assert rows == alone
    assert len(rows) > 100


def test_a_column_of_numbers_that_pass_by_chance_holds_no_cards(detector: Detector) -> None:
    rng = random.Random(3)
    cells = pa.array(["4" + _number(rng, 15) for _ in range(500)])
    hits = detector.judge(cells, ColumnContext("x"), names=False)
    assert "CREDIT_CARD" not in hits.entity_type
    named = detector.judge(cells, ColumnContext("card"), names=False)
    assert named.entity_type.count("CREDIT_CARD") > 20
