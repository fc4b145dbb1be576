/*
id: CNS-01
version: 2
section: 8, 10
title: A withdrawn consent is used no more
checks: >-
  After somebody withdrew a consent, and until they gave it anew, nothing was done for that
  purpose: no marketing more than {late_hours} hours later, no marketing by third parties, no
  request for feedback, no testimonial still published.
unit: withdrawals of consent
breach: were followed by a use
breach_of_one: was followed by a use
severity: critical
kind: P
needs:
  consents: [consent_id, person_key, purpose, status, ts]
uses: [marketing_sends, feedback_requests, testimonials]
parameters:
  legal_form: '(,? (inc|ltd|limited|llc|plc|corp|corporation|gmbh|ag|sa|sas|sarl|srl|bv|b\.v|ab|oy|aps|as)\.?)*'
  own_name: {from: settings.company}
  late_hours: 48
standards:
  - GDPR 7(3)
  - ISO/IEC 27701:2025 A.1.3.5
  - NIST PF 1.0 CT.PO-P1
law: >-
  Withdrawing is as easy as giving, and works at once (GDPR 7(3)); what was done before it stays
  lawful.
limits: >-
  Cookies are other controls' subject. A use that is not exported is not seen.
reasons:
  marketing: followed by marketing
  third_party_marketing: followed by marketing of a third party
  feedback: followed by a request for feedback
  testimonial: followed by a testimonial still published
  no_time: without a time
  no_person: of somebody who cannot be tied to any use
  nothing: No withdrawal of a consent was exported.
*/
WITH entries AS (
    SELECT c.consent_id, c.person_key, c.purpose, c.status, c.ts
    FROM consents AS c
    WHERE c.purpose IN ('marketing', 'third_party_marketing', 'feedback', 'testimonial')
),

renewals AS (
    SELECT e.person_key, e.purpose, e.ts
    FROM entries AS e
    WHERE e.status = 'granted' AND e.ts IS NOT NULL
),

-- each withdrawal holds until the next yes for that purpose
withdrawals AS (
    SELECT
        e.consent_id,
        e.person_key,
        e.purpose,
        e.ts,
        e.ts + TO_HOURS($late_hours) AS from_ts,
        COALESCE(n.ts, 'infinity'::TIMESTAMPTZ) AS until_ts
    FROM entries AS e
    ASOF LEFT JOIN renewals AS n
        ON e.person_key = n.person_key AND e.purpose = n.purpose AND e.ts < n.ts
    WHERE e.status = 'withdrawn'
),

uses AS (
    SELECT
        m.person_key,
        CASE
            WHEN m.sender_org IS NULL THEN 'marketing'
            WHEN
                STARTS_WITH(LOWER(TRIM(m.sender_org)), LOWER($own_name))
                AND REGEXP_FULL_MATCH(
                    SUBSTR(LOWER(TRIM(m.sender_org)), LENGTH($own_name) + 1), $legal_form
                )
                THEN 'marketing'
            ELSE 'third_party_marketing'
        END AS purpose,
        m.sent_at AS first_at,
        m.sent_at AS last_at
    FROM marketing_sends AS m
    WHERE m.purpose = 'marketing'
    UNION ALL
    SELECT f.person_key, 'feedback', f.sent_at, f.sent_at
    FROM feedback_requests AS f
    UNION ALL
    SELECT
        t.person_key,
        'testimonial',
        t.published_from,
        COALESCE(LEAST(t.published_until, t.removed_at), ($asof::DATE + 1)::TIMESTAMPTZ)
    FROM testimonials AS t
),

used AS (
    SELECT w.consent_id, MIN(GREATEST(u.first_at, w.ts)) AS used_at
    FROM withdrawals AS w
    INNER JOIN uses AS u
        ON
            w.person_key = u.person_key
            AND w.purpose = u.purpose
            AND u.last_at > w.from_ts
            AND u.first_at < w.until_ts
    GROUP BY w.consent_id
),

judged AS (
    SELECT
        w.consent_id,
        COALESCE(u.used_at, w.ts) AS used_at,
        CASE
            WHEN w.ts IS NULL THEN 'no_time'
            WHEN w.person_key IS NULL THEN 'no_person'
            WHEN u.consent_id IS NOT NULL THEN w.purpose
        END AS why
    FROM withdrawals AS w
    LEFT JOIN used AS u ON w.consent_id = u.consent_id
)

SELECT
    consent_id AS key,
    used_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('no_time', 'no_person') THEN 'undecidable'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
