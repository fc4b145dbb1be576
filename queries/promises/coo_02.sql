/*
id: COO-02
version: 3
section: 5, 8
title: A refusal of cookies holds
checks: >-
  No analytics event was recorded with storage for measurement or for advertising after the
  browser's last choice on the banner had refused it.
unit: analytics events of browsers that had chosen
breach: followed a refusal
severity: critical
kind: P
needs:
  ga4_events: [event_ts, user_pseudo_id, analytics_storage, ads_storage]
  cookie_consents: [device_key, ts, categories]
parameters:
  undecided: [no_categories]
  looked_at: []
standards:
  - GDPR 7(3)
  - ePrivacy 5(3)
  - ISO/IEC 27701:2025 A.1.3.5
law: >-
  Withdrawing is to be as easy as agreeing, and to work (GDPR 7(3)).
limits: >-
  A refusal in the browser's settings leaves no trace in any export; only the banner's log is
  tested.
reasons:
  measured: were measured after a refusal
  for_ads: stored something for advertising after a refusal
  no_categories: after a choice that does not say what was chosen
  nothing: No analytics event came from a browser that had chosen.
*/
WITH choices AS (
    SELECT
        c.device_key,
        c.ts,
        LOWER(c.categories::VARCHAR) AS said
    FROM cookie_consents AS c
    WHERE c.device_key IS NOT NULL AND c.ts IS NOT NULL
),

-- either {"analytics": true, …} or a list of what was accepted
read AS (
    SELECT
        device_key,
        ts,
        said,
        CASE
            WHEN said LIKE '[%' THEN REGEXP_MATCHES(said, '"(analytics|statistics|measurement)[a-z_]*"')
            ELSE
                REGEXP_MATCHES(
                    said, '"(analytics|statistics|measurement)[a-z_]*"\s*:\s*(true|1|"(granted|yes|true)")'
                )
        END AS measures,
        CASE
            WHEN said LIKE '[%' THEN REGEXP_MATCHES(said, '"(ads?|advertising|marketing)(_[a-z_]*)?"')
            ELSE
                REGEXP_MATCHES(
                    said,
                    '"(ads?|advertising|marketing)(_[a-z_]*)?"\s*:\s*(true|1|"(granted|yes|true)")'
                )
        END AS advertises
    FROM choices
),

spans AS (
    SELECT
        device_key,
        ts AS from_ts,
        LEAD(ts) OVER (PARTITION BY device_key ORDER BY ts) AS to_ts,
        MAX(said) AS said,
        -- of two choices of one second the one that refuses holds
        BOOL_AND(measures) AS measures,
        BOOL_AND(advertises) AS advertises
    FROM read
    GROUP BY device_key, ts
),

judged AS (
    SELECT
        g._dataset,
        g._table,
        g._row,
        g.event_ts,
        CASE
            WHEN s.said IS NULL THEN 'no_categories'
            WHEN
                LOWER(g.analytics_storage) IN ('yes', 'granted', 'true') AND NOT s.measures
                THEN 'measured'
            WHEN
                LOWER(g.ads_storage) IN ('yes', 'granted', 'true') AND NOT s.advertises
                THEN 'for_ads'
        END AS why
    FROM ga4_events AS g
    INNER JOIN spans AS s
        ON
            g.user_pseudo_id = s.device_key
            AND g.event_ts >= s.from_ts
            AND (s.to_ts IS NULL OR g.event_ts < s.to_ts)
)

-- shared: events_judged
