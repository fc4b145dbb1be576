/*
id: MIN-04
version: 2
section: "7"
title: A guardian's authorisation is one
checks: >-
  Each authorisation names another person than the minor as guardian, one of whom nothing says that
  they are under age; tells how it was given; and was there within {sla_hours} hours of the
  account's opening. Where it was withdrawn or ran out, the account has ended.
unit: authorisations by a guardian
breach: do not authorise
breach_of_one: does not authorise
severity: high
kind: L
needs:
  guardian_authorisations: [auth_id, person_key, guardian_key, method, granted_at]
  accounts: [person_key, subject_key, status, created_at]
uses: [minor_findings]
parameters:
  sla_hours: {from: params.minor_sla_hours}
standards:
  - GDPR 8(2)
  - DPV GuardianOfDataSubject
law: >-
  The company makes reasonable efforts to verify that consent was given by the holder of parental
  responsibility (GDPR 8(2)).
limits: >-
  That the guardian is a parent cannot be read from exports, and no paper should be asked for to
  prove it here.
reasons:
  same_person: given by the minor's own address
  minor_guardian: given by somebody who is a likely minor
  no_method: without a word on how it was given
  too_late: given only after the account had been in use
  ended: withdrawn or run out while the account goes on
  no_time: without a date
  no_account: for an account that was not exported
  nothing: No authorisation by a guardian was exported.
*/
WITH young AS (
    SELECT DISTINCT f.subject_key
    FROM minor_findings AS f
    WHERE
        f.level IN ('certain', 'likely')
        AND COALESCE(LOWER(f.status), 'open') <> 'dismissed'
),

people AS (
    SELECT
        a.person_key,
        MIN(a.created_at) AS created_at,
        ANY_VALUE(a.subject_key) AS subject_key,
        -- an account that is only switched off still holds the minor's data
        BOOL_OR(COALESCE(a.status, 'active') NOT IN ('closed', 'deleted', 'anonymised')) AS is_open
    FROM accounts AS a
    GROUP BY a.person_key
),

latest AS (
    SELECT
        g.person_key,
        BOOL_OR(
            COALESCE(g.withdrawn_at > $asof, TRUE) AND COALESCE(g.valid_until >= $asof, TRUE)
        ) AS in_force
    FROM guardian_authorisations AS g
    GROUP BY g.person_key
),

judged AS (
    SELECT
        g.auth_id,
        g.granted_at,
        CASE
            WHEN g.granted_at IS NULL THEN 'no_time'
            WHEN p.person_key IS NULL THEN 'no_account'
            WHEN g.guardian_key IN (g.subject_key, p.subject_key) THEN 'same_person'
            WHEN y.subject_key IS NOT NULL THEN 'minor_guardian'
            WHEN COALESCE(TRIM(g.method), '') = '' THEN 'no_method'
            WHEN g.granted_at > p.created_at + TO_HOURS($sla_hours) THEN 'too_late'
            WHEN p.is_open AND NOT l.in_force THEN 'ended'
        END AS why
    FROM guardian_authorisations AS g
    LEFT JOIN people AS p ON g.person_key = p.person_key
    LEFT JOIN young AS y ON g.guardian_key = y.subject_key
    LEFT JOIN latest AS l ON g.person_key = l.person_key
)

SELECT
    auth_id AS key,
    granted_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('no_time', 'no_account') THEN 'undecidable'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
