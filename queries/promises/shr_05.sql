/*
id: SHR-05
version: 1
section: "3"
title: Business negotiations show no more than they must
checks: >-
  Each disclosure to a buyer or partner in negotiations names the agreement of secrecy it was made
  under, and its scope is no wider than what was asked for, nor all there is.
unit: disclosures in business negotiations
breach: had no agreement of secrecy or a scope wider than needed
severity: high
kind: L
needs:
  disclosures: [disclosure_id, kind, reference, scope, disclosed_at]
parameters:
  negotiations: [m&a, merger, due_diligence, negotiation]
standards:
  - GDPR 5(1)(c), 6(1)(f)
  - ISO/IEC 27701:2025 A.1.5.5
law: >-
  Interests in a sale of the business must outweigh those of the persons concerned, which asks for
  as little data as will do (GDPR 6(1)(f)).
limits: >-
  The log of disclosures is kept by hand. Whether an agreement binds is not in the data.
reasons:
  no_agreement: without an agreement of secrecy
  not_minimised: with a scope of everything, or wider than what was asked for
  no_time: without a date
  nothing: No disclosure in business negotiations was recorded.
*/
WITH judged AS (
    SELECT
        d.disclosure_id,
        d.disclosed_at,
        CASE
            WHEN d.disclosed_at IS NULL THEN 'no_time'
            WHEN COALESCE(TRIM(d.reference), '') = '' THEN 'no_agreement'
            WHEN
                LIST_HAS_ANY(STRING_SPLIT(LOWER(d.scope), ';'), ['all', 'everything'])
                OR NOT LIST_HAS_ALL(
                    STRING_SPLIT(LOWER(COALESCE(d.scope_requested, d.scope)), ';'),
                    STRING_SPLIT(LOWER(d.scope), ';')
                )
                THEN 'not_minimised'
        END AS why
    FROM disclosures AS d
    WHERE LIST_CONTAINS($negotiations, LOWER(d.kind))
)

SELECT
    disclosure_id AS key,
    disclosed_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_time' THEN 'undecidable' ELSE 'fail' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
