/*
id: PAY-02
version: 1
section: "1"
title: No security code or magnetic stripe of a card is kept
checks: >-
  No column is named for a card's security code and filled, no message holds what is written on a
  magnetic stripe, and none has three or four digits beside the words for a security code. The last
  is a hint that awaits a look.
unit: columns and messages
breach: hold a card's security code or magnetic stripe
breach_of_one: holds a card's security code or magnetic stripe
severity: critical
kind: P
needs:
  scan_columns: [dataset, table, column, non_null]
uses: [support_messages, feedback]
parameters:
  headers: '(^|[^a-z])(cvv2?|cvc2?|csc|card[ _.-]?(security|verification)[ _.-]?(code|value|number)|cryptogramme)([^a-z]|$)'
  words: '(cvv2?|cvc2?|csc|security code|cryptogramme|prüfziffer|codice di sicurezza|código de seguridad)[^0-9]{0,20}[0-9]{3,4}([^0-9]|$)'
  stripe: '%[Bb][0-9]{13,19}\^|;[0-9]{13,19}='
standards:
  - GDPR 5(1)(c), 32
  - PCI DSS 4.0.1 3.3.1
law: >-
  PCI DSS forbids keeping either after a payment was authorised, even encrypted.
limits: >-
  Free text is looked at in support messages and feedback. A code without its word beside it is
  three digits like any others.
reasons:
  code_column: are columns named for a card's security code
  stripe_data: hold what is written on a magnetic stripe
  code_said: hold three or four digits beside the words for a security code, awaiting a look
  nothing: No column and no message was examined.
*/
WITH messages AS (
    SELECT m.message_id AS key, m.created_at AS at_moment, LOWER(m."text") AS words
    FROM support_messages AS m
    WHERE m."text" IS NOT NULL
    UNION ALL
    SELECT f.id, f.created_at, LOWER(f."text")
    FROM feedback AS f
    WHERE f."text" IS NOT NULL
),

read AS (
    SELECT
        key,
        at_moment,
        CASE
            WHEN REGEXP_MATCHES(words, $stripe) THEN 'stripe_data'
            WHEN REGEXP_MATCHES(words, $words) THEN 'code_said'
        END AS why
    FROM messages
),

columns AS (
    SELECT
        CONCAT_WS('|', c.dataset, c."table", c."column") AS key,
        REGEXP_MATCHES(LOWER(c."column"), $headers) AS is_code
    FROM scan_columns AS c
    WHERE c.non_null > 0
)

SELECT
    key,
    NULL::TIMESTAMPTZ AS "at",
    CASE WHEN is_code THEN 'fail' ELSE 'ok' END AS level,
    CASE WHEN is_code THEN 'code_column' END AS why,
    NULL AS shape,
    1 AS cases
FROM columns
UNION ALL
SELECT
    key,
    at_moment,
    CASE WHEN why = 'stripe_data' THEN 'fail' ELSE 'warn' END,
    why,
    NULL,
    1
FROM read
WHERE why IS NOT NULL
UNION ALL
SELECT NULL, MIN(at_moment), 'ok', NULL, NULL, COUNT(*)
FROM read
WHERE why IS NULL
