"""Support: Zendesk's tickets, one JSON object a line; Crisp's conversations with their messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.consents import devices
from vitrail.demo.fact_truth import support_table
from vitrail.demo.files import tokens, write_lines
from vitrail.demo.filing import file_tickets, message_id, ticket_id
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import DAY, iso
from vitrail.demo.sowing import Sowing
from vitrail.demo.talks import Talks, talks
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Column

ZENDESK: Final = "support/zendesk_tickets.json"
CRISP: Final = "support/crisp_conversations.json"


def write_support(company: Company) -> None:
    """Write both files; about a tenth of the accounts ever write."""
    tickets, chats = _spoken(company, "zendesk", 0.12), _spoken(company, "crisp", 0.14)
    write_lines(company.place(ZENDESK), _tickets(company, tickets))
    write_lines(
        company.place(CRISP),
        _conversations(company, chats),
        first="[\n",
        between=",\n",
        last="\n]\n",
    )
    company.truth.tables["support"] = support_table(
        [(s.talks, s.messages) for s in (tickets, chats)]
    )
    for dataset, column, entity_type in (
        (ZENDESK, "requester.email", "EMAIL_ADDRESS"), (ZENDESK, "requester.name", "PERSON"),
        (CRISP, "meta.email", "EMAIL_ADDRESS"), (CRISP, "meta.nickname", "PERSON"),
    ):  # fmt: skip
        company.truth.declare(Column(dataset, None, column), entity_type)


@dataclass(slots=True)
class _Spoken:
    """The conversations of one system, the stream that their words are drawn from, and, once they
    are written, how many messages each soon has."""

    talks: Talks
    rng: np.random.Generator
    messages: list[int] = field(default_factory=list)
    filed: dict[int, str] = field(default_factory=dict)


def _spoken(company: Company, system: str, share: float) -> _Spoken:
    rng = company.streams.of(system)
    who, at = _writers(company, rng, share)
    channel = "chat" if system == "crisp" else "ticket"
    spoken = talks(company.streams, channel, who, at, company.timeline.end)
    return _Spoken(spoken, rng, filed={} if system == "crisp" else file_tickets(company, spoken))


def _writers(company: Company, rng: np.random.Generator, share: float) -> tuple[Ints, Ints]:
    """Who writes and when, by time: moments between joining and leaving."""
    people = company.people
    whole = company.people.until(company.timeline) - people.created > 2 * DAY
    who = np.flatnonzero(whole & ~company.fates.erased & (rng.random(len(people)) < share))
    room = people.until(company.timeline)[who] - people.created[who] - DAY
    at = people.created[who] + 3600 + (rng.random(len(who)) * room).astype(np.int64)
    by_time = np.argsort(at, kind="stable")
    return who[by_time], at[by_time]


def _letter(writer: Writer, language: str, planted: Text | None) -> Text:
    text = writer.ordinary("support", language)
    if writer.rng.random() < 0.5:
        text = text + Text(" ") + writer.ordinary("support", language)
    if planted is not None:
        text = text + Text(" ") + planted
    return text + Text("\n") + writer.ordinary("closing", language)


# --- Zendesk --------------------------------------------------------------------------------


def _tickets(company: Company, spoken: _Spoken) -> Iterator[str]:
    people, rng, who = company.people, spoken.rng, spoken.talks.account
    writer = Writer(rng, people, company.turns)
    sowing = Sowing.over(company, rng, len(who), strays=0.06, traps=0.05, ages=0.02, least=30)
    follow = Sowing.over(company, rng, len(who), strays=0.02, traps=0.02, least=8)
    replies = rng.integers(1, 3, len(who))
    for row, account in enumerate(who.tolist()):
        language = people.language(account)
        subject = writer.ordinary("subjects", language).text
        body = _letter(writer, language, sowing.at(row, writer, language, account))
        texts = [(body, True)] + [(writer.ordinary("agent", language), False)] * int(replies[row])
        extra = follow.at(row, writer, language, account)
        if extra is not None:
            texts.append((extra + Text("\n") + writer.ordinary("closing", language), True))
        spoken.messages.append(spoken.talks.soon(row, len(texts)))
        for index in [i for i, (_, own) in enumerate(texts) if own and row in spoken.filed]:
            company.truth.breaks(spoken.filed[row], message_id(row, index), "filed and forgotten")
        yield json.dumps(_ticket(company, spoken.talks, row, subject, texts), ensure_ascii=False)


def _ticket(
    company: Company, talks: Talks, row: int, subject: str, texts: list[tuple[Text, bool]]
) -> dict[str, Any]:
    """The description repeats the first comment, as Zendesk's own export has it."""
    people, truth, account = company.people, company.truth, int(talks.account[row])
    user, agent = 360_000_000 + account, 900_000_001 + row % 5
    times = iso(talks.times(row, len(texts)), "T", "Z")
    name = str(people.ids[account])
    comments = [
        {
            "id": int(message_id(row, index)), "author_id": user if own else agent,
            "author": {"role": "end-user" if own else "agent"},
            "body": truth.cell(Column(ZENDESK, None, "comments[].body"), row, text, (index,), name),
            "public": True, "created_at": times[index],
        }
        for index, (text, own) in enumerate(texts)
    ]  # fmt: skip
    return {
        "id": int(ticket_id(row)), "subject": subject,
        "description": truth.cell(Column(ZENDESK, None, "description"), row, texts[0][0], (), name),
        "status": "closed", "priority": "normal", "created_at": times[0], "updated_at": times[-1],
        "via": {"channel": "email" if row % 3 else "web"},
        "requester": {"id": user, "name": people.name(account), "email": people.email[account],
                      "external_id": name},
        "tags": [talks.topic[row], "answered"], "comments": comments,
    }  # fmt: skip


