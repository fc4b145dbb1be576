"""A house whose every name is an attack: on Markdown, HTML, formulas, the direction of reading."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from streamlit.testing.v1 import AppTest

import vitrail
from vitrail.demo import write_demo
from vitrail.model import Actor, Decision, Role
from vitrail.scan import ScanOptions
from vitrail.workspace import Workspace

#: Begins as a formula; an image that would be fetched, a link, a tag, mathematics, an icon, a
#: colour, the mark that turns reading round, an emoji of several parts.
SIGNS: Final = (
    '=1+1 ![i](http://img.example.org/x) [l](http://e.example.org) <b onclick="x">b</b> '
    "&lt;i&gt; $x^2$ :material/home: :red[r] www.example.org \u202egnp.exe 👩\u200d👧"
)
#: As a file's name, which holds no slash.
FILE: Final = '=1 ![i](img) <b onclick="x">b<b> $x$ :material_home: :red[r] \u202egnp.csv'
#: What a reader would meet of it as raw markup, wherever Markdown is made.
RAW: Final = ("![i](", "[l](", "$x", ":red[r]", "<b onclick", "\u202e", "http://", "www.example")
#: The ledger takes no actor whose name holds a sign that cannot be printed.
ACTOR: Final = Actor("".join(c for c in f"ann {SIGNS}" if c.isprintable()), frozenset(Role))

#: Fields of which Streamlit makes no Markdown.
_PLAIN: Final = {
    ("Selectbox", "options"), ("Selectbox", "raw_value"), ("MultiSelect", "options"),
    ("Text", "body"), ("Code", "code_text"), ("TextInput", "default"), ("TextInput", "value"),
    ("TextArea", "default"), ("TextArea", "value"), ("PlotlyChart", "alt"),
}  # fmt: skip
#: Fields of HTML and of charts, where a tag may not stand and a link's words are only words.
_ESCAPED: Final = {("Html", "body"), ("PlotlyChart", "spec")}
_TAGS: Final = ("<b onclick", "\u202e")


def quoted(text: str) -> str:
    """The text as a string of TOML."""
    return json.dumps(text, ensure_ascii=False)


def write_export(folder: Path, longest: int = 20_000) -> None:
    """A table of hostile names, columns and cells, one ``longest``, beside an unreadable one."""
    with (folder / FILE).open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow([SIGNS, f"{SIGNS} 2"])
        rows.writerow([f"{SIGNS} card 4111 1111 1111 1111", "ann.lee@mail.example.com"])
        rows.writerow([f"{'long ' * (longest // 5)} 4111 1111 1111 1111", ""])
    (folder / f"{FILE}.parquet").write_bytes(b"no parquet")


def speak(workspace: Workspace) -> None:
    """Leave hostile words wherever a person can leave words."""
    for finding in workspace.findings()[:1]:
        workspace.assign([finding.id], SIGNS[:110], None)
        workspace.comment(finding.id, SIGNS)
        workspace.dispose(finding.id, Decision.CONFIRM, SIGNS)
    workspace.save_view("trends", SIGNS[:60], {})
    workspace.propose_settings()


def build(place: Path, accounts: int) -> Path:
    """A demo company with such names for its campaigns and systems too; imported, tested."""
    write_demo(place, accounts=accounts, seed=7)
    settings = place / "vitrail.toml"
    named = quoted(f"'{SIGNS}' || \"Nom\"")
    toml = settings.read_text("utf-8").replace('name = "Nom", ', "")
    toml = toml.replace("derive = { cost =", f"derive = {{ name = {named}, cost =")
    settings.write_text(toml.replace('= "CRM"', f"= {quoted(SIGNS)}"), "utf-8")
    write_export(place / "exports", longest=10_000_000)
    with vitrail.open(place, ACTOR) as workspace:
        workspace.import_exports()
        workspace.scan(ScanOptions(names="off"))
        workspace.check()
        speak(workspace)
    return place


def raw_in(shown: AppTest) -> list[str]:
    """Each field of a page in which something of :data:`RAW` stands where it would be run."""
    return [
        f"{kind}.{field}: {sign!r} in {text[max(0, text.find(sign) - 60) :][:160]!r}"
        for kind, field, text in _texts(shown)
        for sign in RAW
        if re.search(rf"(?<!\\){re.escape(sign)}", text) and _is_run(kind, field, sign)
    ]


def texts_with(shown: AppTest, words: str) -> list[str]:
    """The texts of a page, tables' cells among them, that hold some words."""
    cells = [str(v) for table in shown.dataframe for v in table.value.to_numpy().ravel()]
    return [text for text in (*(t for *_, t in _texts(shown)), *cells) if words in text]


def _is_run(kind: str, field: str, sign: str) -> bool:
    if (kind, field) in _ESCAPED:
        return sign in _TAGS
    return (kind, field) not in _PLAIN


def _texts(shown: AppTest) -> Iterator[tuple[str, str, str]]:
    for node in shown._tree:
        proto = getattr(node, "proto", None)
        if proto is not None and hasattr(proto, "DESCRIPTOR"):
            yield from _fields(proto)


def _fields(message: Any) -> Iterator[tuple[str, str, str]]:
    for field, value in message.ListFields():
        for one in [value] if isinstance(value, str) or not hasattr(value, "__iter__") else value:
            if isinstance(one, str):
                yield message.DESCRIPTOR.name, field.name, one
            elif hasattr(one, "ListFields"):
                yield from _fields(one)
