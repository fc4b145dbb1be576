/*
id: PAY-03
version: 1
section: "1"
title: No bank account number outside Stripe
checks: >-
  No cell of the company's own exports, save those of Stripe, holds a bank account number whose
  check digits are right, other than the company's own accounts. A detection counts as a breach
  once an auditor has confirmed its finding; until then it awaits review. Leads held for customers
  are outside this policy.
unit: cells outside the Stripe exports
breach: were confirmed to hold a bank account number
severity: high
kind: P
needs:
  scan_hits: [dataset, table, column, path, row, entity_type, fingerprint, masked]
  scan_columns: [dataset, table, non_null, examined]
  scan_datasets: [dataset, table, system, role, cells]
uses: [scan_reviews, own_ibans]
parameters:
  entities: [IBAN_CODE]
standards:
  - GDPR 5(1)(c), 32
  - ISO/IEC 27701:2025 A.1.4.2
law: >-
  A bank account number is payment data; what is not needed for the purpose is not to be kept
  (GDPR 5(1)(c)).
limits: >-
  National account numbers without an IBAN are not looked for. Whether an account is the company's
  own is known from its list alone.
reasons:
  confirmed: confirmed by an auditor to hold a bank account number
  candidate: awaiting review
  dismissed: judged by an auditor to be no bank account number
  not_scanned: in datasets that the last scan did not read
  not_sampled: passed over by a sampled scan
  own: cells hold an account number of the company itself
  nothing: No cell outside the Stripe exports was examined.
*/
-- exempt: what Stripe holds, and what is held for customers
WITH exempt AS (
    SELECT d.dataset, d."table"
    FROM scan_datasets AS d
    WHERE d.system = 'stripe' OR d.role = 'processor'
),

outside AS (
    SELECT c.dataset, c."table", SUM(c.examined) AS examined, SUM(c.non_null) AS non_null
    FROM scan_columns AS c
    ANTI JOIN exempt AS s
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
        BOOL_AND(COALESCE(r.status = 'dismissed', FALSE)) AS dismissed,
        BOOL_AND(o.fingerprint IS NOT NULL) AS own
    FROM scan_hits AS h
    ANTI JOIN exempt AS s
        ON h.dataset = s.dataset AND h."table" IS NOT DISTINCT FROM s."table"
    LEFT JOIN scan_reviews AS r
        ON
            h.dataset = r.dataset
            AND h."table" IS NOT DISTINCT FROM r."table"
            AND h."column" = r."column"
            AND h.entity_type = r.entity_type
    LEFT JOIN own_ibans AS o ON h.fingerprint = o.fingerprint
    WHERE LIST_CONTAINS($entities, h.entity_type)
    GROUP BY h.dataset, h."table", h."column", h.path, h."row"
)

SELECT
    CONCAT_WS('|', c.dataset, c."table", c."column", c.path::VARCHAR, c."row") AS key,
    NULL::TIMESTAMPTZ AS "at",
    CASE
        WHEN c.own OR c.dismissed THEN 'ok'
        WHEN c.confirmed THEN 'fail'
        ELSE 'warn'
    END AS level,
    CASE
        WHEN c.own THEN 'own'
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
WHERE d.system IS DISTINCT FROM 'stripe' AND d.role IS DISTINCT FROM 'processor'
