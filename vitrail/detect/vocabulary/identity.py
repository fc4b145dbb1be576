"""The numbers by which a state, a tax office, an insurer or a school knows a person."""

from __future__ import annotations

from typing import Final

from vitrail.detect.vocabulary.words import Words

IDENTITY: Final = Words(
    en="national id, national ids, national id number, national id no, nationalid, "
    "national number, national identity number, national identification number, "
    "national identifier, personal number, personal identity number, personal identity code, "
    "personal identification number, personal identification code, personal id, "
    "personal id number, personal code, citizen number, identity number, birth number",
    fr="numéro d'identité, numéro d'identification, numéro d'identification national, "
    "numéro national, numéro national d'identité, identifiant national, numéro personnel, "
    "code personnel, numéro d'identification personnel, n° d'identité, n° national, "
    "matricule national, numéro de registre national",
    de="personenkennziffer, personenkennzahl, personenkennzeichen, personennummer, personen nr, "
    "personenidentifikationsnummer, identifikationsnummer, identitätsnummer, "
    "persönliche identifikationsnummer, nationale id, "
    "bürgernummer, ausweisnummer, persönliche nummer, geburtsnummer",
    es="documento de identidad, número de identidad, número de identificación, "
    "número nacional de identidad, número nacional, número personal, código personal, "
    "identificación nacional, número de identificación personal, nº de identidad, "
    "identificador nacional, núm identidad",
    it="documento d'identità, documento di identità, numero di identità, numero d'identità, "
    "numero di identificazione, numero di identificazione nazionale, numero nazionale, "
    "codice personale, numero personale, codice identificativo, identificativo nazionale, "
    "codice di identificazione personale",
    nl="identiteitsnummer, identiteitsnr, persoonsnummer, persoonsnr, identificatienummer, "
    "persoonlijk identificatienummer, nationaal nummer, nationaal identificatienummer, "
    "burgernummer, persoonlijke code, persoonscode",
    pt="documento de identidade, número de identidade, número de identificação, "
    "número de identificação nacional, número de identificação civil, número nacional, "
    "número pessoal, código pessoal, identificação nacional, nº de identidade, "
    "número de identificação pessoal",
)
"""The number that a state gives a person."""

TAX: Final = Words(
    en="tax id, tax ids, taxid, tax identification number, tax identification no, tax number, "
    "tax no, tax reference, tax code, tin, taxpayer, taxpayer number, taxpayer id, "
    "taxpayer identification number",
    fr="numéro fiscal, n° fiscal, num fiscal, identifiant fiscal, numéro fiscal de référence, "
    "numéro d'identification fiscale, référence fiscale, code fiscal, numéro de contribuable, "
    "contribuable",
    de="steuernummer, steuer nr, steuernr, steuer id, steuerid, steuer idnr, "
    "steueridentifikationsnummer, steuerliche identifikationsnummer, "
    "steuer identifikationsnummer, steuerzahlernummer, idnr",
    es="número de identificación fiscal, identificación fiscal, número fiscal, nº fiscal, "
    "código fiscal, id fiscal, identificador fiscal, número de contribuyente, contribuyente",
    it="codice fiscale, codici fiscali, numero fiscale, numero di identificazione fiscale, "
    "identificativo fiscale, cod fiscale, cod fisc, contribuente",
    nl="fiscaal nummer, fiscaal identificatienummer, belastingnummer, belastingnr, "
    "belastingplichtige, fiscale code, fiscaal nr",
    pt="número de identificação fiscal, número fiscal, nº fiscal, número de contribuinte, "
    "nº de contribuinte, contribuinte, identificação fiscal, código fiscal",
)
"""The number that a tax office gives."""

