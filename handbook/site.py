"""What mkdocs does beside its own: fills the marks, and mends links that leave the folder.

Pages are also read in the repository, where a link to code leads to the code. The site has no code,
so there the words stay and the link goes; what is measured (``bench/*.md``) comes along as pages.
"""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handbook.marks import filled

#: Pages that lie elsewhere in the repository, and where the site has them.
BESIDE = {"bench/README.md": "bench/README.md", "bench/attacks.md": "bench/attacks.md"}
_LIGHT = re.compile(r"(!\[[^\]]*\]\([^)\s]+)-light\.png\)")
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(((?:\.\./)+)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take in the pages that lie beside the folder."""
    house = Path(config.docs_dir).parent
    for place, source in BESIDE.items():
        text = (house / source).read_text("utf-8")
        files.append(File.generated(config, place, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A page as the site shows it."""
    return _in_both_themes(filled(_inside(markdown, page.file.src_uri)))


def _in_both_themes(markdown: str) -> str:
    """A picture of a light page stands beside its dark twin; the reader's theme chooses."""
    return _LIGHT.sub(r"\1-light.png#only-light) \1-dark.png#only-dark)", markdown)


def _inside(markdown: str, page: str) -> str:
    depth = page.count("/")

    def mended(link: re.Match[str]) -> str:
        words, up, target, anchor = link[1], link[2].count("../"), link[3], link[4] or ""
        if page in BESIDE:  # it lies one folder up from docs/
            inner = target.removeprefix("docs/")
            return f"[{words}](../{inner}{anchor})" if target.startswith("docs/") else words
        if up <= depth:
            return link[0]
        if target in BESIDE:
            return f"[{words}]({'../' * depth}{target}{anchor})"
        return words

    return _LINK.sub(mended, markdown)
