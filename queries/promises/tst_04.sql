/*
id: TST-04
version: 2
section: "2"
title: A testimonial holds no more personal data than name and words
checks: >-
  The text of no testimonial holds contact or payment data or another identifier. A detection
  breaks the promise once an auditor has confirmed its finding; until then it awaits review.
unit: testimonials
breach: were confirmed to hold other personal data
breach_of_one: was confirmed to hold other personal data
severity: medium
kind: P
needs:
  testimonials: [testimonial_id, text]
  scan_hits: [dataset, table, column, row, entity_type, fingerprint, masked]
  scan_columns: [dataset, table]
uses: [scan_reviews, export_columns, harmless_values]
parameters:
  left_aside: [PERSON, LOCATION, URL, DATE_TIME, NRP, ORGANIZATION]
standards:
  - GDPR 5(1)(c)
  - ISO/IEC 27701:2025 A.1.4.2
law: >-
  What was agreed to is the name and the words (GDPR 5(1)(c) asks for no more).
limits: >-
  Names in the text may be the author's own and are left aside.
reasons:
  confirmed: confirmed by an auditor to hold other personal data
  candidate: awaiting review
  not_scanned: in datasets that the last scan did not read
  nothing: No testimonial was exported.
*/
WITH hits AS (
    SELECT
        t._dataset,
        t._row,
        MIN(h.entity_type || ' ' || h.masked) AS shape,
        BOOL_OR(r.status = 'confirmed') AS confirmed
    FROM scan_hits AS h
    ANTI JOIN harmless_values AS v ON h.fingerprint = v.fingerprint
    INNER JOIN export_columns AS e
        ON
            h.dataset = e.dataset
            AND h."table" IS NOT DISTINCT FROM e."table"
            AND h."column" = e."column"
            AND e.feeds = 'testimonials.text'
    INNER JOIN testimonials AS t
        ON
            h.dataset = t._dataset
            AND h."table" IS NOT DISTINCT FROM t._table
            AND h."row" = t._row
    LEFT JOIN scan_reviews AS r
        ON
            h.dataset = r.dataset
            AND h."table" IS NOT DISTINCT FROM r."table"
            AND h."column" = r."column"
            AND h.entity_type = r.entity_type
    WHERE
        NOT LIST_CONTAINS($left_aside, h.entity_type)
        AND r.status IS DISTINCT FROM 'dismissed'
    GROUP BY t._dataset, t._row
),

judged AS (
    SELECT
        t.testimonial_id,
        t.published_from,
        h.shape,
        CASE
            WHEN h.confirmed THEN 'confirmed'
            WHEN h._row IS NOT NULL THEN 'candidate'
            WHEN c.dataset IS NULL THEN 'not_scanned'
        END AS why
    FROM testimonials AS t
    LEFT JOIN hits AS h ON t._dataset = h._dataset AND t._row = h._row
    LEFT JOIN (SELECT DISTINCT dataset, "table" FROM scan_columns) AS c
        ON t._dataset = c.dataset AND t._table IS NOT DISTINCT FROM c."table"
)

SELECT
    testimonial_id AS key,
    published_from AS "at",
    CASE why
        WHEN 'confirmed' THEN 'fail'
        WHEN 'candidate' THEN 'warn'
        WHEN 'not_scanned' THEN 'undecidable'
        ELSE 'ok'
    END AS level,
    why,
    shape,
    1 AS cases
FROM judged
