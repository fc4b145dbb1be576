/*
id: SHR-06
version: 1
section: 3, 4
title: Data leaves the EEA on a ground alone
checks: >-
  Each recorded share with a recipient outside the European Economic Area, in a country without an
  adequacy decision, names the ground of the transfer. The policy is silent on this; the law's own
  rule is tested.
unit: recorded shares
breach: left the EEA without a ground
severity: high
kind: L
needs:
  processor_shares: [share_id, processor_id, shared_at]
  processors: [processor_id, country, transfer_basis]
parameters:
  eea:
    [AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IS, IT, LI, LT, LU, LV, MT, NL, 'NO',
     PL, PT, RO, SE, SI, SK]
  adequate: [AD, AR, CA, CH, FO, GB, GG, IL, IM, JE, JP, KR, NZ, UY]
standards:
  - GDPR 13(1)(f), 44, 45, 46
  - ISO/IEC 27701:2025 A.1.5.2
law: >-
  Articles 44 to 46 GDPR ask for an adequacy decision, clauses or another safeguard. The United
  States count as adequate only for recipients in the Data Privacy Framework, so a ground is asked
  for.
limits: >-
  Whether a ground that is named holds is a question of law. The list of adequate countries is the
  control's parameter and changes with decisions of the Commission.
reasons:
  no_ground: left the EEA without a ground of transfer
  no_country: to a recipient without a country
  not_registered: to a recipient that is in no register
  nothing: No share was recorded.
*/
WITH judged AS (
    SELECT
        s.share_id,
        ANY_VALUE(s.shared_at) AS shared_at,
        CASE
            WHEN
                COUNT(p.processor_id) = 0 AND ANY_VALUE(s.country) IS NULL
                THEN 'not_registered'
            WHEN ANY_VALUE(COALESCE(s.country, p.country)) IS NULL THEN 'no_country'
            WHEN
                NOT BOOL_OR(
                    LIST_CONTAINS(
                        LIST_CONCAT($eea, $adequate), UPPER(COALESCE(s.country, p.country))
                    )
                )
                AND NOT BOOL_OR(
                    COALESCE(TRIM(COALESCE(s.transfer_basis, p.transfer_basis)), '') <> ''
                )
                THEN 'no_ground'
        END AS why
    FROM processor_shares AS s
    LEFT JOIN processors AS p ON s.processor_id = p.processor_id
    GROUP BY s.share_id, s._dataset, s._row
)

SELECT
    share_id AS key,
    shared_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_ground' THEN 'fail' ELSE 'undecidable' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
