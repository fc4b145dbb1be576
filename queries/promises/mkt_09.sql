/*
id: MKT-09
version: 1
section: "8"
title: Service messages after an unsubscribe are no advertising
checks: >-
  A message called a service message, sent to somebody who had unsubscribed, belongs to no
  campaign whose subject or name advertises (an offer, a discount, a coupon) or whose links are
  tracked as a campaign's. What looks like one awaits review.
unit: service messages after an unsubscribe
breach: advertised
severity: medium
kind: R
needs:
  marketing_sends: [send_id, person_key, purpose, sent_at, campaign_id]
  unsubscribe_events: [person_key, ts]
  campaigns: [campaign_id, subject]
parameters:
  promotional: "offer|discount|sale|half price|coupon|promo|deal|% off|black friday|r[ée]duction|soldes|rabatt|angebot|gutschein|oferta|descuento"
standards:
  - GDPR 21(3)
  - ePrivacy Directive 13
law: >-
  What a message is follows from its content, not from its label.
limits: >-
  Only subjects and names of campaigns are read, not the messages themselves; finding nothing
  proves nothing.
reasons:
  promotional: called service, of a campaign that reads like advertising, awaiting review
  tracked: called service, of a campaign whose links are tracked, awaiting review
  no_time: without a time of sending, to people who have unsubscribed
  nothing: No service message followed an unsubscribe in the exports.
*/
WITH outs AS (
    SELECT u.person_key, MIN(u.ts) AS ts
    FROM unsubscribe_events AS u
    WHERE u.ts IS NOT NULL
    GROUP BY u.person_key
),

judged AS (
    SELECT
        m.send_id,
        m.sent_at,
        CASE
            WHEN m.sent_at IS NULL THEN 'no_time'
            WHEN REGEXP_MATCHES(LOWER(CONCAT_WS(' ', c.subject, c.name)), $promotional)
                THEN 'promotional'
            WHEN c.utm_campaign IS NOT NULL THEN 'tracked'
        END AS why
    FROM marketing_sends AS m
    INNER JOIN outs AS o
        ON m.person_key = o.person_key AND COALESCE(m.sent_at > o.ts, TRUE)
    LEFT JOIN campaigns AS c ON m.campaign_id = c.campaign_id
    WHERE m.purpose = 'service'
)

SELECT
    send_id AS key,
    sent_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_time' THEN 'undecidable' ELSE 'warn' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
