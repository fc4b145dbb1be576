/*
id: META-01
version: 3
section: "9"
title: The exports are complete
checks: >-
  Each file that the company's manifest lists is there, with the hash and the number of rows that
  the manifest says. A file that is there and not listed is a warning, and so are orders, where a
  share of more than {orphan_share} of them belongs to no exported account, and days without a row in
  product events, page views, requests to the web server or messages sent, where a share of
  {daily_share} of all days follows the day before and, of the two weeks on either side, even the
  quietest day has {quiet_rows} rows or every day as many.
unit: files
breach: are missing or not as the manifest says
breach_of_one: is missing or not as the manifest says
severity: high
kind: P
needs:
  manifest: [file]
  export_files: [file, sha256, rows]
uses: [orders, accounts, events, ga4_events, access_log, marketing_sends]
parameters:
  orphan_share: 0.01
  daily_share: 0.9
  fewest_days: 14
  quiet_rows: 5
standards:
  - GDPR 5(2)
  - ISO/IEC 27701:2025 A.1.2.9
  - NIST PF 1.0 CT.DM-P8
law: >-
  Who must show that rules are kept must be able to say what it was shown on (GDPR 5(2)).
limits: >-
  A manifest is written by whoever exports; a system that it leaves out is told by the coverage of
  each verdict alone. Days are looked for in tables of {fewest_days} days and more; where a day has few rows anyway, one
  without any is chance. Why a day has
  no row is for a person to judge: a holiday, an outage, or a file that was not exported.
reasons:
  missing: listed and missing
  other_hash: with another hash than the manifest says
  other_rows: with another number of rows than the manifest says
  not_listed: there and not listed
  orphans: orders belong to no exported account
  gap: days of tables that have rows every day have none
  nothing: The manifest lists no file.
*/
WITH here AS (
    SELECT
        f.file,
        MAX(f.sha256) AS sha256,
        SUM(f."rows") AS "rows"
    FROM export_files AS f
    GROUP BY f.file
),

listed AS (
    SELECT
        m.file,
        m.exported_at,
        CASE
            WHEN h.file IS NULL THEN 'missing'
            WHEN LOWER(m.sha256) <> h.sha256 THEN 'other_hash'
            WHEN m."rows" <> h."rows" THEN 'other_rows'
        END AS why
    FROM manifest AS m
    LEFT JOIN here AS h ON m.file = h.file
),

days AS (
    SELECT 'events' AS source, UTC_DAY(e.ts) AS "day", COUNT(*) AS held FROM events AS e GROUP BY ALL
    UNION ALL
    SELECT 'ga4_events', UTC_DAY(g.event_ts), COUNT(*) FROM ga4_events AS g GROUP BY ALL
    UNION ALL
    SELECT 'access_log', UTC_DAY(l.ts), COUNT(*) FROM access_log AS l GROUP BY ALL
    UNION ALL
    SELECT 'marketing_sends', UTC_DAY(s.sent_at), COUNT(*) FROM marketing_sends AS s GROUP BY ALL
),

steps AS (
    SELECT
        source,
        "day",
        LEAD("day") OVER (PARTITION BY source ORDER BY "day") - "day" AS step
    FROM days
    WHERE "day" IS NOT NULL
),

daily AS (
    SELECT source
    FROM steps
    GROUP BY source
    HAVING COUNT(*) >= $fewest_days
        AND COUNT(*) FILTER (WHERE step = 1) >= $daily_share * COUNT(step)
),

gaps AS (
    SELECT t.source, t."day", t.step
    FROM steps AS t
    SEMI JOIN daily AS d ON t.source = d.source
    INNER JOIN days AS n
        ON t.source = n.source AND n."day" BETWEEN t."day" - 13 AND t."day" + (t.step + 13)::INTEGER
    WHERE t.step > 1
    GROUP BY t.source, t."day", t.step
    HAVING MIN(n.held) >= $quiet_rows OR MIN(n.held) = MAX(n.held)
),

orphans AS (
    SELECT COUNT(*) AS orders, COUNT(*) FILTER (WHERE a.account_id IS NULL) AS alone
    FROM orders AS o
    LEFT JOIN (SELECT DISTINCT account_id FROM accounts) AS a ON o.account_id = a.account_id
    WHERE EXISTS (SELECT 1 FROM accounts)
)

SELECT
    file AS key,
    exported_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' ELSE 'fail' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM listed
UNION ALL
SELECT h.file, NULL, 'warn', 'not_listed', NULL, 1
FROM here AS h
ANTI JOIN manifest AS m ON h.file = m.file
ANTI JOIN (SELECT DISTINCT n._dataset AS file FROM manifest AS n) AS own ON h.file = own.file
UNION ALL
SELECT NULL, NULL, 'warn', 'orphans', NULL, o.alone
FROM orphans AS o
WHERE o.alone > $orphan_share * o.orders
UNION ALL
SELECT
    t.source || '|' || (t."day" + 1)::VARCHAR,
    (t."day" + 1)::TIMESTAMPTZ,
    'warn',
    'gap',
    NULL,
    t.step - 1
FROM gaps AS t
