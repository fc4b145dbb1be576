"""Testing controls: run the SQL, make the verdict, keep the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from vitrail.errors import ConfigError
from vitrail.model import Assessment, Control, Evidence
from vitrail.promises import sentences
from vitrail.promises.provenance import Provenance
from vitrail.promises.reading import columns_read
from vitrail.promises.scan_tables import systems_covered
from vitrail.promises.tables import lacking, prepare
from vitrail.promises.tally import Tally, tally
from vitrail.promises.ties import Ties
from vitrail.promises.verdict import judge, pattern, wilson

if TYPE_CHECKING:
    from vitrail.config import Settings
    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring
    from vitrail.promises.policy import Policy


#: Told what is done now, and the share that is done.
Watch = Callable[[str, float | None], None]


@dataclass(frozen=True)
class Shared:
    """What several controls ask of the same exports, found once for all of them."""

    ties: Ties
    provenance: Provenance

    @classmethod
    def of(cls, store: CanonicalStore, policy: Policy, settings: Settings) -> Self:
        return cls(Ties(store), Provenance(store, policy, settings))


def assess_all(
    controls: Iterable[Control],
    store: CanonicalStore,
    policy: Policy,
    settings: Settings,
    *,
    asof: date,
    keys: Keyring,
    version: str,
    watch: Watch = lambda _control, _share: None,
) -> tuple[Assessment, ...]:
    """Every control in turn, as :func:`assess`; ``watch`` is told which is next."""
    every, assessed = tuple(controls), []
    shared = Shared.of(store, policy, settings)
    store.hold(columns_read(every))
    for number, control in enumerate(every):
        watch(f"{control.id} {control.title}", number / len(every))
        assessed.append(
            assess(
                control,
                store,
                policy,
                settings,
                asof=asof,
                keys=keys,
                version=version,
                shared=shared,
            )
        )
    return tuple(assessed)


def assess(
    control: Control,
    store: CanonicalStore,
    policy: Policy,
    settings: Settings,
    *,
    asof: date,
    keys: Keyring,
    version: str,
    shared: Shared | None = None,
) -> Assessment:
    """Test one control on the exports as they stood on ``asof`` (UTC).

    The caller registers ``scan_hits``, ``scan_columns``, ``scan_datasets`` and, where findings
    were decided on, ``scan_reviews`` with the store; a control that needs one and finds none is
    NOT TESTED. ``version`` is the tool's; ``shared`` is for those who test several controls of one
    store. No raw value enters the assessment.
    """
    shared = shared or Shared.of(store, policy, settings)
    parameters = {**parameters_of(control, policy, settings), "asof": asof}
    missing = lacking(control, store)
    counted = Tally()
    if not missing:
        prepare(control, store, policy, settings, keys)
        counted = tally(control, store, parameters)
        counted = replace(counted, loose=shared.ties.loose(control))
    return _assessment(
        control, store, policy, settings, parameters, missing, counted, keys, version, shared
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
    shared: Shared,
) -> Assessment:
    judgement = judge(control, missing, counted, parameters["asof"])
    fails, denominator = counted.cases("fail"), counted.denominator
    sampled = counted.cases("unexamined") > 0 and denominator > 0
    interval = wilson(fails, denominator) if sampled else None
    scope = sentences.scope(systems_covered(store, settings), counted.covered, parameters["asof"])
    breaches = pattern(counted)
    aged = shared.provenance.aged(control, parameters["asof"])
    evidence = _evidence(control, policy, parameters, counted, keys, version, shared.provenance)
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
        stale=bool(aged),
        aged=aged,
        months=counted.by_month,
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
    policy: Policy,
    parameters: Mapping[str, Any],
    counted: Tally,
    keys: Keyring,
    version: str,
    provenance: Provenance,
) -> Evidence:
    clause = policy.clause_of(control.id)
    table = control.needs[0][0]
    return Evidence(
        control=control.id,
        control_version=control.version,
        policy=policy.version,
        clause_sha256=clause.sha256 if clause else "",
        inputs=provenance.inputs(control),
        sql=control.sql,
        sql_sha256=control.sql_sha256,
        parameters=tuple(sorted(parameters.items())),
        tool_version=version,
        keys=tuple(keys.row_key(table, row.key) for row in counted.rows),
        shapes=tuple(dict.fromkeys(row.shape for row in counted.rows if row.shape)),
        mapping_sha256=provenance.mapping_sha256(control),
    )


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
