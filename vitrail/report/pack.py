"""A signed pack: the same check as page, paper, JSON and OSCAL, with what an outsider needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from vitrail.model import Assessment, VerdictChange
from vitrail.report.check_html import check_html
from vitrail.report.check_oscal import check_oscal
from vitrail.report.check_pdf import check_pdf
from vitrail.report.check_policy import PolicyText
from vitrail.report.pack_facts import PackFacts
from vitrail.report.seal import SIGNATURE, SUMS, Signer, seal
from vitrail.report.verify_text import verify_text

#: What the caller puts beside the reports before they are signed together.
EVIDENCE: Final = ("check.json", "evidence.json", "assessments.json")


def write_pack(
    directory: Path,
    assessments: Sequence[Assessment],
    policy: PolicyText,
    *,
    at: datetime,
    facts: PackFacts,
    signer: Signer,
) -> str:
    """Write and sign the pack into ``directory``, which holds :data:`EVIDENCE` already.

    Page, paper and VERIFY.txt speak the language of now, the others that of machines. The SHA-256
    of its list of hashes, which stands for all of it. The same check, ledger, key and language
    give the same bytes.
    """
    for old in (SUMS, SIGNATURE):
        (directory / old).unlink(missing_ok=True)
    written = {
        "report.html": check_html(assessments, policy, at=at, pack=facts).encode(),
        "report.pdf": check_pdf(assessments, policy, at=at, pack=facts),
        "report.oscal.json": _json(check_oscal(assessments, policy, at=at, pack=facts)),
        "pack.json": _json(_document(facts, policy, at)),
        "VERIFY.txt": verify_text().encode(),
    }
    for name, content in written.items():
        (directory / name).write_bytes(content)
    return seal(directory, (*EVIDENCE, *written), signer)


def _document(facts: PackFacts, policy: PolicyText, at: datetime) -> dict[str, Any]:
    earlier = facts.earlier
    return {
        "schema": "vitrail.pack/1",
        "run": facts.run,
        "at": at.isoformat(),
        "policy": policy.version,
        "settings": facts.settings,
        "ledger": {"head": facts.ledger_head, "length": facts.ledger_length},
        "key_sha256": facts.key_sha256,
        "compared_with": None if earlier is None else earlier.run,
        "changes": [] if earlier is None else [_change(c) for c in earlier.changes],
        "year": [
            {
                "control": one.control,
                "state": one.state,
                "months": {f"{month:%Y-%m}": lived for month, lived in one.months},
            }
            for one in facts.years
        ],
    }


def _change(change: VerdictChange) -> dict[str, Any]:
    return {
        "control": change.control,
        "before": {
            "verdict": change.before.value,
            "violations": change.violations_before,
            "denominator": change.denominator_before,
        },
        "after": {
            "verdict": change.after.value,
            "violations": change.violations_after,
            "denominator": change.denominator_after,
        },
        "causes": [cause.value for cause in change.causes],
        "words": change.words,
    }


def _json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()
