/*
id: SHR-01
version: 2
section: 3, 4
title: Data goes only to registered and named recipients
checks: >-
  Each recorded share went to a recipient that the register lists as active on that day. A
  recipient that is registered but that the policy does not name is a warning: the policy covers
  it by a category alone.
unit: recorded shares
breach: went to a recipient that was not in the register then
severity: critical
kind: L
needs:
  processor_shares: [share_id, processor_id, shared_at]
  processors: [processor_id, name, active_from]
uses: [policy_recipients]
parameters:
  legal_form: '(,? (inc|ltd|limited|llc|plc|corp|corporation|gmbh|ag|sa|sas|sarl|srl|bv|b\.v|ab|oy|aps|as)\.?)+'
standards:
  - GDPR 13(1)(e), 30; 28 for processors
  - ISO/IEC 27701:2025 A.1.5.5
  - NIST PF 1.0 CM.AW-P6
law: >-
  GDPR 13(1)(e) lets a notice tell recipients by category, so an unnamed recipient is no breach of
  the law by itself; it is a gap between what the policy's words say and what is done.
limits: >-
  The log of shares and the register are kept by hand; a share that nobody wrote down cannot be
  seen here.
reasons:
  not_registered: went to a recipient that is in no register
  not_active: went to a registered recipient outside its dates
  category_only: went to a registered recipient that the policy covers by category alone
  no_time: without a date
  no_recipient: without a recipient
  no_start: to a registered recipient without a start date
  nothing: No share was recorded.
*/
WITH register AS (
    SELECT
        p.processor_id,
        p.active_from,
        p.active_to,
        EXISTS (
            SELECT 1
            FROM policy_recipients AS r
            WHERE
                LOWER(p.name) = r.name
                -- the same name with a legal form behind it; "Stripe Printing" is not Stripe
                OR (
                    STARTS_WITH(LOWER(p.name), r.name)
                    AND REGEXP_FULL_MATCH(SUBSTR(LOWER(p.name), LENGTH(r.name) + 1), $legal_form)
                )
        ) AS is_named
    FROM processors AS p
),

judged AS (
    SELECT
        s.share_id,
        ANY_VALUE(s.shared_at) AS shared_at,
        CASE
            WHEN ANY_VALUE(s.processor_id) IS NULL THEN 'no_recipient'
            WHEN ANY_VALUE(s.shared_at) IS NULL THEN 'no_time'
            WHEN COUNT(r.processor_id) = 0 THEN 'not_registered'
            WHEN
                COALESCE(
                    BOOL_OR(
                        r.active_from <= s.shared_at
                        AND COALESCE(s.shared_at <= r.active_to, TRUE)
                    ),
                    FALSE
                )
                THEN CASE WHEN NOT BOOL_OR(r.is_named) THEN 'category_only' END
            WHEN BOOL_OR(r.active_from IS NULL) THEN 'no_start'
            ELSE 'not_active'
        END AS why
    FROM processor_shares AS s
    LEFT JOIN register AS r ON s.processor_id = r.processor_id
    GROUP BY s.share_id, s._dataset, s._row
)

SELECT
    share_id AS key,
    shared_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why = 'category_only' THEN 'warn'
        WHEN why IN ('not_registered', 'not_active') THEN 'fail'
        ELSE 'undecidable'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
