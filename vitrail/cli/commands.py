"""All commands, each from its own module."""

from __future__ import annotations

import typer

from vitrail.cli import (
    asking,
    checking,
    cycling,
    demonstration,
    doctor,
    findings,
    importing,
    inventory,
    ledger,
    mapping,
    minors,
    people,
    policy,
    purging,
    redacting,
    registers,
    reporting,
    resolving,
    scanning,
    settings,
    tracing,
    workbench,
)
from vitrail.cli.examples import show_examples

application = typer.Typer(
    name="vitrail",
    help="Shows what users do without showing who they are, and tests a privacy policy on data.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
application.command("demo")(demonstration.demo)
application.command("import")(importing.import_exports)
application.command("map")(mapping.map_exports)
application.command("scan")(scanning.scan)
application.command("redact")(redacting.redact)
application.command("trace")(tracing.trace)
application.command("check")(checking.check)
application.command("cycle")(cycling.cycle)
application.command("inventory")(inventory.inventory)
application.command("register")(registers.register)
application.command("resolve")(resolving.resolve)
application.command("purge")(purging.purge)
application.command("ask")(asking.ask)
application.command("report")(reporting.report)
application.command("app")(workbench.app)
application.command("doctor")(doctor.doctor)
application.command("people")(people.people)
application.add_typer(policy.commands, name="policy")
application.add_typer(ledger.commands, name="ledger")
application.add_typer(settings.commands, name="settings")
application.add_typer(findings.commands, name="findings")
application.add_typer(minors.commands, name="minors")
show_examples(application)
