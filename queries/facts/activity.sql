---
title: Activity in the product
doc: Who uses the product, how often, on what and for what. One row an event.
needs:
  events: [name, ts]
  accounts: [account_id]
clock: events.ts
person: person_key
rows_per_person: 50
threshold: 10
dimensions:
  region: {kind: person, title: Region}
  country: {kind: person, title: Country, parent: region}
  account_type: {kind: person, title: Plan or kind of account}
  device: {kind: event, title: Device, values: [desktop, mobile, tablet]}
  event: {kind: event, title: Kind of event}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month}
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
    CAST(ts AS DATE) AS day,
    region,
    country,
    account_type,
    -- An export that does not name the device has it in the browser's own words.
    coalesce(lower(device), CASE
        WHEN user_agent LIKE '%iPad%' OR user_agent LIKE '%Tablet%' THEN 'tablet'
        WHEN user_agent LIKE '%Mobi%' THEN 'mobile'
        WHEN user_agent IS NOT NULL THEN 'desktop'
    END) AS device,
    name AS event
FROM (SELECT person_key, ts, device, user_agent, name FROM events)
LEFT JOIN people USING (person_key)
