/*
id: MIN-05
version: 1
section: "7"
title: Minors are neither mailed, targeted nor profiled
checks: >-
  From the moment at which a human confirmed that somebody is under age they got no marketing
  message, no advertising storage was used for their account, and personalised advertising was not
  turned on. Cases that nobody has decided, of people who are reached this way, are warnings.
unit: certain, likely or confirmed minors
breach: were mailed, targeted or profiled after the confirmation
breach_of_one: was mailed, targeted or profiled after the confirmation
severity: critical
kind: P
needs:
  minor_findings: [person_key, level, status, asof, confirmed_at]
  marketing_sends: [person_key, purpose, sent_at]
uses: [ga4_events, settings]
standards:
  - GDPR recitals 38 and 71
  - Regulation 2022/2065 (DSA) 28(2) where it is a platform
law: >-
  Online platforms show no advertising based on profiling to those of whom they know with
  reasonable certainty that they are minors (DSA 28(2)).
limits: >-
  Web analytics is tied to a person only where it carries the account's number. Other systems'
  audiences are seen only where they are exported.
reasons:
  mailed: mailed after the confirmation
  targeted: with advertising storage after the confirmation
  profiled: with personalised advertising turned on after the confirmation
  awaiting: reached since the finding, whose case awaits a decision
  no_time: without a time of the finding or the confirmation
  nothing: No finding of a certain or likely minor was exported.
*/
WITH young AS (
    SELECT
        f.person_key,
        ANY_VALUE(f.account_id) AS account_id,
        ANY_VALUE(COALESCE(f.account_id, f.subject_key)) AS key,
        MIN(f.confirmed_at) AS confirmed_at,
        MIN(f."asof") AS found_at,
        BOOL_OR(f.confirmed_at IS NOT NULL OR LOWER(f.status) = 'confirmed') AS is_confirmed
    FROM minor_findings AS f
    WHERE
        f.level IN ('certain', 'likely')
        AND COALESCE(LOWER(f.status), 'open') NOT IN ('dismissed', 'authorised')
    GROUP BY f.person_key
),

acts AS (
    SELECT m.person_key, m.sent_at AS acted_at, 'mailed' AS why
    FROM marketing_sends AS m
    WHERE m.purpose = 'marketing'
    UNION ALL
    SELECT y.person_key, g.event_ts, 'targeted'
    FROM ga4_events AS g
    INNER JOIN young AS y ON g.user_id = y.account_id
    WHERE g.ads_storage = 'Yes'
    UNION ALL
    SELECT s.person_key, s.changed_at, 'profiled'
    FROM settings AS s
    WHERE s.name = 'personalised_ads' AND LOWER(s.value) IN ('on', 'true', 'yes', '1')
),

reached AS (
    SELECT
        y.person_key,
        MIN(a.acted_at) AS acted_at,
        ARG_MIN(a.why, a.acted_at) AS why
    FROM young AS y
    INNER JOIN acts AS a
        ON y.person_key = a.person_key AND a.acted_at > COALESCE(y.confirmed_at, y.found_at)
    GROUP BY y.person_key
),

judged AS (
    SELECT
        y.key,
        COALESCE(r.acted_at, y.confirmed_at, y.found_at) AS acted_at,
        CASE
            WHEN COALESCE(y.confirmed_at, y.found_at) IS NULL THEN 'no_time'
            WHEN y.is_confirmed AND y.confirmed_at IS NULL THEN 'no_time'
            WHEN r.why IS NULL THEN NULL
            WHEN y.is_confirmed THEN r.why
            ELSE 'awaiting'
        END AS why
    FROM young AS y
    LEFT JOIN reached AS r ON y.person_key = r.person_key
)

SELECT
    key,
    acted_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why = 'no_time' THEN 'undecidable'
        WHEN why = 'awaiting' THEN 'warn'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
