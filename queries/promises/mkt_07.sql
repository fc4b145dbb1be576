/*
id: MKT-07
version: 2
section: "2"
title: Partners send marketing only if registered and agreed to
checks: >-
  A marketing message that another organisation than the company itself sent comes from one that
  the register of recipients lists, and its recipient had agreed to marketing by third parties at
  that moment.
unit: marketing sends
breach: came from a partner without register entry or consent
severity: critical
kind: L
needs:
  marketing_sends: [send_id, person_key, purpose, sent_at, sender_org]
  processors: [name]
uses: [consents]
parameters:
  legal_form: '(,? (inc|ltd|limited|llc|plc|corp|corporation|gmbh|ag|sa|sas|sarl|srl|bv|b\.v|ab|oy|aps|as)\.?)*'
  own_names: {from: settings.company}
standards:
  - GDPR 6(1)(a), 7, 13(1)(e); 28 for processors
  - ISO/IEC 27701:2025 A.1.5.5
law: >-
  A consent to the company's own marketing does not extend to that of others, unless they were
  named when it was given.
limits: >-
  Who sent a message is what the log of sends says; the company's own name is the one in
  vitrail.toml.
reasons:
  not_registered: sent by an organisation that is in no register
  no_consent: sent by a partner to somebody who had not agreed to third parties
  no_sender: without a sender's name
  no_time: without a time of sending
  no_person: sent by a partner to somebody who cannot be tied to the consent log
  nothing: No marketing send was exported.
*/
WITH sends AS (
    SELECT
        m.send_id,
        m.person_key,
        m.sent_at,
        LOWER(TRIM(m.sender_org)) AS sender,
        -- its own name, with or without a legal form: a partner's may begin like it
        STARTS_WITH(LOWER(TRIM(m.sender_org)), LOWER($own_names))
        AND REGEXP_FULL_MATCH(
            SUBSTR(LOWER(TRIM(m.sender_org)), LENGTH($own_names) + 1), $legal_form
        ) AS is_own
    FROM marketing_sends AS m
    WHERE m.purpose = 'marketing'
),

register AS (SELECT DISTINCT LOWER(TRIM(p.name)) AS name FROM processors AS p),

entries AS (
    SELECT c.person_key, c.ts, BOOL_AND(c.status = 'granted') AS agreed
    FROM consents AS c
    WHERE c.purpose = 'third_party_marketing' AND c.ts IS NOT NULL
    GROUP BY c.person_key, c.ts
),

judged AS (
    SELECT
        s.send_id,
        s.sent_at,
        CASE
            WHEN s.sent_at IS NULL THEN 'no_time'
            WHEN s.sender IS NULL THEN 'no_sender'
            WHEN s.is_own THEN NULL
            WHEN r.name IS NULL THEN 'not_registered'
            WHEN s.person_key IS NULL THEN 'no_person'
            WHEN NOT COALESCE(e.agreed, FALSE) THEN 'no_consent'
        END AS why
    FROM sends AS s
    LEFT JOIN register AS r ON s.sender = r.name
    ASOF LEFT JOIN entries AS e ON s.person_key = e.person_key AND s.sent_at >= e.ts
)

SELECT
    send_id AS key,
    sent_at AS "at",
    CASE WHEN why IN ('not_registered', 'no_consent') THEN 'fail' ELSE 'undecidable' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS NOT NULL
UNION ALL
SELECT NULL, sent_at, 'ok', NULL, NULL, 1
FROM judged
WHERE why IS NULL
