-- the consent log for each channel of sends; an entry that names none speaks of them all, and of
-- two entries of one second the one that stops wins
entries AS (
    SELECT
        COALESCE(r.reader, c.person_key) AS person_key,
        c.purpose,
        s.channel,
        c.ts,
        c.status,
        c.valid_until
    FROM consents AS c
    LEFT JOIN readers AS r ON c.person_key = r.person_key
    INNER JOIN (SELECT DISTINCT channel FROM sends) AS s
        ON COALESCE(LOWER(c.channel) IN (s.channel, 'all', 'any'), TRUE)
    WHERE c.purpose = 'marketing' AND c.ts IS NOT NULL
    QUALIFY
        ROW_NUMBER() OVER (
            PARTITION BY COALESCE(r.reader, c.person_key), s.channel, c.ts
            ORDER BY c.status = 'granted', c.valid_until
        ) = 1
),
