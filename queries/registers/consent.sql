/*
title: Consent as it stood
words: >-
  For each person, purpose and channel the last entry of the consent log up to the end of the day.
  Of two entries at one instant the one that stops counts; a consent that has run out is told so.
needs:
  consents: [person_key, purpose, status, ts]
urgent: []
states: [granted, refused, withdrawn, expired, run out, not said]
kinds:
  - marketing
  - third party marketing
  - testimonial
  - analytics cookies
  - ads cookies
  - feedback
details: [any]
*/
WITH entries AS (
    SELECT
        c.consent_id,
        c._row,
        c.person_key,
        c.purpose,
        COALESCE(LOWER(c.channel), 'any') AS channel,
        c.status,
        c.ts,
        c.valid_until
    FROM consents AS c
    WHERE c.person_key IS NOT NULL AND c.ts IS NOT NULL
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY c.person_key, c.purpose, COALESCE(LOWER(c.channel), 'any'), c.ts
            ORDER BY c.status = 'granted', c.valid_until, c.consent_id
        ) = 1
),

asked AS (
    SELECT DISTINCT
        e.person_key,
        e.purpose,
        e.channel,
        ($asof::DATE + 1)::TIMESTAMPTZ AS moment
    FROM entries AS e
)

SELECT
    COALESCE(e.consent_id, e._row::VARCHAR) AS key,
    a.purpose AS kind,
    a.channel AS detail,
    e.ts::DATE AS since,
    e.valid_until::DATE AS due,
    NULL::DATE AS done,
    CASE
        WHEN e.status = 'granted' AND e.valid_until < a.moment THEN 'run out'
        ELSE e.status
    END AS state
FROM asked AS a
ASOF INNER JOIN entries AS e
    ON
        a.person_key = e.person_key
        AND a.purpose = e.purpose
        AND a.channel = e.channel
        AND a.moment > e.ts
ORDER BY kind, detail, since, key
