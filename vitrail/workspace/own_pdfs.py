"""The text of the PDFs among Vitrail's own files, page by page, as a reader of them gets it."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pypdfium2

#: A row of a control's counts by month: the cells of a table run together, and so look like a
#: phone number. None of them begins with a nought, as the parts of a number that is dialled do.
_COUNTS: Final = re.compile(r"^[A-Z]{3,4}-\d{2}(?: (?:0|[1-9]\d{0,2}))+\s*$", re.MULTILINE)


def text_of(path: Path) -> str | None:
    """All its pages; None where it cannot be opened."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError):
        return None
    with closing(document):
        pages = (_page_text(document, number) for number in range(len(document)))
        return _COUNTS.sub("", "\n".join(pages))


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        return str(text.get_text_bounded())
