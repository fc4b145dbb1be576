/*
id: ANA-05
version: 1
section: 2, 4
title: Events hold no whole address of a device
checks: >-
  No dataset of analytics or product events holds whole IP addresses or a device's advertising
  identifier.
unit: datasets of events
breach: hold whole addresses or identifiers of devices
breach_of_one: holds whole addresses or identifiers of devices
severity: high
kind: P
needs:
  events: [ts, ip]
uses: [ga4_events]
standards:
  - GDPR 4(1)
  - NIST PF 1.0 CT.DP-P4
law: >-
  An online identifier is personal data (GDPR 4(1), recital 30).
limits: >-
  An address that ends in zero is taken for a shortened one, which one whole address in 256 is as
  well. The policy declares addresses for security; this control asks about analysis alone.
reasons:
  whole_address: hold whole IP addresses
  device_id: hold advertising identifiers of devices
  nothing: No dataset of events was exported.
*/
WITH looked AS (
    SELECT
        e._dataset,
        e._table,
        MIN(e.ts) AS first_at,
        COUNT(*) FILTER (
            WHERE
            REGEXP_FULL_MATCH(e.ip, '\d{1,3}\.\d{1,3}\.\d{1,3}\.(\d?[1-9]|\d{2,3})')
            OR REGEXP_FULL_MATCH(LOWER(e.ip), '([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}')
        ) AS addresses,
        0 AS devices
    FROM events AS e
    GROUP BY e._dataset, e._table
    UNION ALL
    SELECT
        g._dataset,
        g._table,
        MIN(g.event_ts),
        0,
        COUNT(*) FILTER (
            WHERE
            NULLIF(REPLACE(REPLACE(g.advertising_id, '0', ''), '-', ''), '') IS NOT NULL
            OR NULLIF(TRIM(g.vendor_id), '') IS NOT NULL
        )
    FROM ga4_events AS g
    GROUP BY g._dataset, g._table
)

SELECT
    CONCAT_WS('|', _dataset, _table) AS key,
    first_at AS "at",
    CASE WHEN addresses + devices > 0 THEN 'fail' ELSE 'ok' END AS level,
    CASE WHEN addresses > 0 THEN 'whole_address' WHEN devices > 0 THEN 'device_id' END AS why,
    NULL AS shape,
    1 AS cases
FROM looked
