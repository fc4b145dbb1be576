/*
id: PAY-04
version: 1
section: "1"
title: Every payment went through Stripe
checks: >-
  Each payment was taken by the processor that the policy names for payments, and its number is one
  that this processor gives.
unit: payments
breach: went through another processor or bear no number of its
breach_of_one: went through another processor or bears no number of its
severity: high
kind: P
needs:
  payments: [payment_id, processor]
parameters:
  processors: {from: policy.payment_processors}
  numbers: '(ch|pi|py|pyr|in|re|txn|src|pm|sub|cs|po|tr|dp|seti)_.+'
standards:
  - GDPR 28, 30
  - ISO/IEC 27701:2025 A.1.2.9
law: >-
  A second processor of payments needs a contract (GDPR 28) and a place in the register (30).
limits: >-
  Payments in cash or by transfer are not in these exports. The form of numbers is known of Stripe
  alone.
reasons:
  other_processor: went through a processor that the policy does not name
  odd_number: bear a number that the processor does not give
  not_said: without a processor
  nothing: No payment was exported.
*/
WITH judged AS (
    SELECT
        p.payment_id,
        p.created_at,
        CASE
            WHEN p.processor IS NULL THEN 'not_said'
            WHEN NOT LIST_CONTAINS($processors, LOWER(p.processor)) THEN 'other_processor'
            WHEN
                LOWER(p.processor) = 'stripe'
                AND REGEXP_FULL_MATCH(p.payment_id, $numbers) IS DISTINCT FROM TRUE
                THEN 'odd_number'
        END AS why
    FROM payments AS p
)

SELECT
    payment_id AS key,
    created_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'not_said' THEN 'undecidable' ELSE 'fail' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
