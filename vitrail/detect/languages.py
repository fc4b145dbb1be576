"""The language of a column: its small words vote.

Seven languages, told apart by words that each uses far more than the others. Short cells hold too
few of them; then the answer is None and the caller decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

_WORDS: Final[Mapping[str, str]] = {
    "en": "the of and to is was for that with this are have not you your from but they will would "
    "been has were can which their what please thanks my i we it he she on at by",
    "fr": "le les des et est une dans que pour qui sur pas avec vous nous mais sont été cette au "
    "aux ce je il elle du votre mon merci bonjour avez suis ont être c'est mes où très",
    "de": "der die das und ist nicht ein eine ich sie mit auf für den dem von zu wir haben wird "
    "sich auch werden bei oder ihre bitte mein aber noch wurde kann danke sind",
    "es": "el los las y es una que por con para del no se su lo como más pero está muy este mi ha "
    "son usted gracias tengo ser fue hola sus también cuando todo",
    "it": "il gli di è una che per con non del della sono si ho mi come più ma questo grazie "
    "anche nel alla dei delle mio lei ciao molto essere stato ha i",
    "pt": "o os do da em um uma não que para com por mais é se no na como mas foi ao ele você "
    "muito obrigado meu são dos das está tem ser minha já também",
    "nl": "de het een van en is dat niet op te zijn met voor ik aan er maar om ook als bij wordt "
    "naar heeft hebben mijn u uw wij deze dit nog dank kan worden",
}
_VOTES: Final[Mapping[str, frozenset[str]]] = {
    language: frozenset(words.split()) for language, words in _WORDS.items()
}
SMALL_WORDS: Final = frozenset[str]().union(*_VOTES.values())
"""The small words of all seven languages."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ENOUGH: Final = 3


def language_of(texts: Iterable[str], among: Iterable[str] | None = None) -> str | None:
    """The language with most votes; None under three votes or without a clear lead.

    A word that several languages share gives each its part of one vote.
    """
    allowed = [language for language in _VOTES if among is None or language in set(among)]
    votes: Counter[str] = Counter()
    for text in texts:
        for word in _WORD.findall(text.casefold()):
            speakers = [language for language in allowed if word in _VOTES[language]]
            for language in speakers:
                votes[language] += 1 / len(speakers)  # type: ignore[assignment]
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0][1] < 1.15 * ranked[1][1]:
        return None
    return ranked[0][0]
