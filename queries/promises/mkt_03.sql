/*
id: MKT-03
version: 2
section: 2, 8
title: Who writes to be left alone is left alone
checks: >-
  Whoever asks support, by chat or e-mail, to be taken off marketing is so within {react_days}
  days: an unsubscribe or a withdrawal is recorded for them, or their last word was no already. A
  message that support itself filed as such a request counts; one whose words alone read like it
  awaits review. Messages not yet due are not counted.
unit: messages that ask for an end to marketing
breach: were not acted upon in time
breach_of_one: was not acted upon in time
severity: high
kind: P
needs:
  support_messages: [message_id, person_key, author, created_at, text]
  consents: [person_key, purpose, status, ts]
uses: [unsubscribe_events]
parameters:
  react_days: 3
  topics: [unsubscribe, opt_out, optout, stop_marketing, "désinscription", abmeldung, baja]
  words: "unsubscribe me|stop (sending|e-?mailing) me|no more (newsletters?|marketing)|take me off (your|the) (mailing )?list|d[ée]sinscri(re|vez)|ne (veux|souhaite) plus recevoir|keine (werbung|newsletter)|newsletter abbestellen|darme de baja|no quiero recibir m[aá]s"
standards:
  - GDPR 21(2), 12(2)
  - ISO/IEC 27701:2025 A.1.3.10
  - NIST PF 1.0 CM.AW-P8
law: >-
  An objection to direct marketing needs no form and no reason (GDPR 21(2)); writing is enough.
limits: >-
  Words are looked for in four languages; a wish said otherwise is not seen. The {react_days} days
  are our assumption, for the policy names none.
reasons:
  not_acted: filed by support as such a request and not acted upon
  reads_like_one: read like such a request, are not acted upon and await review
  no_person: from a writer that nobody can be tied to
  no_time: without a time of writing
  nothing: No message that asks for an end to marketing was exported.
*/
WITH
-- shared: messages_asking

stops AS (
    SELECT u.person_key, u.ts
    FROM unsubscribe_events AS u
    WHERE u.ts IS NOT NULL
    UNION ALL
    SELECT c.person_key, c.ts
    FROM consents AS c
    WHERE c.purpose = 'marketing' AND c.status <> 'granted' AND c.ts IS NOT NULL
),

words AS (
    SELECT s.person_key, s.ts, FALSE AS agreed
    FROM stops AS s
    UNION ALL
    SELECT c.person_key, c.ts, TRUE
    FROM consents AS c
    WHERE c.purpose = 'marketing' AND c.status = 'granted' AND c.ts IS NOT NULL
),

-- two entries of one second: the one that stops wins
last_words AS (
    SELECT w.person_key, w.ts, BOOL_AND(w.agreed) AS agreed
    FROM words AS w
    GROUP BY w.person_key, w.ts
),

judged AS (
    SELECT
        a.message_id,
        a.created_at,
        CASE
            WHEN a.created_at IS NULL THEN 'no_time'
            WHEN a.person_key IS NULL THEN 'no_person'
            WHEN s.ts <= a.created_at + TO_DAYS($react_days) OR NOT w.agreed THEN 'acted'
            WHEN a.created_at + TO_DAYS($react_days) >= $asof THEN 'not_due'
            WHEN a.is_filed THEN 'not_acted'
            ELSE 'reads_like_one'
        END AS why
    FROM asked AS a
    ASOF LEFT JOIN stops AS s ON a.person_key = s.person_key AND a.created_at <= s.ts
    ASOF LEFT JOIN last_words AS w ON a.person_key = w.person_key AND a.created_at >= w.ts
)

SELECT
    message_id AS key,
    created_at AS "at",
    CASE why
        WHEN 'acted' THEN 'ok'
        WHEN 'not_acted' THEN 'fail'
        WHEN 'reads_like_one' THEN 'warn'
        ELSE 'undecidable'
    END AS level,
    CASE WHEN why <> 'acted' THEN why END AS why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why <> 'not_due'
