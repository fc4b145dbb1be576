"""A mapping proposal in words, tables and as a JSON document. No value is in it but as a shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vitrail.cli.output import answer_table, answer_text, complain, legible, say

if TYPE_CHECKING:
    from vitrail.proposal import ProposedSource
    from vitrail.workspace.mapping import MappedExport, MappingReport, MissingColumn

#: So many of the columns that would open more are shown; the document has them all.
_MOST = 12


def show(report: MappingReport) -> None:
    """The proposal, its open questions, and what it makes testable."""
    from vitrail.workspace.mapping.writing import as_toml

    for export in report.exports:
        _show_export(export)
        _warn(export)
    if report.sources:
        answer_text("\n" + "\n".join(map(legible, as_toml(report.sources).splitlines())) + "\n")
    if report.opened:
        say(f"Testable by this mapping: {', '.join(report.opened)}.")
    elif report.sources:
        say("No control becomes testable by this mapping alone.")
    _show_missing(report)


def document(report: MappingReport, *, written: bool) -> dict[str, Any]:
    """``vitrail.mapping/1``."""
    return {
        "schema": "vitrail.mapping/1",
        "exports": [_export(export) for export in report.exports],
        "controls": {
            "opened": list(report.opened),
            "missing": [
                {
                    "column": m.name,
                    "opens": list(m.alone),
                    "opens_with_others": list(m.among),
                    "candidates": list(m.candidates),
                }
                for m in report.missing
            ],
        },
        "unreadable": [
            {"dataset": u.name, "table": u.table, "reason": u.reason} for u in report.unreadable
        ],
        "written": written,
    }


# --- for people -------------------------------------------------------------------------------


def _show_export(export: MappedExport) -> None:
    from vitrail.workspace.mapping import Standing

    if export.standing is Standing.MAPPED:
        named = ", ".join(f"[sources.{name}]" for name in export.mapped_by)
        say(f"{export.label} is mapped already, by {named} of vitrail.toml.")
        _show_left(export)
        return
    if not export.proposal.sources:
        say(_nothing_fits(export))
        return
    many = f", {export.files} files of one shape" if export.files > 1 else ""
    for source in export.proposal.sources:
        by = f", by the preset {source.preset}" if source.preset else ""
        answer_text(f"\n{legible(export.label)}{many} → {source.table}{by}")
        answer_table("", ("canonical", "exported", "holds", "taken"), list(_rows(source)))
    _show_left(export)


def _show_left(export: MappedExport) -> None:
    if export.proposal.left:
        left = ", ".join(profile.shown for profile in export.proposal.left)
        say(f"Not mapped, scanned all the same: {left}.")


def _nothing_fits(export: MappedExport) -> str:
    from vitrail.workspace.mapping import Standing

    if export.standing is Standing.PROPOSED:
        return f"{export.label} is read by the source that is proposed above."
    if export.dataset.format == "text":
        return f"{export.label} is text without columns: there is nothing to map; it is scanned."
    return (
        f"{export.label} fits no canonical table by its names and values. It is scanned all the "
        "same; to map it, say --table and --column."
    )


def _rows(source: ProposedSource) -> Iterator[tuple[str, str, str, str]]:
    for fit in source.fits:
        yield fit.canonical, fit.column.shown, fit.column.told, fit.why


def _warn(export: MappedExport) -> None:
    for question in export.proposal.questions:
        settled = f" Shown: {question.suggested}." if question.suggested else " Left open."
        say(f"{question.words}{settled} Answer with {question.subject.value}.")
    for words in export.proposal.warnings:
        say(words)
    for lost in export.lost:
        say(f"{lost.reason} {lost.remedy}")
    if export.ties_nobody:
        complain(
            f"Not one of the {export.rows:,} rows of {export.label} could be tied to a person.",
            "Controls that follow persons would see none of them. Map account_id or email.",
        )
    elif export.alone:
        say(f"{export.alone:,} of {export.rows:,} rows of {export.label} can be tied to nobody.")
    if export.known == 0 and export.rows and not export.ties_nobody:
        complain(
            f"Nobody in {export.label} is one of the accounts that other exports have.",
            "Its key may be another system's: map the e-mail address, or the account's own number.",
        )


def _show_missing(report: MappingReport) -> None:
    tables = {table for export in report.exports for table in export.tables}
    shown = [m for m in report.missing if m.alone or m.name.partition(".")[0] in tables][:_MOST]
    if not shown:
        return
    answer_table(
        "What would make more testable",
        ("map", "and these become testable", "with others besides", "columns that could be it"),
        [_missing_row(m) for m in shown],
    )


def _missing_row(m: MissingColumn) -> tuple[str, str, str, str]:
    return m.name, ", ".join(m.alone), ", ".join(m.among), ", ".join(m.candidates)


# --- for programs -----------------------------------------------------------------------------


def _export(export: MappedExport) -> dict[str, Any]:
    proposal = export.proposal
    return {
        "export": export.label,
        "files": export.files,
        "standing": export.standing.value,
        "mapped_by": list(export.mapped_by),
        "sources": [_source(source) for source in proposal.sources],
        "questions": [
            {
                "about": q.subject.name.lower(),
                "option": q.subject.value,
                "words": q.words,
                "choices": list(q.choices),
                "suggested": q.suggested,
            }
            for q in proposal.questions
        ],
        "warnings": [*proposal.warnings, *(lost.reason for lost in export.lost)],
        "unused": [profile.shown for profile in proposal.left],
        "rows": export.rows,
        "unlinked": export.alone,
        "known_accounts": export.known,
    }


def _source(source: ProposedSource) -> dict[str, Any]:
    from vitrail.workspace.mapping.writing import as_toml

    return {
        "name": source.name,
        "table": source.table,
        "preset": source.preset,
        "columns": [
            {
                "canonical": fit.canonical,
                "exported": fit.column.shown,
                "holds": fit.column.told,
                "why": fit.why,
            }
            for fit in source.fits
        ],
        "toml": as_toml([source]),
    }