# --- Crisp ----------------------------------------------------------------------------------


def _conversations(company: Company, spoken: _Spoken) -> Iterator[str]:
    people, rng, who = company.people, spoken.rng, spoken.talks.account
    writer = Writer(rng, people, company.turns)
    sowing = Sowing.over(company, rng, len(who), strays=0.05, traps=0.05, ages=0.03, least=30)
    sessions = tokens(rng, len(who), 24, "session_")
    turns = rng.integers(1, 4, len(who))
    keys = devices(company)
    for row, account in enumerate(who.tolist()):
        language = people.language(account)
        planted = sowing.at(row, writer, language, account)
        texts: list[tuple[Text, bool]] = []
        for turn in range(int(turns[row])):
            texts.append((writer.ordinary("support", language), True))
            texts.append((writer.ordinary("agent", language), False))
            if turn == 0 and planted is not None:
                texts.append((planted, True))
        spoken.messages.append(spoken.talks.soon(row, len(texts)))
        yield json.dumps(
            _conversation(company, spoken.talks, row, sessions[row], keys[account], texts),
            ensure_ascii=False,
        )


def _conversation(
    company: Company, talks: Talks, row: int, session: str, device: str,
    texts: list[tuple[Text, bool]],
) -> dict[str, Any]:  # fmt: skip
    people, place = company.people, Column(CRISP, None, "messages[].content")
    account, times = int(talks.account[row]), (talks.times(row, len(texts)) * 1000).tolist()
    name = str(people.ids[account])
    messages = [
        {
            "fingerprint": (20_000 + row) * 100 + index, "type": "text",
            "from": "user" if own else "operator", "origin": "chat",
            "content": company.truth.cell(place, row, text, (index,), name),
            "timestamp": times[index],
        }
        for index, (text, own) in enumerate(texts)
    ]  # fmt: skip
    return {
        "session_id": session, "website_id": "5d1f0c2e-9a41-4f5e-8a57-1b2c3d4e5f60",
        "people_id": name, "state": "resolved", "created_at": times[0], "updated_at": times[-1],
        "meta": {"nickname": people.first[account], "email": people.email[account],
                 "device": device, "segments": [talks.topic[row]]},
        "messages": messages,
    }  # fmt: skip
