/*
id: ANA-01
version: 1
section: 2, 4
title: Usage events hold no direct identifiers
checks: >-
  No event of the product's own analysis holds an e-mail address, a phone number, a name or an
  official or bank number. A value that equals a known one is a breach; any other detection awaits
  review.
unit: product events
breach: held a direct identifier
severity: critical
kind: P
needs:
  events: [event_id, ts]
  scan_hits: [dataset, table, column, row, entity_type, fingerprint, masked]
  scan_columns: [dataset, table]
uses: [known_people, scan_reviews]
parameters:
  left_aside: [URL, LOCATION, DATE_TIME, IP_ADDRESS, MAC_ADDRESS, SECRET, FR_SIREN, IT_VAT_CODE]
standards:
  - GDPR 5(1)(c), recital 26
  - ISO/IEC 27701:2025 A.1.4.5
  - NIST PF 1.0 CT.DP-P2
law: >-
  What names a person is not anonymous, whatever else was taken away (GDPR recital 26).
limits: >-
  Account numbers and addresses of the network are other controls' matter (ANA-03, ANA-05).
reasons:
  known_value: held an identifier of a known person
  confirmed: confirmed by an auditor to hold an identifier
  candidate: awaiting review
  not_scanned: in datasets that the last scan did not read
  nothing: No product event was exported.
*/
WITH found AS (
    SELECT
        e._dataset,
        e._table,
        e._row,
        ANY_VALUE(e.ts) AS ts,
        BOOL_OR(k.fingerprint IS NOT NULL) AS is_known,
        BOOL_OR(COALESCE(r.status = 'confirmed', FALSE)) AS is_confirmed,
        MIN(h."column" || ' · ' || h.entity_type || ' ' || h.masked) AS shape
    FROM scan_hits AS h
    INNER JOIN events AS e
        ON
            h.dataset = e._dataset
            AND h."table" IS NOT DISTINCT FROM e._table
            AND h."row" = e._row
    LEFT JOIN known_people AS k ON h.fingerprint = k.fingerprint
    LEFT JOIN scan_reviews AS r
        ON
            h.dataset = r.dataset
            AND h."table" IS NOT DISTINCT FROM r."table"
            AND h."column" = r."column"
            AND h.entity_type = r.entity_type
    WHERE
        NOT LIST_CONTAINS($left_aside, h.entity_type)
        AND (k.fingerprint IS NOT NULL OR r.status IS DISTINCT FROM 'dismissed')
    GROUP BY e._dataset, e._table, e._row
),

unread AS (
    SELECT e._dataset, e._table
    FROM events AS e
    ANTI JOIN scan_columns AS c
        ON e._dataset = c.dataset AND e._table IS NOT DISTINCT FROM c."table"
    GROUP BY e._dataset, e._table
)

SELECT
    CONCAT_WS('|', _dataset, _table, _row) AS key,
    ts AS "at",
    CASE WHEN is_known OR is_confirmed THEN 'fail' ELSE 'warn' END AS level,
    CASE
        WHEN is_known THEN 'known_value'
        WHEN is_confirmed THEN 'confirmed'
        ELSE 'candidate'
    END AS why,
    shape,
    1 AS cases
FROM found
UNION ALL
SELECT
    NULL, MIN(e.ts), CASE WHEN n._dataset IS NULL THEN 'ok' ELSE 'undecidable' END,
    CASE WHEN n._dataset IS NOT NULL THEN 'not_scanned' END, NULL, COUNT(*)
FROM events AS e
ANTI JOIN found AS f
    ON e._dataset = f._dataset AND e._table IS NOT DISTINCT FROM f._table AND e._row = f._row
LEFT JOIN unread AS n ON e._dataset = n._dataset AND e._table IS NOT DISTINCT FROM n._table
GROUP BY e.ts::DATE, n._dataset
