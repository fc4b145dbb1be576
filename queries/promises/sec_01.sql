/*
id: SEC-01
version: 1
section: "2"
title: Security logs serve security and are not kept for ever
checks: >-
  No log that is kept against fraud is the source of a marketing list. Entries of security and
  access logs older than {log_days} days are a warning: the policy names no period for them, so
  that this number is an assumption.
unit: log entries and marketing sends
breach: went to people picked from a security log
severity: medium
kind: P
needs:
  security_logs: [log_id, ts]
uses: [access_log, marketing_sends]
parameters:
  log_days: 365
  log_sources: [security_logs, security_log, access_log, fraud, login_log]
standards:
  - GDPR 5(1)(b), 5(1)(e)
  - ISO/IEC 27701:2025 A.1.4.8
law: >-
  The French authority holds six months to a year for usual for such logs; keeping them longer
  wants a reason (CNIL recommendation on logging).
limits: >-
  Where a list came from is known only where the mailing tool records it.
reasons:
  used_for_marketing: went to people picked from a security log
  too_old: older than the assumed period for logs
  no_time: without a time
  nothing: No security log was exported.
*/
SELECT
    s.log_id AS key,
    s.ts AS "at",
    CASE
        WHEN s.ts IS NULL THEN 'undecidable'
        WHEN s.ts::DATE + $log_days < $asof::DATE THEN 'warn'
        ELSE 'ok'
    END AS level,
    CASE
        WHEN s.ts IS NULL THEN 'no_time'
        WHEN s.ts::DATE + $log_days < $asof::DATE THEN 'too_old'
    END AS why,
    NULL AS shape,
    1 AS cases
FROM security_logs AS s
UNION ALL
SELECT
    NULL,
    MIN(a.ts),
    CASE WHEN a.ts::DATE + $log_days < $asof::DATE THEN 'warn' ELSE 'ok' END,
    CASE WHEN a.ts::DATE + $log_days < $asof::DATE THEN 'too_old' END,
    NULL,
    COUNT(*)
FROM access_log AS a
WHERE a.ts IS NOT NULL
GROUP BY a.ts::DATE
UNION ALL
SELECT m.send_id, m.sent_at, 'fail', 'used_for_marketing', NULL, 1
FROM marketing_sends AS m
WHERE LIST_CONTAINS($log_sources, LOWER(m.list_source))
