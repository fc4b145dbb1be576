/*
id: MIN-07
version: 1
section: "7"
title: A deleted minor does not come back unnoticed
checks: >-
  No account is opened, after a deletion that was made because somebody was under age, with the
  same address (compared as a keyed hash), unless a guardian's authorisation came with it.
unit: deletions of minors
breach: were followed by a new account without authorisation
breach_of_one: was followed by a new account without authorisation
severity: medium
kind: P
needs:
  deletions: [subject_key, reason, completed_at]
  accounts: [account_id, subject_key, created_at]
uses: [guardian_authorisations]
parameters:
  grounds: [minor, underage, under_age, child, mineur]
standards:
  - GDPR 8, 5(1)(a)
law: >-
  Keeping a keyed hash of the address to notice a return needs a ground of its own and an end.
limits: >-
  Somebody who is 18 by now may come back rightly; nothing here says how old they were. Another
  address is another person.
reasons:
  came_back: followed by a new account without a guardian's authorisation
  no_time: without the time of the deletion
  no_address: without an address to compare
  nothing: No deletion because of age was exported.
*/
WITH gone AS (
    SELECT
        d._dataset,
        d._row,
        d.subject_key,
        d.account_id,
        d.completed_at
    FROM deletions AS d
    WHERE LIST_CONTAINS($grounds, LOWER(d.reason))
),

returned AS (
    SELECT g._dataset, g._row, MIN(a.created_at) AS created_at
    FROM gone AS g
    INNER JOIN accounts AS a
        ON g.subject_key = a.subject_key AND a.created_at > g.completed_at
    ANTI JOIN guardian_authorisations AS l
        ON a.account_id = l.account_id AND l.granted_at <= a.created_at + INTERVAL 3 DAY
    GROUP BY g._dataset, g._row
),

judged AS (
    SELECT
        COALESCE(g.account_id, g.subject_key) AS key,
        COALESCE(r.created_at, g.completed_at) AS "at",
        CASE
            WHEN g.completed_at IS NULL THEN 'no_time'
            WHEN g.subject_key IS NULL THEN 'no_address'
            WHEN r.created_at IS NOT NULL THEN 'came_back'
        END AS why
    FROM gone AS g
    LEFT JOIN returned AS r ON g._dataset = r._dataset AND g._row = r._row
)

SELECT
    key,
    "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'came_back' THEN 'fail' ELSE 'undecidable' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
