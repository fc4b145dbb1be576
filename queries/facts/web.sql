---
title: Website
doc: Who visits the website, from where, and whether they sign up or buy; by Google Analytics 4, and
  so only of those who agreed to it. A person is an account where one is signed in, else a browser.
  One row an event.
needs:
  ga4_events: [event_name, event_ts]
clock: ga4_events.event_ts
person: person_key
rows_per_person: 100
threshold: 10
dimensions:
  source_kind:
    kind: event
    title: Kind of source
    values: [search, social, mail, direct, site]
    coarsest: There are five.
  source: {kind: event, title: Source, parent: source_kind, needs: {ga4_events: [source]}}
  medium:
    kind: event
    title: Medium
    coarsest: A medium is a kind already, and one source sends visitors by several.
    needs: {ga4_events: [medium]}
  campaign:
    kind: event
    title: Campaign named in the link
    coarsest: One name is used in several media.
    needs: {ga4_events: [campaign]}
  device:
    kind: event
    title: Device
    coarsest: There are a few.
    needs: {ga4_events: [device_category]}
  region:
    kind: event
    title: Region
    coarsest: The GDPR's area and the rest are as coarse as a place gets.
    needs: {ga4_events: [country]}
  country: {kind: event, title: Country, parent: region, needs: {ga4_events: [country]}}
  landing:
    kind: event
    title: Section of the site that a session began in
    coarsest: A section is all that is kept of an address.
    needs: {ga4_events: [session_id, page_location]}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month, coarsest: Longer spans are asked as such.}
measures:
  sessions:
    column: sessions
    title: Sessions
    high: 100
    unit: sessions
    note: A session is in the week and from the source that it began with.
    needs: {ga4_events: [session_id]}
  views: {column: views, title: Pages or screens viewed, high: 500, unit: views}
  converted:
    column: converted
    kind: outcome
    title: Signed up or bought
---
-- GA4 has no id of an event: the same name and time can stand twice for one browser.
-- Where a visitor came from stands in the first event of a session, often in no other.
WITH seen AS (
    SELECT
        person_key, event_ts, event_name, session_id, device_category, country,
        row_number() OVER of_session AS place,
        first_value(page_location IGNORE NULLS) OVER of_session AS first_page,
        lower(first_value(source IGNORE NULLS) OVER of_session) AS source,
        lower(first_value(medium IGNORE NULLS) OVER of_session) AS medium,
        first_value(campaign IGNORE NULLS) OVER of_session AS campaign
    FROM (
        SELECT *, coalesce(session_id, concat('event ', _dataset, ' ', _row)) AS visit
        FROM ga4_events WHERE person_key IS NOT NULL AND event_ts IS NOT NULL
    )
    WINDOW of_session AS (
        PARTITION BY person_key, visit ORDER BY event_ts, event_name, page_location
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
SELECT
    person_key,
    CAST(event_ts AS DATE) AS day,
    CASE
        WHEN source = '(direct)' THEN 'direct'
        WHEN regexp_matches(source, '(google|bing|duckduckgo|yahoo|ecosia|qwant|baidu|yandex)')
            THEN 'search'
        WHEN regexp_matches(source,
            '(facebook|instagram|linkedin|twitter|youtube|tiktok|pinterest|reddit|^x\.com$|^t\.co$)')
            THEN 'social'
        WHEN regexp_matches(source, '(mail|brevo|newsletter|klaviyo|hubspot)') THEN 'mail'
        WHEN source NOT IN ('', '(not set)') THEN 'site'
    END AS source_kind,
    source,
    medium,
    campaign,
    lower(device_category) AS device,
    economic_area(country) AS region,
    country,
    CASE WHEN session_id IS NOT NULL THEN web_section(first_page) END AS landing,
    CASE WHEN session_id IS NOT NULL AND place = 1 THEN 1 ELSE 0 END AS sessions,
    CASE WHEN event_name IN ('page_view', 'screen_view') THEN 1 ELSE 0 END AS views,
    CASE WHEN event_name IN ('purchase', 'in_app_purchase', 'sign_up') THEN 1 ELSE 0 END
        AS converted
FROM seen
