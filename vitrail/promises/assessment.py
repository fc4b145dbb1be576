"""Testing controls: run the SQL, make the verdict, keep the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from vitrail.errors import ConfigError
from vitrail.model import Assessment, Control, Evidence, InputFile
from vitrail.promises import sentences
from vitrail.promises.scan_tables import systems_covered
from vitrail.promises.tables import REGISTERED, lacking, prepare
from vitrail.promises.tally import Tally, tally
from vitrail.promises.verdict import judge, pattern, wilson

if TYPE_CHECKING:
    from vitrail.config import Settings
    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring
    from vitrail.promises.policy import Policy

_ANY_TRACE: Final = "SELECT 1 FROM erased_traces LIMIT 1"


def assess_all(
    controls: Iterable[Control],
    store: CanonicalStore,
    policy: Policy,
    settings: Settings,
    *,
    asof: date,
    keys: Keyring,
    version: str,
) -> tuple[Assessment, ...]:
    """Every control in turn, as :func:`assess`."""
    return tuple(
        assess(control, store, policy, settings, asof=asof, keys=keys, version=version)
        for control in controls
    )


def assess(
    control: Control,
    store: CanonicalStore,
    policy: Policy,
    settings: Settings,
    *,
    asof: date,
    keys: Keyring,
    version: str,
) -> Assessment:
    """Test one control on the exports as they stood on ``asof`` (UTC).

    The caller registers ``scan_hits``, ``scan_columns``, ``scan_datasets`` and, where findings
    were decided on, ``scan_reviews`` with the store; a control that needs one and finds none is
    NOT TESTED. ``version`` is the tool's. No raw value enters the assessment.
    """
    parameters = {**parameters_of(control, policy, settings), "asof": asof}
    missing = lacking(control, store)
    counted = Tally()
    if not missing:
        prepare(control, store, policy, settings, keys)
        counted = tally(control, store, parameters)
    return _assessment(
        control, store, policy, settings, parameters, missing, counted, keys, version
    )


def _assessment(
    control: Control,
    store: CanonicalStore,
    policy: Policy,
    settings: Settings,
    parameters: Mapping[str, Any],
    missing: tuple[str, ...],
    counted: Tally,
    keys: Keyring,
    version: str,
) -> Assessment:
    judgement = judge(control, missing, counted)
    fails, denominator = counted.cases("fail"), counted.denominator
    sampled = counted.cases("unexamined") > 0 and denominator > 0
    interval = wilson(fails, denominator) if sampled else None
    scope = sentences.scope(systems_covered(store, settings), counted.covered)
    breaches = pattern(counted)
    evidence = _evidence(control, store, policy, parameters, counted, keys, version)
    return Assessment(
        control=control.id,
        section=control.section,
        title=control.title,
        verdict=judgement.verdict,
        severity=control.severity,
        kind=control.kind,
        denominator=denominator,
        violations=fails,
        warnings=counted.cases("warn"),
        undecidable=counted.cases("undecidable"),
        rate=fails / denominator if denominator else None,
        first=counted.first,
        last=counted.last,
        keys=evidence.keys,
        reason=judgement.reason,
        sentence=sentences.board_sentence(control, judgement, counted, scope),
        evidence=evidence,
        missing=missing,
        stale=_is_stale(policy, settings, parameters["asof"]),
        pattern=breaches,
        interval=interval,
        covered=counted.covered,
        counted=counted.counted,
        scope=scope,
        standards=control.standards,
        law=control.law.format_map(parameters),
        limits=control.limits.format_map(parameters),
        explanation=sentences.explanation(
            control, judgement, counted, parameters, interval, breaches
        ),
    )


def _evidence(
    control: Control,
    store: CanonicalStore,
    policy: Policy,
    parameters: Mapping[str, Any],
    counted: Tally,
    keys: Keyring,
    version: str,
) -> Evidence:
    clause = policy.clause_of(control.id)
    table = control.needs[0][0]
    return Evidence(
        control=control.id,
        control_version=control.version,
        policy=policy.version,
        clause_sha256=clause.sha256 if clause else "",
        inputs=_inputs(control, store),
        sql=control.sql,
        sql_sha256=control.sql_sha256,
        parameters=tuple(sorted(parameters.items())),
        tool_version=version,
        keys=tuple(keys.row_key(table, row.key) for row in counted.rows),
        shapes=tuple(dict.fromkeys(row.shape for row in counted.rows if row.shape)),
    )


def _inputs(control: Control, store: CanonicalStore) -> tuple[InputFile, ...]:
    """The files that the control read: all of them where it reads the scan or the files."""
    tables = {table for table, _ in control.needs} | set(control.uses)
    if any(_is_of_all(table, store) for table in tables & REGISTERED):
        chosen = list(store.inputs)
    else:
        fed = [store.tables[table] for table in tables if table in store.tables]
        names = {(d.name, d.table) for mapped in fed for d in mapped.datasets}
        files = {name for name, _ in names}
        chosen = [
            i
            for i in store.inputs
            if (i.name, i.table) in names or (i.table is None and i.name in files)
        ]
    return tuple(sorted(chosen, key=lambda i: (i.name, i.table or "")))


def _is_of_all(table: str, store: CanonicalStore) -> bool:
    """Whether a registered table speaks of every file; that of a trace does where one was made."""
    if table == "erased_traces":
        return table in store.registered and bool(store.query(_ANY_TRACE).num_rows)
    return table.startswith(("scan_", "export_"))


def parameters_of(control: Control, policy: Policy, settings: Settings) -> dict[str, Any]:
    """The control's parameters; ``{from: params.k}`` is read from vitrail.toml or the policy.

    ``params`` and ``settings`` (its top level) are of the former.
    """
    values: dict[str, Any] = {}
    for name, value in control.parameters:
        if not (isinstance(value, dict) and set(value) == {"from"}):
            values[name] = value
            continue
        place, _, attribute = str(value["from"]).partition(".")
        holder: Any = {"params": settings.params, "policy": policy, "settings": settings}.get(place)
        if not hasattr(holder, attribute):
            raise ConfigError(
                f"The control {control.id} takes {name} from {value['from']}, which there is not.",
                "Name a figure of vitrail.toml, of its [params], or of the policy file.",
            )
        found = getattr(holder, attribute)
        values[name] = list(found) if isinstance(found, tuple) else found
    return values


def _is_stale(policy: Policy, settings: Settings, asof: date) -> bool:
    """Whether the exports are older on ``asof`` than the policy file allows them to be."""
    taken = settings.asof or asof
    return asof - taken > timedelta(days=policy.fresh_for_days)
