---
title: Campaigns
doc: Who was sent a campaign, and what came of it. One row a message to one person; weeks and months
  are those of sending, and an outcome is told once its days since sending are over.
needs:
  marketing_sends: [campaign_id, subject_key, sent_at]
  marketing_activity: [campaign_id, subject_key, action, ts]
  unsubscribe_events: [subject_key, ts]
  campaigns: [campaign_id, name]
  orders: [account_id, created_at]
  accounts: [account_id, subject_key]
clock: marketing_sends.sent_at
person: person_key
rows_per_person: 20
threshold: 10
dimensions:
  channel: {kind: event, title: Channel}
  campaign: {kind: event, title: Campaign, parent: channel}
  region: {kind: person, title: Region}
  country: {kind: person, title: Country, parent: region}
  week: {kind: period, title: Week of sending, grain: week, parent: month}
  month: {kind: period, title: Month of sending, grain: month}
measures:
  delivered: {column: delivered, kind: outcome, title: Did not bounce, closes_after: 2}
  clicked_2d: {column: clicked_2d, kind: outcome, title: Clicked within 2 days, closes_after: 2}
  clicked: {column: clicked, kind: outcome, title: Clicked within 7 days, closes_after: 7}
  ordered_7d: {column: ordered_7d, kind: outcome, title: Ordered within 7 days, closes_after: 7}
  ordered: {column: ordered, kind: outcome, title: Ordered within 30 days, closes_after: 30}
  unsubscribed:
    column: unsubscribed
    kind: outcome
    title: Unsubscribed within 30 days
    closes_after: 30
  opened:
    column: opened
    kind: outcome
    title: Opened within 7 days
    closes_after: 7
    enabled: false
    note: Opens are unreliable, for mail programs load pictures unasked, and measuring them wants a
      legal ground that the policy does not name.
---
WITH people AS (
    SELECT
        person_key,
        any_value(country) AS country,
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
),
sent AS (
    SELECT person_key, campaign_id, channel, sent_at, epoch(sent_at) AS sent_s
    FROM marketing_sends
    WHERE person_key IS NOT NULL AND sent_at IS NOT NULL
      AND coalesce(purpose, 'unknown') IN ('marketing', 'unknown')
),
-- The first of each kind of thing at or after the sending; the exact times decide, not the days.
reached AS (
    SELECT person_key, campaign_id, ts AS click_at FROM marketing_activity
    WHERE action = 'click' AND person_key IS NOT NULL
),
opens AS (
    SELECT person_key, campaign_id, ts AS open_at FROM marketing_activity
    WHERE action = 'open' AND person_key IS NOT NULL
),
bounces AS (
    SELECT person_key, campaign_id, ts AS bounce_at FROM marketing_activity
    WHERE action = 'bounce' AND person_key IS NOT NULL
),
bought AS (
    SELECT person_key, created_at AS order_at FROM orders
    WHERE person_key IS NOT NULL AND coalesce(lower(status), '') <> 'failed'
),
-- One that left without a word on why is put down to the last campaign before.
gone AS (
    SELECT person_key, ts AS unsub_at FROM unsubscribe_events WHERE person_key IS NOT NULL
)
SELECT
    sent.person_key,
    CAST(sent.sent_at AS DATE) AS day,
    coalesce(sent.channel, campaigns.channel) AS channel,
    coalesce(campaigns.name, sent.campaign_id) AS campaign,
    people.region AS region,
    people.country AS country,
    CASE WHEN epoch(bounce_at) - sent_s <= 2 * 86400 THEN 0 ELSE 1 END AS delivered,
    CASE WHEN epoch(click_at) - sent_s <= 2 * 86400 THEN 1 ELSE 0 END AS clicked_2d,
    CASE WHEN epoch(click_at) - sent_s <= 7 * 86400 THEN 1 ELSE 0 END AS clicked,
    CASE WHEN epoch(order_at) - sent_s <= 7 * 86400 THEN 1 ELSE 0 END AS ordered_7d,
    CASE WHEN epoch(order_at) - sent_s <= 30 * 86400 THEN 1 ELSE 0 END AS ordered,
    CASE WHEN epoch(unsub_at) - sent_s <= 30 * 86400 THEN 1 ELSE 0 END AS unsubscribed,
    CASE WHEN epoch(open_at) - sent_s <= 7 * 86400 THEN 1 ELSE 0 END AS opened
FROM sent
LEFT JOIN people ON sent.person_key = people.person_key
LEFT JOIN (
    SELECT campaign_id, any_value(name) AS name, any_value(channel) AS channel
    FROM campaigns GROUP BY campaign_id
) AS campaigns ON sent.campaign_id = campaigns.campaign_id
ASOF LEFT JOIN reached ON sent.person_key = reached.person_key
    AND sent.campaign_id = reached.campaign_id AND reached.click_at >= sent.sent_at
ASOF LEFT JOIN opens ON sent.person_key = opens.person_key
    AND sent.campaign_id = opens.campaign_id AND opens.open_at >= sent.sent_at
ASOF LEFT JOIN bounces ON sent.person_key = bounces.person_key
    AND sent.campaign_id = bounces.campaign_id AND bounces.bounce_at >= sent.sent_at
ASOF LEFT JOIN bought ON sent.person_key = bought.person_key AND bought.order_at >= sent.sent_at
ASOF LEFT JOIN gone ON sent.person_key = gone.person_key AND gone.unsub_at >= sent.sent_at
