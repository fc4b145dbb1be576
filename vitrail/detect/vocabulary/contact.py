"""Phones and e-mail."""

from __future__ import annotations

from typing import Final

from vitrail.detect.vocabulary.words import Words

PHONE: Final = Words(
    en="phone, phones, telephone, telephones, phone number, phone numbers, phone no, phone nr, "
    "phonenumber, phoneno, telephone number, telephone no, telephonenumber, cell, cellphone, "
    "cell phone, mobile, mobiles, mobile number, mobile no, mobilenumber, mobileno, mobile phone, "
    "mobilephone, mob, call, call me, dial, fax, faxes, fax number, faxnumber, tel, tel no, "
    "telno, telnr, tel nr, ph, ph no, text me, whatsapp, signal number, sms, msisdn, landline, "
    "home phone, homephone, work phone, workphone, desk, desk phone, direct line, "
    "direct dial, office, contact number, contact no, reach, answering, messages, hotline, "
    "helpline, callback number, call back, registered, pager, voicemail, handset",
    fr="téléphone, téléphones, téléphonique, tél, tel, téls, numéro de téléphone, num tel, "
    "numéro téléphone, no tél, n° tél, n° de tél, portable, portables, mobile, fixe, "
    "appeler, appelez, rappeler, rappelez, joindre, joignable, contacter au, "
    "fax, télécopie, gsm, mon numéro, son numéro, votre numéro, au numéro, ligne directe, sms, "
    "texto, répondeur, "
    "tél domicile, tél bureau, téléphone portable, téléphone fixe, tél portable, tél mobile",
    de="telefon, telefone, tel, telnr, tel nr, telefonnr, telefon nr, telefonnummer, "
    "telefonnummern, telefonisch, telefonkontakt, fon, handy, handynr, handy nr, handynummer, "
    "handynummern, mobil, mobilnr, mobil nr, mobilnummer, mobiltelefon, mobilfunk, "
    "mobilfunknummer, mobiltelefonnummer, festnetz, festnetznummer, rufnummer, rufnummern, rufnr, "
    "rückruf, rückrufnummer, anrufen, anruf, angerufen, erreichbar, erreichen, durchwahl, fax, "
    "faxnummer, telefax, natel, privat tel, tel privat, tel geschäftlich, hotline",
    es="teléfono, teléfonos, telefónico, tel, tels, teléf, tfno, tfnos, tlf, tlfn, tlfno, tlfs, "
    "número de teléfono, nº de teléfono, n° tel, móvil, móviles, teléfono móvil, tel móvil, "
    "número de móvil, celular, celulares, cel, fijo, teléfono fijo, llamar, llame, llámame, "
    "llámeme, llamada, llamadas, llamen, fax, whatsapp, localizable, centralita, sms",
    it="telefono, telefoni, telefonico, telefonica, tel, numero di telefono, num tel, n tel, "
    "recapito, recapiti, recapito telefonico, cellulare, cellulari, cell, numero di cellulare, "
    "cel, telefonino, fisso, telefono fisso, chiamare, chiamami, chiama, chiamate, chiamata, "
    "contattare al, raggiungibile, fax, utenza telefonica, centralino, sms",
    nl="telefoon, telefoons, telefoonnummer, telefoonnummers, telefoonnr, telefoon nr, tel, telnr, "
    "tel nr, telnummer, telefonisch, mobiel, mobiele, mobieltje, mobiel nummer, mobielnummer, "
    "mobiele nummer, mobielnr, mob, gsm, gsmnummer, gsm nummer, gsm nr, vast nummer, vaste lijn, "
    "bellen, bel, gebeld, terugbellen, terugbelnummer, opbellen, bereikbaar, bereiken, fax, "
    "faxnummer, doorkiesnummer, 06 nummer, sms",
    pt="telefone, telefones, telefónico, telefônico, tel, telef, telf, tlf, tlm, "
    "número de telefone, nº de telefone, telemóvel, telemóveis, número de telemóvel, celular, "
    "celulares, cel, fone, telefone fixo, ligar, ligue, ligue me, ligação, contactar, "
    "contacto telefónico, contato telefônico, contacto, contato, fax, recado, sms",
    also="tlf, tlf nr, puhelin, puhelinnumero, telefonnummer, mobilnummer, sími, telefonas, "
    "telefons, tālrunis, τηλέφωνο, τηλ, κινητό, телефон, тел",
)

EMAIL: Final = Words(
    en="email, e mail, mail, emails, e mails, email address, e mail address, emailaddress, mailto",
    fr="courriel, courriels, adresse mail, adresse email, adresse e mail, mél, mel, mail, email, "
    "adresse électronique, courrier électronique",
    de="e mail adresse, mailadresse, emailadresse, email, mail, e mail, e post, "
    "elektronische post, mailkontakt",
    es="correo, correos, correo electrónico, dirección de correo, e correo, email, mail",
    it="posta elettronica, indirizzo email, indirizzo e mail, indirizzo di posta, email, mail, "
    "casella di posta, pec",
    nl="e mailadres, emailadres, mailadres, e mail, email, mail, elektronische post",
    pt="correio eletrónico, correio eletrônico, endereço de email, endereço de e mail, email, "
    "e mail, mail",
)

AT: Final = Words(
    en="at",
    fr="arobase, arobas, arrobase",
    de="klammeraffe, ät, affenschwanz",
    es="arroba",
    it="chiocciola, chiocciolina",
    nl="apenstaartje, apestaartje",
    pt="arroba",
)
"""What the sign of an e-mail address is called where it is spelt out."""

DOT: Final = Words(
    en="dot", fr="point", de="punkt", es="punto", it="punto", nl="punt", pt="ponto"
)  # fmt: skip
"""What the full stop in a domain is called where it is spelt out."""

NO_MAILBOX: Final = Words(
    en="a, an, the, this, that, these, those, me, us, it, them, him, her, you, i, he, she, we, "
    "they, is, are, was, were, be, been, am, here, there, now, then, not, up, out, in, on, off, "
    "and, or, but, look, looked, looking, find, found, visit, buy, bought, sold, sells, available, "
    "order, ordered, online, live, based, hosted, registered, sign, signed, work, works, worked, "
    "working, arrive, arrived, meet, met, stay, stayed, one, which, what, any, every, each, some, "
    "my, our, your, his, their, its, no",
    fr="le, la, les, un, une, ce, cette, ces, mon, ma, notre, votre, son, sa, leur, de, du, des",
    de="der, die, das, den, dem, ein, eine, einem, einen, dieser, diesem, mein, unser, ihr",
    es="el, la, los, las, un, una, este, esta, mi, su, nuestro, de, del",
    it="il, lo, la, i, gli, le, un, una, questo, questa, mio, suo, nostro, di, del",
    nl="de, het, een, dit, dat, deze, mijn, ons, onze, uw, hun",
    pt="o, a, os, as, um, uma, este, esta, meu, seu, nosso, de, do, da",
)
"""What stands before or behind an "at" of plain prose, and names neither a mailbox nor a domain."""
