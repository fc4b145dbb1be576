/*
id: RET-08
version: 2
section: "6"
title: Prospects do not stay for ever
checks: >-
  No contact on a mailing list without an account had its last contact more than {prospect_months}
  months ago. Opening an e-mail is no contact; a click, a message or an entry is.
unit: contacts without an account
breach: had their last contact longer ago
severity: low
kind: P
needs:
  marketing_contacts: [subject_key, person_key, last_contact_at]
uses: [accounts]
parameters:
  prospect_months: 36
standards:
  - GDPR 5(1)(e)
  - ISO/IEC 27701:2025 A.1.4.8
law: >-
  The French authority's reference framework on commercial management names three years from the
  last contact that came from the person.
limits: >-
  The policy is silent on prospects; the {prospect_months} months are not its promise, hence a
  warning only.
reasons:
  old: with their last contact more than {prospect_months} months ago
  no_time: without a date of last contact
  nothing: No contact without an account was exported.
*/
WITH judged AS (
    SELECT
        CONCAT_WS('|', m._dataset, m._table, m._row) AS key,
        m.last_contact_at,
        CASE
            WHEN m.last_contact_at IS NULL THEN 'no_time'
            WHEN m.last_contact_at < $asof - TO_MONTHS($prospect_months) THEN 'old'
        END AS why
    FROM marketing_contacts AS m
    ANTI JOIN accounts AS a ON m.person_key = a.person_key
)

SELECT
    key,
    last_contact_at AS "at",
    CASE why WHEN 'old' THEN 'warn' WHEN 'no_time' THEN 'undecidable' ELSE 'ok' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
