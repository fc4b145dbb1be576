/*
id: COO-01
version: 2
section: 5, 8
title: No measurement before a choice was made
checks: >-
  Each analytics event that was recorded with storage on the device came from a browser whose
  choice on the cookie banner had been logged before.
unit: analytics events with storage
breach: came before any choice
severity: high
kind: P
needs:
  ga4_events: [event_ts, user_pseudo_id, analytics_storage]
  cookie_consents: [device_key, ts]
parameters:
  undecided: [no_device]
  looked_at: []
standards:
  - GDPR 6, 7
  - ePrivacy 5(3)
  - NIST PF 1.0 CT.PO-P1
law: >-
  Reading or writing on a device needs consent first, save for what the service cannot do without
  (ePrivacy 5(3)); exempt audience measurement sets no storage of this kind.
limits: >-
  It rests on the banner logging the browser's own identifier; a visitor who cleared it counts as a
  new one.
reasons:
  no_choice: came from a browser that never chose
  before_choice: came before the browser's first choice
  no_device: without a browser's identifier
  nothing: No analytics event was recorded with storage on the device.
*/
WITH first_choice AS (
    SELECT c.device_key, MIN(c.ts) AS chosen_at
    FROM cookie_consents AS c
    WHERE c.device_key IS NOT NULL AND c.ts IS NOT NULL
    GROUP BY c.device_key
),

judged AS (
    SELECT
        g._dataset,
        g._table,
        g._row,
        g.event_ts,
        CASE
            WHEN g.user_pseudo_id IS NULL THEN 'no_device'
            WHEN f.device_key IS NULL THEN 'no_choice'
            WHEN g.event_ts < f.chosen_at THEN 'before_choice'
        END AS why
    FROM ga4_events AS g
    LEFT JOIN first_choice AS f ON g.user_pseudo_id = f.device_key
    WHERE LOWER(g.analytics_storage) IN ('yes', 'granted', 'true')
)

-- shared: events_judged
