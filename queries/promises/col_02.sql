/*
id: COL-02
version: 1
section: "1"
title: Contact data is well formed
checks: >-
  The policy leaves it to users to tell the truth, which no export can show. What can be counted is
  how many profiles hold an e-mail address or a phone number that cannot be one.
unit: profiles with contact data
breach: broke a promise
severity: low
kind: N
needs:
  profiles: [account_id, email, phone]
standards:
  - GDPR 5(1)(d)
  - ISO/IEC 27701:2025 A.1.4.4
law: >-
  Accuracy is the controller's duty as well (GDPR 5(1)(d)), whatever users undertake.
limits: >-
  A well-formed address may belong to someone else; the figure is one of quality and no verdict.
reasons:
  malformed: hold an e-mail address or a phone number that cannot be one
  nothing: No profile with contact data was exported.
*/
WITH judged AS (
    SELECT
        p.account_id,
        p._row,
        p.updated_at,
        (
            p.email IS NOT NULL
            AND NOT REGEXP_FULL_MATCH(TRIM(p.email), '[^@\s]+@[^@\s.]+(\.[^@\s.]+)+')
        )
        OR (
            p.phone IS NOT NULL
            AND LENGTH(REGEXP_REPLACE(p.phone, '[^0-9]', '', 'g')) NOT BETWEEN 7 AND 15
        ) AS is_malformed
    FROM profiles AS p
    WHERE p.email IS NOT NULL OR p.phone IS NOT NULL
)

SELECT
    COALESCE(account_id, _row::VARCHAR) AS key,
    updated_at AS "at",
    CASE WHEN is_malformed THEN 'warn' ELSE 'ok' END AS level,
    CASE WHEN is_malformed THEN 'malformed' END AS why,
    NULL AS shape,
    1 AS cases
FROM judged
