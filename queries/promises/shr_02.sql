/*
id: SHR-02
version: 1
section: 3, 4
title: Each recipient gets data for its own purpose only
checks: >-
  Each recorded share had a purpose and a category of data that the register lists for that
  recipient; a recipient listed for `all` may get any.
unit: recorded shares
breach: had a purpose or a category of data that the register does not list for the recipient
severity: high
kind: L
needs:
  processor_shares: [share_id, processor_id, purpose, data_category]
  processors: [processor_id, purposes, data_categories]
standards:
  - GDPR 5(1)(b), 30(1)
  - ISO/IEC 27701:2025 A.1.2.2
  - NIST PF 1.0 ID.IM-P5
law: >-
  Personal data collected for one purpose is not to be used further in a way that does not fit it
  (GDPR 5(1)(b)).
limits: >-
  The log of shares and the register are kept by hand; that two words mean the same purpose is
  known only where they are written alike.
reasons:
  other_purpose: had a purpose that the register does not list for the recipient
  other_category: held a category of data that the register does not list for the recipient
  not_said: without a purpose or a category of data
  not_registered: to a recipient that is in no register
  nothing: No share was recorded.
*/
WITH judged AS (
    SELECT
        s.share_id,
        ANY_VALUE(s.shared_at) AS shared_at,
        CASE
            WHEN COUNT(p.processor_id) = 0 THEN 'not_registered'
            WHEN ANY_VALUE(s.purpose) IS NULL OR ANY_VALUE(s.data_category) IS NULL THEN 'not_said'
            WHEN
                NOT BOOL_OR(LIST_HAS_ANY(p.purposes, [s.purpose, 'all']))
                THEN 'other_purpose'
            WHEN
                NOT BOOL_OR(LIST_HAS_ANY(p.data_categories, [s.data_category, 'all']))
                THEN 'other_category'
        END AS why
    FROM processor_shares AS s
    LEFT JOIN processors AS p ON s.processor_id = p.processor_id
    GROUP BY s.share_id, s._dataset, s._row
)

SELECT
    share_id AS key,
    shared_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('other_purpose', 'other_category') THEN 'fail'
        ELSE 'undecidable'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
