/*
id: META-04
version: 3
section: "9"
title: Clocks agree with the day of the export
checks: >-
  No row tells of a time after the day on which the exports were taken, or before the year
  {first_year}, and what stands in a column of times of any source is a time; a row without one is left
  open. A column whose times say no zone, of a source that declares none, is a warning.
unit: rows with a time
breach: tell of a time that cannot be
breach_of_one: tells of a time that cannot be
severity: medium
kind: P
needs:
  accounts: [account_id, created_at]
uses: [events, orders, marketing_sends, support_messages, consents, security_logs, export_times]
parameters:
  first_year: 1995
standards:
  - GDPR 5(1)(d)
law: >-
  Periods and deadlines are no better than the clocks that they are counted by (GDPR 5(1)(d)).
limits: >-
  A clock that is an hour off cannot be seen, nor a zone that was declared wrongly. Days alone have no
  zone to say.
reasons:
  future: tell of a time after the day of the export
  too_old: tell of a time long past
  no_time: without a time that can be read
  unread: values of columns of times are none
  zoneless: columns tell times without a zone, and their source declares none
  nothing: No row with a time was exported.
*/
-- inlined into both of its readers: one needs no ids, the other few rows
WITH judged AS NOT MATERIALIZED (
    SELECT
        source,
        id,
        at_moment,
        CASE
            WHEN at_moment IS NULL THEN 'no_time'
            WHEN at_moment >= ($asof::DATE + 1)::TIMESTAMPTZ THEN 'future'
            WHEN at_moment < MAKE_DATE($first_year, 1, 1)::TIMESTAMPTZ THEN 'too_old'
        END AS why
    FROM (
        SELECT 'accounts' AS source, a.account_id AS id, a.created_at AS at_moment
        FROM accounts AS a
        UNION ALL
        SELECT 'events', e.event_id, e.ts
        FROM events AS e
        UNION ALL
        SELECT 'orders', o.order_id, o.created_at
        FROM orders AS o
        UNION ALL
        SELECT 'marketing_sends', s.send_id, s.sent_at
        FROM marketing_sends AS s
        UNION ALL
        SELECT 'support_messages', m.message_id, m.created_at
        FROM support_messages AS m
        UNION ALL
        SELECT 'consents', c.consent_id, c.ts
        FROM consents AS c
        UNION ALL
        SELECT 'security_logs', l.log_id, l.ts
        FROM security_logs AS l
    ) AS clocks
)

SELECT
    source || '|' || id AS key,
    at_moment AS "at",
    CASE WHEN why = 'no_time' THEN 'undecidable' ELSE 'fail' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS NOT NULL
UNION ALL
SELECT NULL, MIN(at_moment), 'ok', NULL, NULL, COUNT(*)
FROM judged
WHERE why IS NULL
GROUP BY UTC_DAY(at_moment)
UNION ALL
SELECT t.source || '|' || t."column", NULL, 'fail', 'unread', NULL, t.unread
FROM export_times AS t
WHERE t.unread > 0
UNION ALL
SELECT t.source || '|' || t."column", NULL, 'warn', 'zoneless', NULL, 1
FROM export_times AS t
WHERE t.zoneless > 0
