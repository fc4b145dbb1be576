/*
id: DSR-05
version: 1
section: "10"
title: Restricted data is only stored
checks: >-
  While somebody's data is restricted, no marketing or feedback request goes to them and no
  testimonial of theirs begins to be published, as far as the restriction reaches.
unit: restrictions
breach: did not stop the processing
severity: high
kind: P
needs:
  restrictions: [person_key, purpose, from_ts]
  marketing_sends: [person_key, purpose, sent_at]
uses: [feedback_requests, testimonials]
parameters:
  everything: [all, any, everything]
standards:
  - GDPR 18
  - ISO/IEC 27701:2025 A.1.3.7
law: >-
  Restricted data may only be stored, save with consent or for legal claims (GDPR 18(2)).

limits: >-
  Only these uses are seen; one that names no purpose is read as reaching all of them. Service
  messages are not counted.
reasons:
  marketing: followed by marketing
  feedback: followed by a request for feedback
  testimonial: followed by the publication of a testimonial
  no_time: without a date from which they hold
  no_person: of somebody who cannot be tied to any use
  nothing: No restriction was exported.
*/
WITH words AS (
    SELECT
        CONCAT_WS('|', o._dataset, o._row) AS key,
        o.person_key,
        o.from_ts,
        o.to_ts,
        LOWER(o.purpose) AS purpose
    FROM restrictions AS o
),

uses AS (
    SELECT m.person_key, m.sent_at AS used_at, 'marketing' AS purpose
    FROM marketing_sends AS m
    WHERE m.purpose = 'marketing'
    UNION ALL
    SELECT f.person_key, f.sent_at, 'feedback'
    FROM feedback_requests AS f
    UNION ALL
    SELECT t.person_key, t.published_from, 'testimonial'
    FROM testimonials AS t
),

broken AS (
    SELECT w.key, MIN(u.used_at) AS used_at, ARG_MIN(u.purpose, u.used_at) AS why
    FROM words AS w
    INNER JOIN uses AS u
        ON
            w.person_key = u.person_key
            AND u.used_at > w.from_ts
            AND COALESCE(u.used_at < w.to_ts, TRUE)
            AND COALESCE(w.purpose = u.purpose OR LIST_CONTAINS($everything, w.purpose), TRUE)
    GROUP BY w.key
),

judged AS (
    SELECT
        w.key,
        COALESCE(b.used_at, w.from_ts) AS used_at,
        CASE
            WHEN w.from_ts IS NULL THEN 'no_time'
            WHEN w.person_key IS NULL THEN 'no_person'
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
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
