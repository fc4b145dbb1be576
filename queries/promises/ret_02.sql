/*
id: RET-02
version: 3
section: 6, 8
title: Other systems forget an ended account too
checks: >-
  Once an account has ended and {grace_days} days of grace have passed, neither the mailing lists
  nor the payment processor's customers still name its person, and no message of theirs lies with
  support, unless a hold on that table is in force. Where a list of erased persons is kept, none of
  them is found in any cell of any export, by key, value or hash, save by such a hold.
unit: ended accounts past their grace
breach: were still named in another system
breach_of_one: was still named in another system
severity: critical
kind: P
needs:
  accounts: [account_id, person_key, status, closed_at]
uses: [marketing_contacts, payment_customers, support_messages, archives, erased_traces]
parameters:
  grace_days: {from: params.closed_grace_days}
  grounds: {from: policy.archive_reasons}
standards:
  - GDPR 17, 19
  - ISO/IEC 27701:2025 A.1.3.8
  - NIST PF 1.0 CT.DM-P5
law: >-
  Whoever was given the data is told of the erasure (GDPR 19).
limits: >-
  Without such a list, only systems whose exports feed one of these tables are seen, and a row is
  found by the account's number, or by the address as long as the account still has it.
reasons:
  left_behind: still named in another system
  traced: on the list of erased persons, yet found in an export
  not_read: on that list, while not every export could be read
  no_time: marked as ended without a date
  held: ended accounts are held in other systems on a stated ground
  opened_again: of persons who opened an account again, so that what is held may be of that one
  nothing: No exported account has ended and passed its grace.
*/
WITH
-- shared: accounts_opened_again

ended AS (
    SELECT
        a.account_id,
        a.person_key,
        LEAST(a.closed_at, a.deleted_at) AS ended_at,
        LEAST(a.closed_at, a.deleted_at) + TO_DAYS($grace_days) AS due_at
    FROM accounts AS a
    WHERE a.status IN ('closed', 'deleted', 'anonymised')
),

rest AS (
    SELECT DISTINCT m.person_key, 'marketing_contacts' AS place
    FROM marketing_contacts AS m
    UNION ALL
    SELECT DISTINCT p.person_key, 'payment_customers'
    FROM payment_customers AS p
    WHERE p.has_pii AND NOT COALESCE(p.is_deleted, FALSE)
    UNION ALL
    SELECT DISTINCT s.person_key, 'support_messages'
    FROM support_messages AS s
),

holds AS (
    SELECT DISTINCT r.person_key, r.table_name AS place
    FROM archives AS r
    WHERE
        LIST_CONTAINS($grounds, r.reason)
        AND COALESCE(r.hold_from::DATE <= $asof, TRUE)
        AND COALESCE(r.hold_until >= $asof, TRUE)
),

found AS (
    SELECT
        e.account_id,
        STRING_AGG(r.place, ' · ' ORDER BY r.place) FILTER (WHERE h.person_key IS NULL) AS places,
        BOOL_OR(h.person_key IS NOT NULL) AS is_held
    FROM ended AS e
    INNER JOIN rest AS r ON e.person_key = r.person_key
    LEFT JOIN holds AS h
        ON e.person_key = h.person_key AND COALESCE(h.place = r.place, TRUE)
    GROUP BY e.account_id
),

judged AS (
    SELECT
        e.account_id,
        e.due_at,
        f.places,
        CASE
            WHEN f.places IS NOT NULL AND e.due_at IS NULL THEN 'no_time'
            WHEN f.places IS NOT NULL AND n.created_at >= e.ended_at THEN 'opened_again'
            WHEN f.places IS NOT NULL THEN 'left_behind'
            WHEN f.is_held THEN 'held'
        END AS why
    FROM ended AS e
    LEFT JOIN found AS f ON e.account_id = f.account_id
    LEFT JOIN anew AS n ON e.person_key = n.person_key
    WHERE COALESCE(e.due_at < $asof, TRUE)
),

listed AS (
    SELECT
        t.subject,
        STRING_AGG(DISTINCT t.dataset, ' · ' ORDER BY t.dataset)
            FILTER (WHERE t.standing = 'left') AS places,
        CASE
            WHEN BOOL_OR(t.standing = 'left') THEN 'traced'
            WHEN BOOL_OR(t.standing = 'unread') THEN 'not_read'
        END AS why
    FROM erased_traces AS t
    GROUP BY t.subject
)

SELECT
    account_id AS key,
    due_at AS "at",
    CASE
        WHEN why = 'left_behind' THEN 'fail'
        WHEN why IN ('no_time', 'opened_again') THEN 'undecidable'
        ELSE 'ok'
    END AS level,
    CASE WHEN why <> 'held' THEN why END AS why,
    places AS shape,
    1 AS cases
FROM judged
UNION ALL
SELECT
    l.subject,
    NULL,
    CASE l.why WHEN 'traced' THEN 'fail' WHEN 'not_read' THEN 'undecidable' ELSE 'ok' END,
    l.why,
    l.places,
    1
FROM listed AS l
UNION ALL
SELECT NULL, NULL, 'note', why, NULL, COUNT(*)
FROM judged
WHERE why = 'held'
GROUP BY why
