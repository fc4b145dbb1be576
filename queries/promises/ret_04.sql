/*
id: RET-04
version: 1
section: "6"
title: What is called anonymous names nobody
checks: >-
  An account marked as anonymised has no name, address or number left in any profile; no plain hash
  (MD5, SHA-1, SHA-256) of an address that is known elsewhere; and no combination of country,
  postal code and birth date that fewer than {k} profiles share. A hash that equals nothing known
  and a rare combination are warnings.
unit: anonymised accounts
breach: still named a person
severity: high
kind: P
needs:
  accounts: [account_id, status]
  profiles: [account_id, email]
parameters:
  k: {from: params.k}
standards:
  - GDPR 4(5), recital 26
  - ISO/IEC 27701:2025 A.1.4.6
  - NIST PF 1.0 CT.DP-P2
law: >-
  Data is anonymous only where no means reasonably likely to be used identifies anyone (GDPR
  recital 26); a plain hash of an address is a pseudonym.
limits: >-
  Anonymity in an absolute sense cannot be shown; only these three ways back are tried.
reasons:
  identifier: with a name, an address or a number left
  known_hash: with a plain hash of an address that is known elsewhere
  unknown_hash: with a hash of unknown origin left
  rare: with a combination of place and birth date that fewer than {k} share
  nothing: No exported account is marked as anonymised.
*/
WITH facets AS (
    SELECT
        p.account_id,
        p.country,
        p.postal_code,
        p.declared_birth_date,
        [p.name, p.email, p.phone, p.address_line] AS texts
    FROM profiles AS p
),

classes AS (
    SELECT f.country, f.postal_code, f.declared_birth_date, COUNT(*) AS persons
    FROM facets AS f
    WHERE f.postal_code IS NOT NULL OR f.declared_birth_date IS NOT NULL
    GROUP BY f.country, f.postal_code, f.declared_birth_date
),

anonymised AS (SELECT a.account_id FROM accounts AS a WHERE a.status = 'anonymised'),

known AS (
    SELECT UNNEST([MD5(e.email), SHA1(e.email), SHA256(e.email)]) AS token
    FROM (
        SELECT DISTINCT LOWER(TRIM(p.email)) AS email
        FROM profiles AS p
        WHERE p.email LIKE '%@%'
    ) AS e
),

left_over AS (
    SELECT
        n.account_id,
        LOWER(TRIM(t.text)) AS text,
        REGEXP_FULL_MATCH(
            LOWER(TRIM(t.text)), '[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}'
        ) AS is_hash
    FROM anonymised AS n
    INNER JOIN facets AS f ON n.account_id = f.account_id
    CROSS JOIN UNNEST(f.texts) AS t (text)
    WHERE TRIM(t.text) <> ''
),

traces AS (
    SELECT
        l.account_id,
        CASE
            WHEN NOT l.is_hash THEN 'identifier'
            WHEN k.token IS NOT NULL THEN 'known_hash'
            ELSE 'unknown_hash'
        END AS why
    FROM left_over AS l
    LEFT JOIN (SELECT DISTINCT token FROM known) AS k ON l.text = k.token
    UNION ALL
    SELECT n.account_id, 'rare'
    FROM anonymised AS n
    INNER JOIN facets AS f ON n.account_id = f.account_id
    INNER JOIN classes AS c
        ON
            f.country IS NOT DISTINCT FROM c.country
            AND f.postal_code IS NOT DISTINCT FROM c.postal_code
            AND f.declared_birth_date IS NOT DISTINCT FROM c.declared_birth_date
    WHERE c.persons < $k
),

judged AS (
    SELECT
        n.account_id,
        ARG_MIN(
            t.why,
            LIST_POSITION(['identifier', 'known_hash', 'unknown_hash', 'rare'], t.why)
        ) AS why
    FROM anonymised AS n
    LEFT JOIN traces AS t ON n.account_id = t.account_id
    GROUP BY n.account_id
)

SELECT
    account_id AS key,
    NULL::TIMESTAMPTZ AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('identifier', 'known_hash') THEN 'fail'
        ELSE 'warn'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
