/*
id: ANA-06
version: 1
section: 2, 4
title: Analytics events are not kept for ever
checks: >-
  No dataset of analytics events reaches back more than {keep_months} months. The policy names no
  period and the authority's binds only measurement that is exempt from consent, so that an older
  one is a warning.
unit: datasets of analytics events
breach: broke a period that was promised
severity: medium
kind: P
needs:
  ga4_events: [event_ts]
parameters:
  keep_months: 25
standards:
  - GDPR 5(1)(e)
  - ISO/IEC 27701:2025 A.1.4.8
law: >-
  The French authority's conditions for exempt audience measurement: what was collected is kept
  for no more than 25 months.
limits: >-
  It tells of the exported copy; how long Google keeps its own is set there.
reasons:
  too_old: reach back further than the authority's period
  no_time: without a time
  nothing: No analytics event was exported.
*/
WITH reach AS (
    SELECT g._dataset, g._table, MIN(g.event_ts) AS first_at
    FROM ga4_events AS g
    GROUP BY g._dataset, g._table
),

judged AS (
    SELECT
        _dataset,
        _table,
        first_at,
        CASE
            WHEN first_at IS NULL THEN 'no_time'
            WHEN first_at < $asof::DATE - TO_MONTHS($keep_months) THEN 'too_old'
        END AS why
    FROM reach
)

SELECT
    CONCAT_WS('|', _dataset, _table) AS key,
    first_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_time' THEN 'undecidable' ELSE 'warn' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
