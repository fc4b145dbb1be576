---
title: Activity in the product
doc: Who uses the product, how often, on what and for what. One row an event.
needs:
  events: [name, ts]
clock: events.ts
person: person_key
event: event_id
rows_per_person: 50
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
  device:
    kind: event
    title: Device
    values: [desktop, mobile, tablet]
    coarsest: There are three.
  area:
    kind: event
    title: Area of use
    values: [account, searching, looking, doing]
    coarsest: There are four, told by the words in an event's name.
  event: {kind: event, title: Feature used (kind of event), parent: area}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month, coarsest: Longer spans are asked as such.}
measures:
  sessions:
    column: sessions
    title: Sessions
    high: 100
    unit: sessions
    note: A session is in the week, on the device and with the event that it began with.
    needs: {events: [session_id]}
---
WITH people AS (
    SELECT person_key, max(country) AS country, max(account_type) AS account_type
    FROM accounts WHERE person_key IS NOT NULL GROUP BY person_key
),
areas AS (
    SELECT
        name,
        CASE
            WHEN regexp_matches(lower(name),
                '(^|_)(log_?(in|out)|sign_?(in|up|out)|settings?|profile|account|password)(_|$)')
                THEN 'account'
            WHEN regexp_matches(lower(name), '(^|_)(search|filter)') THEN 'searching'
            WHEN regexp_matches(lower(name), '(^|_)(views?|viewed|open|opened|scroll|click)(_|$)')
                THEN 'looking'
            ELSE 'doing'
        END AS area
    FROM (SELECT DISTINCT name FROM events WHERE name IS NOT NULL)
)
SELECT
    person_key,
    CAST(ts AS DATE) AS day,
    event_id,
    economic_area(country) AS region,
    country,
    account_type,
    device,
    area,
    name AS event,
    CASE WHEN session_id IS NOT NULL AND row_number() OVER (
        PARTITION BY person_key, session_id ORDER BY ts, event_id
    ) = 1 THEN 1 ELSE 0 END AS sessions
FROM (
    SELECT
        person_key,
        ts,
        event_id,
        session_id,
        name,
        -- An export that does not name the device has it in the browser's own words.
        coalesce(lower(device), CASE
            WHEN user_agent LIKE '%iPad%' OR user_agent LIKE '%Tablet%' THEN 'tablet'
            WHEN user_agent LIKE '%Mobi%' THEN 'mobile'
            WHEN user_agent IS NOT NULL THEN 'desktop'
        END) AS device
    FROM events WHERE person_key IS NOT NULL AND ts IS NOT NULL
)
LEFT JOIN people USING (person_key)
LEFT JOIN areas USING (name)