SOCIAL: Final = Words(
    en="social security, social security number, social security no, socialsecurity, "
    "social insurance, social insurance number, social insurance no, ss number, "
    "national insurance, national insurance number",
    fr="sécurité sociale, numéro de sécurité sociale, n° de sécurité sociale, "
    "n° sécurité sociale, num sécurité sociale, no sécurité sociale, numéro sécu, n° sécu, "
    "num sécu, no sécu, assuré social, assurance sociale, numéro d'assuré",
    de="sozialversicherung, sozialversicherungsnummer, sozialversicherungs nr, "
    "sozialversicherungsnr, sv nummer, sv nr, svnr",
    es="seguridad social, número de seguridad social, número de la seguridad social, "
    "nº de seguridad social, nº seguridad social, nuss, n s s, número de afiliación",
    it="previdenza sociale, sicurezza sociale, numero di previdenza sociale, "
    "numero di sicurezza sociale, numero previdenziale, posizione previdenziale",
    nl="sociale zekerheid, socialezekerheidsnummer, sociale zekerheidsnummer, "
    "sociaal zekerheidsnummer, sofinummer, rsz nummer",
    pt="segurança social, número de segurança social, número da segurança social, "
    "nº da segurança social, nº de segurança social, niss, seguro social",
)
"""The number that a social insurance gives."""

HEALTH: Final = Words(
    en="health insurance, health insurance number, health insurance no, health number, "
    "health card, health service, insurance card",
    fr="assurance maladie, numéro d'assurance maladie, carte vitale, caisse maladie, "
    "carte de santé",
    de="krankenversicherung, krankenversicherungsnummer, krankenversicherungsnr, kvnr, kv nr, "
    "krankenversichertennummer, versichertennummer, krankenkasse, krankenkassennummer, egk, "
    "gesundheitskarte",
    es="seguro médico, seguro de salud, tarjeta sanitaria, número de tarjeta sanitaria, "
    "seguro de enfermedad",
    it="assicurazione sanitaria, tessera sanitaria, numero tessera sanitaria, "
    "assicurazione malattia, cassa malati, servizio sanitario",
    nl="zorgverzekering, zorgverzekeringsnummer, ziekteverzekering, zorgpas, zorgverzekeraar, "
    "ziekenfonds",
    pt="seguro de saúde, cartão de saúde, número de utente, nº de utente, "
    "seguro de doença, serviço de saúde",
)
"""The number that a health insurer or service gives."""

SCHOOL: Final = Words(
    en="student number, student id, student no, pupil, pupils, pupil number, pupil no, "
    "education number, learner number",
    fr="numéro d'étudiant, numéro étudiant, n° étudiant, numéro d'élève, élève, identifiant élève, "
    "matricule étudiant",
    de="schülernummer, schüler nr, schüler, matrikelnummer, matrikelnr, bildungsnummer, "
    "schülerkennzahl",
    es="número de alumno, nº de alumno, alumno, alumna, número de estudiante, estudiante, "
    "matrícula del alumno",
    it="numero studente, numero di matricola, matricola, matricola studente, alunno, alunna, "
    "numero alunno",
    nl="onderwijsnummer, leerlingnummer, leerlingnr, leerling, studentnummer, studentnr",
    pt="número de aluno, número do aluno, nº de aluno, aluno, aluna, número de estudante, "
    "estudante",
)
"""The number that a school gives."""

COMPANY: Final = Words(
    en="company number, company registration, company registration number, company id, "
    "company no, registration number, vat, vat number, vat no, vat id",
    fr="rcs, immatriculation, numéro d'entreprise, numéro de société, numéro de tva, "
    "tva intracommunautaire, registre du commerce, immatriculée",
    de="handelsregister, handelsregisternummer, unternehmensnummer, firmennummer, "
    "umsatzsteuer id, ust id, ust idnr, ustid, umsatzsteuernummer",
    es="registro mercantil, número de empresa, cif, número de iva, identificación de empresa",
    it="partita iva, p iva, piva, registro delle imprese, numero di impresa, "
    "numero azienda, codice azienda",
    nl="kvk, kvk nummer, bedrijfsnummer, ondernemingsnummer, btw nummer, btw nr, handelsregister",
    pt="registo comercial, número da empresa, número de iva, número de pessoa coletiva, "
    "cnpj, matrícula comercial",
)
"""The number under which a company is registered."""
