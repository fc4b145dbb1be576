/*
id: META-02
version: 2
section: "9"
title: Rows can be tied to persons
checks: >-
  In each table that is about persons, a share of no more than {share} of the rows lacks all that ties
  them to one. Controls that follow persons through a table above that
  and find nothing against it are inconclusive. Accounts in use that share an address with another
  are counted, and are a warning above the same share.
unit: tables about persons
breach: hold too many rows that nobody can be told from
breach_of_one: holds too many rows that nobody can be told from
severity: medium
kind: P
needs:
  marketing_sends: [person_key]
uses: [accounts, support_messages, events, orders, consents, unsubscribe_events]
parameters:
  share: 0.01
standards:
  - GDPR 5(2)
law: >-
  Rights can be given to those alone who can be told from the rows (GDPR 11, 12(2)).
limits: >-
  That a row is tied to the right person is not shown.
reasons:
  not_linked: hold too many rows that nobody can be told from
  alone: rows can be tied to nobody
  shared_address: accounts in use share an address, and what names it alone is counted for one of them
  nothing: No row about a person was exported.
*/
WITH counted AS (
    SELECT 'marketing_sends' AS key, COUNT(*) AS held, COUNT(s.person_key) AS tied
    FROM marketing_sends AS s
    UNION ALL
    SELECT 'support_messages', COUNT(*), COUNT(m.person_key)
    FROM support_messages AS m
    UNION ALL
    SELECT 'events', COUNT(*), COUNT(e.person_key)
    FROM events AS e
    UNION ALL
    SELECT 'orders', COUNT(*), COUNT(o.person_key)
    FROM orders AS o
    UNION ALL
    SELECT 'consents', COUNT(*), COUNT(c.person_key)
    FROM consents AS c
    UNION ALL
    SELECT 'unsubscribe_events', COUNT(*), COUNT(u.person_key)
    FROM unsubscribe_events AS u
),

addresses AS (
    SELECT a.subject_key, COUNT(DISTINCT a.account_id) AS holders
    FROM accounts AS a
    WHERE
        a.subject_key IS NOT NULL
        AND COALESCE(a.status, 'active') NOT IN ('closed', 'deleted', 'anonymised')
    GROUP BY a.subject_key
),

sharing AS (
    SELECT
        SUM(d.holders) AS accounts,
        SUM(d.holders) FILTER (WHERE d.holders > 1) AS shared
    FROM addresses AS d
)

SELECT
    key,
    NULL::TIMESTAMPTZ AS "at",
    CASE WHEN held - tied > $share * held THEN 'fail' ELSE 'ok' END AS level,
    CASE WHEN held - tied > $share * held THEN 'not_linked' END AS why,
    NULL AS shape,
    1 AS cases
FROM counted
WHERE held > 0
UNION ALL
SELECT NULL, NULL, 'note', 'alone', NULL, SUM(held - tied)
FROM counted
UNION ALL
SELECT
    NULL,
    NULL,
    CASE WHEN shared > $share * accounts THEN 'warn' ELSE 'note' END,
    'shared_address',
    NULL,
    shared
FROM sharing
WHERE shared > 0
