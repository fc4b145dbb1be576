/*
id: DSR-06
version: 3
section: "10"
title: An objection ends what it is against
checks: >-
  From somebody's objection on, and as long as it stands, no marketing or feedback request goes to
  them, as far as the objection reaches. Up to {late_hours} hours after it is a warning.
unit: objections
breach: were not followed
breach_of_one: was not followed
severity: critical
kind: P
needs:
  objections: [person_key, purpose, from_ts]
  marketing_sends: [person_key, purpose, sent_at]
uses: [feedback_requests, testimonials, consents]
parameters:
  everything: [all, any, everything]
  purposes: [marketing, feedback]
  consent_lifts: true
  late_hours: 48
standards:
  - GDPR 21
  - ISO/IEC 27701:2025 A.1.3.6
law: >-
  An objection to direct marketing is absolute (GDPR 21(3)); to other processing the company may show
  compelling grounds (21(1)), which exports do not tell.
limits: >-
  Only these uses are seen; one that names no purpose is read as reaching all of them. Service
  messages are not counted.
reasons:
  marketing: followed by marketing
  feedback: followed by a request for feedback
  under_way: followed by a use within {late_hours} hours
  no_time: without a date from which they hold
  no_person: of somebody who cannot be tied to any use
  nothing: No objection was exported.
*/
WITH words AS (
    SELECT
        CONCAT_WS('|', w._dataset, w._row) AS key,
        w.person_key,
        w.from_ts,
        w.to_ts,
        LOWER(w.purpose) AS purpose
    FROM objections AS w
),

-- shared: uses_after_a_word
