/*
id: PAY-01
version: 1
section: "1"
title: No card number outside Stripe
checks: >-
  No cell of any export, save those of Stripe itself, holds a payment card number: 13 to 19 digits
  with a known issuer's prefix and a valid check digit that read as a card in their context. A
  detection counts as a breach once an auditor has confirmed its finding; until then it awaits
  review.
unit: cells outside the Stripe exports
breach: were confirmed to hold a payment card number
severity: critical
kind: P
needs:
  scan_hits: [dataset, table, column, path, row, entity_type, masked]
  scan_columns: [dataset, table, non_null, examined]
  scan_datasets: [dataset, table, system, cells]
uses: [scan_reviews]
parameters:
  entities: [CREDIT_CARD]
standards:
  - GDPR 5(1)(c), 5(1)(f), 32
  - ISO/IEC 27701:2025 A.1.4.3
  - NIST PF 1.0 PR.DS-P5
  - PCI DSS 4.0.1 3.2.1, 3.5.1
law: >-
  PCI DSS forbids storing a card number unprotected wherever it turns up, in support messages too;
  the security certificate (CVC) never, after authorisation.
limits: >-
  A check digit is right by chance once in ten; hence review. Numbers in images and attachments
  are not read.
reasons:
  confirmed: confirmed by an auditor to hold a card number
  candidate: awaiting review
  dismissed: judged by an auditor to be no card number
  not_scanned: in datasets that the last scan did not read
  not_sampled: passed over by a sampled scan
  nothing: No cell outside the Stripe exports was examined.
*/
WITH stripe AS (
    SELECT d.dataset, d."table"
    FROM scan_datasets AS d
    WHERE d.system = 'stripe'
),

outside AS (
    SELECT c.dataset, c."table", SUM(c.examined) AS examined, SUM(c.non_null) AS non_null
    FROM scan_columns AS c
    ANTI JOIN stripe AS s
        ON c.dataset = s.dataset AND c."table" IS NOT DISTINCT FROM s."table"
    GROUP BY c.dataset, c."table"
),

cells AS (
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
    ANTI JOIN stripe AS s
        ON h.dataset = s.dataset AND h."table" IS NOT DISTINCT FROM s."table"
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
    COALESCE((SELECT SUM(o.examined) FROM outside AS o), 0) - (SELECT COUNT(*) FROM cells)
UNION ALL
SELECT NULL, NULL, 'unexamined', 'not_sampled', NULL, SUM(o.non_null - o.examined)
FROM outside AS o
UNION ALL
SELECT NULL, NULL, 'undecidable', 'not_scanned', NULL, SUM(COALESCE(d.cells, 1))
FROM scan_datasets AS d
ANTI JOIN scan_columns AS c
    ON d.dataset = c.dataset AND d."table" IS NOT DISTINCT FROM c."table"
WHERE d.system IS DISTINCT FROM 'stripe'
