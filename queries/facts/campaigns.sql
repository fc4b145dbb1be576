---
title: Campaigns
doc: Who was sent a campaign, what came of it and what it cost. One row a message to one person;
  weeks and months are those of sending, and an outcome is told once its days since sending are
  over.
needs:
  marketing_sends: [campaign_id]
clock: marketing_sends.sent_at
person: person_key
event: event_id
rows_per_person: 20
threshold: 10
dimensions:
  channel: {kind: event, title: Channel, coarsest: E-mail and post have nothing above them.}
  campaign: {kind: event, title: Campaign, parent: channel, once: true}
  region:
    kind: person
    title: Region
    coarsest: The GDPR's area and the rest are as coarse as a place gets.
    needs: {accounts: [country]}
  country: {kind: person, title: Country, parent: region, needs: {accounts: [country]}}
  week: {kind: period, title: Week of sending, grain: week, parent: month}
  month:
    kind: period
    title: Month of sending
    grain: month
    coarsest: Longer spans are asked as such.
measures:
  delivered:
    column: delivered
    kind: outcome
    title: Did not bounce
    closes_after: 2
    needs: {marketing_activity: [campaign_id, action, ts]}
  clicked_2d:
    column: clicked_2d
    kind: outcome
    title: Clicked within 2 days
    closes_after: 2
    needs: {marketing_activity: [campaign_id, action, ts]}
  clicked:
    column: clicked
    kind: outcome
    title: Clicked within 7 days
    closes_after: 7
    needs: {marketing_activity: [campaign_id, action, ts]}
  ordered_2d:
    column: ordered_2d
    kind: outcome
    title: Ordered within 2 days
    closes_after: 2
    needs: {orders: [created_at]}
  ordered_7d:
    column: ordered_7d
    kind: outcome
    title: Ordered within 7 days
    closes_after: 7
    needs: {orders: [created_at]}
  ordered:
    column: ordered
    kind: outcome
    title: Ordered within 30 days
    closes_after: 30
    needs: {orders: [created_at]}
  unsubscribed:
    column: unsubscribed
    kind: outcome
    title: Unsubscribed within 30 days
    closes_after: 30
    needs: {unsubscribe_events: [ts]}
  cost:
    column: cost
    title: Cost
    high: 5000
    unit: EUR cents
    closes_after: 7
    note: What a campaign cost, in whole cents spread over its recipients so that they add up to it
      exactly; campaigns paid in euros alone, for nothing is converted.
    needs: {campaigns: [campaign_id, cost, currency]}
  opened:
    column: opened
    kind: outcome
    title: Opened within 7 days
    closes_after: 7
    enabled: false
    note: Opens are unreliable, for mail programs load pictures unasked, and measuring them wants a
      legal ground that the policy does not name.
    needs: {marketing_activity: [campaign_id, action, ts]}
---
WITH people AS (
    SELECT person_key, max(country) AS country
    FROM accounts WHERE person_key IS NOT NULL GROUP BY person_key
),
described AS (
    SELECT
        campaign_id, max(name) AS name, max(channel) AS channel, max(send_time) AS send_time,
        max(cost) FILTER (currency = 'EUR') AS cost
    FROM campaigns GROUP BY campaign_id
),
timed AS (
    SELECT
        -- Where messages have no id, a person is sent a campaign once at one time.
        coalesce(send_id, concat_ws(' ', sends.campaign_id, person_key,
            coalesce(sends.sent_at, send_time))) AS event_id,
        person_key, campaign_id, name, cost,
        coalesce(sends.channel, described.channel) AS channel,
        coalesce(sends.sent_at, send_time) AS sent_at
    FROM marketing_sends AS sends
    LEFT JOIN described USING (campaign_id)
    WHERE person_key IS NOT NULL AND coalesce(sends.sent_at, send_time) IS NOT NULL
      AND coalesce(purpose, 'unknown') IN ('marketing', 'unknown')
    QUALIFY send_id IS NOT NULL OR row_number() OVER (
        PARTITION BY campaign_id, person_key, coalesce(sends.sent_at, send_time)) = 1
),
sent AS (
    SELECT
        *, epoch(sent_at) AS sent_s,
        row_number() OVER of_campaign AS place, count(*) OVER of_campaign AS recipients
    FROM timed
    WINDOW of_campaign AS (PARTITION BY campaign_id ORDER BY person_key, sent_at, event_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
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
    sent.event_id AS event_id,
    sent.channel AS channel,
    coalesce(sent.name, sent.campaign_id) AS campaign,
    economic_area(people.country) AS region,
    people.country AS country,
    CASE WHEN epoch(bounce_at) - sent_s <= 2 * 86400 THEN 0 ELSE 1 END AS delivered,
    CASE WHEN epoch(click_at) - sent_s <= 2 * 86400 THEN 1 ELSE 0 END AS clicked_2d,
    CASE WHEN epoch(click_at) - sent_s <= 7 * 86400 THEN 1 ELSE 0 END AS clicked,
    CASE WHEN epoch(order_at) - sent_s <= 2 * 86400 THEN 1 ELSE 0 END AS ordered_2d,
    CASE WHEN epoch(order_at) - sent_s <= 7 * 86400 THEN 1 ELSE 0 END AS ordered_7d,
    CASE WHEN epoch(order_at) - sent_s <= 30 * 86400 THEN 1 ELSE 0 END AS ordered,
    CASE WHEN epoch(unsub_at) - sent_s <= 30 * 86400 THEN 1 ELSE 0 END AS unsubscribed,
    CASE WHEN epoch(open_at) - sent_s <= 7 * 86400 THEN 1 ELSE 0 END AS opened,
    -- Each has the difference of two running totals, which together are the whole, to the cent.
    coalesce(cost * place // recipients - cost * (place - 1) // recipients, 0) AS cost
FROM sent
LEFT JOIN people ON sent.person_key = people.person_key
ASOF LEFT JOIN reached ON sent.person_key = reached.person_key
    AND sent.campaign_id = reached.campaign_id AND reached.click_at >= sent.sent_at
ASOF LEFT JOIN opens ON sent.person_key = opens.person_key
    AND sent.campaign_id = opens.campaign_id AND opens.open_at >= sent.sent_at
ASOF LEFT JOIN bounces ON sent.person_key = bounces.person_key
    AND sent.campaign_id = bounces.campaign_id AND bounces.bounce_at >= sent.sent_at
ASOF LEFT JOIN bought ON sent.person_key = bought.person_key AND bought.order_at >= sent.sent_at
ASOF LEFT JOIN gone ON sent.person_key = gone.person_key AND gone.unsub_at >= sent.sent_at
