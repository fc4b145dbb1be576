/*
id: RET-03
version: 1
section: "6"
title: Accounts that nobody uses do not stay for ever
checks: >-
  No account that is still open has been idle for more than {idle_months} months.
unit: open accounts
breach: were idle for longer
breach_of_one: was idle for longer
severity: low
kind: P
needs:
  accounts: [account_id, status, last_activity_at]
parameters:
  idle_months: 24
standards:
  - GDPR 5(1)(e)
  - ISO/IEC 27701:2025 A.1.4.8
law: >-
  Data is kept no longer than its purpose asks (GDPR 5(1)(e)); the French authority's reference
  framework on commercial management names two years without activity.
limits: >-
  The policy is silent on idle accounts; the {idle_months} months are not its promise, hence a
  warning only.
reasons:
  idle: idle for more than {idle_months} months
  no_time: without a date of last activity
  nothing: No open account was exported.
*/
WITH judged AS (
    SELECT
        a.account_id,
        a.last_activity_at,
        CASE
            WHEN a.last_activity_at IS NULL THEN 'no_time'
            WHEN a.last_activity_at < $asof - TO_MONTHS($idle_months) THEN 'idle'
        END AS why
    FROM accounts AS a
    WHERE COALESCE(a.status, 'active') IN ('active', 'deactivated')
)

SELECT
    account_id AS key,
    last_activity_at AS "at",
    CASE why WHEN 'idle' THEN 'warn' WHEN 'no_time' THEN 'undecidable' ELSE 'ok' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
