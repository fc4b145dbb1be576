/*
id: SHR-04
version: 1
section: "3"
title: No data is sold or rented out
checks: >-
  No recorded share was made for a price, a rent or in barter. Lists that staff took out to someone
  who is in no register, and invoices whose words speak of addresses or data, want a look.
unit: shares, lists taken out and invoices
breach: were made for a price, a rent or in barter
breach_of_one: was made for a price, a rent or in barter
severity: critical
kind: R
needs:
  processor_shares: [share_id, processor_id, consideration]
uses: [exports_audit, invoices_out, processors]
parameters:
  considerations: [sale, rental, barter]
  sold_words: '(contact|e-?mail|address|customer|lead|data)s?\s+(list|file|licen[cs]e|rental|sale)|fichier|adressliste|listado de contactos'
standards:
  - GDPR 5(1)(a)
  - DPV SellDataToThirdParties
law: >-
  A sale that the notice denies is neither fair nor transparent (GDPR 5(1)(a)).
limits: >-
  Nothing shows that data was never sold outside these logs; hence no PASS. The words of an invoice
  are a hint alone.
reasons:
  for_a_price: were made for a price, a rent or in barter
  list_left: lists taken out for someone who is in no register
  invoiced: invoices that speak of addresses or data
  nothing: No share was recorded.
*/
SELECT
    s.share_id AS key,
    s.shared_at AS "at",
    CASE
        WHEN LIST_CONTAINS($considerations, LOWER(TRIM(s.consideration))) THEN 'fail' ELSE 'ok'
    END AS level,
    CASE WHEN LIST_CONTAINS($considerations, LOWER(TRIM(s.consideration))) THEN 'for_a_price' END
        AS why,
    NULL AS shape,
    1 AS cases
FROM processor_shares AS s
UNION ALL
SELECT
    e.export_id,
    e.exported_at,
    CASE WHEN k.name IS NULL THEN 'warn' ELSE 'ok' END,
    CASE WHEN k.name IS NULL THEN 'list_left' END,
    NULL,
    1
FROM exports_audit AS e
LEFT JOIN (
    SELECT DISTINCT LOWER(p.name) AS name FROM processors AS p
    UNION
    SELECT DISTINCT LOWER(p.processor_id) FROM processors AS p
    UNION
    SELECT 'internal'
) AS k
    ON LOWER(e.destination) = k.name
WHERE e.destination IS NOT NULL
UNION ALL
SELECT
    i.invoice_id,
    i.issued_at,
    CASE WHEN REGEXP_MATCHES(LOWER(i.description), $sold_words) THEN 'warn' ELSE 'ok' END,
    CASE WHEN REGEXP_MATCHES(LOWER(i.description), $sold_words) THEN 'invoiced' END,
    NULL,
    1
FROM invoices_out AS i
WHERE i.description IS NOT NULL
