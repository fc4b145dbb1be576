"""Questions through the gate: facts, answers, comparisons, private releases, saved views, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from vitrail import gate
from vitrail.access import Action, require
from vitrail.errors import Refused
from vitrail.gate.private import Terms
from vitrail.house import carried
from vitrail.ledger import BudgetStanding
from vitrail.model import (
    Query,
    Release,
)
from vitrail.workspace import private
from vitrail.workspace.annotations import Annotation, AnnotationStore
from vitrail.workspace.open_workspace import OpenWorkspace
from vitrail.workspace.private import PrivateOffer
from vitrail.workspace.views import SavedView, ViewStore


class Questions(OpenWorkspace):
    """Questions through the gate: answers, comparisons, private releases; views and notes."""

    def facts(self) -> tuple[gate.FactDescription, ...]:
        """What may be asked of the epoch in force."""
        require(self.actor, Action.ASK)
        return self._fact_store().facts()

    def ask(self, question: str | Query) -> Release:
        """Put one question (SQL or a declared ``Query``) through the gate.

        Every release and every refusal is written to the ledger with its asker.
        """
        require(self.actor, Action.ASK)
        store = self._fact_store(question.epoch if isinstance(question, Query) else None)
        try:
            query = gate.parse_sql(question, store) if isinstance(question, str) else question
            release = gate.answer(query, store, self.keys)
        except Refused as refusal:
            self.ledger.append("refusal", self.actor.name, {"rule": type(refusal).__name__})
            raise
        self.ledger.append(
            "release", self.actor.name, {"release": release.id, **_asked(release.query)}
        )
        return release

    def compare(
        self, question: str | Query, against: Literal["previous", "year"] = "previous"
    ) -> gate.Compared:
        """A question beside itself about the span before, or about the same span a year before."""
        now = self.ask(question)
        assert now.span is not None
        earlier = gate.previous if against == "previous" else gate.year_before
        return gate.compared(now, self.ask(replace(now.query, span=earlier(now.span))))

    def question(self, sql: str) -> Query:
        """What SQL asks, checked and not answered; a refusal is written to the ledger."""
        require(self.actor, Action.ASK)
        try:
            return gate.parse_sql(sql, self._fact_store())
        except Refused as refusal:
            self.ledger.append("refusal", self.actor.name, {"rule": type(refusal).__name__})
            raise

    def ask_private(
        self,
        question: str | Query,
        rho: float,
        *,
        cells: int | None = None,
        clips: Mapping[str, int] | None = None,
    ) -> Release:
        """The same question for numbers that leave the house: with differential privacy.

        Spends ``rho`` of a budget that is never refilled, unless it was published before:
        that is free. ``cells`` and ``clips`` bound what one person brings to the table, see
        :class:`vitrail.gate.private.Terms`; :meth:`offer_private` tells first what it would be.
        """
        require(self.actor, Action.ASK)
        return private.ask(self, question, Terms(rho, cells, clips or {}))

    def offer_private(
        self,
        question: str | Query,
        rho: float,
        *,
        cells: int | None = None,
        clips: Mapping[str, int] | None = None,
    ) -> PrivateOffer:
        """What :meth:`ask_private` would cost and how exact it would be; nothing is spent."""
        require(self.actor, Action.ASK)
        return private.offer(self, question, Terms(rho, cells, clips or {}))

    def privacy_budget(self) -> BudgetStanding:
        """What there is of the privacy budget and what was spent of it, in millionths of ρ."""
        require(self.actor, Action.ASK)
        return private.account_of(self).standing

    def private_releases(self) -> tuple[Release, ...]:
        """All that was ever published with a guarantee, in order; reading it again is free."""
        require(self.actor, Action.ASK)
        return private.released(self)

    def private_release(self, release_id: str) -> Release:
        """One of :meth:`private_releases` by its id."""
        require(self.actor, Action.ASK)
        return private.by_id(self, release_id)

    def views(self, page: str) -> tuple[SavedView, ...]:
        """The saved views of a page, whoever saved them."""
        require(self.actor, Action.ASK)
        return tuple(view for view in self._views().all() if view.page == page)

    def save_view(self, page: str, name: str, address: Mapping[str, Sequence[str]]) -> SavedView:
        """Keep what a page looks at under a name, for all; the name may tell of nobody."""
        require(self.actor, Action.ASK)
        return self._views().save(page, name, address, self.actor)

    def delete_view(self, view_id: str) -> None:
        """Forget a view of one's own."""
        require(self.actor, Action.ASK)
        self._views().delete(view_id, self.actor)

    def annotations(self) -> tuple[Annotation, ...]:
        """The notes on days, whoever wrote them."""
        require(self.actor, Action.ASK)
        return self._annotations().all()

    def annotate(self, day: date, words: str) -> Annotation:
        """Note what happened on a day, for all who look at it; the note may tell of nobody."""
        require(self.actor, Action.ASK)
        return self._annotations().add(day, words, self.actor)

    def delete_annotation(self, note_id: str) -> None:
        """Forget a note of one's own."""
        require(self.actor, Action.ASK)
        self._annotations().delete(note_id, self.actor)

    def _annotations(self) -> AnnotationStore:
        return AnnotationStore(self.layout.annotations, self.keys)

    def _views(self) -> ViewStore:
        return ViewStore(self.layout.views, self.keys)

    def _fact_store(self, epoch: str | None = None) -> gate.FactStore:
        return gate.FactStore.open(self.layout.facts, carried("queries", "facts"), epoch=epoch)


def _asked(query: Query) -> dict[str, Any]:
    return {
        "fact": query.fact,
        "dimensions": list(query.dimensions),
        "measures": [measure.label for measure in query.measures],
        "filters": [name for name, _ in query.filters],
        "span": [query.span.first.isoformat(), query.span.last.isoformat()] if query.span else [],
    }
