/*
id: PAY-05
version: 1
section: "1"
title: Orders and payments agree
checks: >-
  Each order that was paid has a payment at the processor, of the same amount and currency, no more
  than {days} days away.
unit: paid orders
breach: have no payment that agrees
breach_of_one: has no payment that agrees
severity: medium
kind: P
needs:
  orders: [order_id, created_at, status, amount, currency]
  payments: [payment_id, order_id, created_at, amount, currency]
parameters:
  days: 2
  paid: [paid, refunded, complete, completed, shipped]
standards:
  - GDPR 5(1)(d), 5(1)(f)
law: >-
  Data must be accurate (GDPR 5(1)(d)); a payment that is nowhere may lie somewhere else.
limits: >-
  Orders that were paid in parts agree by their sum alone.
reasons:
  no_payment: have no payment
  other_amount: have payments of another amount or currency
  other_day: have a payment on another day
  no_time: without a time
  unmatched: payments belong to no order
  nothing: No paid order was exported.
*/
WITH paid AS (
    SELECT
        p.order_id,
        SUM(p.amount) AS amount,
        MIN(UPPER(p.currency)) AS currency,
        COUNT(DISTINCT UPPER(p.currency)) AS currencies,
        MIN(p.created_at) AS first_at
    FROM payments AS p
    WHERE
        p.order_id IS NOT NULL
        AND LOWER(COALESCE(p.status, '')) NOT IN ('failed', 'canceled', 'cancelled')
    GROUP BY p.order_id
),

judged AS (
    SELECT
        o.order_id,
        o.created_at,
        CASE
            WHEN p.order_id IS NULL THEN 'no_payment'
            WHEN
                p.currencies > 1
                OR p.amount IS DISTINCT FROM o.amount
                OR p.currency IS DISTINCT FROM UPPER(o.currency)
                THEN 'other_amount'
            WHEN o.created_at IS NULL OR p.first_at IS NULL THEN 'no_time'
            WHEN ABS(DATE_DIFF('day', o.created_at, p.first_at)) > $days THEN 'other_day'
        END AS why
    FROM orders AS o
    LEFT JOIN paid AS p ON o.order_id = p.order_id
    WHERE LIST_CONTAINS($paid, LOWER(o.status))
)

SELECT
    order_id AS key,
    created_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_time' THEN 'undecidable' ELSE 'fail' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
UNION ALL
SELECT NULL, MIN(p.created_at), 'note', 'unmatched', NULL, COUNT(*)
FROM payments AS p
ANTI JOIN orders AS o ON p.order_id = o.order_id
