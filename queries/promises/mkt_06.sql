/*
id: MKT-06
version: 3
section: 2, 8
title: An unsubscribe in one system binds the others
checks: >-
  Nobody who unsubscribed from a channel in one system gets marketing over that channel from
  another one later than {late_hours} hours after it, unless they agreed anew to that channel in
  between; an unsubscribe, or a consent, that names no channel speaks of them all. Accounts that
  share an address are one reader: what was said last for the address holds, whichever of them said
  it. Systems are those that the mapping names for the exports; persons are matched by keyed hashes.
unit: marketing sends of a system beside which another records unsubscribes
breach: followed an unsubscribe in another system
severity: high
kind: P
needs:
  marketing_sends: [send_id, person_key, purpose, sent_at]
  unsubscribe_events: [person_key, ts]
uses: [accounts, consents, export_systems]
parameters:
  late_hours: 48
standards:
  - GDPR 21(3); 7(3) where consent is the ground
  - ISO/IEC 27701:2025 A.1.3.8
law: >-
  The objection is addressed to the company, not to one of its tools (GDPR 21(3)).
limits: >-
  A system whose unsubscribes were not exported cannot be seen. Exports that no system of
  vitrail.toml claims are one system together.
reasons:
  elsewhere: sent although the person had unsubscribed in another system
  no_person: without a recipient that can be tied to an unsubscribe
  no_time: without a time of sending
  unsubscribe_undated: to people whose unsubscribe in another system has no time
  nothing: No marketing was exported from a system beside which another records unsubscribes.
*/
WITH
-- shared: readers_of_an_address

systems AS (
    SELECT e.dataset, e."table", COALESCE(e.system, 'none') AS system
    FROM export_systems AS e
),

sends AS (
    SELECT
        m.send_id,
        COALESCE(r.reader, m.person_key) AS person_key,
        m.sent_at,
        COALESCE(LOWER(m.channel), 'email') AS channel,
        s.system
    FROM marketing_sends AS m
    LEFT JOIN readers AS r ON m.person_key = r.person_key
    INNER JOIN systems AS s
        ON m._dataset = s.dataset AND m._table IS NOT DISTINCT FROM s."table"
    WHERE m.purpose = 'marketing'
),

outs AS (
    SELECT
        COALESCE(r.reader, u.person_key) AS person_key,
        LOWER(u.channel) AS channel,
        u.ts,
        s.system
    FROM unsubscribe_events AS u
    LEFT JOIN readers AS r ON u.person_key = r.person_key
    INNER JOIN systems AS s
        ON u._dataset = s.dataset AND u._table IS NOT DISTINCT FROM s."table"
),

-- the first unsubscribe elsewhere still in force is the last one elsewhere before the send
elsewhere AS (
    SELECT o.person_key, o.ts, x.system, x.channel
    FROM outs AS o
    INNER JOIN (SELECT DISTINCT system, channel FROM sends) AS x
        ON o.system <> x.system AND COALESCE(o.channel IN (x.channel, 'all', 'any'), TRUE)
),

-- shared: entries_of_consent

ins AS (SELECT e.person_key, e.channel, e.ts FROM entries AS e WHERE e.status = 'granted'),

undated AS (SELECT DISTINCT person_key, system, channel FROM elsewhere WHERE ts IS NULL),

beside AS (
    SELECT DISTINCT x.system
    FROM (SELECT DISTINCT system FROM sends) AS x
    INNER JOIN (SELECT DISTINCT system FROM outs) AS o ON x.system <> o.system
),

judged AS (
    SELECT
        s.send_id,
        s.sent_at,
        CASE
            WHEN s.sent_at IS NULL THEN 'no_time'
            WHEN s.person_key IS NULL THEN 'no_person'
            WHEN u.person_key IS NOT NULL THEN 'unsubscribe_undated'
            WHEN
                s.sent_at > e.ts + TO_HOURS($late_hours)
                AND e.ts >= COALESCE(i.ts, '-infinity'::TIMESTAMPTZ)
                THEN 'elsewhere'
        END AS why
    FROM sends AS s
    SEMI JOIN beside AS any_other ON s.system = any_other.system
    ASOF LEFT JOIN elsewhere AS e
        ON
            s.person_key = e.person_key
            AND s.system = e.system
            AND s.channel = e.channel
            AND s.sent_at >= e.ts
    ASOF LEFT JOIN ins AS i
        ON s.person_key = i.person_key AND s.channel = i.channel AND s.sent_at >= i.ts
    LEFT JOIN undated AS u
        ON s.person_key = u.person_key AND s.system = u.system AND s.channel = u.channel
)

SELECT
    send_id AS key,
    sent_at AS "at",
    CASE why WHEN 'elsewhere' THEN 'fail' ELSE 'undecidable' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS NOT NULL
UNION ALL
SELECT NULL, sent_at, 'ok', NULL, NULL, 1
FROM judged
WHERE why IS NULL
