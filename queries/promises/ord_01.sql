/*
id: ORD-01
version: 3
section: "2"
title: Data of orders serves orders
checks: >-
  Every return belongs to an order, and nobody is sent marketing because their address was taken
  from their orders, save with a consent in force or as an existing customer.
  Accounts that share an address are one reader: what was said last for the address holds,
  whichever of them said it.
unit: returns and marketing sends from order data
breach: had no order or no ground behind them
severity: medium
kind: P
needs:
  returns: [return_id, order_id]
  orders: [order_id]
uses: [accounts, marketing_sends, consents]
standards:
  - GDPR 5(1)(b)
  - ISO/IEC 27701:2025 A.1.4.3
law: >-
  Data collected to fulfil an order is used for another purpose only where that is compatible or
  has a ground of its own (GDPR 5(1)(b), 6(4)).
limits: >-
  Where an address came from is what the log of sends says of its list.
reasons:
  no_order: returns without an order
  used_for_marketing: marketing from order data without consent
  no_order_named: returns that name no order
  no_time: marketing from order data without a time or recipient
  nothing: No return, and no marketing from order data, was exported.
*/
WITH
-- shared: readers_of_an_address

sends AS (
    SELECT
        m.send_id,
        COALESCE(r.reader, m.person_key) AS person_key,
        m.sent_at,
        m.basis,
        COALESCE(LOWER(m.channel), 'email') AS channel
    FROM marketing_sends AS m
    LEFT JOIN readers AS r ON m.person_key = r.person_key
    WHERE m.purpose = 'marketing' AND LOWER(m.list_source) IN ('orders', 'order', 'customers')
),

-- shared: entries_of_consent

used AS (
    SELECT
        s.send_id,
        s.sent_at,
        CASE
            WHEN s.basis = 'existing_customer' OR e.status = 'granted' THEN NULL
            WHEN s.sent_at IS NULL OR s.person_key IS NULL THEN 'no_time'
            ELSE 'used_for_marketing'
        END AS why
    FROM sends AS s
    ASOF LEFT JOIN entries AS e
        ON s.person_key = e.person_key AND s.channel = e.channel AND s.sent_at >= e.ts
),

judged AS (
    SELECT
        r.return_id AS key,
        r.created_at AS "at",
        CASE
            WHEN r.order_id IS NULL THEN 'no_order_named'
            WHEN o.order_id IS NULL THEN 'no_order'
        END AS why
    FROM returns AS r
    LEFT JOIN (SELECT DISTINCT order_id FROM orders) AS o ON r.order_id = o.order_id
    UNION ALL
    SELECT u.send_id, u.sent_at, u.why
    FROM used AS u
)

SELECT
    key,
    "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('no_order', 'used_for_marketing') THEN 'fail'
        ELSE 'undecidable'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
