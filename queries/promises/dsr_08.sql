/*
id: DSR-08
version: 1
section: "10"
title: A refusal says why
checks: >-
  Each request that was refused carries a reason, and one that the law knows.
unit: refused requests
breach: were refused without a reason
breach_of_one: was refused without a reason
severity: medium
kind: P
needs:
  dsar_requests: [request_id, outcome, refusal_reason]
parameters:
  refused: [refused, rejected, denied, partially_refused]
  lawful: [manifestly_unfounded, excessive, identity_not_verified, legal_obligation, legal_claims, freedom_of_expression, public_interest, public_health, rights_of_others, trade_secrets, archiving, not_controller]
standards:
  - GDPR 12(4), 12(5), 17(3)
  - DPV, reasons for not fulfilling a right
law: >-
  Reasons and the way to complain are told within one month (GDPR 12(4)).
limits: >-
  Whether a reason was true, and whether the person was told of it, cannot be read from the
  register.
reasons:
  no_reason: refused without a reason
  unknown_reason: refused for a reason that is not on the list of lawful ones
  nothing: No request was refused in the exported register.
*/
WITH judged AS (
    SELECT
        d.request_id,
        d.responded_at,
        CASE
            WHEN COALESCE(TRIM(d.refusal_reason), '') = '' THEN 'no_reason'
            WHEN NOT LIST_CONTAINS($lawful, LOWER(REPLACE(TRIM(d.refusal_reason), ' ', '_')))
                THEN 'unknown_reason'
        END AS why
    FROM dsar_requests AS d
    WHERE LIST_CONTAINS($refused, LOWER(d.outcome))
)

SELECT
    request_id AS key,
    responded_at AS "at",
    CASE why WHEN 'no_reason' THEN 'fail' WHEN 'unknown_reason' THEN 'warn' ELSE 'ok' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
