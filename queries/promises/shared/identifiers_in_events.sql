-- of a scan's many hits those in these exports, before millions of rows are gone through for them
hits AS MATERIALIZED (
    SELECT h.dataset, h."table", h."column", h."row", h.entity_type, h.recognizer, h.fingerprint, h.masked
    FROM scan_hits AS h
    SEMI JOIN (SELECT DISTINCT g._dataset, g._table FROM facets AS g) AS e
        ON h.dataset = e._dataset AND h."table" IS NOT DISTINCT FROM e._table
    ANTI JOIN harmless_values AS v ON h.fingerprint = v.fingerprint
    WHERE NOT LIST_CONTAINS($left_aside, h.entity_type)
),

-- what the scan found in the rows of facets (_dataset, _table, _row, event_ts), beside what others
-- (the same columns, why, shape) tells of them; of several finds in a row the surest stands for it
detected AS (
    SELECT
        g._dataset,
        g._table,
        g._row,
        g.event_ts,
        CASE
            WHEN h.recognizer = 'KnownHash' THEN 'known_hash'
            WHEN k.fingerprint IS NOT NULL THEN 'known_value'
            WHEN r.status = 'confirmed' THEN 'confirmed'
            ELSE 'candidate'
        END AS why,
        h."column" || ' · ' || h.entity_type || ' ' || h.masked AS shape
    FROM hits AS h
    INNER JOIN facets AS g
        ON
            h.dataset = g._dataset
            AND h."table" IS NOT DISTINCT FROM g._table
            AND h."row" = g._row
    LEFT JOIN known_people AS k ON h.fingerprint = k.fingerprint
    LEFT JOIN scan_reviews AS r
        ON
            h.dataset = r.dataset
            AND h."table" IS NOT DISTINCT FROM r."table"
            AND h."column" = r."column"
            AND h.entity_type = r.entity_type
    WHERE k.fingerprint IS NOT NULL OR r.status IS DISTINCT FROM 'dismissed'
),

found AS (
    SELECT
        f._dataset,
        f._table,
        f._row,
        ANY_VALUE(f.event_ts) AS event_ts,
        ARG_MIN(f.why, f.rank) AS why,
        ARG_MIN(f.shape, f.rank) AS shape
    FROM (
        SELECT
            u._dataset,
            u._table,
            u._row,
            u.event_ts,
            u.why,
            u.shape,
            (
                LIST_POSITION(
                    ['known_value', 'known_hash', 'confirmed', 'known_name', 'candidate', 'no_profiles'],
                    u.why
                ),
                u.shape
            ) AS rank
        FROM (FROM detected UNION ALL FROM others) AS u
    ) AS f
    GROUP BY f._dataset, f._table, f._row
),

unread AS (
    SELECT g._dataset, g._table
    FROM facets AS g
    ANTI JOIN scan_columns AS c
        ON g._dataset = c.dataset AND g._table IS NOT DISTINCT FROM c."table"
    GROUP BY g._dataset, g._table
)

SELECT
    CONCAT_WS('|', _dataset, _table, _row) AS key,
    event_ts AS "at",
    CASE
        WHEN why IN ('candidate', 'known_name') THEN 'warn'
        WHEN why = 'no_profiles' THEN 'undecidable'
        ELSE 'fail'
    END AS level,
    why,
    shape,
    1 AS cases
FROM found
UNION ALL
SELECT
    NULL, MIN(g.event_ts), CASE WHEN n._dataset IS NULL THEN 'ok' ELSE 'undecidable' END,
    CASE WHEN n._dataset IS NOT NULL THEN 'not_scanned' END, NULL, COUNT(*)
FROM facets AS g
ANTI JOIN found AS f
    ON g._dataset = f._dataset AND g._table IS NOT DISTINCT FROM f._table AND g._row = f._row
LEFT JOIN unread AS n ON g._dataset = n._dataset AND g._table IS NOT DISTINCT FROM n._table
GROUP BY UTC_DAY(g.event_ts), n._dataset
