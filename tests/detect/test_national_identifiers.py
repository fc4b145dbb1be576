"""National identifiers: each that python-stdnum can check is found, or it stands here why not."""

from __future__ import annotations

import pkgutil
import random
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
import stdnum

from vitrail.detect.detector import Detector
from vitrail.detect.recognizers import (
    benelux,
    british,
    eastern,
    french,
    german,
    iberian,
    italian,
    nordic,
)
from vitrail.detect.recognizers.numbering import REGIONS

Look = Callable[..., list[tuple[str, str]]]
IDENTIFIERS = [
    identifier
    for module in (benelux, british, eastern, french, german, iberian, italian, nordic)
    for identifier in module.IDENTIFIERS
]
PACKAGES = {"IS": "is_"}

COMPANY = "a number of companies"
VAT = "a VAT number: companies' for the most part"
PLACE = "a place, not a person"
THING = "a thing, not a person"
ACCOUNT = "a domestic account number; the IBAN is found"
OTHERS = "the same persons are found by another module's check"
PRESIDIO = "Presidio's own recogniser finds it"
NO_CHECK = "any digits pass: there is no check"
NOT_FOUND = {
    "at.businessid": COMPANY, "at.postleitzahl": PLACE, "at.uid": VAT,
    "be.bis": OTHERS, "be.nn": OTHERS, "be.iban": ACCOUNT, "be.ogm_vcs": THING, "be.vat": VAT,
    "bg.vat": VAT, "ch.esr": THING, "ch.uid": COMPANY, "ch.vat": VAT, "cy.vat": VAT,
    "cz.bankaccount": ACCOUNT, "cz.dic": VAT, "de.handelsregisternummer": COMPANY,
    "de.idnr": PRESIDIO, "de.leitweg": COMPANY, "de.stnr": PRESIDIO, "de.vat": VAT,
    "de.wkn": THING, "dk.cvr": COMPANY, "ee.kmkr": VAT, "ee.registrikood": COMPANY,
    "es.cae": COMPANY, "es.ccc": ACCOUNT, "es.cif": COMPANY, "es.cups": THING,
    "es.dni": PRESIDIO, "es.iban": ACCOUNT, "es.nie": PRESIDIO, "es.postal_code": PLACE,
    "es.referenciacatastral": THING, "fi.alv": VAT, "fi.associationid": COMPANY,
    "fi.hetu": PRESIDIO, "fi.veronumero": NO_CHECK, "fi.ytunnus": COMPANY, "fr.accise": COMPANY,
    "fr.rcs": COMPANY, "fr.tva": VAT, "gb.nhs": PRESIDIO, "gb.sedol": THING, "gb.vat": VAT,
    "hu.anum": COMPANY, "ie.vat": VAT, "is_.vsk": VAT, "it.aic": THING, "it.iva": PRESIDIO,
    "li.peid": NO_CHECK, "lt.pvm": VAT, "lu.tva": VAT, "mt.vat": VAT, "nl.brin": PLACE,
    "nl.btw": VAT, "nl.postcode": PLACE, "no.iban": ACCOUNT, "no.kontonr": ACCOUNT, "no.mva": VAT,
    "no.orgnr": COMPANY, "pl.nip": VAT, "pl.regon": COMPANY, "ro.cf": VAT, "ro.cui": COMPANY,
    "ro.onrc": COMPANY, "se.orgnr": COMPANY, "se.postnummer": PLACE, "se.vat": VAT,
    "si.maticna": COMPANY, "sk.dph": VAT, "us.atin": NO_CHECK, "us.ein": COMPANY,
    "us.itin": PRESIDIO, "us.ptin": NO_CHECK, "us.rtn": COMPANY, "us.ssn": PRESIDIO,
    "us.tin": PRESIDIO,
}  # fmt: skip


def test_every_check_of_an_eea_country_is_used_or_left_for_a_reason() -> None:
    used = {check for identifier in IDENTIFIERS for check in identifier.checks
            if not check.startswith("vitrail.")}  # fmt: skip
    known = {
        f"{package}.{module.name}"
        for package in (PACKAGES.get(region, region.lower()) for region in REGIONS)
        for module in pkgutil.iter_modules([f"{stdnum.__path__[0]}/{package}"])
    }
    assert used | NOT_FOUND.keys() == known
    assert used.isdisjoint(NOT_FOUND)


