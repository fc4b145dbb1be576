/*
id: PAY-06
version: 1
section: "1"
title: No export is made to carry card numbers
checks: >-
  No column of any export bears the header under which card numbers are moved from one processor
  to another, such as `card.number`.
unit: columns of the exports
breach: are made to carry card numbers
breach_of_one: is made to carry card numbers
severity: critical
kind: P
needs:
  export_headers: [dataset, table, column]
parameters:
  headers: '(card|cc|credit_?card|payment_?card)[ _.-]?(number|no|num|pan)|pan'
standards:
  - GDPR 5(1)(f), 32
  - PCI DSS 4.0.1 3.4.1, 3.5.1
law: >-
  Whoever holds a file of card numbers is within the scope of PCI DSS, for as long as it lies there.
limits: >-
  It reads headers alone; numbers under another header are PAY-01's matter. A file with the header
  `card.number` is never opened further than that.
reasons:
  card_column: are made to carry card numbers
  nothing: No export was found.
*/
SELECT
    CONCAT_WS('|', c.dataset, c."table", c."column") AS key,
    NULL::TIMESTAMPTZ AS "at",
    CASE
        WHEN REGEXP_FULL_MATCH(LOWER(TRIM(c."column")), $headers) THEN 'fail' ELSE 'ok'
    END AS level,
    CASE WHEN REGEXP_FULL_MATCH(LOWER(TRIM(c."column")), $headers) THEN 'card_column' END AS why,
    NULL AS shape,
    1 AS cases
FROM export_headers AS c
