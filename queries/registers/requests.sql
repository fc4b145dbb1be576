/*
title: Requests of data subjects
words: >-
  Each request with the day by which it is due: {dsar_days} days after its receipt, or one month
  where that is shorter. A request that came in after the day asked for is not there yet, and an
  answer given after it has not been given yet; an acknowledgement is no answer.
needs:
  dsar_requests: [request_id, received_at, responded_at]
urgent: [overdue]
states:
  - no date of receipt
  - answered
  - answered late
  - answered late, extended
  - overdue
  - overdue, extended
  - due within a week
  - open
kinds:
  - access
  - rectification
  - erasure
  - restriction
  - portability
  - objection
  - withdrawal
  - testimonial
*/
WITH clocks AS (
    SELECT
        d.request_id,
        d.kind,
        d.channel,
        d.received_at::DATE AS since,
        -- one expression: DuckDB 2.0 merges two intervals added to one value
        LEAST(
            d.received_at::DATE + $dsar_days::INTEGER,
            (d.received_at::DATE + INTERVAL 1 MONTH)::DATE
        ) AS due,
        CASE
            WHEN
                d.responded_at::DATE <= $asof
                AND NOT COALESCE(LIST_CONTAINS($no_answer, LOWER(d.outcome)), FALSE)
                THEN d.responded_at::DATE
        END AS done,
        COALESCE(
            d.extension_notified_at::DATE <= (d.received_at::DATE + INTERVAL 1 MONTH)::DATE, FALSE
        ) AS is_extended
    FROM dsar_requests AS d
    WHERE COALESCE(d.received_at::DATE <= $asof, TRUE)
)

SELECT
    request_id AS key,
    kind,
    channel AS detail,
    since,
    due,
    done,
    CASE
        WHEN since IS NULL THEN 'no date of receipt'
        WHEN done <= due THEN 'answered'
        WHEN done IS NOT NULL AND is_extended THEN 'answered late, extended'
        WHEN done IS NOT NULL THEN 'answered late'
        WHEN due < $asof AND is_extended THEN 'overdue, extended'
        WHEN due < $asof THEN 'overdue'
        WHEN due <= $asof + 7 THEN 'due within a week'
        ELSE 'open'
    END AS state
FROM clocks
ORDER BY done IS NOT NULL, due, since
