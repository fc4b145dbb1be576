"""Papers that a state gives a person: passports, licences, identity cards, number plates."""

from __future__ import annotations

from typing import Final

from vitrail.detect.vocabulary.words import Words

PASSPORT: Final = Words(
    en="passport, passports, passport number, passport numbers, passport no, passport nr, "
    "passport num, passportnumber, passportno, travel document",
    fr="passeport, passeports, numéro de passeport, numéro passeport, n° de passeport, "
    "n° passeport, num passeport, no passeport, passeport n, passeport n°",
    de="reisepass, reisepässe, reisepassnummer, reisepass nr, reisepassnr, passnummer, pass nr, "
    "passnr, reisedokument",
    es="pasaporte, pasaportes, número de pasaporte, nº de pasaporte, nº pasaporte, "
    "num pasaporte, n° pasaporte",
    it="passaporto, passaporti, numero di passaporto, numero passaporto, n passaporto, "
    "num passaporto, numero del passaporto",
    nl="paspoort, paspoorten, paspoortnummer, paspoort nr, paspoortnr, reisdocument",
    pt="passaporte, passaportes, número do passaporte, número de passaporte, nº do passaporte, "
    "nº passaporte, num passaporte",
)

LICENCE: Final = Words(
    en="driver license, drivers license, driver s license, driver licence, drivers licence, "
    "driver s licence, driving license, driving licence, driving license number, "
    "driving licence number, driver license number, driverslicense, drivinglicence, dl number, "
    "dl no, dln, license number, licence number, license no, licence no, dvla",
    fr="permis de conduire, permis conduire, numéro de permis, n° de permis, n° permis, "
    "num permis, numéro permis, permis n, permis n°",
    de="führerschein, fuehrerschein, führerscheine, führerscheinnummer, fuehrerscheinnummer, "
    "führerscheinnr, führerschein nr, fahrerlaubnis, führerausweis, lenkerberechtigung",
    es="permiso de conducir, permiso de conducción, carné de conducir, carnet de conducir, "
    "licencia de conducir, licencia de conducción, número de permiso, nº de permiso",
    it="patente, patenti, patente di guida, numero patente, numero di patente, n patente, "
    "licenza di guida, num patente, numero della patente",
    nl="rijbewijs, rijbewijzen, rijbewijsnummer, rijbewijs nr, rijbewijsnr",
    pt="carta de condução, cartas de condução, carteira de motorista, carteira de habilitação, "
    "cnh, número da carta de condução, nº da carta de condução, título de condução",
)

IDENTITY_CARD: Final = Words(
    en="identity card, identity cards, id card, id cards, idcard, identity card number, "
    "id card number, id card no, national id, national id card, id document, identity document",
    fr="carte d'identité, carte identité, carte nationale d'identité, cni, "
    "numéro de carte d'identité, n° de carte d'identité, pièce d'identité, titre d'identité",
    de="personalausweis, personalausweisnummer, ausweis, ausweise, ausweisnummer, ausweisnr, "
    "ausweis nr, personalausweis nr, npa, identitätskarte, perso, seriennummer, lichtbildausweis",
    es="documento de identidad, documento identidad, carné de identidad, carnet de identidad, "
    "cédula de identidad, tarjeta de identidad, documento nacional de identidad",
    it="carta d'identità, carta di identità, carta identità, carte d'identità, cie, "
    "documento d'identità, numero carta d'identità, numero della carta d'identità, doc identità",
    nl="identiteitskaart, identiteitskaarten, identiteitskaartnummer, id kaart, idkaart, "
    "identiteitsbewijs, legitimatiebewijs, legitimatie, documentnummer, id bewijs",
    pt="bilhete de identidade, bilhete identidade, cartão de cidadão, cartão do cidadão, "
    "carteira de identidade, documento de identidade, documento de identificação, "
    "cartão de identidade",
)

NUMBER_PLATE: Final = Words(
    en="number plate, number plates, license plate, licence plate, plate number, plate no, plate, "
    "vehicle, vehicles, vehicle registration, registration, vrn, reg, reg no, dvla, v5c, "
    "car registration",
    fr="plaque d'immatriculation, plaque immatriculation, immatriculation, immatriculé, "
    "immatriculée, plaque, numéro d'immatriculation, immat, véhicule",
    de="kennzeichen, kfz, kfz kennzeichen, nummernschild, nummernschilder, amtliches kennzeichen, "
    "autokennzeichen, fahrzeug, fahrzeugkennzeichen, kontrollschild",
    es="matrícula, matrículas, placa, placa del vehículo, número de matrícula, vehículo",
    it="targa, targhe, targato, targata, numero di targa, veicolo",
    nl="kenteken, kentekens, kentekennummer, nummerplaat, kentekenplaat, voertuig",
    pt="matrícula, matrículas, placa, número de matrícula, veículo, viatura",
)
