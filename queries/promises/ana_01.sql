/*
id: ANA-01
version: 2
section: 2, 4
title: Usage events hold no direct identifiers
checks: >-
  No event of the product's own analysis holds an e-mail address, a phone number, a name or an
  official or bank number. A value, or its hash, that equals a known one is a breach; any other detection awaits
  review.
unit: product events
breach: held a direct identifier
severity: critical
kind: P
needs:
  events: [event_id, ts]
  scan_hits: [dataset, table, column, row, entity_type, recognizer, fingerprint, masked]
  scan_columns: [dataset, table]
uses: [known_people, scan_reviews, harmless_values]
parameters:
  left_aside: [URL, LOCATION, DATE_TIME, IP_ADDRESS, MAC_ADDRESS, SECRET, FR_SIREN, IT_VAT_CODE]
standards:
  - GDPR 5(1)(c), recital 26
  - ISO/IEC 27701:2025 A.1.4.5
  - NIST PF 1.0 CT.DP-P2
law: >-
  What names a person is not anonymous, whatever else was taken away (GDPR recital 26).
limits: >-
  Account numbers and addresses of the network are other controls' matter (ANA-03, ANA-05).
reasons:
  known_value: held an identifier of a known person
  known_hash: held a hash of a known person's address or number
  confirmed: confirmed by an auditor to hold an identifier
  candidate: awaiting review
  not_scanned: in datasets that the last scan did not read
  nothing: No product event was exported.
*/
WITH facets AS (
    SELECT e._dataset, e._table, e._row, e.ts AS event_ts
    FROM events AS e
),

-- the scan is all that looks into events of the product
others AS (SELECT f.*, '' AS why, '' AS shape FROM facets AS f WHERE FALSE),

-- shared: identifiers_in_events
