-- of judged (_dataset, _table, _row, event_ts, why): who has a reason by itself, the rest by day
SELECT
    CONCAT_WS('|', _dataset, _table, _row) AS key,
    event_ts AS "at",
    CASE
        WHEN LIST_CONTAINS($undecided, why) THEN 'undecidable'
        WHEN LIST_CONTAINS($looked_at, why) THEN 'warn'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS NOT NULL
UNION ALL
SELECT NULL, MIN(event_ts), 'ok', NULL, NULL, COUNT(*)
FROM judged
WHERE why IS NULL
GROUP BY UTC_DAY(event_ts)
