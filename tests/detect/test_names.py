"""Names: columns of people are told from columns of things, and texts that speak of somebody."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.detect.names.pieces import LONGEST, pieces
from vitrail.keys import Keyring

Persons = Callable[..., list[str]]


@pytest.fixture(scope="module")
def persons(cache: Path) -> Persons:
    detector = Detector(DetectorOptions(), Keyring(bytes(32)), cache)

    def found(*cells: str, column: str, language: str | None = None) -> list[str]:
        context = ColumnContext(column, language=language)
        hits = detector.judge(pa.array(cells), context)
        rows = zip(hits.value, hits.entity_type, hits.start, hits.end, strict=True)
        return [cells[v][s:e] for v, entity, s, e in rows if entity == "PERSON"]

    return found


@pytest.fixture(scope="module")
def without_names(cache: Path) -> Detector:
    return Detector(DetectorOptions(names="off"), Keyring(bytes(32)), cache)


PEOPLE = ("Jean Dupont", "Marie Lefèvre", "Hans Müller", "Lucia Rossi", "Emma Jones", "Ana Silva")


def test_a_column_of_people_is_found_whole(persons: Persons) -> None:
    assert persons(*PEOPLE, column="client") == list(PEOPLE)
    assert persons(*PEOPLE, column="x1") == list(PEOPLE)


@pytest.mark.parametrize(
    "cells",
    [
        ("Müller J.", "Rossi L.", "Jones E.", "Silva A.", "Dupont M.", "García P."),
        ("Müller, J.", "Rossi, L.", "Jones, E.", "Silva, A.", "Dupont, M.", "García, P."),
        ("Dr. Müller", "Sig. Rossi", "Mrs Jones", "Sra. Silva", "Mme Dupont", "Prof. García"),
    ],
)
def test_last_names_with_initials_or_a_form_of_address_are_people_under_a_silent_name(
    persons: Persons, cells: tuple[str, ...]
) -> None:
    assert persons(*cells, column="x1") == list(cells)


def test_last_names_are_taken_by_their_columns_word(persons: Persons) -> None:
    names = ("Dupont", "O'Neil", "Schäfer", "García")
    assert persons(*names, column="last_name") == list(names)
    assert persons(*names, column="nomDeFamille") == list(names)


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("city", ("Paris", "Florence", "London", "Sydney", "Austin", "Lyon")),
        ("place", ("Paris", "Florence", "London", "Berlin", "Madrid", "Lyon")),
        ("name", ("Blue Chair", "Large Table", "Garden Lamp", "Oak Shelf", "Wool Rug")),
        ("name", ("Acme Industries", "Globex", "Initech", "Umbrella Corp", "Stark Labs")),
        (
            "x1",
            ("Lycée Marie Curie", "Collège Jean Jaurès", "École Jules Ferry", "Lycée Ada Byron"),
        ),
        ("status", ("active", "cancelled", "pending", "paid")),
        ("product_name", ("Rose Pillow", "Max Drill", "Victoria Sofa", "Oscar Lamp")),
        ("state_name", ("Georgia", "Virginia", "Carolina", "Dakota")),
    ],
)
def test_cities_products_companies_and_statuses_are_no_people(
    persons: Persons, column: str, cells: tuple[str, ...]
) -> None:
    assert persons(*cells, column=column) == []


def test_somebody_in_a_text_is_found_whatever_the_case(persons: Persons) -> None:
    text = "Yesterday I spoke with Maria Garcia about the late delivery of my order"
    assert persons(text, column="message", language="en") == ["Maria Garcia"]
    assert persons(text.upper(), column="message", language="en") == ["MARIA GARCIA"]
    french = "Le client Jean Dupont a rappelé hier soir au sujet de sa commande"
    assert persons(french, column="message", language="fr") == ["Jean Dupont"]


def test_a_name_before_a_quotation_mark_of_json_within_json_is_found(persons: Persons) -> None:
    text = r"""{\"text\": \"She said: I am Cynthia\\'s daughter\", \"by\": \"Timothy Olson\"}"""
    assert persons(text, column="message", language="en") == ["Cynthia", "Timothy Olson"]


def test_names_in_capitals_and_with_accents_apart_are_found_at_their_places(
    persons: Persons,
) -> None:
    apart = unicodedata.normalize("NFD", "Émilie Lefèvre")
    cells = (
        "Unterschrieben wurde der Vertrag von KRÜGER/THORSTEN, danke",
        "The ticket was opened by WHITLOCK AMELIA last night again",
        f"Hier {apart} a encore appelé deux fois depuis la gare",
    )
    found = persons(*cells, column="message")
    assert found == ["KRÜGER/THORSTEN", "WHITLOCK AMELIA", apart]


def test_a_column_of_last_names_and_first_ones_with_a_slash_is_one_of_people(
    persons: Persons,
) -> None:
    cells = [f"{last}/{first}".upper() for first, last in (name.split() for name in PEOPLE)]
    assert persons(*cells, column="col7") == cells


def test_what_programs_call_themselves_holds_no_names(persons: Persons) -> None:
    agents = (
        "Mozilla/5.0 (Macintosh; PPC Mac OS X 10_7_6) AppleWebKit/535.0 Chrome/44.0.8.0",
        "Opera/9.43.(X11; Linux i686; it-IT) Presto/2.9.180 Version/12.00",
        "Dalvik/2.1.0 (Linux; U; Android 11; Mac Oscar)",
    )
    assert persons(*agents, column="user_agent") == []


def test_texts_about_nobody_stay_clean(persons: Persons) -> None:
    cells = (
        "The parcel arrived late and the box was open when we got it",
        "Please cancel my subscription at the end of the month, thanks",
        "Paris is where the new office will be opened in spring this year",
    )
    assert persons(*cells, column="message", language="en") == []


def test_names_can_be_left_out_of_a_call(cache: Path) -> None:
    detector = Detector(DetectorOptions(), Keyring(bytes(32)), cache)
    found = detector.judge(pa.array(list(PEOPLE)), ColumnContext("full_name"), names=False)
    assert len(found) == 0


def test_what_the_models_did_not_read_is_said(cache: Path) -> None:
    detector = Detector(DetectorOptions(languages=("en",)), Keyring(bytes(32)), cache)
    cells = [f"Maria called again about order number {n} and the parcel" for n in range(700)]
    found = detector.judge(pa.array(cells), ColumnContext("message", language="en"))
    assert found.notes == ("Names: the models read 300 of the texts that may hold some.",)


def test_a_first_look_states_the_share_that_is_read_and_its_bound(cache: Path) -> None:
    detector = Detector(DetectorOptions(languages=("en",)), Keyring(bytes(32)), cache)
    cells = pa.array([f"We told Maria Lopez about order {n} and the parcel" for n in range(40)])
    context = ColumnContext("message", language="en")
    look = detector.first_look(cells, context, distinct=40_000)
    assert look.names == "text"
    assert 0 < look.read < 0.1
    found = detector.judge(cells, replace(context, first_look=look))
    assert "fewer than 17 in 10,000" in found.notes[0]
    assert "other capitals hold beyond the list is not known" in found.notes[0]
    # those that no model read are told by the list of first names
    assert found.value.tolist() == list(range(40))


def test_a_bound_rests_on_the_texts_of_the_kind_that_it_speaks_of(cache: Path) -> None:
    detector = Detector(DetectorOptions(languages=("en",)), Keyring(bytes(32)), cache)
    named = [f"We told Maria Lopez about order {n} and the parcel" for n in range(38)]
    others = [f"We told the Zweckverband about order {n} and its parcel" for n in range(2)]
    context = ColumnContext("message", language="en")
    look = detector.first_look(pa.array(named + others), context, distinct=2_000)
    assert (look.read, look.read_possible, look.texts_read) == (1.0, 1.0, 100)
    look = detector.first_look(pa.array(named + others * 2), context, distinct=2_100)
    assert look.read_possible < 1
    found = detector.judge(pa.array(others), replace(context, first_look=look))
    assert "about 100 different texts with other capitals" in found.notes[0]
    assert "fewer than 419 in 10,000" in found.notes[0]


@pytest.mark.parametrize(
    ("language", "text", "address"),
    [
        ("en", "Please ship it to 221 Baker Street, London NW1 6XE by Monday", "221 Baker Street"),
        ("fr", "Livrez au 12 rue des Lilas, 69003 Lyon, avant midi", "12 rue des Lilas"),
        ("de", "Bitte liefern Sie an die Lindenallee 7, 10115 Berlin, danke", "Lindenallee 7"),
        ("es", "Vive en la calle del Olmo, 14, 28012 Madrid, desde 2019", "calle del Olmo, 14"),
        ("it", "Abita in via Garibaldi 22, 10122 Torino, da molti anni", "via Garibaldi 22"),
        ("nl", "Stuur het naar Prinsengracht 263, 1016 GV Amsterdam graag", "Prinsengracht 263"),
        ("pt", "Mora na Rua das Flores 45, 1200-195 Lisboa, desde sempre", "Rua das Flores 45"),
    ],
)
def test_an_address_is_one_hit_with_its_town(
    cache: Path, language: str, text: str, address: str
) -> None:
    detector = Detector(DetectorOptions(names="all"), Keyring(bytes(32)), cache)
    found = detector.judge(pa.array([text]), ColumnContext("note", language=language))
    spans = zip(found.entity_type, found.start, found.end, strict=True)
    pieces = [text[s:e] for entity, s, e in spans if entity == "STREET_ADDRESS"]
    assert len(pieces) == 1
    assert address in pieces[0]


@given(st.text("ab \n", max_size=3_000))
def test_pieces_of_a_text_leave_nothing_out(text: str) -> None:
    covered = set()
    for piece in pieces(text):
        assert len(piece.text) <= LONGEST
        assert text[piece.offset :].startswith(piece.text)
        covered.update(range(piece.offset, piece.offset + len(piece.text)))
    assert all(text[i] == "\n" for i in range(len(text)) if i not in covered)


def test_mail_to_soldiers_is_an_address_and_a_year_is_none(cache: Path) -> None:
    detector = Detector(DetectorOptions(names="off"), Keyring(bytes(32)), cache)
    texts = ("Send it to PSC 1234, Box 56\nAPO AE 09012 please", "During 1980 nobody moved")
    found = detector.judge(pa.array(texts), ColumnContext("note"))
    assert found.entity_type == ["STREET_ADDRESS"]
    assert texts[0][found.start[0] : found.end[0]] == "PSC 1234, Box 56\nAPO AE 09012"


def test_a_postcode_by_its_word_is_a_place_where_places_are_asked_for(cache: Path) -> None:
    detector = Detector(DetectorOptions(names="all"), Keyring(bytes(32)), cache)
    text = "El paciente ingresa desde otro centro.\nCP: 28035.\nNada más que decir de ello"
    found = detector.judge(pa.array([text]), ColumnContext("note", language="es"))
    spans = zip(found.entity_type, found.start, found.end, strict=True)
    assert "28035" in [text[s:e] for entity, s, e in spans if entity == "LOCATION"]


def test_addresses_of_several_lines_under_a_silent_name_are_a_column_of_addresses(
    cache: Path,
) -> None:
    streets = ("Lindenallee", "Am Markt", "Rosenweg", "Schulgasse", "Via Garibaldi", "Calle Mayor")
    cells = [f"{street} {n}\n{10115 + n} Berlin" for n in (7, 12, 93) for street in streets]
    detector = Detector(DetectorOptions(), Keyring(bytes(32)), cache)
    found = detector.judge(pa.array(cells), ColumnContext("x1"))
    assert found.entity_type == ["STREET_ADDRESS"] * len(cells)
    assert (found.end - found.start).tolist() == [len(cell) for cell in cells]


def addresses_in(text: str, detector: Detector) -> list[str]:
    found = detector.judge(pa.array([text]), ColumnContext("note"))
    spans = zip(found.entity_type, found.start, found.end, strict=True)
    return [text[s:e] for entity, s, e in spans if entity == "STREET_ADDRESS"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("We post it to PO Box 4417 today", "PO Box 4417"),
        ("Écrivez à la BP 204, 38000 Grenoble", "BP 204, 38000 Grenoble"),
        ("Bitte an Postfach 10 24 33 senden", "Postfach 10 24 33"),
        ("Mande todo al Apartado de Correos 412", "Apartado de Correos 412"),
        ("Scrivete alla Casella Postale 118", "Casella Postale 118"),
        ("Stuur het naar Postbus 2210 graag", "Postbus 2210"),
        ("Envie para a Caixa Postal 84, por favor", "Caixa Postal 84"),
        ("Sie wohnt am Theodor-Heuss-Ring 23 oben", "Theodor-Heuss-Ring 23"),
        ("Am Arbeitsplatz 3 fehlt der Kolbenring 7, siehe Monitoring 5", None),
        ("El apartado 3 de la ley, y la BP 120 de hoy", None),
        ("Of 5 hosts that were called, 0 were strangers", None),
        ("See sections 2, 8 A way out in every message", None),
        ("He lives at 8 A Street", "8 A Street"),
    ],
)
def test_post_boxes_are_addresses_and_words_that_end_as_streets_do_are_none(
    without_names: Detector, text: str, address: str | None
) -> None:
    assert addresses_in(text, without_names) == ([] if address is None else [address])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("address: CASE WHEN a.is_open THEN 1 ELSE 0 END AS open", None),
        ("Their e-mail address was told on 29 May of that year", None),
        ("adresse notée le 14 Mai par le service", None),
        ("Anschrift seit 3 Januar bekannt", None),
        ("address: 29 Pinewood Heights", "29 Pinewood Heights"),
        ("address: 12 May Flower Heights", "12 May Flower Heights"),
    ],
)
def test_a_number_before_a_month_or_a_word_of_sql_is_no_address(
    without_names: Detector, text: str, address: str | None
) -> None:
    assert addresses_in(text, without_names) == ([] if address is None else [address])


def test_an_address_ends_before_the_phone_number_that_follows_it(cache: Path) -> None:
    detector = Detector(DetectorOptions(), Keyring(bytes(32)), cache)
    text = "Emma Jones\n12 Baker Street\nLondon NW1 6XE\n020 7946 0958 office"
    hits = detector.judge(pa.array([text]), ColumnContext("text", language="en"))
    found = {e: text[s:t] for e, s, t in zip(hits.entity_type, hits.start, hits.end, strict=True)}
    assert found["PHONE_NUMBER"] == "020 7946 0958"
    assert found["STREET_ADDRESS"] == "12 Baker Street\nLondon NW1 6XE"
