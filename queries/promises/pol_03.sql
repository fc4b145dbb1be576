/*
id: POL-03
version: 1
section: "9"
title: A changed text carries a new date
checks: >-
  No two texts of the policy's history share a version or a date of the last change. A recipient
  that the register took up after the last change is a warning: the text may not tell of it.
unit: texts of the policy and recipients in the register
breach: changed without a new version or date
severity: medium
kind: P
needs:
  policy_versions: [version, last_updated, text_sha256]
uses: [processors]
standards:
  - GDPR 5(1)(a), 13
law: >-
  A notice must be true when it is read (GDPR 5(1)(a)); the date tells a reader whether to read it
  again.
limits: >-
  What a text said on a day is known from the history alone.
reasons:
  same_version: changed without a new version
  same_date: changed without a new date
  recipient_newer: recipients taken up after the last change of the text
  no_hash: without a hash of their text
  nothing: No text of the policy was exported.
*/
WITH texts AS (
    SELECT DISTINCT v.version, v.last_updated, v.text_sha256, v.effective_at
    FROM policy_versions AS v
),

ranked AS (
    SELECT
        version,
        last_updated,
        text_sha256,
        effective_at,
        RANK() OVER (PARTITION BY version ORDER BY effective_at, text_sha256) AS in_version,
        RANK() OVER (PARTITION BY last_updated ORDER BY effective_at, text_sha256) AS on_date
    FROM texts
)

SELECT
    version || '|' || COALESCE(LEFT(text_sha256, 12), '') AS key,
    last_updated::TIMESTAMPTZ AS "at",
    CASE
        WHEN text_sha256 IS NULL THEN 'undecidable'
        WHEN in_version > 1 OR (on_date > 1 AND last_updated IS NOT NULL) THEN 'fail'
        ELSE 'ok'
    END AS level,
    CASE
        WHEN text_sha256 IS NULL THEN 'no_hash'
        WHEN in_version > 1 THEN 'same_version'
        WHEN on_date > 1 AND last_updated IS NOT NULL THEN 'same_date'
    END AS why,
    NULL AS shape,
    1 AS cases
FROM ranked
UNION ALL
SELECT
    p.processor_id,
    p.active_from,
    CASE WHEN p.active_from::DATE > t.last_day THEN 'warn' ELSE 'ok' END,
    CASE WHEN p.active_from::DATE > t.last_day THEN 'recipient_newer' END,
    NULL,
    1
FROM processors AS p
INNER JOIN (SELECT MAX(last_updated) AS last_day FROM texts) AS t ON t.last_day IS NOT NULL
WHERE p.active_from IS NOT NULL
