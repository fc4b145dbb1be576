/*
id: PAY-07
version: 2
section: "2"
title: No live key lies in an export
checks: >-
  No cell of any export holds a key or token that opens a system, Stripe's among them. A detection
  counts as a breach once an auditor has confirmed its finding; until then it awaits review.
unit: cells of the exports
breach: were confirmed to hold a live key
breach_of_one: was confirmed to hold a live key
severity: high
kind: R
needs:
  scan_hits: [dataset, table, column, path, row, entity_type, masked]
  scan_columns: [dataset, table, non_null, examined]
  scan_datasets: [dataset, table, cells]
uses: [scan_reviews, harmless_values]
parameters:
  entities: [SECRET]
  exempt_systems: []
  exempt_roles: []
standards:
  - GDPR 32
  - NIST PF 1.0 PR.DS-P5
law: >-
  Security is to fit the risk (GDPR 32); a key in a message is one for whoever reads it.
limits: >-
  Keys without a known form are not recognised; hence no PASS. Whether a key is still valid takes a
  look at the system that it opens.
reasons:
  confirmed: confirmed by an auditor to hold a live key
  candidate: awaiting review
  dismissed: judged by an auditor to be no live key
  not_scanned: in datasets that the last scan did not read
  not_sampled: passed over by a sampled scan
  nothing: No cell was examined.
*/
WITH
-- shared: cells_found
