/*
id: DSR-01
version: 1
section: "10"
title: Requests are answered within 30 days
checks: >-
  Every request of a data subject is answered within {dsar_days} days of its receipt, or one month
  where that is shorter. An acknowledgement is no answer, and a request that is not yet due is not
  counted. Lateness that a lawful extension or a check of identity explains is told apart as a
  warning.
unit: requests due
breach: were answered late or not at all
breach_of_one: was answered late or not at all
severity: high
kind: P
needs:
  dsar_requests: [request_id, received_at, responded_at]
parameters:
  dsar_days: {from: params.dsar_days}
  no_answer: [acknowledged, acknowledgement, received, pending, open, in_progress]
standards:
  - GDPR 12(3)
  - ISO/IEC 27701:2025 A.1.3.10
  - NIST PF 1.0 CT.PO-P3
law: >-
  The law's own clock is one month, moved to the next working day where it ends on a Saturday or
  Sunday (Regulation 1182/71, Article 3), and up to three months after a notice of extension given
  within the first. It is counted apart and does not make this verdict.
limits: >-
  Public holidays are not counted as free days. Days are UTC. What an answer said is another
  control's subject.
reasons:
  late: answered after the deadline
  unanswered: past the deadline without an answer
  late_but_extended: late, but lawfully extended within the month
  identity_pause: within the deadline only when counted from the check of identity
  no_time: without a date of receipt
  not_yet_due: requests are open and not yet due
  late_by_law: requests are late by the law's own clock
  nothing: No exported request has fallen due.
*/
WITH clocks AS (
    SELECT
        d.request_id,
        d.received_at::DATE AS received,
        d.identity_verified_at::DATE AS verified,
        d.extension_notified_at::DATE AS extended,
        CASE
            WHEN NOT COALESCE(LIST_CONTAINS($no_answer, LOWER(d.outcome)), FALSE)
                THEN d.responded_at::DATE
        END AS answered,
        -- one expression a clock: DuckDB 2.0 merges two intervals added to one value
        LEAST(
            d.received_at::DATE + $dsar_days::INTEGER,
            (d.received_at::DATE + INTERVAL 1 MONTH)::DATE
        ) AS due,
        LEAST(
            d.identity_verified_at::DATE + $dsar_days::INTEGER,
            (d.identity_verified_at::DATE + INTERVAL 1 MONTH)::DATE
        ) AS due_from_identity,
        (d.received_at::DATE + INTERVAL 1 MONTH)::DATE AS month,
        (d.received_at::DATE + INTERVAL 3 MONTH)::DATE AS three_months
    FROM dsar_requests AS d
),

dated AS (
    SELECT
        request_id,
        received,
        answered,
        due,
        due_from_identity,
        three_months,
        COALESCE(answered, $asof) AS settled,
        COALESCE(extended <= month, FALSE) AS is_extended,
        month + CASE DAYOFWEEK(month) WHEN 6 THEN 2 WHEN 0 THEN 1 ELSE 0 END AS due_by_law,
        COALESCE(verified > received, FALSE) AS was_checked
    FROM clocks
),

judged AS (
    SELECT
        request_id,
        due,
        CASE
            WHEN received IS NULL THEN 'no_time'
            WHEN answered IS NULL AND settled <= due THEN 'not_yet_due'
            WHEN settled <= due THEN 'in_time'
            WHEN is_extended AND settled <= three_months THEN 'late_but_extended'
            WHEN was_checked AND settled <= due_from_identity THEN 'identity_pause'
            WHEN answered IS NULL THEN 'unanswered'
            ELSE 'late'
        END AS why,
        settled > CASE
            WHEN is_extended THEN GREATEST(due_by_law, three_months) ELSE due_by_law
        END AS is_late_by_law
    FROM dated
)

SELECT
    request_id AS key,
    due::TIMESTAMPTZ AS "at",
    CASE
        WHEN why = 'no_time' THEN 'undecidable'
        WHEN why = 'in_time' THEN 'ok'
        WHEN why IN ('late_but_extended', 'identity_pause') THEN 'warn'
        ELSE 'fail'
    END AS level,
    CASE WHEN why <> 'in_time' THEN why END AS why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why <> 'not_yet_due'
UNION ALL
SELECT NULL, NULL, 'note', 'not_yet_due', NULL, COUNT(*)
FROM judged
WHERE why = 'not_yet_due'
HAVING COUNT(*) > 0
UNION ALL
SELECT NULL, NULL, 'note', 'late_by_law', NULL, COUNT(*)
FROM judged
WHERE is_late_by_law
HAVING COUNT(*) > 0
