/*
id: FBK-01
version: 2
section: "2"
title: Nobody is asked for feedback against their word
checks: >-
  No request for feedback goes to somebody who had objected to it, whose data was restricted at
  that moment, or whose data had been deleted.
unit: requests for feedback
breach: were sent against an objection, a restriction or a deletion
breach_of_one: was sent against an objection, a restriction or a deletion
severity: medium
kind: P
needs:
  feedback_requests: [id, person_key, sent_at]
  objections: [person_key, from_ts]
uses: [restrictions, deletions, accounts]
parameters:
  purposes: [feedback, all, any, surveys]
standards:
  - GDPR 18, 21
  - ISO/IEC 27701:2025 A.1.3.6
law: >-
  While data is restricted it may only be stored, save with consent (GDPR 18(2)).
limits: >-
  An objection that names no purpose is read as one to every purpose.
reasons:
  objected: sent after an objection
  restricted: sent while the data was restricted
  deleted: sent after the data had been deleted
  no_time: without a time of sending
  no_person: to somebody who cannot be tied to an objection
  undated: to somebody whose objection has no time
  nothing: No request for feedback was exported.
*/
WITH
-- shared: accounts_opened_again

bars AS (
    SELECT o.person_key, o.from_ts, o.to_ts, 'objected' AS why
    FROM objections AS o
    WHERE COALESCE(LIST_CONTAINS($purposes, LOWER(o.purpose)), TRUE)
    UNION ALL
    SELECT r.person_key, r.from_ts, r.to_ts, 'restricted'
    FROM restrictions AS r
    WHERE COALESCE(LIST_CONTAINS($purposes, LOWER(r.purpose)), TRUE)
    UNION ALL
    -- a deletion bars until the person opens an account again
    SELECT
        d.person_key,
        d.completed_at,
        CASE WHEN n.created_at > d.completed_at THEN n.created_at END,
        'deleted'
    FROM deletions AS d
    LEFT JOIN anew AS n ON d.person_key = n.person_key
    WHERE d.completed_at IS NOT NULL
),

barred AS (
    SELECT
        f._row,
        f._dataset,
        MIN(b.why) FILTER (
            WHERE f.sent_at > b.from_ts AND COALESCE(f.sent_at < b.to_ts, TRUE)
        ) AS why,
        BOOL_OR(b.from_ts IS NULL) AS is_undated
    FROM feedback_requests AS f
    INNER JOIN bars AS b ON f.person_key = b.person_key
    GROUP BY f._row, f._dataset
),

judged AS (
    SELECT
        f.id,
        f.sent_at,
        CASE
            WHEN f.sent_at IS NULL THEN 'no_time'
            WHEN f.person_key IS NULL THEN 'no_person'
            WHEN b.why IS NOT NULL THEN b.why
            WHEN b.is_undated THEN 'undated'
        END AS why
    FROM feedback_requests AS f
    LEFT JOIN barred AS b ON f._dataset = b._dataset AND f._row = b._row
)

SELECT
    id AS key,
    sent_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('objected', 'restricted', 'deleted') THEN 'fail'
        ELSE 'undecidable'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
