/*
id: ACC-02
version: 3
section: "8"
title: A deletion that was asked for is no mere switch
checks: >-
  An account whose deletion was asked for more than {grace} days ago no longer names its user, save
  under a hold in force on one of the grounds that the policy states; putting it to sleep with its
  whole profile is not enough.
unit: accounts whose deletion was asked for
breach: still name their user
breach_of_one: still names its user
severity: high
kind: P
needs:
  accounts: [account_id, status]
  account_actions: [account_id, action, requested_at]
uses: [profiles, archives]
parameters:
  grace: {from: params.closed_grace_days}
  grounds: {from: policy.archive_reasons}
standards:
  - GDPR 17(1), 17(3)
  - ISO/IEC 27701:2025 A.1.3.7
law: >-
  Erasure is without undue delay (GDPR 17(1)); blocking instead of erasing needs a ground of 17(3).
limits: >-
  Requests that came by e-mail or chat are the register's matter (DSR-01), not this one's.
reasons:
  only_switched_off: were only put to sleep and still name their user
  nothing_done: are as they were and still name their user
  not_yet_due: not yet due
  no_time: asked for at an unknown time
  opened_again: were opened again after that, so that what is held may be of the new one
  nothing: Nobody asked for an account to be deleted.
*/
WITH homes AS (
    SELECT
        a.account_id,
        ARG_MAX(a.status, COALESCE(a.created_at, '-infinity'::TIMESTAMPTZ)) AS status,
        MAX(a.created_at) AS created_at,
        BOOL_OR(COALESCE(a.has_pii, FALSE)) AS has_pii
    FROM accounts AS a
    GROUP BY a.account_id
),

asked AS (
    SELECT
        h.account_id,
        ANY_VALUE(h.status) AS status,
        -- asked of the account as it is, or else of one of the same number before it
        COALESCE(
            MIN(r.requested_at) FILTER (WHERE r.requested_at >= h.created_at),
            MIN(r.requested_at)
        ) AS requested_at,
        ANY_VALUE(h.created_at) AS created_at,
        BOOL_OR(h.has_pii) AS has_pii
    FROM homes AS h
    INNER JOIN account_actions AS r ON h.account_id = r.account_id AND r.action = 'delete'
    GROUP BY h.account_id
),

judged AS (
    SELECT
        q.account_id,
        q.requested_at,
        CASE
            WHEN
                NOT q.has_pii
                AND NOT EXISTS (
                    SELECT 1 FROM profiles AS p
                    WHERE p.account_id = q.account_id AND p.has_pii
                )
                THEN NULL
            WHEN q.requested_at IS NULL THEN 'no_time'
            WHEN q.requested_at::DATE + $grace >= $asof::DATE THEN 'not_yet_due'
            WHEN
                EXISTS (
                    SELECT 1 FROM archives AS h
                    WHERE
                        h.account_id = q.account_id
                        AND LIST_CONTAINS($grounds, h.reason)
                        AND COALESCE(h.hold_from::DATE <= $asof, TRUE)
                        AND COALESCE(h.hold_until >= $asof::DATE, TRUE)
                )
                THEN NULL
            WHEN q.created_at > q.requested_at THEN 'opened_again'
            WHEN q.status = 'deactivated' THEN 'only_switched_off'
            ELSE 'nothing_done'
        END AS why
    FROM asked AS q
)

SELECT
    account_id AS key,
    requested_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('no_time', 'opened_again') THEN 'undecidable'
        WHEN why = 'not_yet_due' THEN 'note'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
