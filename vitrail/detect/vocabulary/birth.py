"""When a person was born, and the names of the months."""

from __future__ import annotations

from typing import Final

from vitrail.detect.vocabulary.words import Words

BIRTH: Final = Words(
    en="birth, birthdate, birth date, birthday, dateofbirth, date of birth, born, dob, "
    "d o b, bday, b day, birthdt, birth dt, birthyear, birth year, year of birth, yob, "
    "birth month, month of birth, date birth",
    fr="naissance, né, née, né le, née le, nés, nées, ne le, ne en, nee le, nee en, "
    "né e, né en, née en, date de naissance, date naissance, datenaissance, ddn, d d n, "
    "date naiss, dt naiss, dtnaiss, naiss, année de naissance, date d'anniversaire, "
    "jour de naissance",
    de="geburtsdatum, geburtsdaten, geburtstag, geburtsjahr, geburt, geboren, geborene, geborener, "
    "geb, geb am, geb dat, gebdat, gebdatum, geb datum, geb jahr, geb tag, gebtag, "
    "geburtsdtm, geburtsdat, tag der geburt, jahr der geburt",
    es="nacimiento, nacido, nacida, nacidos, nacidas, nació, nací, naci, nacio, "
    "fecha de nacimiento, fecha nacimiento, fechanacimiento, f nac, f nacimiento, fec nac, "
    "fecnac, fecha nac, fechanac, fecha de nac, fch nac, nac, año de nacimiento, cumpleaños, "
    "f de nacimiento, f de nac",
    it="nascita, nato, nata, nacque, nato il, nata il, data di nascita, "
    "data nascita, datanascita, data nasc, dt nascita, ddn, d d n, d nascita, anno di nascita, "
    "compleanno, luogo e data di nascita",
    nl="geboortedatum, geboorte, geboortedag, geboortejaar, geboren, geb, geb op, geb datum, "
    "gebdatum, gebdat, geboren op, geb dat, geboorte datum, geboortedata, verjaardag",
    pt="nascimento, nascido, nascida, nascidos, nascidas, nasceu, nasci, nasc, "
    "data de nascimento, data nascimento, datanascimento, data nasc, data de nasc, dt nasc, "
    "dtnasc, datanasc, d nasc, dn, d n, ano de nascimento, data de aniversário",
    also="data urodzenia, urodzenia, urodzony, urodzona, data ur, datum narození, födelsedatum, "
    "fødselsdato, syntymäaika, születési dátum, data nașterii",
)

BORN_IN: Final = Words(
    en="born, born in, birth year, birthyear, year of birth, yob",
    fr="né en, née en, ne en, nee en, né e en, année de naissance, année naissance",
    de="geboren, geboren in, geboren im jahr, geboren im jahre, geb, geburtsjahr, geboren im, "
    "geb im",
    es="nació en, nací en, nacido en, nacida en, nacio en, naci en, año de nacimiento, "
    "año nacimiento, nació en el año, nacida en el año, nacido en el año",
    it="nato nel, nata nel, nato nell anno, nata nell anno, nacque nel, "
    "anno di nascita, anno nascita",
    nl="geboren in, geboren, geb in, geboortejaar",
    pt="nasceu em, nasci em, nascido em, nascida em, nascido no ano, ano de nascimento, "
    "ano nascimento, nasceu no ano de",
)
"""What stands right before a year in which somebody was born."""

MONTHS: Final = Words(
    en="january, february, march, april, may, june, july, august, september, october, november, "
    "december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec",
    fr="janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, "
    "décembre, janv, févr, fév, avr, juil, sept, oct, nov, déc",
    de="januar, jänner, februar, feber, märz, maerz, april, mai, juni, juli, august, september, "
    "oktober, november, dezember, jän, feb, mär, mrz, apr, jun, jul, aug, sep, sept, okt, nov, dez",
    es="enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, setiembre, octubre, "
    "noviembre, diciembre, ene, feb, mar, abr, may, jun, jul, ago, sep, sept, set, oct, nov, dic",
    it="gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, "
    "novembre, dicembre, gen, genn, feb, febbr, mar, apr, mag, giu, lug, ago, set, sett, ott, "
    "nov, dic",
    nl="januari, februari, maart, april, mei, juni, juli, augustus, september, oktober, november, "
    "december, jan, feb, febr, mrt, apr, jun, jul, aug, sep, sept, okt, nov, dec",
    pt="janeiro, fevereiro, março, abril, maio, junho, julho, agosto, setembro, outubro, novembro, "
    "dezembro, jan, fev, mar, abr, mai, jun, jul, ago, set, out, nov, dez",
)
