"""VERIFY.txt: how an outsider checks a pack, with commands that are the same in any language."""

from __future__ import annotations

from textwrap import fill
from typing import Final

from vitrail.report.seal import PUBLIC_KEY, SIGNATURE, SUMS
from vitrail.translation import N_, _

_WIDTH: Final = 78
_TITLE: Final = N_("How to check this pack, without Vitrail")
_LISTED: Final = N_(
    "Every file is listed with its SHA-256 in {sums}; {signature} is an Ed25519 signature "
    "(RFC 8032) of that list. In this folder, with OpenSSL 3 and coreutils:"
)
_STEPS: Final = (
    (
        N_(
            "Whose key is it? Compare the name of the key with the one that the company gave you "
            "another way than with this pack:"
        ),
        f"openssl pkey -pubin -in {PUBLIC_KEY} -outform DER | sha256sum",
    ),
    (
        N_("Is the list as it was signed?"),
        f"openssl pkeyutl -verify -pubin -inkey {PUBLIC_KEY} -rawin \\\n"
        f"         -in {SUMS} -sigfile {SIGNATURE}",
    ),
    (N_("Are the files as they were listed?"), f"sha256sum -c --strict {SUMS}"),
)
_TOOL: Final = N_("With Vitrail: {command}")
_LEDGER: Final = N_(
    "pack.json holds the head of the company's ledger when the pack was made. `{command}`, run by "
    "the company, says whether that event still stands in its log."
)


def verify_text() -> str:
    """The whole file, in the language of now."""
    paragraphs = [_(_TITLE), fill(_(_LISTED, sums=SUMS, signature=SIGNATURE), _WIDTH)]
    for number, (words, command) in enumerate(_STEPS, 1):
        step = fill(_(words), _WIDTH, initial_indent=f"  {number}. ", subsequent_indent=" " * 5)
        paragraphs += [step, f"       {command}"]
    tool = "vitrail check --verify DIR --key the-key-you-were-given.pem"
    paragraphs.append(_(_TOOL, command=tool))
    paragraphs.append(fill(_(_LEDGER, command="vitrail ledger verify --head HASH"), _WIDTH))
    return "\n\n".join(paragraphs) + "\n"
