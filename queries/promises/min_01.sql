/*
id: MIN-01
version: 4
section: "7"
title: Nobody under age without a guardian's authorisation
checks: >-
  Whoever's stated birth date, or year, makes them certainly under {minor_age} on a day when their
  data was processed (when the account was opened, last used, and on the day of this check) has a
  guardian's authorisation in force on that day. A date of which nobody said whether day or month
  leads is read both ways, a year as all its days; only where every reading is under age is it
  certain. An account that stands in several rows or exports is one, with all their readings, open
  from its first row to its last.
unit: people with a stated birth date
breach: are under age without an authorisation
breach_of_one: is under age without an authorisation
severity: critical
kind: P
needs:
  profiles: [account_id]
  accounts: [account_id, created_at]
  guardian_authorisations: [account_id, granted_at]
uses: [birth_readings, scan_minors]
parameters:
  minor_age: {from: params.minor_age}
standards:
  - GDPR 5(1)(a); 8 where consent is the ground
  - ISO/IEC 27701:2025 A.1.2.4
  - DPV Child
law: >-
  Below 15 France asks for the joint consent of the child and a parent (Loi Informatique et
  Libertés, Article 45). From 15 to 17 what stands is this promise and the capacity to contract.
limits: >-
  Only stated birth dates are judged here; what people write of their age, and what identifiers
  tell of it, is counted beside them and decided case by case. Whether a date was
  stated truthfully cannot be known. Nobody should be asked for a birth date because of this
  control.
reasons:
  minor: certainly under {minor_age} and without an authorisation
  was_minor: under {minor_age} when they joined or were last seen, adult now
  authorised_late: under {minor_age} and authorised now, but not when they joined or were last seen
  possible: under {minor_age} by one reading of the date only
  implausible: with a birth date after the account's opening or before 1900
  no_time: without a date on which the account was opened
  said_elsewhere: cells of the last scan say in another way that somebody is certainly or likely under age
  authorised: people under age have a guardian's authorisation
  nothing: No exported profile states a birth date or year.
*/
WITH spans AS (
    SELECT
        p.account_id,
        MIN(COALESCE(p.declared_birth_date, r.early, MAKE_DATE(p.declared_birth_year, 1, 1)))
            AS earliest,
        MAX(COALESCE(p.declared_birth_date, r.late, MAKE_DATE(p.declared_birth_year, 12, 31)))
            AS latest
    FROM profiles AS p
    LEFT JOIN birth_readings AS r
        ON
            p._dataset = r.dataset
            AND p._table IS NOT DISTINCT FROM r."table"
            AND p._row = r."row"
    WHERE COALESCE(p.declared_birth_date, r.early, MAKE_DATE(p.declared_birth_year, 1, 1))
        IS NOT NULL
    -- a profile without an id is its own
    GROUP BY p.account_id, CASE WHEN p.account_id IS NULL THEN (p._dataset, p._table, p._row) END
),

lives AS (
    SELECT
        a.account_id,
        MIN(a.created_at) AS created_at,
        MAX(a.last_activity_at) AS last_activity_at,
        CASE WHEN BOOL_AND(a.deleted_at IS NOT NULL) THEN MAX(a.deleted_at) END AS deleted_at
    FROM accounts AS a
    GROUP BY a.account_id
),

-- the days on which someone is certainly, or possibly, still under age end here
people AS (
    SELECT
        s.account_id,
        s.earliest,
        s.latest,
        (s.earliest + TO_YEARS($minor_age))::DATE AS certain_until,
        -- born on 29 February: of age on the 28th or on 1 March, as the country has it
        (s.latest - 1 + TO_YEARS($minor_age))::DATE + 1 AS possible_until,
        a.created_at::DATE AS joined,
        LEAST($asof, COALESCE(a.deleted_at::DATE, $asof)) AS today,
        LEAST(a.last_activity_at::DATE, $asof) AS seen
    FROM spans AS s
    LEFT JOIN lives AS a ON s.account_id = a.account_id
),

moments AS (
    SELECT
        p.account_id,
        m.moment,
        m.moment < p.certain_until AS is_certain,
        EXISTS (
            SELECT 1
            FROM guardian_authorisations AS g
            WHERE
                g.account_id = p.account_id
                AND g.granted_at::DATE <= m.moment
                AND COALESCE(g.withdrawn_at::DATE > m.moment, TRUE)
                AND COALESCE(g.valid_until::DATE >= m.moment, TRUE)
        ) AS is_authorised,
        m.moment = p.today AS is_today
    FROM people AS p
    CROSS JOIN UNNEST([p.joined, p.seen, p.today]) AS m (moment)
    WHERE m.moment >= p.joined AND m.moment < p.possible_until
),

states AS (
    SELECT
        account_id,
        MIN(moment) FILTER (WHERE is_certain AND NOT is_authorised AND is_today) AS minor_at,
        MIN(moment) FILTER (WHERE is_certain AND NOT is_authorised) AS was_at,
        MIN(moment) FILTER (WHERE NOT is_authorised) AS possible_at,
        BOOL_OR(is_certain AND is_authorised) AS authorised
    FROM moments
    GROUP BY account_id
),

judged AS (
    SELECT
        p.account_id,
        CASE
            WHEN p.joined IS NULL THEN 'no_time'
            WHEN p.latest > p.joined OR p.earliest < DATE '1900-01-01' THEN 'implausible'
            WHEN s.minor_at IS NOT NULL THEN 'minor'
            WHEN s.was_at IS NOT NULL AND p.certain_until > p.today THEN 'authorised_late'
            WHEN s.was_at IS NOT NULL THEN 'was_minor'
            WHEN s.possible_at IS NOT NULL THEN 'possible'
            WHEN s.authorised THEN 'authorised'
        END AS why,
        COALESCE(s.was_at, s.possible_at, p.joined) AS since
    FROM people AS p
    LEFT JOIN states AS s ON p.account_id = s.account_id
)

SELECT
    account_id AS key,
    since::TIMESTAMPTZ AS "at",
    CASE
        WHEN why = 'minor' THEN 'fail'
        WHEN why IN ('was_minor', 'authorised_late', 'possible') THEN 'warn'
        WHEN why IN ('no_time', 'implausible') THEN 'undecidable'
        ELSE 'ok'
    END AS level,
    CASE WHEN why <> 'authorised' THEN why END AS why,
    NULL AS shape,
    1 AS cases
FROM judged
UNION ALL
SELECT NULL, NULL, 'note', why, NULL, COUNT(*)
FROM judged
WHERE why = 'authorised'
GROUP BY why
UNION ALL
SELECT NULL, NULL, 'note', 'said_elsewhere', NULL, COUNT(*)
FROM (
    SELECT DISTINCT s.dataset, s."table", s."column", s."row"
    FROM scan_minors AS s
    WHERE s.signal NOT IN ('birth_date', 'birth_year') AND s.level IN ('certain', 'likely')
) AS told
HAVING COUNT(*) > 0
