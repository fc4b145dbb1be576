/*
id: DSR-07
version: 2
section: "10"
title: A request by chat or e-mail is taken up
checks: >-
  Each message to support in which somebody uses a right (to see, correct, delete or take along
  their data) stands in the register of requests within {late_hours} hours. A message that support
  itself filed so counts; one whose words alone read like it awaits review.
unit: messages in which somebody uses a right
breach: were not taken up as a request
breach_of_one: was not taken up as a request
severity: high
kind: P
needs:
  support_messages: [message_id, person_key, author, created_at, text]
  dsar_requests: [person_key, received_at]
parameters:
  late_hours: 72
  topics: [gdpr, rgpd, dsgvo, dsar, privacy, data_request, right_of_access, erasure, deletion]
  words: "(delete|erase|remove) (all )?my (personal )?(data|account)|copy of my (personal )?data|all (the )?data you (hold|have)|right (of access|to be forgotten|to erasure)|gdpr|rgpd|dsgvo|(supprimer|effacer) mes donn[ée]es|acc[èe]s [àa] mes donn[ée]es|meine daten (l[öo]schen|herausgeben)|(borrar|eliminar) mis datos"
standards:
  - GDPR 12(2)
  - ISO/IEC 27701:2025 A.1.3.10
law: >-
  A request needs no form; whichever door the company opens to its users is a valid one (GDPR
  12(2), 15 to 22).
limits: >-
  Words are looked for in four languages; the {late_hours} hours are our assumption.
reasons:
  not_taken_up: filed by support as such a request, without an entry in the register
  reads_like_one: read like a request, are in no register and await review
  no_person: from a writer that nobody can be tied to
  no_time: without a time of writing
  nothing: No message in which somebody uses a right was exported.
*/
WITH
-- shared: messages_asking

-- a request that stood there shortly before is the one that the message is about
register AS (
    SELECT d.person_key, d.received_at
    FROM dsar_requests AS d
    WHERE d.received_at IS NOT NULL
),

judged AS (
    SELECT
        a.message_id,
        a.created_at,
        CASE
            WHEN a.created_at IS NULL THEN 'no_time'
            WHEN a.person_key IS NULL THEN 'no_person'
            WHEN r.received_at <= a.created_at + TO_HOURS($late_hours) THEN NULL
            WHEN a.created_at + TO_HOURS($late_hours) >= $asof
                THEN 'not_due'
            WHEN a.is_filed THEN 'not_taken_up'
            ELSE 'reads_like_one'
        END AS why
    FROM asked AS a
    ASOF LEFT JOIN register AS r
        ON a.person_key = r.person_key AND a.created_at - INTERVAL 31 DAY <= r.received_at
)

SELECT
    message_id AS key,
    created_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why = 'not_taken_up' THEN 'fail'
        WHEN why = 'reads_like_one' THEN 'warn'
        ELSE 'undecidable'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS DISTINCT FROM 'not_due'
