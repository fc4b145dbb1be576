"""Words right before a number that say what it is: an order's, an article's, no person's.

Of codes written 123-45-6789 nine in ten could be social security numbers, and nothing in a text
tells them apart but the word that they are given with.
"""

from __future__ import annotations

import re
from typing import Final

from vitrail.detect.entities import ENTITIES, Family
from vitrail.detect.judgement import Span
from vitrail.detect.recognizers.numbering import DIALLED, INTERNATIONAL

#: Of goods and devices: their numbers have the check digits that cards have.
_GOODS: Final = (
    "ean|gtin|upc|isbn|issn|imei|iccid|sku|barcode|strichcode|vin|serial|seriennummer|siret|siren|"
    "article|artikel|artikelnummer|artículo|articolo|artigo|part|tracking|sendungsnummer|epoch"
)
_PAPERS: Final = (
    "order|orders|invoice|asset|ticket|document|doc|case|batch|lot|model|version|build|commit|"
    "transaction|shipment|parcel|item|product|commande|facture|devis|dossier|colis|produit|"
    "bestellung|bestellnummer|auftrag|auftragsnummer|rechnung|rechnungsnummer|beleg|vorgang|"
    "pedido|factura|producto|expediente|ordine|fattura|prodotto|pratica|encomenda|fatura|produto|"
    "bestelling|bestelnummer|factuur|factuurnummer|zip"
)
_NUMBER: Final = (
    r"(?:[ _\-]?(?:tag|no|nos|nr|num|number|nummer|numéro|numero|número|n[°º]?|id|code|"
    r"de serie|de série))"
)
_GAP: Final = r"[ .:=#\"']{1,4}"
_REACH: Final = 40


def _ending_in(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{words}){_NUMBER}?{_GAP}\Z", re.IGNORECASE)


_OF_GOODS: Final = _ending_in(_GOODS)
_OF_CODE: Final = _ending_in(f"{_GOODS}|{_PAPERS}")
_LABELLED: Final = re.compile(
    rf"(?<![^\W_])(?:{_GOODS}|{_PAPERS})"
    rf"(?:{_NUMBER}{_GAP}|(?<=nummer){_GAP}|[ \"']{{0,2}}[:=#][ \"']{{0,2}})\Z",
    re.IGNORECASE,
)
"""The same as a label: "order no. 12", "order: 12"; for prose has "your order 06 12 34 56 78"."""
_PERSONAL: Final = frozenset(
    name for name, kind in ENTITIES.items() if kind.family is Family.IDENTIFIER
) | {"PHONE_NUMBER"}


def named_as_code(span: Span, text: str) -> bool:
    """Whether the words before a number that none speaks for say that it is a code's."""
    if span.spoken or span.start == 0:
        return False
    before = text[max(0, span.start - _REACH) : span.start]
    if span.entity == "CREDIT_CARD":
        return text[span.start : span.end].isdigit() and _OF_GOODS.search(before) is not None
    if span.entity not in _PERSONAL:
        return False
    sure = 1.0  # its check holds, and is more than one digit: the others want a word
    if span.entity == "PHONE_NUMBER":
        if span.score >= INTERNATIONAL:
            return False
        sure = INTERNATIONAL if text[span.start : span.end].isdigit() else DIALLED
    told = _LABELLED if span.score >= sure else _OF_CODE
    return told.search(before) is not None
