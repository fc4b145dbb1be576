/*
id: LEG-01
version: 1
section: 2, 3
title: Authorities get what they asked for, on paper
checks: >-
  Each disclosure to a court or authority names the authority, its reference, the legal basis, the
  scope, who approved it and the day; and its scope is no wider than the request.
unit: disclosures to authorities
breach: lacked a particular or went beyond the request
severity: high
kind: L
needs:
  disclosures: [disclosure_id, kind, authority, reference, legal_basis, scope, approver, disclosed_at]
parameters:
  negotiations: [m&a, merger, due_diligence, negotiation]
standards:
  - GDPR 6(1)(c), 30
  - ISO/IEC 27701:2025 A.1.5.5
  - NIST PF 1.0 CM.AW-P4
law: >-
  A legal obligation justifies what it demands and no more (GDPR 6(1)(c)).
limits: >-
  The log of disclosures is kept by hand; a disclosure that nobody wrote down cannot be seen here.
reasons:
  particular_missing: without authority, reference, legal basis, scope or approver
  wider: wider than what was asked for
  no_time: without a date
  nothing: No disclosure to an authority was recorded.
*/
WITH judged AS (
    SELECT
        d.disclosure_id,
        d.disclosed_at,
        CASE
            WHEN
                LIST_CONTAINS(
                    [
                        COALESCE(TRIM(d.authority), ''),
                        COALESCE(TRIM(d.reference), ''),
                        COALESCE(TRIM(d.legal_basis), ''),
                        COALESCE(TRIM(d.scope), ''),
                        COALESCE(TRIM(d.approver), '')
                    ],
                    ''
                )
                THEN 'particular_missing'
            WHEN
                NOT LIST_HAS_ALL(
                    STRING_SPLIT(LOWER(COALESCE(d.scope_requested, d.scope)), ';'),
                    STRING_SPLIT(LOWER(d.scope), ';')
                )
                THEN 'wider'
            WHEN d.disclosed_at IS NULL THEN 'no_time'
        END AS why
    FROM disclosures AS d
    WHERE NOT COALESCE(LIST_CONTAINS($negotiations, LOWER(d.kind)), FALSE)
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
