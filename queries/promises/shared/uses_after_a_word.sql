-- the uses of a person's data while one of words (key, person_key, from_ts, to_ts, purpose) stood
-- against them; where $consent_lifts, a consent given after the word takes it back
uses AS (
    SELECT m.person_key, m.sent_at AS used_at, 'marketing' AS purpose
    FROM marketing_sends AS m
    WHERE m.purpose = 'marketing'
    UNION ALL
    SELECT f.person_key, f.sent_at, 'feedback'
    FROM feedback_requests AS f
    UNION ALL
    SELECT t.person_key, t.published_from, 'testimonial'
    FROM testimonials AS t
),

agreed AS (
    SELECT c.person_key, c.purpose, c.ts
    FROM consents AS c
    WHERE c.ts IS NOT NULL AND $consent_lifts
    GROUP BY c.person_key, c.purpose, LOWER(c.channel), c.ts
    -- of two entries of one second the one that stops wins
    HAVING BOOL_AND(c.status = 'granted')
),

broken AS (
    SELECT
        w.key,
        MIN(u.used_at) AS used_at,
        MAX(u.used_at) AS last_at,
        ARG_MIN(u.purpose, u.used_at) AS why
    FROM words AS w
    INNER JOIN uses AS u
        ON
            w.person_key = u.person_key
            AND LIST_CONTAINS($purposes, u.purpose)
            AND u.used_at > w.from_ts
            AND COALESCE(u.used_at < w.to_ts, TRUE)
            AND COALESCE(w.purpose = u.purpose OR LIST_CONTAINS($everything, w.purpose), TRUE)
    ASOF LEFT JOIN agreed AS a
        ON u.person_key = a.person_key AND u.purpose = a.purpose AND u.used_at >= a.ts
    WHERE COALESCE(a.ts <= w.from_ts, TRUE)
    GROUP BY w.key
),

judged AS (
    SELECT
        w.key,
        COALESCE(b.used_at, w.from_ts) AS used_at,
        CASE
            WHEN w.from_ts IS NULL THEN 'no_time'
            WHEN w.person_key IS NULL THEN 'no_person'
            WHEN b.last_at <= w.from_ts + TO_HOURS($late_hours) THEN 'under_way'
            ELSE b.why
        END AS why
    FROM words AS w
    LEFT JOIN broken AS b ON w.key = b.key
)

SELECT
    key,
    used_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('no_time', 'no_person') THEN 'undecidable'
        WHEN why = 'under_way' THEN 'warn'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
