/*
id: ACC-01
version: 2
section: "8"
title: What users do to their account takes effect
checks: >-
  Each self-service request to see, change, export or delete an account takes effect within
  {action_hours} hours and does not fail. The number of hours is an assumption; the policy says at
  any time.
unit: self-service requests
breach: failed or took too long
severity: medium
kind: P
needs:
  account_actions: [action_id, action, requested_at, effective_at, outcome]
parameters:
  action_hours: 72
standards:
  - GDPR 12(2), 25
  - ISO/IEC 27701:2025 A.1.3.7
law: >-
  A controller makes it easy to use one's rights (GDPR 12(2)).
limits: >-
  Requests that never reached the log, such as a button that did nothing, cannot be seen here.
reasons:
  failed: failed
  too_long: took too long
  still_open: are still open after that time
  not_yet_due: not yet due
  no_time: without a time
  nothing: No self-service request was exported.
*/
WITH judged AS (
    SELECT
        a.action_id,
        a.requested_at,
        CASE
            WHEN LOWER(a.outcome) = 'failed' THEN 'failed'
            WHEN
                a.requested_at IS NULL OR (a.effective_at IS NULL AND LOWER(a.outcome) = 'done')
                THEN 'no_time'
            WHEN a.effective_at <= a.requested_at + TO_HOURS($action_hours) THEN NULL
            WHEN a.effective_at IS NOT NULL THEN 'too_long'
            WHEN
                a.requested_at + TO_HOURS($action_hours) < $asof
                THEN 'still_open'
            ELSE 'not_yet_due'
        END AS why
    FROM account_actions AS a
)

SELECT
    action_id AS key,
    requested_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why = 'no_time' THEN 'undecidable'
        WHEN why = 'not_yet_due' THEN 'note'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
