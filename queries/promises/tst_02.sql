/*
id: TST-02
version: 1
section: "2"
title: Testimonials are changed or taken down when their author asks
checks: >-
  A request about a testimonial is answered within {dsar_days} days, and a testimonial that was
  taken down is found on the pages no more than {late_hours} hours later.
unit: requests about testimonials and testimonials taken down
breach: were left open or found on the pages afterwards
breach_of_one: was left open or found on the pages afterwards
severity: high
kind: P
needs:
  testimonials: [testimonial_id, person_key, removed_at]
  dsar_requests: [request_id, kind, received_at, responded_at]
parameters:
  dsar_days: {from: params.dsar_days}
  late_hours: 48
standards:
  - GDPR 16, 17
  - ISO/IEC 27701:2025 A.1.3.7
law: >-
  An author may have a statement corrected or erased (GDPR 16, 17(1)(b)).
limits: >-
  Whether a page still shows a testimonial is known only where someone looked and noted it.
reasons:
  unanswered: requests past their deadline without an answer
  late: requests answered after their deadline
  still_shown: taken down, yet found on the pages afterwards
  no_time: requests without a date of receipt
  nothing: No request about a testimonial has fallen due, and none was taken down.
*/
WITH asked AS (
    SELECT
        d.request_id,
        d.received_at,
        d.responded_at::DATE AS answered,
        -- one expression a clock: DuckDB 2.0 merges two intervals added to one value
        LEAST(
            d.received_at::DATE + $dsar_days::INTEGER,
            (d.received_at::DATE + INTERVAL 1 MONTH)::DATE
        ) AS due
    FROM dsar_requests AS d
    WHERE d.kind = 'testimonial'
),

judged AS (
    SELECT
        t.testimonial_id AS key,
        t.removed_at AS "at",
        CASE WHEN t.last_seen_at > t.removed_at + TO_HOURS($late_hours) THEN 'still_shown' END
            AS why
    FROM testimonials AS t
    WHERE t.removed_at IS NOT NULL
    UNION ALL
    SELECT
        a.request_id,
        a.received_at,
        CASE
            WHEN a.received_at IS NULL THEN 'no_time'
            WHEN a.answered IS NULL THEN 'unanswered'
            WHEN a.answered > a.due THEN 'late'
        END
    FROM asked AS a
    WHERE a.answered IS NOT NULL OR COALESCE(a.due < $asof, TRUE)
)

SELECT
    key,
    "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_time' THEN 'undecidable' ELSE 'fail' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
