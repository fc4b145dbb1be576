/*
id: PAY-03
version: 2
section: "1"
title: No bank account number outside Stripe
checks: >-
  No cell of the company's own exports, save those of Stripe, holds a bank account number whose
  check digits are right, other than the company's own accounts. A detection counts as a breach
  once an auditor has confirmed its finding; until then it awaits review. Leads held for customers
  are outside this policy.
unit: cells outside the Stripe exports
breach: were confirmed to hold a bank account number
breach_of_one: was confirmed to hold a bank account number
severity: high
kind: P
needs:
  scan_hits: [dataset, table, column, path, row, entity_type, fingerprint, masked]
  scan_columns: [dataset, table, non_null, examined]
  scan_datasets: [dataset, table, system, role, cells]
uses: [scan_reviews, harmless_values]
parameters:
  entities: [IBAN_CODE]
  exempt_systems: [stripe]
  exempt_roles: [processor]
standards:
  - GDPR 5(1)(c), 32
  - ISO/IEC 27701:2025 A.1.4.2
law: >-
  A bank account number is payment data; what is not needed for the purpose is not to be kept
  (GDPR 5(1)(c)).
limits: >-
  National account numbers without an IBAN are not looked for. Whether an account is the company's
  own is known from its list alone.
reasons:
  confirmed: confirmed by an auditor to hold a bank account number
  candidate: awaiting review
  dismissed: judged by an auditor to be no bank account number
  not_scanned: in datasets that the last scan did not read
  not_sampled: passed over by a sampled scan
  own: cells hold an account number of the company itself
  nothing: No cell outside the Stripe exports was examined.
*/
WITH
-- shared: cells_found
