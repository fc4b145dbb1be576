"""How well likely minors are told: ``python -m bench.minors``.

On the phrase banks (each with when it was written), on generated dates at the boundaries, on
adults' texts and on public data where ``VITRAIL_EVAL`` names it. Every share stands with Wilson's
95 % interval; a level with fewer than 100 cases is uncalibrated.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

from vitrail.detect.minors import Family, Level, Signal, birth_of, judge, judge_person, statements

sys.path.insert(0, str(Path(__file__).parents[1]))

ON = date(2026, 11, 20)
BANKS = {
    "first": "the rules were tuned on it",
    "second": "held out from the first rules, then tuned on",
    "third": "held out from the second rules, then tuned on",
    "fourth": "held out from the third rules, then tuned on",
    "fifth": "held out from the fourth rules, then tuned on; hard on purpose",
    "sixth": "held out from the fifth rules, then tuned on",
    "seventh": "held out from the sixth rules, then tuned on",
    "eighth": "held out from the seventh rules, then tuned on; the same sentences in each",
    "ninth": "held out from the eighth rules, then tuned on",
    "tenth": "held out from the ninth rules, then tuned on",
    "eleventh": "held out from the tenth rules; shapes like its own were mended after it",
    "twelfth": "held out from the eleventh rules; unusual on purpose",
    "thirteenth": "held out from the twelfth rules, then tuned on; tickets, chats, sign-up notes",
    "fourteenth": "held out from the thirteenth rules; clubs, jobs, games, tickets, forums",
    "fifteenth": "held out from the fourteenth rules; what natives of various ages write",
    "sixteenth": "held out from the fourteenth rules; profiles, chats, surveys, contests",
    "seventeenth": "kept out of all there is; what people of all ages write",
    "eighteenth": "held out from all before it, then taught; hard other persons and numbers",
    "nineteenth": "held out from all before it, then taught; unusual ways to tell one's age",
    "twentieth": "kept out of all there is; an ordinary mix",
    "plain": "no minors: lists, products, sports, tickets full of numbers; taught",
    "ordinary": "no minors: what adults write with numbers in it; taught, never held out",
}
#: The kinds of phrases whose recall counts.
AGES = frozenset({"stated-age", "birth-date"})
TOLD = (Level.CERTAIN, Level.LIKELY, Level.POSSIBLE)
FEW = 100


def wilson(hits: int, of: int) -> str:
    """A share with Wilson's 95 % interval (E. B. Wilson, JASA 22, 1927)."""
    if not of:
        return "none"
    z, p = 1.96, hits / of
    centre, spread = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = ((centre + s * spread) / (1 + z * z / of) for s in (-1, 1))
    return f"{p:.3f} [{max(0, low):.3f}, {min(1, high):.3f}] ({hits} of {of})"


def level_of(text: str, on: date = ON) -> Level | None:
    """What a text says of its writer on the day of the writing."""
    said = [Signal(Family(s.signal), s.birth, on) for s in statements(text, on)]
    found = judge_person(said, on)
    return None if found is None else found.level


def banks() -> None:
    """Recall by language and kind, precision by level, alarms by label."""
    from tests.detect.minors.phrase_bank import FOLDER, MINOR, phrases

    for bank, how in BANKS.items():
        if not (FOLDER / f"{bank}.sha256").exists():
            continue
        judged = [(p, level_of(p.text)) for p in phrases(bank)]
        print(f"\nBank {bank} ({how}), {len(judged)} phrases")
        print("  recall of stated ages and birth dates by language; alarms among the others")
        for language in dict.fromkeys(p.language for p, _ in judged):
            own = [(p, v in TOLD) for p, v in judged if p.language == language]
            said = [told for p, told in own if p.kind in AGES]
            other = [told for p, told in own if p.label != MINOR]
            print(f"  {language}  {wilson(sum(said), len(said))};  {sum(other)} of {len(other)}")
        for kind in ("stated-age", "birth-date", "school", "parents", "holder"):
            said = [v in TOLD for p, v in judged if p.kind == kind]
            print(f"  {kind:11} recall {wilson(sum(said), len(said))}")
        for level in (Level.LIKELY, Level.POSSIBLE):
            right = [p.label == MINOR for p, v in judged if v is level]
            note = " uncalibrated" if len(right) < FEW else ""
            print(f"  {level.value:11} precision {wilson(sum(right), len(right))}{note}")


