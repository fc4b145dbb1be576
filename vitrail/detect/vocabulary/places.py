"""Postal addresses."""

from __future__ import annotations

from typing import Final

from vitrail.detect.vocabulary.words import Words

ADDRESS: Final = Words(
    en="address, addresses, street address, address1, address line, home address, postal address, "
    "shipping address, billing address, delivery address, mailing address, addr",
    fr="adresse, adresses, adresse postale, domicile, domicilié, domiciliée, adresse de livraison, "
    "adresse de facturation, demeurant",
    de="anschrift, anschriften, postanschrift, wohnanschrift, adressen, lieferadresse, "
    "rechnungsadresse, wohnhaft, lieferanschrift",
    es="dirección, direcciones, domicilio, dirección postal, dirección de envío, "
    "dirección de facturación, domiciliado, domiciliada",
    it="indirizzo, indirizzi, residenza, indirizzo di spedizione, indirizzo di fatturazione, "
    "domiciliato, domiciliata",
    nl="adres, adressen, woonadres, postadres, bezorgadres, factuuradres, afleveradres, woonachtig",
    pt="endereço, endereços, morada, moradas, endereço de entrega, endereço de cobrança, "
    "domiciliado",
)

STREET: Final = Words(
    en="street, shipping, billing",
    fr="rue, livraison",
    de="straße, lieferung",
    es="calle, envío",
    it="via, spedizione",
    nl="straat, bezorging",
    pt="rua, entrega",
)
"""What speaks for a street that is written as one."""

POSTCODE: Final = Words(
    en="postcode, postcodes, post code, postal code, zip, zip code, address",
    fr="code postal, codes postaux, cp, adresse",
    de="postleitzahl, postleitzahlen, plz, anschrift",
    es="código postal, códigos postales, dirección, cod postal",
    it="codice postale, codici postali, cap, indirizzo",
    nl="postcode, postcodes, postkode, adres",
    pt="código postal, códigos postais, cep, cod postal, morada, endereço",
)
