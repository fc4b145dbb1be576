/*
id: ADS-01
version: 2
section: "8"
title: No personalised advertising after it was turned off
checks: >-
  Once a user has turned personalised advertising off in the settings, no analytics event of that
  browser stores anything for advertising or carries an advertisement's click identifier, until it
  is turned on again.
unit: analytics events of those who had set it
breach: served advertising after it was turned off
severity: high
kind: P
needs:
  ga4_events: [event_ts, user_pseudo_id, ads_storage]
  settings: [device_key, name, value, changed_at]
parameters:
  setting: [personalised_ads, personalized_ads, ads_personalization, ads]
  off_words: ['off', 'false', 'no', '0', denied, refused]
standards:
  - GDPR 21(2), 21(3)
  - ISO/IEC 27701:2025 A.1.3.6
law: >-
  Who objects to direct marketing, profiling for it included, is to be left out of it (GDPR 21(3)).
limits: >-
  Audiences that were handed to an advertising network before cannot be seen here.
reasons:
  stored: stored something for advertising after it was turned off
  clicked: carried an advertisement's click identifier after it was turned off
  nothing: No analytics event came from someone who had set it.
*/
WITH spans AS (
    SELECT
        s.device_key,
        s.changed_at AS from_ts,
        LEAD(s.changed_at) OVER (
            -- of two choices of one second the one that turns it off holds
            PARTITION BY s.device_key
            ORDER BY s.changed_at, LIST_CONTAINS($off_words, LOWER(s.value))
        ) AS to_ts,
        LIST_CONTAINS($off_words, LOWER(s.value)) AS is_off
    FROM settings AS s
    WHERE
        LIST_CONTAINS($setting, LOWER(s.name))
        AND s.device_key IS NOT NULL
        AND s.changed_at IS NOT NULL
),

judged AS (
    SELECT
        g._dataset,
        g._table,
        g._row,
        g.event_ts,
        CASE
            WHEN NOT s.is_off THEN NULL
            WHEN LOWER(g.ads_storage) IN ('yes', 'granted', 'true') THEN 'stored'
            WHEN COALESCE(g.gclid, g.dclid) IS NOT NULL THEN 'clicked'
        END AS why
    FROM ga4_events AS g
    INNER JOIN spans AS s
        ON
            g.user_pseudo_id = s.device_key
            AND g.event_ts >= s.from_ts
            AND (s.to_ts IS NULL OR g.event_ts < s.to_ts)
)

SELECT
    CONCAT_WS('|', _dataset, _table, _row) AS key,
    event_ts AS "at",
    CASE WHEN why IS NULL THEN 'ok' ELSE 'fail' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