def boundaries() -> Iterator[tuple[str, bool, bool]]:
    """(level told as certain, truly under age, sure of it) over generated birth dates."""
    forms = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%d %B %Y", "%Y/%m/%d", "%m-%d-%Y")
    for on in (ON, date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29), date(2000, 1, 1)):
        line = date(on.year - 18, on.month, min(on.day, 28))
        days = {line + timedelta(days=n) for n in range(-40, 41)} | {date(on.year - 100, 1, 1)}
        for born in days:
            truly = (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) < 18
            for form in forms:
                birth = birth_of(born.strftime(form))
                assert birth is not None
                told = judge(Signal(Family.BIRTH_DATE, birth, on), on).level
                yield form, told is Level.CERTAIN, truly


def structured() -> None:
    """Precision and recall of *certain* at the boundaries; both readings where both are."""
    rows = list(boundaries())
    right = [truly for _, told, truly in rows if told]
    print(f"\nBirth dates at the boundaries, {len(rows)} in seven forms (two are ambiguous)")
    print(f"  certain     precision {wilson(sum(right), len(right))}")
    for form in dict.fromkeys(form for form, _, _ in rows):
        found = [told for f, told, truly in rows if f == form and truly]
        print(f"  {form:11} recall {wilson(sum(found), len(found))}")


def adults(texts: Iterable[str], name: str) -> None:
    """Alarms per 10,000 texts whose writers are all of age."""
    levels = Counter(level_of(text) for text in texts)
    total = sum(levels.values())
    alarms = levels[Level.CERTAIN] + levels[Level.LIKELY]
    per = 10_000 * alarms / total
    print(
        f"\n{name}: {per:.1f} alarms per 10,000 at likely or above; share {wilson(alarms, total)}"
    )
    print(f"  possible {wilson(levels[Level.POSSIBLE], total)}")


def demo_texts(count: int = 20_000, *, taught: bool = False) -> Iterator[tuple[str, str]]:
    """Languages and ordinary messages in them of the demo company's catalogues, all of adults, with
    a number between two sentences. ``taught``: of the half of the sentences that the weights are
    learned from, or of the other."""
    import random

    import yaml

    rng = random.Random(8)
    folder = Path(__file__).parents[1] / "vitrail/demo/texts"
    said: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    for language in ("en", "fr", "de", "es"):
        catalogue = yaml.safe_load((folder / f"{language}.yaml").read_text("utf-8"))
        words |= {k: v for k, v in catalogue.get("words", {}).items() if isinstance(v, list)}
        lists = [v for k, v in catalogue.items() if k not in {"minors", "words"}]
        lines = [line for v in lists if isinstance(v, list) for line in v if isinstance(line, str)]
        said[language] = lines[not taught :: 2]
    for _ in range(count):
        language = rng.choice(list(said))
        text = rng.choice(said[language])
        for slot, choices in words.items():
            text = text.replace("{" + slot + "}", str(rng.choice(choices)))
        yield language, f"{text} {rng.randrange(1, 99)} {rng.choice(said[language])}"


def public(folder: Path) -> None:
    """Ages in Spanish clinical texts, and comments of adults."""
    comments = [json.loads(line) for line in (folder / "llmprivacy_comments.jsonl").open()]
    adults((row["text"] for row in comments), "Public comments of adults")
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in (folder / "meddocan_es_age.jsonl").open("r", encoding="utf-8")
    ]
    # the letters are of 2016 and around: their own dates of admission are not parsed here, so
    # only the age that is written counts, not the birth date beside it
    told: list[tuple[bool, bool]] = []
    for row in rows:
        ages = [s for s in statements(row["text"], ON) if s.signal == "statement"]
        minor = any(s.birth is not None and s.birth.ages(ON).under(18) for s in ages)
        told.append((minor, bool(row["minor"])))
    found = [minor for minor, truly in told if truly]
    right = [truly for minor, truly in told if minor]
    print("\nPublic clinical letters (Spanish; others write of the patient, so few are statements)")
    print(f"  recall {wilson(sum(found), len(found))}")
    print(f"  precision {wilson(sum(right), len(right))}")


def main() -> int:
    banks()
    structured()
    adults((text for _, text in demo_texts()), "The demo company's ordinary messages")
    folder = Path(os.environ.get("VITRAIL_EVAL", "../shared/eval")) / "age"
    if folder.is_dir():
        public(folder)
    else:
        print("\nPublic data: not measured (VITRAIL_EVAL names no folder with `age`)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
