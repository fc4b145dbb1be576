/*
id: MIN-03
version: 3
section: "7"
title: A confirmed minor's data is deleted promptly
checks: >-
  Within {sla_hours} hours of the moment at which a human confirmed that somebody is under age,
  their data was deleted, and they stand on no mailing list and among no payment processor's
  customers. Who has a guardian's authorisation in force is left out; what is not yet due is not
  counted.
unit: confirmed minors whose time has run
breach: were deleted late, in part, or not at all
breach_of_one: was deleted late, in part, or not at all
severity: critical
kind: P
needs:
  minor_findings: [person_key, level, confirmed_at]
  deletions: [person_key, completed_at]
uses: [accounts, guardian_authorisations, marketing_contacts, payment_customers]
parameters:
  sla_hours: {from: params.minor_sla_hours}
standards:
  - GDPR 17(1)(f); 17(1)(d) where no consent is the ground
  - ISO/IEC 27701:2025 A.1.3.7
  - NIST PF 1.0 CT.DM-P5
law: >-
  Erasure is without undue delay (GDPR 17(1)); the ground is (f) only where an offer was made to a
  child on consent.
limits: >-
  Backups are another control's subject. The {sla_hours} hours are our assumption.
reasons:
  not_deleted: confirmed and not deleted in time
  late: deleted later than {sla_hours} hours after the confirmation
  left_behind: deleted, yet still on a mailing list or with the payment processor
  no_time: confirmed without a date
  authorised: confirmed minors have a guardian's authorisation
  not_due: confirmed minors are within the time given
  nothing: No confirmed minor's time has run out.
*/
WITH
-- shared: accounts_opened_again

gone_first AS (
    SELECT d.person_key, MIN(d.completed_at) AS completed_at
    FROM deletions AS d
    WHERE d.completed_at IS NOT NULL
    GROUP BY d.person_key
),

-- who opened an account again after a deletion: what is confirmed from then on asks for another
returned AS (
    SELECT g.person_key, n.created_at AS back_at
    FROM gone_first AS g
    INNER JOIN anew AS n ON g.person_key = n.person_key AND n.created_at > g.completed_at
),

confirmed AS (
    SELECT
        ANY_VALUE(COALESCE(f.account_id, f.subject_key)) AS key,
        f.person_key,
        CASE WHEN f.confirmed_at >= r.back_at THEN r.back_at END AS back_at,
        MIN(f.confirmed_at) AS confirmed_at
    FROM minor_findings AS f
    LEFT JOIN returned AS r ON f.person_key = r.person_key
    WHERE
        f.level IN ('certain', 'likely', 'possible')
        AND (f.confirmed_at IS NOT NULL OR LOWER(f.status) = 'confirmed')
    GROUP BY f.person_key, CASE WHEN f.confirmed_at >= r.back_at THEN r.back_at END
),

gone AS (
    SELECT c.person_key, c.back_at, MIN(d.completed_at) AS completed_at
    FROM confirmed AS c
    INNER JOIN deletions AS d
        ON c.person_key = d.person_key AND COALESCE(d.completed_at >= c.back_at, TRUE)
    WHERE d.completed_at IS NOT NULL
    GROUP BY c.person_key, c.back_at
),

leave AS (
    SELECT DISTINCT g.person_key
    FROM guardian_authorisations AS g
    WHERE
        g.granted_at::DATE <= $asof
        AND COALESCE(g.withdrawn_at > $asof, TRUE)
        AND COALESCE(g.valid_until >= $asof, TRUE)
),

rest AS (
    SELECT m.person_key
    FROM marketing_contacts AS m
    UNION
    SELECT p.person_key
    FROM payment_customers AS p
    WHERE p.has_pii AND NOT COALESCE(p.is_deleted, FALSE)
),

judged AS (
    SELECT
        c.key,
        c.confirmed_at,
        CASE
            WHEN l.person_key IS NOT NULL THEN 'authorised'
            WHEN c.confirmed_at IS NULL THEN 'no_time'
            WHEN c.confirmed_at + TO_HOURS($sla_hours) >= $asof
                THEN CASE WHEN g.completed_at IS NULL THEN 'not_due' END
            WHEN g.completed_at IS NULL THEN 'not_deleted'
            WHEN g.completed_at > c.confirmed_at + TO_HOURS($sla_hours) THEN 'late'
            WHEN r.person_key IS NOT NULL THEN 'left_behind'
        END AS why
    FROM confirmed AS c
    LEFT JOIN gone AS g
        ON c.person_key = g.person_key AND c.back_at IS NOT DISTINCT FROM g.back_at
    LEFT JOIN leave AS l ON c.person_key = l.person_key
    LEFT JOIN rest AS r ON c.person_key = r.person_key
)

SELECT
    key,
    confirmed_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_time' THEN 'undecidable' ELSE 'fail' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE COALESCE(why, '') NOT IN ('authorised', 'not_due')
UNION ALL
SELECT NULL, NULL, 'note', why, NULL, COUNT(*)
FROM judged
WHERE why IN ('authorised', 'not_due')
GROUP BY why
