/*
id: MIN-06
version: 2
section: "7"
title: A report of a minor becomes a case
checks: >-
  Each message to support that reports a minor has become a case within {sla_hours} hours: a
  finding that names its conversation, or is about its writer. A message that support itself filed
  as such a report counts; one whose words alone read like it awaits review.
unit: messages that report a minor
breach: did not become a case in time
severity: high
kind: P
needs:
  support_messages: [message_id, conversation_id, person_key, author, created_at, text]
  minor_findings: [person_key, asof]
parameters:
  sla_hours: {from: params.minor_sla_hours}
  topics: [minor_report, minor, underage, child_safety, mineur]
  words: "(my|our) (son|daughter|child|kid) (is|has|was) (only )?(under ?age|using|signed up|registered|[0-9]{1,2})|(is|seems|looks) under ?age|not (yet )?18 (and|but)|est mineure?|mon fils|ma fille|minderj[äa]hrig|es menor( de edad)?|mi hij[oa]"
standards:
  - GDPR 17
  - ISO/IEC 27701:2025 A.1.3.10
  - NIST PF 1.0 GV.MT-P7
law: >-
  A report makes the company aware; what it knows it must act upon.
limits: >-
  Words are looked for in four languages. A message that suggests danger goes to a human at once,
  whatever this control says.
reasons:
  no_case: filed by support as a report, without a case in time
  reads_like_one: read like a report, have no case and await review
  no_time: without a time of writing
  nothing: No message that reports a minor was exported.
*/
WITH
-- shared: messages_asking

named AS (
    SELECT f.conversation_id, MIN(f."asof") AS found_at
    FROM minor_findings AS f
    WHERE f.conversation_id IS NOT NULL
    GROUP BY f.conversation_id
),

cases AS (
    SELECT f.person_key, f."asof" AS found_at
    FROM minor_findings AS f
    WHERE f."asof" IS NOT NULL
),

judged AS (
    SELECT
        t.message_id,
        t.created_at,
        CASE
            WHEN t.created_at IS NULL THEN 'no_time'
            WHEN LEAST(n.found_at, c.found_at) <= t.created_at + TO_HOURS($sla_hours) THEN NULL
            WHEN t.created_at + TO_HOURS($sla_hours) >= $asof
                THEN 'not_due'
            WHEN t.is_filed THEN 'no_case'
            ELSE 'reads_like_one'
        END AS why
    FROM asked AS t
    LEFT JOIN named AS n ON t.conversation_id = n.conversation_id
    ASOF LEFT JOIN cases AS c ON t.person_key = c.person_key AND t.created_at <= c.found_at
)

SELECT
    message_id AS key,
    created_at AS "at",
    CASE why
        WHEN 'no_case' THEN 'fail'
        WHEN 'reads_like_one' THEN 'warn'
        WHEN 'no_time' THEN 'undecidable'
        ELSE 'ok'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS DISTINCT FROM 'not_due'
