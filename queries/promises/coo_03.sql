/*
id: COO-03
version: 1
section: 5, 8
title: Each choice on the banner can be proven
checks: >-
  Each logged choice has its moment, the banner's version and what was chosen, and no whole IP
  address beside it. A choice that is taken to hold for more than {reask_months} months is a warning.
unit: logged choices
breach: lack what proves them, or keep a whole IP address
breach_of_one: lacks what proves it, or keeps a whole IP address
severity: medium
kind: P
needs:
  cookie_consents: [consent_id, ts, banner_version, categories]
parameters:
  reask_months: 6
standards:
  - GDPR 5(1)(c), 7(1)
law: >-
  Who relies on consent must be able to show it (GDPR 7(1)). The French authority recommends to
  ask again after about six months.
limits: >-
  That the banner looked as its version says, and how easy refusing was, is not in the data.
reasons:
  no_proof: without the banner's version or what was chosen
  whole_address: with a whole IP address
  long_held: taken to hold for longer than is recommended
  no_time: without a time
  nothing: No choice was logged.
*/
WITH judged AS (
    SELECT
        c.consent_id,
        c._row,
        c.ts,
        CASE
            WHEN
                COALESCE(TRIM(c.banner_version), '') = '' OR c.categories IS NULL
                THEN 'no_proof'
            WHEN
                REGEXP_FULL_MATCH(c.ip, '\d{1,3}\.\d{1,3}\.\d{1,3}\.(\d?[1-9]|\d{2,3})')
                OR REGEXP_FULL_MATCH(LOWER(c.ip), '([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}')
                THEN 'whole_address'
            WHEN c.ts IS NULL THEN 'no_time'
            WHEN c.expires_at::DATE > (c.ts + TO_MONTHS($reask_months))::DATE THEN 'long_held'
        END AS why
    FROM cookie_consents AS c
)

SELECT
    COALESCE(consent_id, _row::VARCHAR) AS key,
    ts AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why = 'long_held' THEN 'warn'
        WHEN why = 'no_time' THEN 'undecidable'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
