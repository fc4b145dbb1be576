/*
id: PAY-01
version: 2
section: "1"
title: No card number outside Stripe
checks: >-
  No cell of any export, save those of Stripe itself, holds a payment card number: 13 to 19 digits
  with a known issuer's prefix and a valid check digit that read as a card in their context, and
  none that processors publish for testing. A
  detection counts as a breach once an auditor has confirmed its finding; until then it awaits
  review.
unit: cells outside the Stripe exports
breach: were confirmed to hold a payment card number
breach_of_one: was confirmed to hold a payment card number
severity: critical
kind: P
needs:
  scan_hits: [dataset, table, column, path, row, entity_type, masked]
  scan_columns: [dataset, table, non_null, examined]
  scan_datasets: [dataset, table, system, cells]
uses: [scan_reviews, harmless_values]
parameters:
  entities: [CREDIT_CARD]
  exempt_systems: [stripe]
  exempt_roles: []
standards:
  - GDPR 5(1)(c), 5(1)(f), 32
  - ISO/IEC 27701:2025 A.1.4.3
  - NIST PF 1.0 PR.DS-P5
  - PCI DSS 4.0.1 3.2.1, 3.5.1
law: >-
  PCI DSS forbids storing a card number unprotected wherever it turns up, in support messages too;
  the security certificate (CVC) never, after authorisation.
limits: >-
  A check digit is right by chance once in ten; hence review. Numbers in images and attachments
  are not read.
reasons:
  confirmed: confirmed by an auditor to hold a card number
  candidate: awaiting review
  published: hold a number that processors publish for testing
  dismissed: judged by an auditor to be no card number
  not_scanned: in datasets that the last scan did not read
  not_sampled: passed over by a sampled scan
  nothing: No cell outside the Stripe exports was examined.
*/
WITH
-- shared: cells_found
