/*
id: MKT-01
version: 3
section: "2"
title: Marketing only with consent or a recorded preference
checks: >-
  At the moment of each marketing send the last entry of the consent log for that person and
  channel says granted and has not run out. A send to an existing customer needs no consent where
  the sender names that ground, an order came before it, the message offers a way out, and nobody
  refused or withdrew. Accounts that share an address are one reader: what was said last for the
  address holds, whichever of them said it.
unit: marketing sends
breach: went to someone who had not agreed
severity: critical
kind: P
needs:
  marketing_sends: [send_id, person_key, purpose, sent_at]
  consents: [person_key, purpose, status, ts]
uses: [accounts, orders]
standards:
  - GDPR 6(1)(a), 7(1)
  - ePrivacy Directive 13; CPCE L34-5
  - ISO/IEC 27701:2025 A.1.2.5
  - NIST PF 1.0 CT.PO-P1
law: >-
  An order alone does not allow marketing: the services must be similar and a way out must have
  been offered when the address was collected (CPCE L34-5). To professional addresses France
  accepts a way out instead of consent where the message concerns the recipient's job.
limits: >-
  Whether services are similar, whether the way out was offered at collection, and whether a
  message concerns the job cannot be read from exports.
reasons:
  never_agreed: sent without any entry in the consent log
  not_in_force: sent while the last entry said refused, withdrawn or expired
  no_order: sent to an "existing customer" who had not ordered
  no_way_out: sent to an existing customer without a link to unsubscribe
  professional: sent to a professional address without consent
  log_starts_later: to people whose account is older than the consent log
  no_person: without a recipient that can be tied to the consent log
  no_time: without a time of sending
  unknown_purpose: without a stated purpose or consent
  soft_opt_in: marketing sends rest on the exception for existing customers
  nothing: No marketing send was exported.
*/
WITH
-- shared: readers_of_an_address

sends AS (
    SELECT
        m.send_id,
        COALESCE(r.reader, m.person_key) AS person_key,
        m.sent_at,
        m.basis,
        m.has_unsub_link,
        COALESCE(m.purpose, 'unknown') AS purpose,
        COALESCE(LOWER(m.channel), 'email') AS channel
    FROM marketing_sends AS m
    LEFT JOIN readers AS r ON m.person_key = r.person_key
    WHERE COALESCE(m.purpose, 'unknown') IN ('marketing', 'unknown')
),

-- shared: entries_of_consent

log AS (SELECT MIN(ts) AS began FROM consents),

people AS (
    SELECT COALESCE(r.reader, a.person_key) AS person_key, MIN(a.created_at) AS created_at
    FROM accounts AS a
    LEFT JOIN readers AS r ON a.person_key = r.person_key
    GROUP BY ALL
),

buyers AS (
    SELECT COALESCE(r.reader, o.person_key) AS person_key, MIN(o.created_at) AS first_order
    FROM orders AS o
    LEFT JOIN readers AS r ON o.person_key = r.person_key
    GROUP BY ALL
),

joined AS (
    SELECT
        s.send_id,
        s.person_key,
        s.sent_at,
        s.basis,
        s.purpose,
        s.has_unsub_link,
        e.status,
        COALESCE(e.status = 'granted' AND e.valid_until < s.sent_at, FALSE) AS ran_out,
        COALESCE(p.created_at < l.began, FALSE) OR s.sent_at < l.began AS before_log,
        COALESCE(b.first_order <= s.sent_at, FALSE) AS ordered
    FROM sends AS s
    CROSS JOIN log AS l
    ASOF LEFT JOIN entries AS e
        ON s.person_key = e.person_key AND s.channel = e.channel AND s.sent_at >= e.ts
    LEFT JOIN people AS p ON s.person_key = p.person_key
    LEFT JOIN buyers AS b ON s.person_key = b.person_key
),

judged AS (
    SELECT
        send_id,
        sent_at,
        purpose,
        CASE
            WHEN person_key IS NULL THEN 'no_person'
            WHEN sent_at IS NULL THEN 'no_time'
            WHEN status = 'granted' AND NOT ran_out THEN NULL
            WHEN purpose = 'unknown' THEN 'unknown_purpose'
            WHEN status IS NOT NULL THEN 'not_in_force'
            WHEN basis = 'existing_customer' AND NOT ordered THEN 'no_order'
            WHEN basis = 'existing_customer' AND has_unsub_link IS DISTINCT FROM TRUE
                THEN 'no_way_out'
            WHEN basis = 'existing_customer' THEN 'soft_opt_in'
            WHEN basis = 'professional' THEN 'professional'
            WHEN before_log THEN 'log_starts_later'
            ELSE 'never_agreed'
        END AS why
    FROM joined
)

SELECT
    send_id AS key,
    sent_at AS "at",
    CASE
        WHEN why IN ('never_agreed', 'not_in_force', 'no_order') THEN 'fail'
        WHEN why IN ('no_way_out', 'professional') THEN 'warn'
        ELSE 'undecidable'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS DISTINCT FROM 'soft_opt_in' AND why IS NOT NULL
UNION ALL
SELECT NULL, sent_at, 'ok', NULL, NULL, 1
FROM judged
WHERE COALESCE(why, 'soft_opt_in') = 'soft_opt_in' AND purpose = 'marketing'
UNION ALL
SELECT NULL, NULL, 'note', why, NULL, COUNT(*)
FROM judged
WHERE why = 'soft_opt_in'
GROUP BY why
