/*
id: ANA-02
version: 3
section: 2, 4
title: No personal data reaches Google Analytics
checks: >-
  No page address, title, search term, user id or parameter of an exported Google Analytics event
  holds personal data, plain or behind percent or base64 encoding, nor an MD5, SHA-1 or SHA-256 of
  an e-mail address or phone number that the company knows. A value that equals a known one is a
  breach; a known name, which others may bear too, and any other detection await review.
unit: analytics events
breach: carried personal data
severity: critical
kind: P
needs:
  ga4_events: [event_ts, page_location]
  scan_hits: [dataset, table, row, entity_type, recognizer, fingerprint, masked]
  scan_columns: [dataset, table]
uses: [profiles, known_people, scan_reviews, harmless_values]
parameters:
  left_aside: [URL, LOCATION, DATE_TIME, IP_ADDRESS, FR_SIREN, IT_VAT_CODE]
standards:
  - GDPR 5(1)(a), 25; 44 without an adequacy decision or clauses
  - ISO/IEC 27701:2025 A.1.5.5
  - NIST PF 1.0 PR.DS-P5
  - Google Analytics policy, answer 6366371
law: >-
  A hash of an e-mail address is still personal data: whoever knows the address can make the same
  hash.
limits: >-
  A hash with a salt, or of an address that no profile holds, cannot be told from any other token.
  IP addresses and places in the export are other controls' subject.
reasons:
  known_value: carrying an address or number of a known person
  known_hash: carrying a hash of a known person's address or number
  confirmed: confirmed by an auditor to carry personal data
  known_name: with the name of a known person, awaiting review
  candidate: awaiting review
  no_profiles: with hash-like tokens that no exported profile can settle
  not_scanned: in datasets that the last scan did not read
  nothing: No analytics event was exported.
*/
WITH facets AS NOT MATERIALIZED (
    SELECT g._dataset, g._table, g._row, g.event_ts
    FROM ga4_events AS g
),

-- what an event says in texts: those that may hold a digest or a name, not counts and numbers
said AS MATERIALIZED (
    SELECT v._dataset, v._table, v._row, v.event_ts, v.said
    FROM (
        SELECT
            g._dataset,
            g._table,
            g._row,
            g.event_ts,
            UNNEST(
                LIST_CONCAT(
                    [g.user_id],
                    -- the parameters, where they are exported, hold the four texts too
                    CASE
                        WHEN g.event_params IS NULL
                            THEN [g.page_location, g.page_referrer, g.page_title, g.search_term]
                    END,
                    JSON_EXTRACT_STRING(g.event_params, '$[*].value'),
                    JSON_EXTRACT_STRING(g.user_properties, '$[*].value')
                )
            ) AS said
        FROM ga4_events AS g
    ) AS v
    WHERE REGEXP_MATCHES(v.said, '[0-9A-Za-z]{16}|\p{L}[^\p{L}]+\p{L}')
),

-- events share most of their texts, so each is taken apart once
texts AS MATERIALIZED (
    SELECT d.said, COALESCE(TRY(URL_DECODE(URL_DECODE(d.said))), d.said) AS plain
    FROM (SELECT DISTINCT s.said FROM said AS s) AS d
),

-- digests are letters and digits, and so is base64 of any ASCII address: its + and / take ? > ~
tokens AS (
    SELECT
        t.said,
        t.token,
        REGEXP_FULL_MATCH(LOWER(t.token), '[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}') AS is_hash,
        COALESCE(
            REGEXP_FULL_MATCH(
                TRY(FROM_BASE64(t.token || REPEAT('=', (4 - LENGTH(t.token) % 4) % 4))::VARCHAR),
                '[\w.+-]+@[\w-]+(\.[\w-]+)+'
            ),
            FALSE
        ) AS is_address
    FROM (
        SELECT x.said, UNNEST(REGEXP_EXTRACT_ALL(x.plain, '[0-9A-Za-z]{16,}')) AS token
        FROM texts AS x
    ) AS t
),

-- the forms that advertisers' manuals ask for: trimmed and lower case; digits with and without +
known AS (
    SELECT LOWER(TRIM(p.email)) AS identifier
    FROM profiles AS p
    WHERE p.email IS NOT NULL
    UNION
    SELECT UNNEST([d.digits, '+' || d.digits])
    FROM (
        SELECT REGEXP_REPLACE(p.phone, '[^0-9]', '', 'g') AS digits
        FROM profiles AS p
        WHERE p.phone IS NOT NULL
    ) AS d
    WHERE LENGTH(d.digits) >= 8
),

-- of millions of them only those that some token looks like are kept
disguises AS (
    SELECT DISTINCT u.token, u.why
    FROM (
        SELECT
            UNNEST([MD5(k.identifier), SHA1(k.identifier), SHA256(k.identifier)]) AS token,
            'known_hash' AS why
        FROM known AS k
        UNION ALL
        SELECT RTRIM(TO_BASE64(k.identifier::BLOB), '=') AS token, 'known_value' AS why
        FROM known AS k
    ) AS u
    SEMI JOIN tokens AS t
        ON u.token = CASE WHEN t.is_hash THEN LOWER(t.token) ELSE t.token END
),

disguised AS (
    SELECT
        t.said,
        CASE
            WHEN d.why IS NOT NULL THEN d.why
            WHEN t.is_hash THEN 'no_profiles'
            ELSE 'candidate'
        END AS why,
        CASE WHEN t.is_hash THEN 'hash of ' ELSE 'base64 of ' END || LENGTH(t.token)
        || ' characters' AS shape
    FROM tokens AS t
    LEFT JOIN disguises AS d
        ON d.token = CASE WHEN t.is_hash THEN LOWER(t.token) ELSE t.token END
    WHERE
        d.token IS NOT NULL
        OR t.is_address
        OR (t.is_hash AND NOT EXISTS (SELECT 1 FROM known))
),

-- two or three words in a row that are a known person's whole name
phrases AS (
    SELECT
        w.said,
        UNNEST(
            LIST_CONCAT(
                [w.parts[i] || ' ' || w.parts[i + 1] FOR i IN RANGE(1, LENGTH(w.parts))],
                [
                    w.parts[i] || ' ' || w.parts[i + 1] || ' ' || w.parts[i + 2]
                    FOR i IN RANGE(1, LENGTH(w.parts) - 1)
                ]
            )
        ) AS phrase
    FROM (
        SELECT
            x.said,
            STRING_SPLIT(REGEXP_REPLACE(LOWER(x.plain), '[^\p{L}]+', ' ', 'g'), ' ') AS parts
        FROM texts AS x
    ) AS w
),

named AS (
    SELECT p.said, 'known_name' AS why, 'name of ' || LENGTH(p.phrase) || ' letters' AS shape
    FROM phrases AS p
    INNER JOIN (
        SELECT DISTINCT TRIM(REGEXP_REPLACE(LOWER(name), '[^\p{L}]+', ' ', 'g')) AS name
        FROM profiles
        WHERE name IS NOT NULL
    ) AS n
        ON p.phrase = n.name
),

told AS MATERIALIZED (
    SELECT d.said, d.why, d.shape FROM disguised AS d
    UNION ALL
    SELECT n.said, n.why, n.shape FROM named AS n
),

-- the few events that say any of these, before they are set beside what is told
others AS (
    SELECT DISTINCT s._dataset, s._table, s._row, s.event_ts, o.why, o.shape
    FROM (SELECT x.* FROM said AS x SEMI JOIN told AS t ON x.said = t.said) AS s
    INNER JOIN told AS o ON s.said = o.said
),

-- shared: identifiers_in_events
