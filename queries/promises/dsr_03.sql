/*
id: DSR-03
version: 1
section: "10"
title: A correction reaches every profile
checks: >-
  No profile, in whatever system, still holds an e-mail address, phone number or name {pass_days}
  days after the history of profiles notes that it was replaced. Old values are known by their
  hashes (MD5, SHA-1 or SHA-256 of the lower-case value).
unit: corrections older than that
breach: left the old value somewhere
severity: high
kind: P
needs:
  profiles_history: [account_id, field, old_hash, changed_at]
  profiles: [account_id, email]
parameters:
  pass_days: 30
standards:
  - GDPR 16, 19
  - ISO/IEC 27701:2025 A.1.3.7
  - NIST PF 1.0 CT.DM-P3
law: >-
  Recipients are told of a rectification unless that is impossible (GDPR 19).
limits: >-
  Systems whose exports feed no profile are not seen: a mailing list shows only a keyed hash.
reasons:
  old_value: still found in a profile
  no_time: without the time of the change
  no_hash: without a hash of the old value
  nothing: No correction of contact data was exported.
*/
WITH corrected AS (
    SELECT
        h._dataset,
        h._row,
        h.account_id,
        LOWER(h.field) AS field,
        LOWER(h.old_hash) AS old_hash,
        LOWER(h.new_hash) AS new_hash,
        h.changed_at
    FROM profiles_history AS h
    WHERE LOWER(h.field) IN ('email', 'phone', 'name')
),

-- what was set again later is not an old value
lasting AS (
    SELECT c.*
    FROM corrected AS c
    ANTI JOIN corrected AS l
        ON
            c.account_id = l.account_id
            AND c.field = l.field
            AND c.old_hash = l.new_hash
            AND l.changed_at > c.changed_at
),

held AS (
    SELECT
        p.account_id,
        v.field,
        UNNEST([MD5(v.text), SHA1(v.text), SHA256(v.text)]) AS token
    FROM profiles AS p
    SEMI JOIN corrected AS c ON p.account_id = c.account_id
    CROSS JOIN UNNEST([
        {'field': 'email', 'text': LOWER(TRIM(p.email))},
        {'field': 'phone', 'text': LOWER(TRIM(p.phone))},
        {'field': 'name', 'text': LOWER(TRIM(p.name))}
    ]) AS u (v)
    WHERE v.text IS NOT NULL
),

judged AS (
    SELECT
        CONCAT_WS('|', l.account_id, l.field, l._row) AS key,
        l.changed_at,
        CASE
            WHEN l.changed_at IS NULL THEN 'no_time'
            WHEN l.old_hash IS NULL THEN 'no_hash'
            WHEN h.token IS NOT NULL THEN 'old_value'
        END AS why
    FROM lasting AS l
    LEFT JOIN (SELECT DISTINCT account_id, field, token FROM held) AS h
        ON l.account_id = h.account_id AND l.field = h.field AND l.old_hash = h.token
    WHERE COALESCE(l.changed_at + TO_DAYS($pass_days) < $asof, TRUE)
)

SELECT
    key,
    changed_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'old_value' THEN 'fail' ELSE 'undecidable' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
