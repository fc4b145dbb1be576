/*
id: COL-01
version: 1
section: "1"
title: No undeclared category of data is collected
checks: >-
  Each column of the company's own exports that holds one kind of personal data throughout holds a
  kind that the policy declares. A birth date or age that the company itself maps as such counts
  at once; what the scan alone took a column for awaits review.
unit: columns of personal data
breach: hold a category that the policy does not declare
breach_of_one: holds a category that the policy does not declare
severity: high
kind: R
needs:
  scan_columns: [dataset, table, column, verdict]
  scan_datasets: [dataset, table, role]
uses: [profiles, scan_reviews]
parameters:
  declared: {from: policy.declared_entity_types}
  left_aside: [DATE_TIME, URL, SECRET, FR_SIREN, IT_VAT_CODE]
standards:
  - GDPR 5(1)(b), 5(1)(c), 13
  - ISO/IEC 27701:2025 A.1.4.2
  - NIST PF 1.0 ID.IM-P6
law: >-
  A notice tells what is collected (GDPR 13, 14), and nothing is collected that the purpose does not
  need (5(1)(c)). Nobody should begin to ask for birth dates because of this control.
limits: >-
  Kinds of data that the scan has no name for, such as opinions or health in free text, are not
  seen; hence no PASS.
reasons:
  mapped: are mapped by the company as a kind that the policy does not declare
  confirmed: confirmed by an auditor to hold an undeclared kind
  candidate: awaiting review
  dismissed: judged by an auditor to be of another kind
  nothing: The scan took no column for personal data throughout.
*/
WITH kinds AS (
    SELECT
        c.dataset,
        c."table",
        c."column",
        c.verdict,
        LIST_CONTAINS($declared, c.verdict) AS is_declared,
        MAX(r.status) AS status
    FROM scan_columns AS c
    INNER JOIN scan_datasets AS d
        ON
            c.dataset = d.dataset
            AND c."table" IS NOT DISTINCT FROM d."table"
            AND d.role IS DISTINCT FROM 'processor'
    LEFT JOIN scan_reviews AS r
        ON
            c.dataset = r.dataset
            AND c."table" IS NOT DISTINCT FROM r."table"
            AND c."column" = r."column"
            AND c.verdict = r.entity_type
    WHERE
        c.verdict IS NOT NULL
        AND NOT LIST_CONTAINS($left_aside, c.verdict)
        AND c.verdict <> 'DATE_OF_BIRTH'
    GROUP BY c.dataset, c."table", c."column", c.verdict
),

-- the company's own word that a column tells how old someone is
ages AS (
    SELECT p._dataset, p._table
    FROM profiles AS p
    WHERE
        p.declared_birth_date IS NOT NULL
        OR p.declared_birth_year IS NOT NULL
        OR p.declared_age IS NOT NULL
    GROUP BY p._dataset, p._table
)

SELECT
    CONCAT_WS('|', k.dataset, k."table", k."column") AS key,
    NULL::TIMESTAMPTZ AS "at",
    CASE
        WHEN k.is_declared OR k.status = 'dismissed' THEN 'ok'
        WHEN k.status = 'confirmed' THEN 'fail'
        ELSE 'warn'
    END AS level,
    CASE
        WHEN k.is_declared THEN NULL
        WHEN k.status = 'dismissed' THEN 'dismissed'
        WHEN k.status = 'confirmed' THEN 'confirmed'
        ELSE 'candidate'
    END AS why,
    CASE WHEN NOT k.is_declared THEN k.verdict END AS shape,
    1 AS cases
FROM kinds AS k
UNION ALL
SELECT
    CONCAT_WS('|', a._dataset, a._table, 'age'),
    NULL,
    CASE WHEN LIST_CONTAINS($declared, 'DATE_OF_BIRTH') THEN 'ok' ELSE 'fail' END,
    CASE WHEN NOT LIST_CONTAINS($declared, 'DATE_OF_BIRTH') THEN 'mapped' END,
    'DATE_OF_BIRTH',
    1
FROM ages AS a
