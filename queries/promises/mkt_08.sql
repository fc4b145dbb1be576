/*
id: MKT-08
version: 1
section: "7"
title: No marketing to minors
checks: >-
  No marketing message goes to somebody whom a human has confirmed to be under age, from that
  confirmation on. Marketing to a likely minor whose case nobody has decided, and marketing sent
  before the confirmation, are warnings.
unit: marketing sends
breach: went to a confirmed minor
severity: critical
kind: P
needs:
  marketing_sends: [send_id, person_key, purpose, sent_at]
  minor_findings: [person_key, level, status, confirmed_at]
standards:
  - GDPR 6(1)(f), recital 38
  - ISO/IEC 27701:2025 A.1.4.3
law: >-
  Children merit specific protection where their data is used for marketing (GDPR recital 38).
limits: >-
  Whom nobody took for a minor cannot be seen here; the scan for likely minors is the other half.
reasons:
  confirmed: sent after the recipient was confirmed to be under age
  before_known: sent before the recipient was confirmed to be under age
  awaiting: sent to a likely minor whose case awaits a decision
  no_time: without a time of sending
  nothing: No marketing send was exported.
*/
WITH young AS (
    SELECT
        f.person_key,
        MIN(f.confirmed_at) AS confirmed_at,
        BOOL_OR(f.confirmed_at IS NOT NULL OR LOWER(f.status) = 'confirmed') AS is_confirmed
    FROM minor_findings AS f
    WHERE
        f.level IN ('certain', 'likely')
        AND COALESCE(LOWER(f.status), 'open') NOT IN ('dismissed', 'authorised')
    GROUP BY f.person_key
),

judged AS (
    SELECT
        m.send_id,
        m.sent_at,
        CASE
            WHEN m.sent_at IS NULL THEN 'no_time'
            WHEN y.person_key IS NULL THEN NULL
            WHEN NOT y.is_confirmed THEN 'awaiting'
            WHEN m.sent_at > y.confirmed_at THEN 'confirmed'
            ELSE 'before_known'
        END AS why
    FROM marketing_sends AS m
    LEFT JOIN young AS y ON m.person_key = y.person_key
    WHERE m.purpose = 'marketing'
)

SELECT
    send_id AS key,
    sent_at AS "at",
    CASE why WHEN 'confirmed' THEN 'fail' WHEN 'no_time' THEN 'undecidable' ELSE 'warn' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS NOT NULL
UNION ALL
SELECT NULL, sent_at, 'ok', NULL, NULL, 1
FROM judged
WHERE why IS NULL
