-- accounts with one address are one reader of what is sent there: what was said last for the
-- address holds, whichever of them said it
readers AS (
    SELECT h.person_key, MIN(h.reader) AS reader
    FROM (
        SELECT a.person_key, MIN(a.person_key) OVER (PARTITION BY a.subject_key) AS reader
        FROM accounts AS a
        WHERE a.subject_key IS NOT NULL
    ) AS h
    WHERE h.reader <> h.person_key
    GROUP BY h.person_key
),