#: By country the entity types that find its persons' numbers, or why there is none.
COVERAGE: dict[str, tuple[str, ...] | str] = {
    "AT": ("AT_SVNR", "AT_TIN"), "BE": ("BE_NN", "BE_EID"), "BG": ("BG_EGN", "BG_PNF"),
    "CH": ("CH_AHV",), "CY": "python-stdnum checks VAT numbers alone", "CZ": ("CZ_RC",),
    "DE": ("DE_TAX_ID", "DE_SOCIAL_SECURITY", "DE_HEALTH_INSURANCE", "DE_ID_CARD", "DE_PASSPORT",
           "DE_FUEHRERSCHEIN", "DE_TAX_NUMBER"),
    "DK": ("DK_CPR",), "EE": ("EE_IK",), "ES": ("ES_NIF", "ES_NIE", "ES_PASSPORT"),
    "FI": ("FI_PERSONAL_IDENTITY_CODE",), "FR": ("FR_NIR", "FR_SPI"),
    "GB": ("UK_NINO", "UK_NHS", "UK_UTR", "UK_UPN", "UK_PASSPORT", "UK_DRIVING_LICENCE"),
    "GR": ("GR_AMKA", "GR_AFM"), "HR": ("HR_OIB",),
    "HU": "python-stdnum checks company numbers alone", "IE": ("IE_PPS",), "IS": ("IS_KENNITALA",),
    "IT": ("IT_FISCAL_CODE", "IT_DRIVER_LICENSE", "IT_IDENTITY_CARD", "IT_PASSPORT"),
    "LI": "any digits pass python-stdnum's check of the PEID; the AHV number is Switzerland's",
    "LT": ("LT_ASMENS",), "LU": "python-stdnum checks VAT numbers alone", "LV": ("LV_PK",),
    "MT": "python-stdnum checks VAT numbers alone",
    "NL": ("NL_BSN", "NL_ONDERWIJSNUMMER", "NL_PASSPORT"), "NO": ("NO_FODSELSNUMMER",),
    "PL": ("PL_PESEL",), "PT": ("PT_NIF", "PT_CC"), "RO": ("RO_CNP",), "SE": ("SE_PERSONNUMMER",),
    "SI": ("SI_EMSO", "SI_TAX"), "SK": ("CZ_RC",),
    "US": ("US_SSN", "US_ITIN", "US_PASSPORT", "US_DRIVER_LICENSE", "US_MBI"),
}  # fmt: skip


@pytest.mark.parametrize("country", REGIONS)
def test_every_country_has_a_recogniser_or_a_reason_why_not(
    detector: Detector, country: str
) -> None:
    covered = COVERAGE[country]
    if not isinstance(covered, str):
        for language, types in detector.coverage().items():
            assert set(covered) <= set(types), language
        return
    package = PACKAGES.get(country, country.lower())
    modules = pkgutil.iter_modules([f"{stdnum.__path__[0]}/{package}"])
    assert all(f"{package}.{module.name}" in NOT_FOUND for module in modules), covered


def test_swedens_coordination_numbers_are_personal_numbers(look: Look) -> None:
    checks = ("vitrail.detect.recognizers.coordination",)
    for template in ("YM81-0000", "YM910000", "19YM61-0000"):
        for number in made_up(checks, template):
            assert look(f"samordningsnummer: {number}") == [("SE_PERSONNUMMER", number)]
            wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
            assert look(f"samordningsnummer: {wrong}") == []


