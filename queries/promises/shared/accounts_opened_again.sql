-- who holds an account that is open: what is held of somebody whose account ended before, and done
-- with it since, may be of this one. ``reopened`` under the same key, ``anew`` also under another
-- key with the same address
open_accounts AS (
    SELECT a.person_key, a.subject_key, a.created_at
    FROM accounts AS a
    WHERE
        a.created_at IS NOT NULL
        AND COALESCE(a.status, 'active') NOT IN ('closed', 'deleted', 'anonymised')
),

reopened AS (
    SELECT o.person_key, MAX(o.created_at) AS created_at
    FROM open_accounts AS o
    GROUP BY o.person_key
),

anew AS (
    SELECT b.person_key, MAX(b.created_at) AS created_at
    FROM (
        SELECT o.person_key, o.created_at
        FROM open_accounts AS o
        UNION ALL
        SELECT e.person_key, o.created_at
        FROM open_accounts AS o
        INNER JOIN accounts AS e
            ON o.subject_key = e.subject_key AND o.person_key <> e.person_key
    ) AS b
    GROUP BY b.person_key
),
