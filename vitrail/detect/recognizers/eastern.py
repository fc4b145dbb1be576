"""Personal numbers of the EEA's east and south-east, and of Ireland: most hold a birth date."""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier
from vitrail.detect.vocabulary.identity import IDENTITY, SOCIAL, TAX

_ELEVEN: Final = r"\b\d{11}\b"

IDENTIFIERS: Final = (
    Identifier(
        "PL_PESEL",
        "PlPesel",
        ("pl.pesel",),
        ("pesel", "nr pesel", "numer pesel"),
        (IDENTITY,),
        bare=(r"\b\d{2}(?:[02468][1-9]|[13579][012])(?:0[1-9]|[12]\d|3[01])\d{5}\b",),
    ),
    Identifier(
        "CZ_RC",
        "CzRodneCislo",
        ("cz.rc", "sk.rc"),
        ("rodné číslo", "rodné čislo", "rč", "rc", "birth number"),
        (IDENTITY,),
        formatted=(r"(?<![\w/])\d{2}[0-8]\d[0-3]\d/\d{4}(?![\w/])",),
        bare=(r"\b\d{2}[0-8]\d[0-3]\d{5}\b",),
    ),
    Identifier(
        "RO_CNP",
        "RoCnp",
        ("ro.cnp",),
        ("cnp", "cod numeric personal"),
        (IDENTITY,),
        bare=(r"\b[1-9]\d{12}\b",),
    ),
    Identifier(
        "BG_EGN",
        "BgEgn",
        ("bg.egn",),
        ("егн", "egn", "единен граждански номер"),
        (IDENTITY,),
        bare=(r"\b\d{2}[0-5]\d[0-3]\d{5}\b",),
    ),
    Identifier(
        "BG_PNF",
        "BgPnf",
        ("bg.pnf",),
        ("лнч", "lnch", "lnc", "личен номер на чужденец"),
        (IDENTITY,),
        bare=(r"\b\d{10}\b",),
    ),
    Identifier(
        "EE_IK",
        "EeIsikukood",
        ("ee.ik",),
        ("isikukood", "ik", "personal code"),
        (IDENTITY,),
        bare=(_ELEVEN,),
    ),
    Identifier(
        "LT_ASMENS",
        "LtAsmensKodas",
        ("lt.asmens",),
        ("asmens kodas", "asmens", "personal code"),
        (IDENTITY,),
        bare=(_ELEVEN,),
    ),
    Identifier(
        "LV_PK",
        "LvPersonasKods",
        ("lv.pvn",),
        ("personas kods", "personas", "personal code"),
        (IDENTITY,),
        bare=(r"\b\d{6}-?\d{5}\b",),
    ),
    Identifier(
        "GR_AMKA",
        "GrAmka",
        ("gr.amka",),
        ("αμκα", "amka"),
        (SOCIAL,),
        bare=(_ELEVEN,),
    ),
    Identifier(
        "GR_AFM",
        "GrAfm",
        ("gr.vat",),
        ("αφμ", "α φ μ", "afm", "αριθμός φορολογικού μητρώου"),
        (TAX,),
        bare=(r"\b\d{9}\b",),
    ),
    Identifier(
        "SI_EMSO",
        "SiEmso",
        ("si.emso",),
        ("emšo", "jmbg"),
        (IDENTITY,),
        bare=(r"\b[0-3]\d[01]\d{10}\b",),
    ),
    Identifier(
        "SI_TAX",
        "SiTax",
        ("si.ddv",),
        ("davčna številka", "davčna"),
        (TAX,),
        bare=(r"\b[1-9]\d{7}\b",),
    ),
    Identifier(
        "HR_OIB",
        "HrOib",
        ("hr.oib",),
        ("oib", "osobni identifikacijski broj"),
        (IDENTITY, TAX),
        bare=(_ELEVEN,),
    ),
    Identifier(
        "IE_PPS",
        "IePps",
        ("ie.pps",),
        ("pps", "ppsn", "pps number", "pps no", "personal public service"),
        (SOCIAL, TAX),
        bare=(r"\b\d{7}[A-W][A-IWTX]?\b",),
    ),
)
