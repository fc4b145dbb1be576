/*
title: Retention calendar
words: >-
  What is to be erased and when: ended accounts that still name somebody, {grace_days} days after
  their end, unless held on a ground that the policy states; accounts without activity for
  {idle_months} months and contacts without an account {prospect_months} months after the last
  contact (the French authority's figures; the policy is silent); and what is held after a
  deletion, on the day on which the hold ends.
needs:
  accounts: [account_id, status, closed_at]
urgent: [overdue]
states: [no end, overdue, held, due within a month, later]
kinds: [ended account, idle account, contact without account, held after deletion]
details: [active, deactivated, closed, deleted, anonymised, dispute, accounting, legal claim]
*/
WITH named AS (
    SELECT p.account_id, BOOL_OR(p.has_pii) AS has_pii
    FROM profiles AS p
    GROUP BY p.account_id
),

ended AS (
    SELECT
        a.account_id,
        a.status,
        LEAST(a.closed_at, a.deleted_at)::DATE AS since,
        MAX(r.hold_until::DATE) AS held_until
    FROM accounts AS a
    LEFT JOIN named AS n ON a.account_id = n.account_id
    LEFT JOIN archives AS r
        ON
            (a.account_id = r.account_id OR a.subject_key = r.subject_key)
            AND LIST_CONTAINS($grounds, r.reason)
            AND COALESCE(r.table_name IN ('accounts', 'profiles'), TRUE)
            AND r.hold_until::DATE >= $asof
    WHERE
        (a.status IS NULL OR a.status IN ('closed', 'deleted', 'anonymised'))
        AND LEAST(a.closed_at, a.deleted_at)::DATE <= $asof
        AND (COALESCE(n.has_pii, FALSE) OR COALESCE(a.has_pii, FALSE))
    GROUP BY ALL
),

calendar AS (
    SELECT
        'accounts' AS source,
        e.account_id AS key,
        'ended account' AS kind,
        e.status AS detail,
        e.since,
        COALESCE(e.held_until, e.since + $grace_days::INTEGER) AS due,
        e.held_until IS NOT NULL AS is_held
    FROM ended AS e
    UNION ALL
    SELECT
        'accounts',
        a.account_id,
        'idle account',
        a.status,
        a.last_activity_at::DATE,
        (a.last_activity_at::DATE + TO_MONTHS($idle_months::INTEGER))::DATE,
        FALSE
    FROM accounts AS a
    WHERE
        COALESCE(a.status, 'active') IN ('active', 'deactivated')
        AND a.last_activity_at::DATE <= $asof
    UNION ALL
    SELECT
        'marketing_contacts',
        CONCAT_WS('|', m.list_id, m.subject_key),
        'contact without account',
        m.status,
        m.last_contact_at::DATE,
        (m.last_contact_at::DATE + TO_MONTHS($prospect_months::INTEGER))::DATE,
        FALSE
    FROM marketing_contacts AS m
    ANTI JOIN accounts AS a ON m.person_key = a.person_key
    WHERE m.last_contact_at::DATE <= $asof
    UNION ALL
    SELECT
        'archives',
        CONCAT_WS('|', COALESCE(r.account_id, r.subject_key), r.table_name),
        'held after deletion',
        r.reason,
        r.hold_from::DATE,
        r.hold_until::DATE,
        COALESCE(r.hold_until::DATE >= $asof, FALSE)
    FROM archives AS r
    WHERE COALESCE(r.hold_from::DATE <= $asof, TRUE)
)

SELECT
    source,
    key,
    kind,
    detail,
    since,
    due,
    NULL::DATE AS done,
    CASE
        WHEN due IS NULL THEN 'no end'
        WHEN due < $asof THEN 'overdue'
        WHEN is_held THEN 'held'
        WHEN due <= $asof + 31 THEN 'due within a month'
        ELSE 'later'
    END AS state
FROM calendar
ORDER BY due, kind, key
