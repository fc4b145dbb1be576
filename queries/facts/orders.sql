---
title: Orders
doc: Who orders what, and for how much. One row an order, failed and refunded ones included.
needs:
  orders: [account_id, created_at, status, amount, currency]
  accounts: [account_id]
clock: orders.created_at
person: person_key
rows_per_person: 5
threshold: 10
dimensions:
  region: {kind: person, title: Region}
  country: {kind: person, title: Country, parent: region}
  account_type: {kind: person, title: Plan or kind of account}
  product: {kind: event, title: Product}
  status: {kind: event, title: Status of the order}
  currency: {kind: event, title: Currency}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month}
measures:
  amount:
    column: amount
    title: Revenue
    low: 0
    high: 120000
    unit: EUR cents
    note: Orders in euros that were not refunded and did not fail; nothing is converted.
  refunded:
    column: refunded
    kind: outcome
    title: Had an order refunded
---
WITH people AS (
    SELECT
        person_key,
        any_value(country) AS country,
        any_value(account_type) AS account_type,
        -- The economic area in which the GDPR holds, and what lies outside.
        CASE
            WHEN any_value(country) IN (
                'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR',
                'HU', 'IE', 'IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT',
                'RO', 'SE', 'SI', 'SK'
            ) THEN 'EEA'
            WHEN any_value(country) IS NOT NULL THEN 'outside the EEA'
        END AS region
    FROM accounts
    WHERE person_key IS NOT NULL
    GROUP BY person_key
)
SELECT
    person_key,
    CAST(created_at AS DATE) AS day,
    region,
    country,
    account_type,
    product,
    lower(status) AS status,
    upper(currency) AS currency,
    CASE
        WHEN upper(currency) = 'EUR'
             AND lower(status) NOT IN ('failed', 'refunded', 'cancelled', 'canceled', 'void')
        THEN amount
        ELSE 0
    END AS amount,
    CASE WHEN lower(status) = 'refunded' THEN 1 ELSE 0 END AS refunded
FROM (SELECT person_key, created_at, product, status, currency, amount FROM orders)
LEFT JOIN people USING (person_key)
