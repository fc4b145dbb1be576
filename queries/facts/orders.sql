---
title: Orders
doc: Who orders what, for how much, and what comes back. One row an order, failed and refunded ones
  included.
needs:
  orders: [created_at]
clock: orders.created_at
person: person_key
event: event_id
rows_per_person: 5
threshold: 10
dimensions:
  region:
    kind: person
    title: Region
    coarsest: The GDPR's area and the rest are as coarse as a place gets.
    needs: {accounts: [country]}
  country: {kind: person, title: Country, parent: region, needs: {accounts: [country]}}
  account_type:
    kind: person
    title: Plan or kind of account
    coarsest: What a company calls its plans has no order that all share.
    needs: {accounts: [account_type]}
  category:
    kind: event
    title: Kind of product
    coarsest: How kinds of products would be grouped is the company's to say.
    needs: {orders: [category]}
  product: {kind: event, title: Product, parent: category, needs: {orders: [product]}}
  status:
    kind: event
    title: Status of the order
    coarsest: Shops differ in what each status means.
    needs: {orders: [status]}
  currency:
    kind: event
    title: Currency
    coarsest: Currencies are not added up.
    needs: {orders: [currency]}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month, coarsest: Longer spans are asked as such.}
measures:
  amount:
    column: amount
    title: Revenue
    high: 120000
    unit: EUR cents
    note: Orders in euros that were not refunded and did not fail; nothing is converted.
    needs: {orders: [amount, currency, status]}
  returned:
    column: returned
    title: Returned or refunded
    high: 120000
    unit: EUR cents
    closes_after: 30
    note: What came back within 30 days of an order in euros, under the day of the order.
    needs: {orders: [order_id, amount, currency, status]}
  refunded:
    column: refunded
    kind: outcome
    title: Had an order returned or refunded within 30 days
    closes_after: 30
    needs: {orders: [order_id, status]}
---
WITH people AS (
    SELECT person_key, max(country) AS country, max(account_type) AS account_type
    FROM accounts WHERE person_key IS NOT NULL GROUP BY person_key
),
sent_back AS (
    SELECT order_id, min(created_at) AS back_at, sum(amount) AS back
    FROM returns
    WHERE order_id IS NOT NULL
      AND coalesce(lower(status), '') NOT IN ('rejected', 'declined', 'canceled', 'cancelled')
    GROUP BY order_id
),
placed AS (
    SELECT
        person_key, created_at, product, category, amount, back,
        orders.order_id AS order_id,
        lower(status) AS status,
        upper(currency) AS currency,
        -- A shop without a table of returns says so by the status; what comes later is not told.
        coalesce(
            epoch(back_at) - epoch(created_at) <= 30 * 86400,
            sent_back.order_id IS NOT NULL OR lower(status) = 'refunded',
            false
        ) AS came_back
    FROM orders
    LEFT JOIN sent_back ON orders.order_id = sent_back.order_id
    WHERE person_key IS NOT NULL AND created_at IS NOT NULL
)
SELECT
    person_key,
    CAST(created_at AS DATE) AS day,
    order_id AS event_id,
    economic_area(country) AS region,
    country,
    account_type,
    category,
    product,
    status,
    currency,
    CASE
        WHEN currency = 'EUR' AND coalesce(status, '') NOT IN
            ('failed', 'refunded', 'cancelled', 'canceled', 'void', 'voided', 'returned')
        THEN amount
        ELSE 0
    END AS amount,
    CASE
        WHEN came_back AND currency = 'EUR' THEN least(coalesce(back, amount), amount)
        ELSE 0
    END AS returned,
    CASE WHEN came_back THEN 1 ELSE 0 END AS refunded
FROM placed
LEFT JOIN people USING (person_key)
