/*
id: MKT-04
version: 1
section: 2, 8
title: Every marketing e-mail offers a way out
checks: >-
  Each marketing e-mail holds a link to unsubscribe. A message that has only the header for
  mail programs is a warning, for not every program shows it.
unit: marketing e-mails
breach: held no link to unsubscribe
severity: high
kind: P
needs:
  marketing_sends: [send_id, purpose, has_unsub_link]
standards:
  - GDPR 7(3), 21(4)
  - ePrivacy Directive 13(2)
  - ISO/IEC 27701:2025 A.1.3.5
law: >-
  Each message must offer a simple way to object (ePrivacy Directive 13(2)).
limits: >-
  Whether the link works and how easily it is found takes a live test.
reasons:
  no_link: without link and header
  header_only: with a header for mail programs only
  unknown: of which nobody noted whether they held a link
  nothing: No marketing e-mail was exported.
*/
WITH judged AS (
    SELECT
        m.send_id,
        m.sent_at,
        CASE
            WHEN m.has_unsub_link IS NULL THEN 'unknown'
            WHEN m.has_unsub_link THEN NULL
            WHEN COALESCE(m.list_unsubscribe_header, '') <> '' THEN 'header_only'
            ELSE 'no_link'
        END AS why
    FROM marketing_sends AS m
    WHERE m.purpose = 'marketing' AND COALESCE(LOWER(m.channel), 'email') = 'email'
)

SELECT
    send_id AS key,
    sent_at AS "at",
    CASE why WHEN 'no_link' THEN 'fail' WHEN 'header_only' THEN 'warn' ELSE 'undecidable' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS NOT NULL
UNION ALL
SELECT NULL, sent_at, 'ok', NULL, NULL, 1
FROM judged
WHERE why IS NULL
