"""An example or two for the help of each command, as they would be typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

EXAMPLES: Final[dict[str, tuple[str, ...]]] = {
    "demo": ("vitrail demo company", "vitrail demo small --accounts 300 --broken MKT-02,RET-05"),
    "import": ("vitrail import -C company", "vitrail import -C company --correct"),
    "map": (
        "vitrail map company/exports -C company",
        "vitrail map exports/clients.csv --table profiles --timezone Europe/Paris --write",
    ),
    "scan": (
        "vitrail scan exports/ --lang en,fr",
        "vitrail scan -C company --resume",
        "vitrail scan exports/ --baseline known.json --fail-on high --format sarif",
    ),
    "redact": (
        "vitrail redact exports/ --out clean/",
        "vitrail redact exports/ --out clean/ --with tag,EMAIL_ADDRESS=pseudonym",
    ),
    "trace": (
        'vitrail trace -C company --from who.txt --case 2026-014 --reason "request for access"',
        'vitrail trace -C company --from who.txt --case 2026-014 --reason "erased" --proof',
    ),
    "check": (
        "vitrail check -C company --out pack",
        "vitrail check -C company --only MKT-02,DSR-01 --format html",
        "vitrail check --verify pack --key house.pem",
    ),
    "cycle": ("vitrail cycle -C company --fail-on high",),
    "inventory": ("vitrail inventory -C company", "vitrail inventory -C company --csv record.csv"),
    "register": (
        "vitrail register requests -C company",
        "vitrail register consent -C company --as-of 2026-06-30",
    ),
    "resolve": (
        "vitrail resolve -C company",
        "vitrail resolve MKT-02 -C company --keys mend.csv",
    ),
    "purge": ("vitrail purge -C company --dry-run",),
    "ask": (
        'vitrail ask "SELECT country, count(DISTINCT person) FROM activity GROUP BY country"',
        "vitrail ask --fact campaigns --by campaign --measure 'outcome(ordered)'",
        "vitrail ask --fact activity --by month --compare year",
        "vitrail ask --fact activity --by country --report countries.pdf --language fr",
    ),
    "report": (
        "vitrail report latest -C company",
        "vitrail report latest --format pdf --language fr",
    ),
    "app": ("vitrail app -C company --port 8600",),
    "doctor": ("vitrail doctor",),
    "people": ("vitrail people -C company", "vitrail people --sign-out ana@example.org"),
    "policy lint": ("vitrail policy lint", "vitrail policy lint policies/ours.yaml"),
    "ledger verify": ("vitrail ledger verify -C company",),
    "ledger export": ("vitrail ledger export --format csv",),
    "ledger move": (
        "vitrail ledger move --to postgresql://vitrail@db.example/vitrail",
        "vitrail ledger move --to ledger.db -C company",
    ),
    "ledger budget": ("vitrail ledger budget -C company",),
    "settings show": ("vitrail settings show -C company",),
    "settings propose": ("vitrail settings propose -C company",),
    "settings approve": ("vitrail settings approve 1a2b3c4d -C company",),
    "findings list": ("vitrail findings list --kind CREDIT_CARD --standing any",),
    "findings show": ("vitrail findings show 1a2b3c4d",),
    "findings compare": (
        "vitrail findings compare scan-20261101-020000-ab12 scan-20261108-020000-cd34",
    ),
    "findings decide": (
        'vitrail findings decide confirm 1a2b3c4d --reason "typed into a note"',
        'vitrail findings decide dismiss 1a2b3c4d --reason "a test number" --until 2026-12-31',
    ),
    "findings assign": ("vitrail findings assign 1a2b3c4d --owner support --due 2026-12-31",),
    "findings comment": ('vitrail findings comment 1a2b3c4d "asked the vendor"',),
    "findings reveal": ('vitrail findings reveal 1a2b3c4d --reason "is it a test number?"',),
    "minors count": ("vitrail minors count -C company",),
    "minors list": ("vitrail minors list -C company",),
    "minors decide": ('vitrail minors decide case-1a2b3c dismiss --reason "a parent writes"',),
    "minors deletion-list": ("vitrail minors deletion-list --out delete.csv",),
}


def show_examples(application: Any) -> None:
    """Put the examples below the help of each command of a typer application."""
    for path, command in _commands(application):
        told = EXAMPLES.get(path, ())
        if told:
            head = "Examples:" if len(told) > 1 else "Example:"
            command.epilog = "\n".join([head, *(f"    {line}" for line in told)])


def _commands(application: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for command in application.registered_commands:
        yield f"{before}{command.name}", command
    for group in application.registered_groups:
        yield from _commands(group.typer_instance, f"{before}{group.name} ")
