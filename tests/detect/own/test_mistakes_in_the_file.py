"""Each mistake in a ``recognizers.yaml`` is one sentence that names its line and column."""

from __future__ import annotations

import time
from pathlib import Path
from textwrap import dedent

import pytest

from tests.detect.own.conftest import Read
from vitrail.detect.own.schema import AllowEntry, RecognizerEntry
from vitrail.errors import ConfigError

A = "recognizers:\n- name: A\n  supported_entity: MEMBER_NUMBER\n"
DENY = "  deny_list: [ab]\n"


def pattern(regex: str, score: str = "0.5") -> str:
    return f"{A}  patterns:\n  - regex: '{regex}'\n    score: {score}\n"


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

MISTAKES = {
    "YAML that does not end": ("recognizers: [\n", 2, "not valid YAML"),
    "a tab": ("recognizers:\n\t- name: A\n", 2, "tab"),
    "an unknown escape": (f'{A}  context: ["\\d"]\n', 4, "not valid YAML"),
    "a character that YAML does not allow": (f"{A}{DENY}# \0\n", 5, "does not allow"),
    "a key twice": (f"{A}  name: B\n", 4, "second time (first in line 2)"),
    "a key that nobody knows": (f"{A}  patern: []\n", 4, "did you mean `patterns`"),
    "a top-level key that nobody knows": ("recognisers: []\n", 1, "did you mean `recognizers`"),
    "no name": ("recognizers:\n- supported_entity: AB\n", 2, "`name` is missing"),
    "no entity": (f"recognizers:\n- name: A\n{DENY}", 2, "`supported_entity` is missing"),
    "no score": (f"{A}  patterns:\n  - regex: ab\n", 5, "`score` is missing"),
    "an empty value": (f"recognizers:\n- name:\n  supported_entity: AB\n{DENY}", 2, "missing"),
    "a regex that does not compile": (pattern("(ab"), 5, "does not compile"),
    "a regex that takes forever": (pattern("(a+)+$"), 5, "takes longer"),
    "one that takes forever on what ends well": (pattern(r"(\w+\s?)+:"), 5, "takes longer"),
    "a score over 1": (pattern("ab", "1.5"), 6, "`score` should not be over 1"),
    "a score in words": (pattern("ab", "high"), 6, "`score` should be a number"),
    "a name twice": (A + DENY + A.removeprefix("recognizers:\n") + DENY, 5, "taken by the entry"),
    "a built-in name": (f"recognizers:\n- name: IbanRecognizer\n{DENY}", 2, "built in"),
    "Presidio's own": ("recognizers:\n- {name: X, type: predefined}\n", 2, "Presidio's"),
    "a check that does not exist": (
        pattern("ab") + "  checks: [fr.sirem]\n", 7, "did you mean `fr.sire"
    ),
    "a check outside python-stdnum": (pattern("ab") + "  checks: [..os]\n", 7, "no check"),
    "a list without entries": (f"{A}  deny_list: []\n", 4, "empty"),
    "an entry of signs alone": (f"{A}  deny_list: [ab, '+++']\n", 4, "neither letter nor digit"),
    "a list file that is not there": (f"{A}  deny_list_file: none.txt\n", 4, "cannot be read"),
    "neither patterns nor list": (A, 2, "neither"),
    "patterns and list": (pattern("ab") + DENY, 2, "both"),
    "an entity type in small letters": (A.replace("MEMBER_NUMBER", "member-no"), 3, "capitals"),
    "a language that is not judged": (f"{A}  supported_language: xx\n{DENY}", 4, "`xx`"),
    "the same in a list": (f"{A}  supported_languages: [fr, pl]\n{DENY}", 4, "`pl`"),
    "severity of a built-in type": (
        A.replace("MEMBER_NUMBER", "EMAIL_ADDRESS") + "  severity: low\n", 4, "built in"
    ),
    "text where a list belongs": (f"{A}  patterns: abc\n", 4, "should be a list"),
    "a number where an entry belongs": ("recognizers:\n- 5\n", 2, "should be keys with values"),
    "a list as the whole file": ("- a\n", 1, "begins with something else"),
    "an anchor in itself": ("recognizers: &a [*a]\n", 1, "unfolds"),
    "anchors within anchors": (BOMB, None, "unfolds"),
    "a tag that runs code": (
        "recognizers: !!python/object/apply:os.system ['exit 1']\n", 1, "keys with values"
    ),
    "brackets without end": ("[" * 5_000, None, ""),
    "allowing nothing": ("allow_list:\n- entity: PERSON\n", 2, "`value` or `regex`"),
    "allowing an unknown type": ("allow_list:\n- value: a\n  entity: NOPE\n", 3, "Nothing finds"),
    "a model without labels": (
        "recognizers:\n- {name: G, type: gliner, model_name: x}\n", 2, "`entity_mapping` is missing"
    ),
    "a model with a list": (
        f"recognizers:\n- name: G\n  type: gliner\n{DENY}", 4, "does not go with a model"
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_a_sentence_with_its_line(mistake: str, read: Read) -> None:
    text, line, words = MISTAKES[mistake]
    begun = time.monotonic()
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert time.monotonic() - begun < 5
    assert words in str(caught.value)
    assert caught.value.remedy
    if line is not None:
        assert caught.value.message.startswith(f"recognizers.yaml, line {line}, column ")


def test_text_that_is_not_utf8_is_told_by_its_line(read: Read) -> None:
    with pytest.raises(ConfigError, match="not UTF-8 in line 4"):
        read(f"{A}  deny_list: [Zoé]\n".encode("latin-1"))


def test_a_file_too_large_to_be_meant_is_refused(read: Read) -> None:
    with pytest.raises(ConfigError, match="larger than"):
        read(b"#" * (33 << 20))


def test_no_sentence_shows_an_entry_of_a_list(read: Read) -> None:
    with pytest.raises(ConfigError) as caught:
        read(f"{A}  deny_list: [Zoé Marchetti, {{a: b}}]\n")
    assert "Marchetti" not in str(caught.value)
    assert "Marchetti" not in repr(read(f"{A}  deny_list: [Zoé Marchetti]\n"))


def test_words_that_yaml_takes_for_something_else_stay_words(read: Read) -> None:
    (one,) = read(f"\ufeff{A}  context: [no, on]\n  deny_list: [no, 0123, 1e5]\n").recognizers
    assert one.context == ("no", "on")
    assert one.deny_list == ("no", "0123", "1e5")


def test_a_list_may_stand_in_a_file_beside(read: Read, tmp_path: Path) -> None:
    (tmp_path / "known.txt").write_text("\ufeffZoé Marchetti\r\n\nBo\nBo\n")
    (one,) = read(f"{A}  deny_list_file: known.txt\n", tmp_path).recognizers
    assert one.deny_list == ("Zoé Marchetti", "Bo")


def test_presidios_own_example_carries_over(read: Read) -> None:
    """The file that Presidio carries as its example, its German language and all."""
    import presidio_analyzer

    example = Path(presidio_analyzer.__file__).parent / "conf" / "example_recognizers.yaml"
    found = read(example.read_bytes())
    assert {r.entity for r in found.recognizers} == {"ZIP", "TITLE"}
    assert "Dr." in found.recognizers[1].deny_list


def test_what_can_hardly_be_meant_is_remarked(read: Read) -> None:
    text = dedent(
        r"""
        recognizers:
        - name: A
          supported_entity: AB
          patterns:
          - {regex: 'a\Kb', score: 0.9}
          - {regex: '\b\d{5}\b', score: 0.01}
        """
    )
    slow, never = read(text).remarks
    assert "every cell" in slow
    assert "never reported" in never


def test_nothing_in_the_file_is_nothing_of_ones_own(read: Read) -> None:
    assert read("") == read("# nothing yet\n") == read("recognizers:\n")


def test_the_documented_examples_are_right(read: Read) -> None:
    text = (Path(__file__).parents[3] / "docs" / "recognizers.md").read_text()
    first, models = (part.partition("```")[0] for part in text.split("```yaml\n")[1:])
    found = read(first)
    assert [r.name for r in found.recognizers] == ["Member number", "Loyalty card", "Board members"]
    assert (len(found.allowed), found.remarks) == (3, ())
    assert [m.engine for m in read(models).models] == ["gliner", "transformers"]


def test_every_key_is_documented() -> None:
    text = (Path(__file__).parents[3] / "docs" / "recognizers.md").read_text()
    beside = {"class_name", "version", "country_code", "supported_entities", "name", "entity"}
    keys = {*RecognizerEntry.model_fields, *AllowEntry.model_fields} - beside
    missing = {k for k in keys if f"`{k}`" not in text and f"{k}:" not in text}
    assert missing <= {"supported_language", "supported_languages"}
