/*
id: ANA-03
version: 2
section: 2, 4
title: No analytics event is tied to an account
checks: >-
  No exported analytics event carries the number of an account as its user id. Another user id is a
  warning: it follows one person from device to device, though it names no account.
unit: analytics events
breach: carried the number of an account
severity: high
kind: P
needs:
  ga4_events: [event_ts, user_id]
  accounts: [account_id]
parameters:
  undecided: []
  looked_at: [other_id]
standards:
  - GDPR 4(5), recital 26
  - NIST PF 1.0 CT.DP-P1
law: >-
  Data that the company can put back to a person is pseudonymous and still personal (GDPR 4(5)).
limits: >-
  Read to the letter, a store of single events by device is not aggregated at all; this control
  asks the milder question. A device can also be tied to an account by the time of a log-in.
reasons:
  is_account: carried the number of an account
  other_id: carried a user id that is no account's number
  nothing: No analytics event was exported.
*/
WITH judged AS (
    SELECT
        g._dataset,
        g._table,
        g._row,
        g.event_ts,
        CASE
            WHEN COALESCE(TRIM(g.user_id), '') = '' THEN NULL
            WHEN a.account_id IS NOT NULL THEN 'is_account'
            ELSE 'other_id'
        END AS why
    FROM ga4_events AS g
    LEFT JOIN (SELECT DISTINCT account_id FROM accounts) AS a ON TRIM(g.user_id) = a.account_id
)

-- shared: events_judged
