"""What hangs on a word is found where a sentence of any of seven languages says that word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import pytest

from vitrail.detect.detector import LANGUAGES, ColumnContext, Detector
from vitrail.detect.recognizers import borrowed
from vitrail.detect.registry import recognizers
from vitrail.detect.vocabulary import birth, contact, documents, identity, money, network
from vitrail.detect.vocabulary.words import Words
from vitrail.detect.wording import spellings

Look = Callable[..., list[tuple[str, str]]]

NEUTRAL = {
    "en": "We shipped it with {} yesterday",
    "fr": "Nous avons envoyé cela avec {} hier",
    "de": "Wir haben es gestern mit {} verschickt",
    "es": "Lo hemos enviado ayer con {} desde aquí",
    "it": "Lo abbiamo spedito ieri con {} da qui",
    "nl": "We hebben het gisteren met {} verzonden",
    "pt": "Enviámos isso ontem com {} daqui",
}


@dataclass(frozen=True)
class Kind:
    """A value that says little by itself, and a sentence of each language that says what it is."""

    entities: frozenset[str]
    value: str
    words: Words
    sentences: dict[str, str]


PASSPORTS = frozenset({"US_PASSPORT", "UK_PASSPORT", "DE_PASSPORT", "ES_PASSPORT", "IT_PASSPORT",
                       "NL_PASSPORT"})  # fmt: skip
LICENCES = frozenset({"US_DRIVER_LICENSE", "DE_FUEHRERSCHEIN", "IT_DRIVER_LICENSE",
                      "UK_DRIVING_LICENCE"})  # fmt: skip

KINDS = {
    "phone": Kind(frozenset({"PHONE_NUMBER"}), "51234567", contact.PHONE, {
        "en": "Please ring her mobile, it is {}, after six",
        "fr": "Vous pouvez me joindre au {} après six heures",
        "de": "Sie erreichen mich telefonisch unter {} nach sechs Uhr",
        "es": "Me puede llamar al {} después de las seis",
        "it": "Il mio cellulare è {} dopo le sei",
        "nl": "U kunt mij bellen op {} na zes uur",
        "pt": "O meu telemóvel é {} depois das seis",
    }),
    "birth": Kind(frozenset({"DATE_OF_BIRTH"}), "12/03/1980", birth.BIRTH, {
        "en": "He was born on {} in Leeds",
        "fr": "Elle est née le {} à Lyon",
        "de": "Sie wurde am {} geboren und lebt in Köln",
        "es": "Nació el {} en Sevilla",
        "it": "È nata il {} a Torino",
        "nl": "Hij is geboren op {} in Utrecht",
        "pt": "Nasceu a {} no Porto",
    }),
    "account": Kind(frozenset({"US_BANK_NUMBER"}), "000123456789", money.DOMESTIC_ACCOUNT, {
        "en": "Pay into bank account {} please",
        "fr": "Virement sur le compte bancaire {} svp",
        "de": "Bitte auf die Kontonummer {} überweisen",
        "es": "Ingreso en la cuenta bancaria {} por favor",
        "it": "Versare sul conto corrente {} per favore",
        "nl": "Graag storten op bankrekening {} alstublieft",
        "pt": "Pagar para a conta bancária {} por favor",
    }),
    "card": Kind(frozenset({"CREDIT_CARD"}), "4929 1234 5678 9012", money.CARD_NUMBER, {
        "en": "My credit card is {} and it fails",
        "fr": "Ma carte bancaire {} est refusée",
        "de": "Meine Kreditkarte {} wird abgelehnt",
        "es": "Mi tarjeta de crédito {} no funciona",
        "it": "La mia carta di credito {} non funziona",
        "nl": "Mijn creditkaart {} wordt geweigerd",
        "pt": "O meu cartão de crédito {} foi recusado",
    }),
    "passport": Kind(PASSPORTS, "912803456", documents.PASSPORT, {
        "en": "She travels on passport {} today",
        "fr": "Elle voyage avec le passeport {} cette fois",
        "de": "Sie reist mit Reisepass {} heute",
        "es": "Viaja con el pasaporte {} hoy",
        "it": "Viaggia con il passaporto {} oggi",
        "nl": "Zij reist met paspoort {} vandaag",
        "pt": "Viaja com o passaporte {} hoje",
    }),
    "licence": Kind(LICENCES, "AB1234567C", documents.LICENCE, {
        "en": "His driving licence {} expired",
        "fr": "Son permis de conduire {} a expiré",
        "de": "Sein Führerschein {} ist abgelaufen",
        "es": "Su permiso de conducir {} ha caducado",
        "it": "La sua patente di guida {} è scaduta",
        "nl": "Zijn rijbewijs {} is verlopen",
        "pt": "A sua carta de condução {} caducou",
    }),
    "identity": Kind(frozenset({"PL_PESEL"}), "44051401359", identity.IDENTITY, {
        "en": "Her national ID is {} as she says",
        "fr": "Son numéro d'identité est {} dit-elle",
        "de": "Ihre Personenkennzahl ist {} sagt sie",
        "es": "Su número de identidad es {} según dice",
        "it": "Il suo numero di identità è {} dice lei",
        "nl": "Haar persoonsnummer is {} zegt ze",
        "pt": "O seu número de identificação é {} diz ela",
    }),
    "tax": Kind(frozenset({"GR_AFM"}), "094259216", identity.TAX, {
        "en": "The tax number {} was given",
        "fr": "Le numéro fiscal {} a été donné",
        "de": "Die Steuernummer {} wurde angegeben",
        "es": "El número fiscal {} fue indicado",
        "it": "Il codice fiscale {} è stato indicato",
        "nl": "Het fiscaal nummer {} is opgegeven",
        "pt": "O número fiscal {} foi indicado",
    }),
    "social": Kind(frozenset({"GR_AMKA"}), "01013099997", identity.SOCIAL, {
        "en": "The social security number {} was given",
        "fr": "Le numéro de sécurité sociale {} a été donné",
        "de": "Die Sozialversicherungsnummer {} wurde angegeben",
        "es": "El número de seguridad social {} fue indicado",
        "it": "La previdenza sociale {} è stata indicata",
        "nl": "Het socialezekerheidsnummer {} is opgegeven",
        "pt": "O número de segurança social {} foi indicado",
    }),
    "health": Kind(frozenset({"UK_NHS"}), "943 476 5919", identity.HEALTH, {
        "en": "The health insurance number {} was given",
        "fr": "L'assurance maladie {} a été donnée",
        "de": "Die Krankenversicherung {} wurde angegeben",
        "es": "La tarjeta sanitaria {} fue indicada",
        "it": "La tessera sanitaria {} è stata indicata",
        "nl": "De zorgverzekering {} is opgegeven",
        "pt": "O número de utente {} foi indicado",
    }),
    "school": Kind(frozenset({"UK_UPN"}), "B801200005001", identity.SCHOOL, {
        "en": "The pupil number {} was given",
        "fr": "L'élève {} est inscrit",
        "de": "Der Schüler {} ist angemeldet",
        "es": "El alumno {} está inscrito",
        "it": "La matricola {} è iscritta",
        "nl": "De leerling {} is ingeschreven",
        "pt": "O aluno {} está inscrito",
    }),
    "company": Kind(frozenset({"FR_SIREN"}), "552 008 443", identity.COMPANY, {
        "en": "The company number {} was given",
        "fr": "L'immatriculation {} a été donnée",
        "de": "Das Handelsregister {} wurde angegeben",
        "es": "El registro mercantil {} fue indicado",
        "it": "La partita IVA {} è stata indicata",
        "nl": "Het bedrijfsnummer {} is opgegeven",
        "pt": "O registo comercial {} foi indicado",
    }),
}  # fmt: skip

PAIRS = list(product(KINDS, LANGUAGES))


def found(look: Look, kind: Kind, text: str) -> bool:
    return any(e in kind.entities and t == kind.value for e, t in look(text))


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_a_sentence_that_names_the_value_speaks_for_it_and_a_neutral_one_does_not(
    look: Look, name: str, language: str
) -> None:
    kind = KINDS[name]
    assert found(look, kind, kind.sentences[language].format(kind.value))
    assert not found(look, kind, NEUTRAL[language].format(kind.value))


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_every_word_of_a_language_speaks_for_the_value_beside_it_and_as_a_columns_name(
    look: Look, name: str, language: str
) -> None:
    kind = KINDS[name]
    for word in kind.words.of(language):
        assert found(look, kind, NEUTRAL[language].format(f"{word}: {kind.value}")), word
        column = "_".join(next(iter(spellings([word]))).split())
        assert {e for e, _ in look(kind.value, column=column)} & kind.entities, column


@pytest.mark.parametrize(
    ("language", "column"),
    [
        ("en", "Mob. No."), ("en", "phone2"), ("en", "workPhone"), ("fr", "N° de tél."),
        ("fr", "tel_domicile"), ("fr", "numTel"), ("de", "Tel.-Nr."), ("de", "handynr"),
        ("de", "Rückrufnummer"), ("es", "Tfno."), ("es", "nº teléfono"), ("es", "movil_1"),
        ("it", "Recapito tel."), ("it", "cell"), ("nl", "Tel. nr"), ("nl", "mobiele_nummer"),
        ("pt", "Tlm."), ("pt", "n_telefone"), ("pt", "contactoTelefonico"),
    ],
)  # fmt: skip
def test_a_phone_columns_name_may_be_short_for_it(look: Look, language: str, column: str) -> None:
    assert look("51234567", column=column) == [("PHONE_NUMBER", "51234567")]


@pytest.mark.parametrize(
    "column",
    [
        "D.O.B.", "birthDt", "userDob", "Date naiss.", "Né(e) le", "d.d.n.", "DDN", "Geb.",
        "Geb.-Dat.", "gebDatum", "F. Nac.", "fec_nac", "FechaNac", "Data nasc.", "dt_nascita",
        "D.d.N.", "dtNasc", "geb_datum", "geboortedatum_klant",
    ],
)  # fmt: skip
def test_a_birth_columns_name_may_be_short_for_it(look: Look, column: str) -> None:
    assert look("12/03/1980", column=column) == [("DATE_OF_BIRTH", "12/03/1980")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("203.0.113.77", network.IP),
        ("00:1A:2B:3C:4D:5E", network.MAC),
        ("0x52908400098527886E0F7030069857D2E4169EE7", money.WALLET),
    ],
)
def test_words_of_every_language_raise_the_score_of_what_is_found_without_them(
    detector: Detector, text: str, words: Words
) -> None:
    def score(cell: str) -> float:
        import pyarrow as pa

        hits = detector.judge(pa.array([cell]), ColumnContext("note"), names=False)
        assert len(hits) == 1, cell
        return float(hits.score[0])

    for language in LANGUAGES:
        neutral = NEUTRAL[language]
        for word in words.of(language):
            assert score(neutral.format(f"{word} {text}")) > score(neutral.format(text)), word


def test_a_column_of_mixed_languages_is_judged_cell_by_cell(look: Look) -> None:
    cells = []
    for name, language in PAIRS:
        cells.append(KINDS[name].sentences[language].format(KINDS[name].value))
        cells.append(NEUTRAL[language].format(KINDS[name].value))
    hits = look(*cells)
    for kind in KINDS.values():
        assert sum(e in kind.entities and t == kind.value for e, t in hits) == len(LANGUAGES)


def test_a_word_speaks_for_the_value_next_to_it_and_not_for_the_one_behind_that(
    look: Look,
) -> None:
    assert look("Tel: 51234567, order 51234999") == [("PHONE_NUMBER", "51234567")]
    assert look("order 51234999, Tel: 51234567") == [("PHONE_NUMBER", "51234567")]
    both = [("PHONE_NUMBER", "51234567"), ("PHONE_NUMBER", "51234999")]
    assert look("mobile 51234567 or 51234999") == both
    assert look("Tel. 51234567, 51234999") == both
    assert look("51234567 (mobile), 51234999 (office)") == both


def test_every_recogniser_whose_verdict_hangs_on_words_has_words_of_all_languages() -> None:
    vocabularies = [
        value
        for module in (birth, contact, documents, identity, money, network)
        for value in vars(module).values()
        if isinstance(value, Words)
    ]
    silent = {"PersonalLinkRecognizer", "SecretRecognizer"}  # their form alone decides
    for recognizer in recognizers("en"):
        if recognizer.name in silent or recognizer.name.endswith("AddressRecognizer"):
            continue
        context = set(recognizer.context)
        assert any(context.issuperset(words) for words in vocabularies) or (
            recognizer.name == "UkPostcodeRecognizer"
        ), recognizer.name
    assert len(list(borrowed.recognizers("en"))) > 20
