/*
id: DSR-06
version: 1
section: "10"
title: An objection ends what it is against
checks: >-
  From somebody's objection on, and as long as it stands, no marketing or feedback request goes to
  them, as far as the objection reaches. Up to {late_hours} hours after it is a warning.
unit: objections
breach: were not followed
severity: critical
kind: P
needs:
  objections: [person_key, purpose, from_ts]
  marketing_sends: [person_key, purpose, sent_at]
uses: [feedback_requests, consents]
parameters:
  everything: [all, any, everything]
  late_hours: 48
standards:
  - GDPR 21
  - ISO/IEC 27701:2025 A.1.3.6
law: >-
  An objection to direct marketing is absolute (GDPR 21(3)); to other processing the company may show
  compelling grounds (21(1)), which exports do not tell.
limits: >-
  Only these uses are seen; one that names no purpose is read as reaching all of them. Service
  messages are not counted.
reasons:
  marketing: followed by marketing
  feedback: followed by a request for feedback
  under_way: followed by a use within {late_hours} hours
  no_time: without a date from which they hold
  no_person: of somebody who cannot be tied to any use
  nothing: No objection was exported.
*/
WITH words AS (
    SELECT
        CONCAT_WS('|', o._dataset, o._row) AS key,
        o.person_key,
        o.from_ts,
        o.to_ts,
        LOWER(o.purpose) AS purpose
    FROM objections AS o
),

uses AS (
    SELECT m.person_key, m.sent_at AS used_at, 'marketing' AS purpose
    FROM marketing_sends AS m
    WHERE m.purpose = 'marketing'
    UNION ALL
    SELECT f.person_key, f.sent_at, 'feedback'
    FROM feedback_requests AS f
),

agreed AS (
    SELECT c.person_key, c.purpose, c.ts
    FROM consents AS c
    WHERE c.status = 'granted' AND c.ts IS NOT NULL
),

broken AS (
    SELECT w.key, MIN(u.used_at) AS used_at, MAX(u.used_at) AS last_at, ARG_MIN(u.purpose, u.used_at) AS why
    FROM words AS w
    INNER JOIN uses AS u
        ON
            w.person_key = u.person_key
            AND u.used_at > w.from_ts
            AND COALESCE(u.used_at < w.to_ts, TRUE)
            AND COALESCE(w.purpose = u.purpose OR LIST_CONTAINS($everything, w.purpose), TRUE)
    ASOF LEFT JOIN agreed AS a
        ON u.person_key = a.person_key AND u.purpose = a.purpose AND u.used_at >= a.ts
    WHERE COALESCE(a.ts <= w.from_ts, TRUE)
    GROUP BY w.key
),

judged AS (
    SELECT
        w.key,
        COALESCE(b.used_at, w.from_ts) AS used_at,
        CASE
            WHEN w.from_ts IS NULL THEN 'no_time'
            WHEN w.person_key IS NULL THEN 'no_person'
            WHEN b.last_at <= w.from_ts + TO_HOURS($late_hours) THEN 'under_way'
            ELSE b.why
        END AS why
    FROM words AS w
    LEFT JOIN broken AS b ON w.key = b.key
)

SELECT
    key,
    used_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('no_time', 'no_person') THEN 'undecidable'
        WHEN why = 'under_way' THEN 'warn'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
