/*
id: DSR-05
version: 3
section: "10"
title: Restricted data is only stored
checks: >-
  While somebody's data is restricted, no marketing or feedback request goes to them and no
  testimonial of theirs begins to be published, as far as the restriction reaches.
unit: restrictions
breach: did not stop the processing
severity: high
kind: P
needs:
  restrictions: [person_key, purpose, from_ts]
  marketing_sends: [person_key, purpose, sent_at]
uses: [feedback_requests, testimonials, consents]
parameters:
  everything: [all, any, everything]
  purposes: [marketing, feedback, testimonial]
  consent_lifts: false
  late_hours: 0
standards:
  - GDPR 18
  - ISO/IEC 27701:2025 A.1.3.7
law: >-
  Restricted data may only be stored, save with consent or for legal claims (GDPR 18(2)).

limits: >-
  Only these uses are seen; one that names no purpose is read as reaching all of them. Service
  messages are not counted.
reasons:
  marketing: followed by marketing
  feedback: followed by a request for feedback
  testimonial: followed by the publication of a testimonial
  no_time: without a date from which they hold
  no_person: of somebody who cannot be tied to any use
  nothing: No restriction was exported.
*/
WITH words AS (
    SELECT
        CONCAT_WS('|', w._dataset, w._row) AS key,
        w.person_key,
        w.from_ts,
        w.to_ts,
        LOWER(w.purpose) AS purpose
    FROM restrictions AS w
),

-- shared: uses_after_a_word
