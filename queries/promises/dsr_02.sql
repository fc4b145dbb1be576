/*
id: DSR-02
version: 1
section: "10"
title: An answer to a request for access is whole
checks: >-
  The package handed out for a request for access or portability has a part for every table in
  which the person had rows by the day of the answer, in a format that machines read (CSV or JSON).
unit: answered requests for access or portability
breach: were answered in part or in another format
breach_of_one: was answered in part or in another format
severity: high
kind: P
needs:
  dsar_requests: [request_id, person_key, kind, responded_at]
  dsar_packages: [request_id, table_name, format]
uses: [profiles, consents, orders, support_messages, feedback, testimonials]
parameters:
  formats: [csv, json, ndjson, jsonl, xml]
standards:
  - GDPR 15, 20
  - ISO/IEC 27701:2025 A.1.3.9
  - NIST PF 1.0 CT.DM-P1, CT.DM-P2, CT.DM-P6
law: >-
  Portability asks for a structured, commonly used, machine-readable format (GDPR 20(1)); access
  does not, so that a format is a breach of the promise to hand over, told apart in the law.
limits: >-
  That a package holds nobody else's data, and every row of a table, cannot be read from its list.
reasons:
  no_package: answered without any package
  incomplete: answered without a table in which the person had rows
  format: answered in a format that machines do not read
  no_person: of somebody who cannot be tied to any row
  no_time: without a date of the answer, though a package was handed out
  nothing: No answered request for access or portability was exported.
*/
WITH answered AS (
    SELECT d.request_id, d.person_key, d.responded_at, d.outcome
    FROM dsar_requests AS d
    WHERE
        d.kind IN ('access', 'portability')
        AND COALESCE(LOWER(d.outcome), '') NOT IN ('refused', 'rejected')
),

packages AS (
    SELECT
        p.request_id,
        LIST(DISTINCT LOWER(p.table_name)) AS tables,
        BOOL_AND(LIST_CONTAINS($formats, LOWER(p.format))) AS readable
    FROM dsar_packages AS p
    GROUP BY p.request_id
),

held AS (
    SELECT p.person_key, 'profiles' AS place, NULL::TIMESTAMPTZ AS since
    FROM profiles AS p
    WHERE p.has_pii
    UNION ALL
    SELECT c.person_key, 'consents', c.ts
    FROM consents AS c
    UNION ALL
    SELECT o.person_key, 'orders', o.created_at
    FROM orders AS o
    UNION ALL
    SELECT s.person_key, 'support_messages', s.created_at
    FROM support_messages AS s
    UNION ALL
    SELECT f.person_key, 'feedback', f.created_at
    FROM feedback AS f
    UNION ALL
    SELECT t.person_key, 'testimonials', t.published_from
    FROM testimonials AS t
),

first_held AS (
    SELECT h.person_key, h.place, MIN(h.since) AS since
    FROM held AS h
    SEMI JOIN answered AS a ON h.person_key = a.person_key
    GROUP BY h.person_key, h.place
),

-- what came within the last week before the answer may have come after the package was made
lacking AS (
    SELECT a.request_id, STRING_AGG(h.place, ' · ' ORDER BY h.place) AS places
    FROM answered AS a
    INNER JOIN first_held AS h
        ON
            a.person_key = h.person_key
            AND COALESCE(h.since < a.responded_at - INTERVAL 7 DAY, TRUE)
    INNER JOIN packages AS p ON a.request_id = p.request_id
    WHERE NOT LIST_CONTAINS(p.tables, h.place)
    GROUP BY a.request_id
),

judged AS (
    SELECT
        a.request_id,
        a.responded_at,
        l.places,
        CASE
            WHEN a.responded_at IS NULL THEN CASE WHEN p.request_id IS NOT NULL THEN 'no_time' END
            WHEN a.person_key IS NULL THEN 'no_person'
            WHEN p.request_id IS NULL THEN 'no_package'
            WHEN l.request_id IS NOT NULL THEN 'incomplete'
            WHEN NOT p.readable THEN 'format'
            ELSE 'whole'
        END AS why
    FROM answered AS a
    LEFT JOIN packages AS p ON a.request_id = p.request_id
    LEFT JOIN lacking AS l ON a.request_id = l.request_id
)

SELECT
    request_id AS key,
    responded_at AS "at",
    CASE
        WHEN why = 'whole' THEN 'ok'
        WHEN why IN ('no_person', 'no_time') THEN 'undecidable'
        ELSE 'fail'
    END AS level,
    CASE WHEN why <> 'whole' THEN why END AS why,
    places AS shape,
    1 AS cases
FROM judged
WHERE why IS NOT NULL
