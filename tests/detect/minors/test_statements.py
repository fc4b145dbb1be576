"""What people write of their own age is found; what only looks like it is not."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest

from tests.detect.minors.phrase_bank import MINOR, WRITTEN, Phrase, phrases
from vitrail.detect.minors import Level, Signal, classifier, judge, judge_person, statements
from vitrail.detect.minors.signals import Family
from vitrail.detect.minors.vocabulary import read

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")


def levels(text: str) -> set[Level | None]:
    return {
        judge(Signal(Family(s.signal), s.birth, WRITTEN), WRITTEN).level
        for s in statements(text, WRITTEN)
    }


def speaks_of_a_minor(text: str) -> bool:
    return not levels(text).isdisjoint({Level.CERTAIN, Level.LIKELY, Level.POSSIBLE})


def of(bank: str, language: str) -> list[Phrase]:
    return [phrase for phrase in phrases(bank) if phrase.language == language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "bank",
    [
        "first",
        "second",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "thirteenth",
        "fifteenth",
        "sixteenth",
    ],
)
def test_nine_in_ten_stated_ages_and_birth_dates_are_found(bank: str, language: str) -> None:
    said = [p for p in of(bank, language) if p.kind in {"stated-age", "birth-date"}]
    found = [p for p in said if speaks_of_a_minor(p.text)]
    assert len(found) >= 0.9 * len(said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bank", ["sixth", "eleventh"])
def test_eight_in_ten_are_found_of_what_real_people_write(bank: str, language: str) -> None:
    said = [p for p in of(bank, language) if p.kind in {"stated-age", "birth-date"}]
    assert sum(speaks_of_a_minor(p.text) for p in said) >= 0.8 * len(said)


def test_every_language_fills_every_slot_of_the_shapes_that_all_share() -> None:
    filled = {code: set(read(code)["slots"]) for code in LANGUAGES}
    assert all(slots == filled["en"] for slots in filled.values())
    shapes = "".join(read("frames").values())
    wanted = set(re.findall(r"\{([a-z]\w+)\}", shapes)) - {"nth", "date", "yy", "end"}
    assert wanted <= filled["en"]


def test_a_parents_word_that_an_account_is_their_childs_is_a_possible_one_and_no_more() -> None:
    for phrase in phrases("thirteenth"):
        if phrase.kind == "holder":
            assert {s.signal for s in statements(phrase.text, WRITTEN)} == {"hint"}, phrase.text


def test_what_is_over_or_would_have_been_is_no_present_age() -> None:
    for text in (
        "As a 16 year old I'd have loved this.",
        "À 14 ans je suis parti en Espagne.",
        "Con 17 años me saqué el carné de moto.",
        "Op mijn 17e haalde ik mijn rijbewijs.",
    ):
        assert not speaks_of_a_minor(text), text


def test_a_birth_year_that_is_put_right_is_the_right_one() -> None:
    for text in (
        "you have my birth year as 2001, it should be 2012",
        "Tienen 2001 como año de nacimiento, es 2012.",
        "Bei euch steht Geburtsjahr 2001, richtig ist 2012.",
    ):
        assert speaks_of_a_minor(text), text


@pytest.mark.parametrize(
    "text",
    [
        "I guess 15 is not too young to sell stickers, is it? I do it after school",
        "Du wirst lachen, aber mit vierzehn bin ich hier wohl die Jüngste",
        "quattordici anni compiuti ieri e ancora niente conto",
        "com 15 anos acho que já posso ter conta, não?",
        "Zelf ben ik van augustus tweeduizendtwaalf, drummer",
    ],
)
def test_what_no_rule_knows_is_heard_from_the_words_around_it_as_a_possible(text: str) -> None:
    assert levels(text) & {Level.POSSIBLE, Level.LIKELY} == {Level.POSSIBLE}


def test_what_a_rule_claims_against_the_words_around_it_is_not_likely() -> None:
    for text in (
        "Je me suis cassé la jambe à huit ans, et ça me fait encore mal quand il pleut.",
        "Ik ben in 2020 begonnen met zwemmen",
    ):
        assert Level.LIKELY not in levels(text), text


def test_an_address_and_an_age_that_was_are_no_hint() -> None:
    for text in (
        "13 Kings Road",
        "Am Markt 18",
        "Good value, but the templates are hard to find. When I signed up I was 17.",
        "Preis in Ordnung. Bei der Anmeldung war ich 17.",
    ):
        assert not speaks_of_a_minor(text), text


def test_a_weight_names_what_it_weighs() -> None:
    weights = classifier.learned()
    assert weights["next- have"] > 0 > weights["clause- people"]
    assert all("\t" not in name and name == name.strip() for name in weights)


def test_accents_may_be_left_out_and_a_figure_may_touch_its_word() -> None:
    for text in ("j ai 15ans", "ich bin fuenfzehn jahre alt", "tengo 15 anos", "ne le 3 mars 2012"):
        assert speaks_of_a_minor(text), text


def test_a_long_text_without_a_full_stop_is_read_in_time_that_grows_with_its_length() -> None:
    started = time.process_time()
    statements("ich bin am 3. Juli geboren 2010 " * 1_500, WRITTEN)
    assert time.process_time() - started < 10  # seconds; the square of its length would take 22


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "bank", ["first", "second", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"]
)
def test_of_adults_the_past_others_and_other_numbers_few_are_possible_and_next_to_none_likely(
    bank: str, language: str
) -> None:
    others = [levels(p.text) for p in of(bank, language) if p.label != MINOR]
    assert sum(Level.LIKELY in told for told in others) <= 1
    assert sum(Level.POSSIBLE in told for told in others) <= 1 + len(others) / 5


def test_a_span_covers_the_statement_alone_in_code_points() -> None:
    text = "Grüße 👋! Ich bin 15 Jahre alt und habe eine Frage."
    (found,) = statements(text, WRITTEN)
    assert text[found.start : found.end] == "Ich bin 15 Jahre alt"
    assert found.birth is not None
    assert (found.birth.ages(WRITTEN).low, found.birth.ages(WRITTEN).high) == (15, 15)


@pytest.mark.parametrize(
    "text",
    [
        "A mis 12 años vuestra app me parece complicada",
        "Mein 15. Geburtstag wird ein großes Fest",
    ],
)
def test_what_only_hints_at_the_writers_age_is_possible_and_never_more(text: str) -> None:
    (found,) = statements(text, WRITTEN)
    assert found.signal == "hint"
    assert judge(Signal(Family.HINT, found.birth, WRITTEN), WRITTEN).level is Level.POSSIBLE
    twice = [Signal(Family.HINT, found.birth, WRITTEN)] * 2
    judged = judge_person(twice, WRITTEN)
    assert judged is not None
    assert judged.level is Level.POSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        "At the age of 17 I moved to Spain",
        "Ich bin 15 Jahre verheiratet",
        "J'ai commencé à travailler à 15 ans",
        "Mi portátil tiene 14 años y funciona",
        "Ho un mutuo di 15 anni",
    ],
)
def test_a_length_of_time_a_thing_and_the_past_hint_at_nobody(text: str) -> None:
    assert not speaks_of_a_minor(text)


def test_a_supposition_ends_with_its_clause_but_what_others_say_does_not() -> None:
    assert speaks_of_a_minor("Tell me if it fits, I'm 14")
    assert Level.LIKELY not in levels("Tell me if I'm 14 in your records")
    assert Level.LIKELY not in levels("The form says, after an hour, I'm 14")


def test_a_child_of_the_family_is_heard_in_a_language_that_shares_the_words() -> None:
    assert not speaks_of_a_minor("Unsere Tochter ist 2012 geboren, braucht sie einen Sitz?")
    assert not speaks_of_a_minor("Onze dochter is in 2012 geboren, heeft ze een zitje nodig?")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Name: Paul\nAlter: 5 Jahre Geschlecht: m", 5, 5),
        ("Edad:11 años Sexo: H.", 11, 11),
        ("Age: 7 months. Weight: 8 kg", 0, 7),
        ("Âge : 3 ans, taille 98 cm", 3, 3),
    ],
)
def test_a_forms_field_for_an_age_is_read_for_children_of_whatever_age(
    text: str, low: int, high: int
) -> None:
    (found,) = statements(text, WRITTEN)
    assert found.birth is not None
    ages = found.birth.ages(WRITTEN)
    assert (ages.low, ages.high) == (low, high)


def test_a_birthday_to_come_makes_the_writer_a_year_younger() -> None:
    (found,) = statements("I turn 17 tomorrow", WRITTEN)
    assert found.birth is not None
    assert found.birth.ages(WRITTEN).high == 16


def test_the_age_of_a_statement_grows_with_the_years() -> None:
    (found,) = statements("I'm 15 years old", date(2020, 1, 1))
    assert found.birth is not None
    assert found.birth.ages(WRITTEN).low >= 21


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Je suis en 3ème", Level.LIKELY),
        ("Je suis en terminale", Level.POSSIBLE),
        ("Ich mache gerade Abitur", Level.POSSIBLE),
        ("Ich bin in der 8. Klasse", Level.LIKELY),
        ("I'm in sixth form", Level.POSSIBLE),
        ("I'm a senior in high school", Level.POSSIBLE),
        ("Estoy en 4º ESO", Level.LIKELY),
        ("Faccio la terza media", Level.LIKELY),
        ("Ik zit in 5 vwo", Level.POSSIBLE),
        ("Estou no 11º ano", Level.POSSIBLE),
    ],
)
def test_a_stage_of_school_that_adults_sit_in_too_is_only_possible(text: str, level: Level) -> None:
    (found,) = statements(text, WRITTEN)
    assert found.signal == "school"
    assert judge(Signal(Family.SCHOOL, found.birth, WRITTEN), WRITTEN).level is level
