/*
id: SHR-07
version: 1
section: "8"
title: Recipients are told of erasures and corrections
checks: >-
  Each erasure or correction that was granted is passed on, within {notify_days} days of the
  answer, to every recipient that the register lists as active then. The number of days is an
  assumption; the policy names none.
unit: erasures and corrections, by recipient
breach: were not passed on in time
breach_of_one: was not passed on in time
severity: high
kind: L
needs:
  dsar_requests: [request_id, kind, responded_at]
  processor_notifications: [request_id, processor_id, sent_at]
  processors: [processor_id, active_from]
parameters:
  notify_days: 30
  refusals: [refused, rejected, acknowledged, in_progress, pending, open]
standards:
  - GDPR 19
  - ISO/IEC 27701:2025 A.1.3.8
  - NIST PF 1.0 CM.AW-P5
law: >-
  GDPR 19 spares the notice only where it is impossible or asks for an effort out of proportion.
limits: >-
  The log of notices is kept by hand; it does not show whether the recipient followed. A recipient
  that held nothing of the person counts as well.
reasons:
  never_told: were never passed on
  told_late: were passed on late
  no_time: in notices without a date
  not_yet_due: not yet due
  nothing: No erasure or correction was granted.
*/
WITH granted AS (
    SELECT d.request_id, d.responded_at
    FROM dsar_requests AS d
    WHERE
        d.kind IN ('erasure', 'rectification')
        AND d.responded_at < ($asof::DATE + 1)::TIMESTAMPTZ
        AND NOT COALESCE(LIST_CONTAINS($refusals, LOWER(d.outcome)), FALSE)
),

judged AS (
    SELECT
        g.request_id || '|' || p.processor_id AS key,
        ANY_VALUE(g.responded_at) AS responded_at,
        CASE
            WHEN
                MIN(n.sent_at) < (ANY_VALUE(g.responded_at)::DATE + $notify_days + 1)::TIMESTAMPTZ
                THEN NULL
            WHEN MIN(n.sent_at) IS NOT NULL THEN 'told_late'
            WHEN COUNT(n.request_id) > 0 THEN 'no_time'
            WHEN ANY_VALUE(g.responded_at)::DATE + $notify_days >= $asof::DATE THEN 'not_yet_due'
            ELSE 'never_told'
        END AS why
    FROM granted AS g
    INNER JOIN processors AS p
        ON
            p.active_from <= g.responded_at
            AND COALESCE(g.responded_at <= p.active_to, TRUE)
    LEFT JOIN processor_notifications AS n
        ON g.request_id = n.request_id AND p.processor_id = n.processor_id
    GROUP BY g.request_id, p.processor_id
)

SELECT
    key,
    responded_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why = 'no_time' THEN 'undecidable'
        WHEN why = 'not_yet_due' THEN 'note'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
