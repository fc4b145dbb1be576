/*
id: TST-03
version: 3
section: "8"
title: An ended account's testimonial names nobody
checks: >-
  Once an account has ended and {grace_days} days of grace have passed, none of its testimonials
  that is still published shows a name.
unit: testimonials of ended accounts
breach: still showed a name
severity: high
kind: P
needs:
  testimonials: [testimonial_id, person_key, display_name]
  accounts: [person_key, status, closed_at]
parameters:
  grace_days: {from: params.closed_grace_days}
standards:
  - GDPR 17
  - ISO/IEC 27701:2025 A.1.4.6
law: >-
  With the account the ground for showing its author's name ends too, unless a consent outlives it
  (GDPR 17(1)(b)).
limits: >-
  Copies of a testimonial elsewhere cannot be read from exports.
reasons:
  still_named: still published under a name
  no_time: of accounts that ended without a date
  nothing: No exported testimonial is of an account that ended longer ago than its grace.
*/
WITH
-- shared: accounts_opened_again

ended AS (
    SELECT a.person_key, MAX(LEAST(a.closed_at, a.deleted_at)) AS ended_at
    FROM accounts AS a
    WHERE a.status IN ('closed', 'deleted', 'anonymised')
    GROUP BY a.person_key
),

judged AS (
    SELECT
        t.testimonial_id,
        e.ended_at,
        CASE
            WHEN
                COALESCE(t.display_name, '') = ''
                OR COALESCE(LEAST(t.published_until, t.removed_at)::DATE <= $asof, FALSE)
                THEN NULL
            WHEN e.ended_at IS NULL THEN 'no_time'
            ELSE 'still_named'
        END AS why
    FROM testimonials AS t
    INNER JOIN ended AS e ON t.person_key = e.person_key
    LEFT JOIN anew AS n ON e.person_key = n.person_key AND n.created_at >= e.ended_at
    WHERE
        COALESCE(e.ended_at + TO_DAYS($grace_days) < $asof, TRUE)
        -- what was published for an account that was opened again is not of the ended one
        AND COALESCE(t.published_from < n.created_at, TRUE)
)

SELECT
    testimonial_id AS key,
    ended_at AS "at",
    CASE why WHEN 'still_named' THEN 'fail' WHEN 'no_time' THEN 'undecidable' ELSE 'ok' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
