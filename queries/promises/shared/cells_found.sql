-- cells in which the scan found one of $entities, and nothing else; left out are systems and roles
-- that may hold it, and values of which it is known that they do no harm
exempt AS (
    SELECT d.dataset, d."table"
    FROM scan_datasets AS d
    WHERE LIST_CONTAINS($exempt_systems, d.system) OR LIST_CONTAINS($exempt_roles, d.role)
),

outside AS (
    SELECT c.dataset, c."table", SUM(c.examined) AS examined, SUM(c.non_null) AS non_null
    FROM scan_columns AS c
    ANTI JOIN exempt AS x
        ON c.dataset = x.dataset AND c."table" IS NOT DISTINCT FROM x."table"
    GROUP BY c.dataset, c."table"
),

cells AS (
    SELECT
        h.dataset,
        h."table",
        h."column",
        h.path,
        h."row",
        MIN(h.entity_type || ' ' || h.masked) AS shape,
        CASE
            WHEN BOOL_AND(COALESCE(v.why = 'own', FALSE)) THEN 'own'
            WHEN BOOL_AND(v.why IS NOT NULL) THEN 'published'
            WHEN BOOL_OR(v.why IS NULL AND r.status = 'confirmed') THEN 'confirmed'
            WHEN BOOL_AND(v.why IS NOT NULL OR COALESCE(r.status = 'dismissed', FALSE))
                THEN 'dismissed'
            ELSE 'candidate'
        END AS why
    FROM scan_hits AS h
    ANTI JOIN exempt AS x
        ON h.dataset = x.dataset AND h."table" IS NOT DISTINCT FROM x."table"
    LEFT JOIN harmless_values AS v ON h.fingerprint = v.fingerprint
    LEFT JOIN scan_reviews AS r
        ON
            h.dataset = r.dataset
            AND h."table" IS NOT DISTINCT FROM r."table"
            AND h."column" = r."column"
            AND h.entity_type = r.entity_type
    WHERE LIST_CONTAINS($entities, h.entity_type)
    GROUP BY h.dataset, h."table", h."column", h.path, h."row"
)

SELECT
    CONCAT_WS('|', c.dataset, c."table", c."column", c.path::VARCHAR, c."row") AS key,
    NULL::TIMESTAMPTZ AS "at",
    CASE c.why WHEN 'confirmed' THEN 'fail' WHEN 'candidate' THEN 'warn' ELSE 'ok' END AS level,
    c.why,
    CONCAT_WS(' · ', c.dataset, c."table", c."column", c.shape) AS shape,
    1 AS cases
FROM cells AS c
UNION ALL
SELECT
    NULL, NULL, 'ok', NULL, NULL,
    COALESCE((SELECT SUM(o.examined) FROM outside AS o), 0) - (SELECT COUNT(*) FROM cells)
UNION ALL
SELECT NULL, NULL, 'unexamined', 'not_sampled', NULL, SUM(o.non_null - o.examined)
FROM outside AS o
UNION ALL
SELECT NULL, NULL, 'undecidable', 'not_scanned', NULL, SUM(COALESCE(d.cells, 1))
FROM scan_datasets AS d
ANTI JOIN exempt AS x ON d.dataset = x.dataset AND d."table" IS NOT DISTINCT FROM x."table"
ANTI JOIN scan_columns AS c
    ON d.dataset = c.dataset AND d."table" IS NOT DISTINCT FROM c."table"
