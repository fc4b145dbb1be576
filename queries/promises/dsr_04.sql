/*
id: DSR-04
version: 2
section: 8, 10
title: A request for erasure ends in erasure
checks: >-
  {dsar_days} days after a request for erasure was received, unless it was refused, the account
  behind it names nobody any more: it was deleted or made anonymous, and its profile is bare, save
  what is held on a ground that the policy states. Where a list of erased persons is kept, whoever
  asked is found in no cell of any export.
unit: requests for erasure past their time
breach: left the person's data in place
severity: critical
kind: P
needs:
  dsar_requests: [request_id, person_key, kind, received_at]
  accounts: [person_key, status]
uses: [deletions, profiles, archives, erased_traces]
parameters:
  dsar_days: {from: params.dsar_days}
  grounds: {from: policy.archive_reasons}
standards:
  - GDPR 17
  - ISO/IEC 27701:2025 A.1.3.7
law: >-
  Erasure is without undue delay; the exceptions are those of GDPR 17(3).
limits: >-
  Other systems of the same person are seen only of those on a list of erased persons.
reasons:
  still_there: with the account and its data still there
  profile_left: with a deletion on record, and a profile left all the same
  traced: of somebody on the list of erased persons who is found in an export
  no_time: without a date of receipt
  no_person: of somebody who cannot be tied to an account
  held: requests meet a hold on a stated ground
  opened_again: of persons who opened an account again, so that what is held may be of that one
  nothing: No request for erasure has run its time.
*/
WITH
-- shared: accounts_opened_again

asked AS (
    SELECT
        d.request_id,
        d.person_key,
        d.received_at,
        d.received_at + TO_DAYS($dsar_days) AS due_at
    FROM dsar_requests AS d
    WHERE
        d.kind = 'erasure'
        AND COALESCE(LOWER(d.outcome), '') NOT IN ('refused', 'rejected')
        AND COALESCE(d.received_at + TO_DAYS($dsar_days) < $asof, TRUE)
),

homes AS (
    SELECT a.person_key, BOOL_AND(a.status IN ('deleted', 'anonymised')) AS is_gone
    FROM accounts AS a
    GROUP BY a.person_key
),

gone AS (SELECT DISTINCT e.person_key FROM deletions AS e WHERE e.completed_at IS NOT NULL),

named AS (SELECT DISTINCT p.person_key FROM profiles AS p WHERE p.has_pii),

traced AS (
    SELECT DISTINCT t.person_key
    FROM erased_traces AS t
    WHERE t.standing = 'left' AND t.person_key IS NOT NULL
),

holds AS (
    SELECT DISTINCT r.person_key
    FROM archives AS r
    WHERE LIST_CONTAINS($grounds, r.reason) AND COALESCE(r.hold_until >= $asof, TRUE)
),

judged AS (
    SELECT
        a.request_id,
        a.due_at,
        CASE
            WHEN a.received_at IS NULL THEN 'no_time'
            WHEN a.person_key IS NULL THEN 'no_person'
            WHEN
                (COALESCE(h.is_gone, FALSE) OR g.person_key IS NOT NULL)
                AND n.person_key IS NULL
                THEN CASE WHEN t.person_key IS NULL THEN 'erased' ELSE 'traced' END
            WHEN l.person_key IS NOT NULL THEN 'held'
            WHEN w.created_at > a.received_at THEN 'opened_again'
            WHEN g.person_key IS NOT NULL THEN 'profile_left'
            WHEN h.person_key IS NULL AND n.person_key IS NULL THEN 'no_person'
            ELSE 'still_there'
        END AS why
    FROM asked AS a
    LEFT JOIN homes AS h ON a.person_key = h.person_key
    LEFT JOIN gone AS g ON a.person_key = g.person_key
    LEFT JOIN named AS n ON a.person_key = n.person_key
    LEFT JOIN holds AS l ON a.person_key = l.person_key
    LEFT JOIN traced AS t ON a.person_key = t.person_key
    LEFT JOIN anew AS w ON a.person_key = w.person_key
)

SELECT
    request_id AS key,
    due_at AS "at",
    CASE
        WHEN why IN ('erased', 'held') THEN 'ok'
        WHEN why IN ('no_time', 'no_person', 'opened_again') THEN 'undecidable'
        ELSE 'fail'
    END AS level,
    CASE WHEN why NOT IN ('erased', 'held') THEN why END AS why,
    NULL AS shape,
    1 AS cases
FROM judged
UNION ALL
SELECT NULL, NULL, 'note', why, NULL, COUNT(*)
FROM judged
WHERE why = 'held'
GROUP BY why
