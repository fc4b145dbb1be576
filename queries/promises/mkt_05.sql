/*
id: MKT-05
version: 2
section: 2, 8
title: Nobody is put back on a list without agreeing anew
checks: >-
  Where the history of a mailing list turns an unsubscribed person into a subscribed one, that
  person's consent was recorded after they had left, or they came back by themselves. A change
  that an import, an interface or a member of staff made needs the consent.
unit: returns to a mailing list
breach: were made without a new consent
breach_of_one: was made without a new consent
severity: high
kind: P
needs:
  marketing_contact_history: [person_key, status_before, status, changed_at, source]
  consents: [person_key, purpose, status, ts]
parameters:
  not_by_the_person: [import, api, admin, staff, sync, migration]
standards:
  - GDPR 7(1), 21(3)
  - ISO/IEC 27701:2025 A.1.2.5
law: >-
  Who relies on consent must be able to show it (GDPR 7(1)); an older one ended with the
  withdrawal.
limits: >-
  That someone came back by themselves is known from the tool's own word on the source.
reasons:
  put_back: by an import, an interface or staff, without a new consent
  no_source: of which nobody noted who made them
  no_person: of somebody who cannot be tied to the consent log
  no_time: without a time
  nothing: Nobody returned to a mailing list in the exported history.
*/
WITH returned AS (
    SELECT
        h._dataset,
        h._row,
        h.person_key,
        h.changed_at,
        LOWER(h.source) AS source,
        (
            SELECT MAX(e.changed_at)
            FROM marketing_contact_history AS e
            WHERE
                e.person_key = h.person_key
                AND e.status = 'unsubscribed'
                AND e.changed_at < h.changed_at
        ) AS left_at
    FROM marketing_contact_history AS h
    WHERE h.status_before = 'unsubscribed' AND h.status = 'subscribed'
),

agreed AS (
    SELECT c.person_key, c.ts
    FROM consents AS c
    WHERE c.purpose = 'marketing' AND c.ts IS NOT NULL
    GROUP BY c.person_key, LOWER(c.channel), c.ts
    -- of two entries of one second the one that stops wins
    HAVING BOOL_AND(c.status = 'granted')
),

judged AS (
    SELECT
        CONCAT_WS('|', r._dataset, r._row) AS key,
        r.changed_at,
        CASE
            WHEN r.changed_at IS NULL THEN 'no_time'
            WHEN r.source IS NULL THEN 'no_source'
            WHEN NOT LIST_CONTAINS($not_by_the_person, r.source) THEN NULL
            WHEN r.person_key IS NULL THEN 'no_person'
            WHEN a.ts >= COALESCE(r.left_at, r.changed_at - INTERVAL 30 DAY) THEN NULL
            ELSE 'put_back'
        END AS why
    FROM returned AS r
    ASOF LEFT JOIN agreed AS a ON r.person_key = a.person_key AND r.changed_at >= a.ts
)

SELECT
    key,
    changed_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'put_back' THEN 'fail' ELSE 'undecidable' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
