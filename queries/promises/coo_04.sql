/*
id: COO-04
version: 1
section: 5, 8
title: Each cookie is declared and does not outlive its use
checks: >-
  Each cookie that was found on the site has a declared category. One that lives longer than
  {cookie_days} days, about thirteen months, is a warning: that limit binds only measurement that
  is exempt from consent.
unit: cookies of the site
breach: are not declared
breach_of_one: is not declared
severity: medium
kind: R
needs:
  cookie_inventory: [name, domain, category, lifetime_days]
parameters:
  cookie_days: 396
standards:
  - GDPR 13
  - ePrivacy 5(3)
law: >-
  Consent is informed only where each purpose was told (ePrivacy 5(3) with GDPR 4(11)).
limits: >-
  An inventory holds what the crawler met; a cookie that is set behind a log-in or another day is
  not in it.
reasons:
  undeclared: are not declared
  long_lived: live longer than about thirteen months
  nothing: No cookie was found.
*/
WITH judged AS (
    SELECT
        c.name || '|' || COALESCE(c.domain, '') AS key,
        CASE
            WHEN
                LOWER(COALESCE(TRIM(c.category), '')) IN ('', 'unknown', 'unclassified')
                THEN 'undeclared'
            WHEN c.lifetime_days > $cookie_days THEN 'long_lived'
        END AS why
    FROM cookie_inventory AS c
)

SELECT
    key,
    NULL::TIMESTAMPTZ AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'long_lived' THEN 'warn' ELSE 'fail' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
