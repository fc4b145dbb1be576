"""People's names in what files, sheets, columns and keys are called: by form and list alone.

A title is no sentence that a model could read, and most are words of the trade. So a first name
of the list counts only beside a second word that is written like it and is no such word; in small
letters only where that is one of the list too, or the two are all that a file is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vitrail.detect.names.words import Lists

#: A part of a path or a step of a key: neither goes on across these.
_PART: Final = re.compile(r"[^/\\\[\]:|;]+")
_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_]+(?:['’][^\W\d_]+)*(?![^\W_])")
_PARTICLE_WORDS: Final = "de del der di da dos do van von den la le el bin"
_PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())
#: What a file is: no word of its name.
_ENDING: Final = re.compile(
    r"(?:\.(?:csv|tsv|txt|log|md|json|jsonl|ndjson|parquet|feather|arrow|avro|xlsx?|xls[bm]|ods|sqlite|"
    r"db|duckdb|sql|html?|xml|ya?ml|pdf|gz|zst|bz|xz|zip))+\Z",
    re.I,
)
_GAP: Final = re.compile(
    r"[ _\-.+]|, ?|[ _\-](?:[A-Z]\.?|(?:(?:van|de)[ _\-])?"
    r"(?:de|del|den|der|di|da|dos|do|van|von|la|le|el|bin))[ _\-]"
)
_LONGEST: Final = 4

_TRADE_WORDS: Final = """
cv resume payslip timezone speed patient patients has is was are not and or with account accounts
address addresses age agent agents alert amount analysis api archive area article articles asset
audit avg backup balance bank base batch bill billing birth blog board body bonus book box brand
budget build business button call calls campaign card cards cart case cases cat categories category
cell center central change channel chart chat check city class click client clients cloud club code
codes col collection color colour column comment comments commit commits company conf config contact
contacts content contract control copy cost count country county course cover credit crm csv
currency customer customers daily dashboard data database dataset date dates day days db default
delivery demo department depth description detail details dev device diff dim dist district document
documents domain download draft dump east email emails employee employees end entity entries entry
error errors event events example export exports fact factor fax feature field fields file files
filter final first flag folder form format full function gender gold grade graph group groups guide
hash head header height help history home hour hours house html id ids image images import index
info input invoice invoices item items job jobs journal json key keys label lang language last lat
latitude layer lead leads length letter level library license limit line link links list lists load
local location log login logo logs lon longitude mail manager map mapping market master max mean
media meeting member members memo menu message messages meta method metric metrics mid middle min
minute mobile mode model models money month monthly name names net network new news node north note
notes notice num number object offer office old online open option order orders org origin output
owner page pages paid parent part partner parts password path pay payment payments payroll people
percent period permission person phone phones photo photos pivot place plan platform point points
policy population position post posts power price prices process product products profile profit
program project projects promo property public purchase quality quantity quarter query question
queue range rank rate rates ratio raw read ready receipt record records ref reference region release
report reports request requests response result results revenue review reviews risk road role room
root row rows rule rules run sale sales sample sat scale schedule schema school score scores script
search second section segment select sensor series server service services session sessions set
settings setup share sheet shipping shop show side sign signal site size sku sort source south space
spec square staff stage standard start state station stats status step stock stop store story street
string student students style sub subject sum summary support survey system table tables tag tags
target task tasks tax team teams temp template term test tests text theme thread ticket tickets time
title titles today token top total totals town track tracking trade train transaction transactions
transfer trend trends trial type types unit units update updates upload url usage use user users utm
valid value values var variable vendor version video view views visit visits volume wave web week
weekly weight west width window word words work world year yearly years zip zone river lake valley
beach island bay hill park bridge court hotel castle university college hospital airport museum
theatre theater church garden gardens football cup league prize award watch pro plus mini lite boost
skill gate anfragen anzahl artikel bericht betrag daten datum kunde kunden liste nummer ort rechnung
strasse tabelle umsatz vertrag wert adresse commande commandes contrat donnees facture factures
fichier montant nom nombre prenom produit produits rapport valeur ventes ville cliente clientes
contrato datos direccion factura fecha informe lista pedido producto valor ventas ciudad cognome
nome fattura ordine elenco dati klant klanten factuur bestelling lijst gegevens naam waarde
"""
#: What data and its files are called: beside such a word a first name is none.
TRADE: Final = frozenset(_TRADE_WORDS.split())


def people_in(name: str, lists: Lists) -> Iterator[tuple[int, int]]:
    """Where in ``name`` somebody is named, in order."""
    for part in _PART.finditer(name):
        ending = _ENDING.search(name, part.start(), part.end())
        stop = part.end() if ending is None else ending.start()
        found = _WORD.finditer(name, part.start(), stop)
        words = [word for word in found if word[0] not in _PARTICLES]
        if ending is not None and _is_small_name(words, name, lists):
            yield words[-2].start(), words[-1].end()
            continue
        taken = 0
        for number in range(len(words) - 1):
            if number < taken or not _names_somebody(words, number, name, lists):
                continue
            last = number + 1
            while last + 1 < len(words) and last - number + 1 < _LONGEST:
                if not _goes_on(words[last], words[last + 1], name):
                    break
                last += 1
            taken = last + 1
            yield words[number].start(), words[last].end()


def _names_somebody(words: list[re.Match[str]], at: int, name: str, lists: Lists) -> bool:
    """Whether the word and the next one are a first name and a last one, in either order."""
    one, other = words[at], words[at + 1]
    if not _goes_on(one, other, name) or one[0].casefold() in TRADE or len(one[0]) < 2:
        return False
    first, second = lists.is_first_name(one[0]), lists.is_first_name(other[0])
    if first and second:
        return True
    if _is_titled(one[0]) and _is_titled(other[0]):
        return first or (second and len(words) == 2)
    return second and one[0].isupper() and len(one[0]) > 2 and _is_titled(other[0])


def _is_small_name(words: list[re.Match[str]], name: str, lists: Lists) -> bool:
    """Whether a file is called by somebody in small letters, after words of the trade at most:
    ``cv_marie_dupont``. Columns are called so by things."""
    if len(words) < 2 or any(word[0].casefold() not in TRADE for word in words[:-2]):
        return False
    one, other = words[-2:]
    small = one[0].islower() and len(other[0]) > 2 and _goes_on(one, other, name)
    return small and lists.is_first_name(one[0])


def _goes_on(one: re.Match[str], other: re.Match[str], name: str) -> bool:
    """Whether the second word may be a name's next part: beside it, written alike, none of the
    trade's."""
    gap = name[one.end() : other.start()]
    alike = one[0].islower() == other[0].islower()
    beside = _GAP.fullmatch(gap) is not None
    return beside and alike and len(other[0]) > 1 and other[0].casefold() not in TRADE


def _is_titled(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()
