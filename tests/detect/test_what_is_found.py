"""Values of every family, alone, in a sentence, in a link, and the look-alikes that are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vitrail.model import ColumnType

Look = Callable[..., list[tuple[str, str]]]

FOUND_ANYWHERE = [
    ("EMAIL_ADDRESS", "jo.martin+news@shop.example.fr"),
    ("CREDIT_CARD", "4111 1111 1111 1111"),
    ("CREDIT_CARD", "2223003122003222"),
    ("CREDIT_CARD", "378282246310005"),
    ("CREDIT_CARD", "6759649826438453"),
    ("CREDIT_CARD", "3530111333300000"),
    ("CREDIT_CARD", "30569309025904"),
    ("IBAN_CODE", "FR14 2004 1010 0505 0001 3M02 606"),
    ("IBAN_CODE", "DE89370400440532013000"),
    ("IP_ADDRESS", "203.0.113.77"),
    ("IP_ADDRESS", "2001:db8::8a2e:370:7334"),
    ("MAC_ADDRESS", "00:1A:2B:3C:4D:5E"),
    ("CRYPTO", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    ("CRYPTO", "0x52908400098527886E0F7030069857D2E4169EE7"),
    ("FR_NIR", "1 85 05 78 006 084 91"),
    ("IT_FISCAL_CODE", "RSSMRA85T10A562S"),
    ("ES_NIF", "12345678Z"),
    ("ES_NIE", "X1234567L"),
    ("BE_NN", "85.07.30-033.28"),
    ("FI_PERSONAL_IDENTITY_CODE", "131052-308T"),
    ("CH_AHV", "756.9217.0769.85"),
    ("UK_NINO", "AB 12 34 56 C"),
    ("US_SSN", "536-90-4399"),
    ("SECRET", "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"),
    ("SECRET", "ghp_" + "aB3dE9" * 6),
    ("SECRET", "AKIA" + "Q3EGRT7PLWXZ5N2D"),
    ("STREET_ADDRESS", "12 rue de la Paix, 75002 Paris"),
    ("STREET_ADDRESS", "221 Baker Street"),
    ("STREET_ADDRESS", "Hauptstraße 12"),
    ("STREET_ADDRESS", "Calle Mayor 5"),
    ("STREET_ADDRESS", "Via Garibaldi 10"),
]

FOUND_WITH_A_WORD = [
    ("NL_BSN", "111222333", "BSN"),
    ("PT_NIF", "501442600", "contribuinte"),
    ("PL_PESEL", "44051401359", "PESEL"),
    ("SE_PERSONNUMMER", "811228-9874", "personnummer"),
    ("DE_TAX_ID", "65929970489", "Steuer-ID"),
    ("UK_NHS", "943 476 5919", "NHS"),
    ("DK_CPR", "211062-5629", "CPR"),
    ("FR_SIREN", "552 008 443", "SIREN"),
    ("US_PASSPORT", "912803456", "passport number"),
    ("DATE_OF_BIRTH", "12/03/1980", "né le"),
    ("DATE_OF_BIRTH", "1980-03-12", "date of birth"),
    ("DATE_OF_BIRTH", "3. März 1980", "geboren am"),
]


@pytest.mark.parametrize(("entity", "value"), FOUND_ANYWHERE)
def test_a_telling_form_is_found_alone_and_in_a_sentence(
    look: Look, entity: str, value: str
) -> None:
    assert (entity, value) in look(value)
    assert (entity, value) in look(f"Merci de noter : {value} ; à bientôt")


@pytest.mark.parametrize(("entity", "value", "word"), FOUND_WITH_A_WORD)
def test_a_short_number_is_found_where_a_word_or_the_column_names_it(
    look: Look, entity: str, value: str, word: str
) -> None:
    assert (entity, value) in look(f"her {word}: {value} thanks")
    assert (entity, value) in look(value, column=word.replace(" ", "_"))


@pytest.mark.parametrize("entity", ["NL_BSN", "PT_NIF", "PL_PESEL", "DE_TAX_ID", "UK_NHS"])
def test_a_short_number_by_itself_is_nothing(look: Look, entity: str) -> None:
    values = [value for kind, value, _ in FOUND_WITH_A_WORD if kind == entity]
    assert all(kind != entity for kind, _ in look(*values))


def test_a_column_nearly_all_of_whose_cells_pass_a_check_is_found_without_a_word(
    look: Look,
) -> None:
    from stdnum.nl import bsn

    numbers = [str(n) for n in range(100_000_000, 100_004_000) if bsn.is_valid(str(n))]
    assert len(numbers) > 100
    found = look(*numbers, column="value")
    assert len([1 for entity, _ in found if entity == "NL_BSN"]) >= 0.95 * len(numbers)


def test_numbers_that_pass_a_check_by_chance_are_not_taken(look: Look) -> None:
    assert look(*(str(n) for n in range(100_000_000, 100_004_000)), column="value") == []
    cards = [str(n) for n in range(4_000_000_000_000_000, 4_000_000_000_000_400)]
    assert look(*cards, column="value") == []


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("2024-11-22T10:33:04.123Z", "created_at"),
        ("1732271584", "created_at"),
        ("1732271584123", "ts"),
        ("48.856614", "lat"),
        ("1,234,567.89", "amount"),
        ("1 234 567,89 €", "montant"),
        ("10.4.22.1", "app_version"),
        ("Mozilla/5.0 (X11) Chrome/120.0.6099.71 Safari/537.36", "user_agent"),
        ("Mozilla/5.0 (X11; rv:1.9.4.20) Gecko Firefox/3.6.16 Mobile", "user_agent"),
        ("AppleWebKit/534.46.2 Mobile/9B117 Safari/6533.18.5", "user_agent"),
        ("updated to version 2.14.0.3 today", "note"),
        ("8f14e45f-ceea-467f-a9d6-3f1b1a2c4111", "session"),
        ("d41d8cd98f00b204e9800998ecf8427e", "etag"),
        ("true", "email_verified"),
        ("logo@2x.png", "asset"),
        ("https://shop.example.fr/p/4711?utm_source=news&page=2", "url"),
        ("sk_test_4eC39HqLyjWDarjtT1zdp7dc", "key"),
        ("9783161484100", "isbn"),
        ("AB-001234-X", "sku"),
        ("form/cst-1234567L", "proof_ref"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(look: Look, cell: str, column: str) -> None:
    assert look(cell, column=column) == []


@pytest.mark.parametrize(
    "cell",
    [
        f"{'9f3' * 7}010190a0100",  # a digest, a key
        f"SQL {'c4' * 26}b010190a0100, clause {'d7' * 32}",
        "urn:uuid:0d5c7c8e-5f1b-5c0e-9b55-e010190a0100 observed",
        "row fe010190-0100-5c0e-9b55-1e2a7d5f3a10 of the table",
    ],
)
def test_a_digest_or_uuid_that_ends_as_an_identity_code_is_none(look: Look, cell: str) -> None:
    assert look(cell) == []


def test_an_identity_code_that_a_word_runs_into_is_found(look: Look) -> None:
    assert look("hetu131052-308T, kiitos") == [("FI_PERSONAL_IDENTITY_CODE", "131052-308T")]
    assert look("tunnus131052A308T") == [("FI_PERSONAL_IDENTITY_CODE", "131052A308T")]


def test_ten_digits_in_an_id_column_are_no_phone_numbers(look: Look) -> None:
    assert look(*(str(4155550100 + n) for n in range(60)), column="order_id") == []
    assert look(*(f"06123456{n:02}" for n in range(60)), column="order_id") == []
    phones = look(*(f"06123456{n:02}" for n in range(60)), column="telephone")
    assert len(phones) == 60


def test_an_address_in_a_link_is_found_at_its_place_decoded_or_not(look: Look) -> None:
    assert look("GET /s?email=jo%40shop.fr&x=1") == [("EMAIL_ADDRESS", "jo%40shop.fr")]
    assert look("GET /s?email=jo%2540shop.fr&x=1") == [("EMAIL_ADDRESS", "jo%2540shop.fr")]
    assert look("https://a.fr/s?x=1&email=jo@shop.fr") == [("EMAIL_ADDRESS", "jo@shop.fr")]
    assert ("PHONE_NUMBER", "%2B33612345678") in look("/s?q=%2B33612345678&x=1")


def test_a_link_is_personal_only_for_its_parameters(look: Look) -> None:
    link = "https://shop.fr/a?first_name=Jo&x=1"
    assert look(link) == [("URL", link)]
    assert look("https://shop.fr/a?page=2") == []


def test_a_date_column_can_hold_a_birth_date_and_nothing_else(look: Look) -> None:
    assert look("1980-02-03", column="birth_date", kind=ColumnType.DATE) == [
        ("DATE_OF_BIRTH", "1980-02-03")
    ]
    assert look("1980-02-03", column="created", kind=ColumnType.DATE) == []


def test_a_card_number_in_a_numeric_column_is_found(look: Look) -> None:
    found = look("4111111111111111", "12", column="pan", kind=ColumnType.INTEGER)
    assert found == [("CREDIT_CARD", "4111111111111111")]


def test_of_overlapping_results_the_validated_one_stays(look: Look) -> None:
    found = look("NIR 1 85 05 78 006 084 91")
    assert found == [("FR_NIR", "1 85 05 78 006 084 91")]


def test_offsets_are_code_points(look: Look) -> None:
    assert look("😀 é jo@shop.fr") == [("EMAIL_ADDRESS", "jo@shop.fr")]


def test_a_cell_of_megabytes_is_judged_in_bounded_time(look: Look) -> None:
    filler = "lorem ipsum dolor " * 60_000
    cell = f"{filler} jo@shop.fr {filler} 4111 1111 1111 1111"
    assert look(cell) == [("EMAIL_ADDRESS", "jo@shop.fr"), ("CREDIT_CARD", "4111 1111 1111 1111")]
