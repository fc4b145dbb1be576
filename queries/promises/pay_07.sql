/*
id: PAY-07
version: 1
section: "2"
title: No live key lies in an export
checks: >-
  No cell of any export holds a key or token that opens a system, Stripe's among them. A detection
  counts as a breach once an auditor has confirmed its finding; until then it awaits review.
unit: cells of the exports
breach: were confirmed to hold a live key
severity: high
kind: R
needs:
  scan_hits: [dataset, table, column, path, row, entity_type, masked]
  scan_columns: [dataset, table, non_null, examined]
uses: [scan_reviews]
parameters:
  entities: [SECRET]
standards:
  - GDPR 32
  - NIST PF 1.0 PR.DS-P5
law: >-
  Security is to fit the risk (GDPR 32); a key in a message is one for whoever reads it.
limits: >-
  Keys without a known form are not recognised; hence no PASS. Whether a key is still valid takes a
  look at the system that it opens.
reasons:
  confirmed: confirmed by an auditor to hold a live key
  candidate: awaiting review
  dismissed: judged by an auditor to be no live key
  not_sampled: passed over by a sampled scan
  nothing: No cell was examined.
*/
WITH cells AS (
    SELECT
        h.dataset,
        h."table",
        h."column",
        h.path,
        h."row",
        MIN(h.entity_type || ' ' || h.masked) AS shape,
        BOOL_OR(r.status = 'confirmed') AS confirmed,
        BOOL_AND(COALESCE(r.status = 'dismissed', FALSE)) AS dismissed
    FROM scan_hits AS h
    LEFT JOIN scan_reviews AS r
        ON
            h.dataset = r.dataset
            AND h."table" IS NOT DISTINCT FROM r."table"
            AND h."column" = r."column"
            AND h.entity_type = r.entity_type
    WHERE LIST_CONTAINS($entities, h.entity_type)
    GROUP BY h.dataset, h."table", h."column", h.path, h."row"
)

SELECT
    CONCAT_WS('|', c.dataset, c."table", c."column", c.path::VARCHAR, c."row") AS key,
    NULL::TIMESTAMPTZ AS "at",
    CASE WHEN c.confirmed THEN 'fail' WHEN c.dismissed THEN 'ok' ELSE 'warn' END AS level,
    CASE
        WHEN c.confirmed THEN 'confirmed'
        WHEN c.dismissed THEN 'dismissed'
        ELSE 'candidate'
    END AS why,
    CONCAT_WS(' · ', c.dataset, c."table", c."column", c.shape) AS shape,
    1 AS cases
FROM cells AS c
UNION ALL
SELECT
    NULL, NULL, 'ok', NULL, NULL,
    COALESCE((SELECT SUM(s.examined) FROM scan_columns AS s), 0) - (SELECT COUNT(*) FROM cells)
UNION ALL
SELECT NULL, NULL, 'unexamined', 'not_sampled', NULL, SUM(s.non_null - s.examined)
FROM scan_columns AS s