def numbered(template: str, rng: random.Random) -> str:
    """``0`` any digit, ``A`` any letter, ``Y`` ``M`` ``D`` of a date of birth, the rest as is."""
    date = {"Y": f"{rng.randint(40, 99):02}", "M": f"{rng.randint(1, 12):02}",
            "D": f"{rng.randint(1, 28):02}"}  # fmt: skip
    letters = []
    for sign in template:
        if sign == "0":
            letters.append(rng.choice("0123456789"))
        elif sign == "A":
            letters.append(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ"))
        else:
            letters.append(date.get(sign, sign))
    return "".join(letters)


def module_of(check: str) -> Any:
    return import_module(check if check.startswith("vitrail.") else f"stdnum.{check}")


def made_up(checks: tuple[str, ...], template: str, count: int = 4) -> list[str]:
    """Numbers of the template's form that python-stdnum lets pass."""
    rng = random.Random(template)
    found: list[str] = []
    for _ in range(400_000):
        number = numbered(template, rng)
        if any(module_of(check).is_valid(number) for check in checks):
            found.append(number)
            if len(found) == count:
                return found
    raise AssertionError(f"no number like {template}")


# entity: a template of each writing, and what the number is called at home
WRITINGS = {
    "FR_NIR": (["1 Y M 75 000 000 00", "2YM7500000000"], "numéro de sécurité sociale"),
    "FR_SPI": (["0000000000000", "00 00 000 000 000"], "numéro fiscal"),
    "FR_SIREN": (["000 000 000"], "SIREN"),
    "AT_SVNR": (["0000DMY", "0000 DMY"], "Sozialversicherungsnummer"),
    "AT_TIN": (["00-000/0000", "000000000"], "Abgabenkontonummer"),
    "CH_AHV": (["756.0000.0000.00", "7560000000000"], "AHV-Nr."),
    "PT_NIF": (["200000000", "200 000 000"], "contribuinte"),
    "PT_CC": (["00000000 0 AA0"], "cartão de cidadão"),
    "ES_NIF": (["K0000000A", "L0000000A"], "NIF"),
    "BE_NN": (["Y.M.D-000.00", "YMD00000"], "rijksregisternummer"),
    "BE_EID": (["000-0000000-00"], "numéro de carte d'identité"),
    "NL_BSN": (["000000000", "0000.00.000"], "burgerservicenummer"),
    "NL_ONDERWIJSNUMMER": (["100000000"], "onderwijsnummer"),
    "NL_PASSPORT": (["AA0000000", "AA0AA0000"], "paspoortnummer"),
    "SE_PERSONNUMMER": (["YMD-0000", "19YMD-0000"], "personnummer"),
    "DK_CPR": (["DMY-0000", "DMY0000"], "CPR-nr."),
    "NO_FODSELSNUMMER": (["DMY00000", "DMY 00000"], "fødselsnummer"),
    "IS_KENNITALA": (["DMY-0000"], "kennitala"),
    "PL_PESEL": (["YMD00000"], "PESEL"),
    "CZ_RC": (["YMD/0000", "YMD0000"], "rodné číslo"),
    "RO_CNP": (["1YMD000000"], "CNP"),
    "BG_EGN": (["YMD0000"], "ЕГН"),
    "BG_PNF": (["0000000000"], "ЛНЧ"),
    "EE_IK": (["3YMD0000"], "isikukood"),
    "LT_ASMENS": (["4YMD0000"], "asmens kodas"),
    "LV_PK": (["DMY-10000"], "personas kods"),
    "GR_AMKA": (["DMY00000"], "ΑΜΚΑ"),
    "GR_AFM": (["000000000"], "ΑΦΜ"),
    "SI_EMSO": (["DM9Y500000"], "EMŠO"),
    "SI_TAX": (["00000000"], "davčna številka"),
    "HR_OIB": (["00000000000"], "OIB"),
    "IE_PPS": (["0000000A", "0000000AA"], "PPSN"),
    "UK_UTR": (["0000000000", "00000 00000"], "Unique Taxpayer Reference"),
    "UK_UPN": (["A000000000000"], "UPN"),
    "IT_FISCAL_CODE": (["AAAAAAYA15A000A"], "codice fiscale"),
}


def checks_of(entity: str) -> tuple[str, ...]:
    return tuple(c for i in IDENTIFIERS if i.entity == entity for c in i.checks)


@pytest.mark.parametrize("entity", sorted({i.entity for i in IDENTIFIERS}))
def test_made_up_numbers_are_found_where_they_are_named(look: Look, entity: str) -> None:
    templates, name = WRITINGS[entity]
    column = name.replace(" ", "_").replace("'", "_").strip(".")
    for template in templates:
        for number in made_up(checks_of(entity), template):
            assert (entity, number) in look(f"Bonjour, {name}: {number}. Merci")
            assert (entity, number) in look(number, column=column)
            assert (entity, number) in look(f'{{"{name}": "{number}"}}')


@pytest.mark.parametrize("entity", sorted({i.entity for i in IDENTIFIERS}))
def test_a_number_whose_check_fails_is_none(look: Look, entity: str) -> None:
    templates, name = WRITINGS[entity]
    rng = random.Random(7)
    checks = [module_of(check) for check in checks_of(entity)]
    for _ in range(20):
        number = numbered(templates[0], rng)
        if not any(check.is_valid(number) for check in checks):
            assert (entity, number) not in look(f"{name}: {number}")


@pytest.mark.parametrize(
    ("words", "template", "entity"),
    [
        ("national ID number", "YMD00000", "PL_PESEL"),
        ("numéro d'identité", "YMD00000", "PL_PESEL"),
        ("Identifikationsnummer", "YMD00000", "PL_PESEL"),
        ("numero de identificacion", "YMD00000", "PL_PESEL"),
        ("documento d'identità", "YMD00000", "PL_PESEL"),
        ("número de identificação", "YMD00000", "PL_PESEL"),
        ("identiteitsnummer", "YMD00000", "PL_PESEL"),
        ("social security number", "0000DMY", "AT_SVNR"),
        ("numero de securite sociale", "0000DMY", "AT_SVNR"),
        ("seguridad social", "0000DMY", "AT_SVNR"),
        ("tax id", "000000000", "GR_AFM"),
        ("Steuernummer", "000000000", "GR_AFM"),
        ("codice fiscale", "000000000", "GR_AFM"),
    ],
)
def test_the_words_of_seven_languages_speak_for_a_number(
    look: Look, words: str, template: str, entity: str
) -> None:
    for number in made_up(checks_of(entity), template, 2):
        found = look(f"{words}: {number}")
        assert [text for _, text in found] == [number]


def test_a_token_of_sixteen_hexadecimal_digits_is_no_driving_licence(look: Look) -> None:
    assert look("decab607159fe4bc") == []
    assert look("DECAB607159FE4BC") == [("UK_DRIVING_LICENCE", "DECAB607159FE4BC")]
