/*
id: RET-09
version: 2
section: 6, 8
title: Nothing happens with a deleted person's data
checks: >-
  After somebody's deletion was completed there is no event of theirs in the product, no message to
  them and no payment under their account. A service message within {farewell_days} days (the
  confirmation, a last invoice) and a refund are no breach. Where a list of erased persons is kept,
  events that hold one of them in any cell, in any writing or hash, count too.
unit: completed deletions
breach: were followed by activity
breach_of_one: was followed by activity
severity: critical
kind: P
needs:
  deletions: [account_id, person_key, completed_at]
uses: [accounts, events, marketing_sends, payments, erased_traces]
parameters:
  farewell_days: 30
standards:
  - GDPR 17
  - ISO/IEC 27701:2025 A.1.3.8
law: >-
  Activity under an erased account shows that it was not erased (GDPR 17(1)).
limits: >-
  Activity is found by the account's number or by an address that is still known; by what the list
  tells of them, in events alone.
reasons:
  used: followed by an event in the product
  named: followed by an event that holds something of them
  messaged: followed by a message
  paid: followed by a payment
  no_time: without the time of completion
  opened_again: of persons who opened an account again, whose acts from then on are of that one
  nothing: No deletion was exported.
*/
WITH
-- shared: accounts_opened_again

first_gone AS (
    SELECT d.person_key, MIN(d.completed_at) AS completed_at
    FROM deletions AS d
    WHERE d.person_key IS NOT NULL AND d.completed_at IS NOT NULL
    GROUP BY d.person_key
),

-- what is done between the deletion and another account of that number, or of that address
gone AS (
    SELECT
        f.person_key,
        f.completed_at,
        CASE WHEN r.created_at > f.completed_at THEN r.created_at ELSE 'infinity' END AS back_at,
        CASE WHEN n.created_at > f.completed_at THEN n.created_at ELSE 'infinity' END AS anew_at
    FROM first_gone AS f
    LEFT JOIN reopened AS r ON f.person_key = r.person_key
    LEFT JOIN anew AS n ON f.person_key = n.person_key
),

acts AS (
    SELECT e.person_key, e.ts AS acted_at, 'used' AS why
    FROM events AS e
    INNER JOIN gone AS g
        ON e.person_key = g.person_key AND e.ts > g.completed_at AND e.ts < g.back_at
    UNION ALL
    SELECT t.person_key, e.ts, 'named'
    FROM events AS e
    INNER JOIN erased_traces AS t
        ON
            e._dataset = t.dataset
            AND e._table IS NOT DISTINCT FROM t."table"
            AND e._row = t."row"
            AND t.standing = 'left'
    INNER JOIN gone AS g ON t.person_key = g.person_key AND e.ts > g.completed_at
    UNION ALL
    SELECT m.person_key, m.sent_at, 'messaged'
    FROM marketing_sends AS m
    INNER JOIN gone AS g
        ON
            m.person_key = g.person_key
            AND m.sent_at > g.completed_at
            AND m.sent_at < g.anew_at
    WHERE
        m.purpose IS DISTINCT FROM 'service'
        OR m.sent_at > g.completed_at + TO_DAYS($farewell_days)
    UNION ALL
    SELECT p.person_key, p.created_at, 'paid'
    FROM payments AS p
    INNER JOIN gone AS g
        ON
            p.person_key = g.person_key
            AND p.created_at > g.completed_at
            AND p.created_at < g.anew_at
    WHERE COALESCE(LOWER(p.status), '') NOT IN ('refunded', 'failed')
),

first_acts AS (
    SELECT a.person_key, MIN(a.acted_at) AS acted_at, ARG_MIN(a.why, (a.acted_at, a.why)) AS why
    FROM acts AS a
    GROUP BY a.person_key
),

judged AS (
    SELECT
        d.account_id,
        COALESCE(f.acted_at, d.completed_at) AS acted_at,
        CASE WHEN d.completed_at IS NULL THEN 'no_time' ELSE f.why END AS why
    FROM deletions AS d
    LEFT JOIN first_acts AS f ON d.person_key = f.person_key
)

SELECT
    account_id AS key,
    acted_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_time' THEN 'undecidable' ELSE 'fail' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
UNION ALL
SELECT NULL, NULL, 'note', 'opened_again', NULL, COUNT(*)
FROM gone
WHERE anew_at < 'infinity'
HAVING COUNT(*) > 0
