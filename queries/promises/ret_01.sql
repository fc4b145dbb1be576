/*
id: RET-01
version: 3
section: "6"
title: Ended accounts are erased or made anonymous
checks: >-
  Once an account has ended and {grace_days} days of grace have passed, neither its row nor its
  profile names a person any more, unless a hold on that very data is in force for a ground that
  the policy states.
unit: ended accounts past their grace
breach: still named a person
severity: critical
kind: P
needs:
  accounts: [account_id, status, closed_at]
  profiles: [account_id, has_pii]
uses: [archives]
parameters:
  grace_days: {from: params.closed_grace_days}
  grounds: {from: policy.archive_reasons}
  held_tables: [accounts, profiles]
standards:
  - GDPR 5(1)(e), 17
  - ISO/IEC 27701:2025 A.1.4.6, A.1.4.8
  - NIST PF 1.0 CT.DM-P5
law: >-
  Invoices and the books behind them are kept ten years in France (Code de commerce L123-22); that
  holds the order, not the profile.
limits: >-
  Other systems of the same person are other controls' subject. The grace of {grace_days} days is
  our assumption; the policy names none.
reasons:
  kept: kept without a hold
  hold_ended: kept after their hold had ended
  ground_not_stated: held for a ground that the policy does not state
  other_data_held: held for other data only, while the profile stayed
  no_time: marked as ended without a date
  held: ended accounts are lawfully held for now
  in_grace: ended accounts are still within their grace
  opened_again: whose account was opened again, so that what is held may be of the new one
  nothing: No exported account has ended and passed its grace.
*/
WITH
-- shared: accounts_opened_again

ended AS (
    SELECT
        a.account_id,
        a.person_key,
        a.subject_key,
        a.has_pii,
        LEAST(a.closed_at, a.deleted_at) AS ended_at
    FROM accounts AS a
    WHERE
        a.status IN ('closed', 'deleted', 'anonymised')
        OR (a.status IS NULL AND COALESCE(a.closed_at, a.deleted_at) IS NOT NULL)
),

named AS (
    SELECT p.account_id, BOOL_OR(p.has_pii) AS has_pii
    FROM profiles AS p
    GROUP BY p.account_id
),

holds AS (
    SELECT
        e.account_id,
        MAX(
            CASE
                WHEN NOT COALESCE(LIST_CONTAINS($held_tables, r.table_name), TRUE) THEN 1
                WHEN NOT COALESCE(LIST_CONTAINS($grounds, r.reason), FALSE) THEN 2
                WHEN r.hold_until < $asof THEN 3
                ELSE 4
            END
        ) AS rank
    FROM ended AS e
    INNER JOIN archives AS r
        ON e.account_id = r.account_id OR e.subject_key = r.subject_key
    WHERE COALESCE(r.hold_from::DATE <= $asof, TRUE)
    GROUP BY e.account_id
),

judged AS (
    SELECT
        e.account_id,
        e.ended_at + TO_DAYS($grace_days) AS due_at,
        CASE
            WHEN NOT COALESCE(n.has_pii, FALSE) AND NOT COALESCE(e.has_pii, FALSE)
                THEN CASE WHEN e.ended_at + TO_DAYS($grace_days) < $asof THEN 'erased' END
            WHEN e.ended_at IS NULL THEN 'no_time'
            WHEN e.ended_at + TO_DAYS($grace_days) >= $asof THEN 'in_grace'
            WHEN h.rank = 4 THEN 'held'
            WHEN o.created_at >= e.ended_at AND NOT COALESCE(e.has_pii, FALSE) THEN 'opened_again'
            WHEN h.rank IS NULL THEN 'kept'
            WHEN h.rank = 1 THEN 'other_data_held'
            WHEN h.rank = 2 THEN 'ground_not_stated'
            ELSE 'hold_ended'
        END AS why
    FROM ended AS e
    LEFT JOIN named AS n ON e.account_id = n.account_id
    LEFT JOIN holds AS h ON e.account_id = h.account_id
    LEFT JOIN reopened AS o ON e.person_key = o.person_key
)

SELECT
    account_id AS key,
    due_at AS "at",
    CASE
        WHEN why IN ('no_time', 'opened_again') THEN 'undecidable'
        WHEN why IN ('erased', 'held') THEN 'ok'
        ELSE 'fail'
    END AS level,
    CASE WHEN why NOT IN ('erased', 'held') THEN why END AS why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why <> 'in_grace'
UNION ALL
SELECT NULL, NULL, 'note', why, NULL, COUNT(*)
FROM judged
WHERE why IN ('in_grace', 'held')
GROUP BY why
