/*
id: MKT-02
version: 3
section: 2, 8
title: No marketing after an unsubscribe
checks: >-
  No marketing message is sent to someone after they unsubscribed from that list and channel,
  unless they agreed anew in between. Up to {late_hours} hours after it a send is a warning, for
  it may have been under way; the grace that the settings allow is {grace_hours} hours.
  Accounts that share an address are one reader: what was said last for the address holds,
  whichever of them said it.
unit: marketing sends
breach: followed an unsubscribe
severity: critical
kind: P
needs:
  marketing_sends: [send_id, person_key, purpose, sent_at]
  unsubscribe_events: [person_key, ts]
uses: [accounts, consents]
parameters:
  grace_hours: {from: params.unsub_grace_hours}
  late_hours: 48
standards:
  - GDPR 21(2), 21(3); 7(3) where consent is the ground
  - ISO/IEC 27701:2025 A.1.3.5, A.1.3.6
  - NIST PF 1.0 CT.PO-P3
law: >-
  An objection to direct marketing is absolute and needs no reason (GDPR 21(2) and (3)); the law
  gives no hours of grace.
limits: >-
  That the link in the message works takes a live test. Messages without a stated purpose are
  never taken for service messages; after an unsubscribe they stay undecided.
reasons:
  late: sent more than {late_hours} hours after the unsubscribe
  under_way: sent within {late_hours} hours after the unsubscribe
  no_person: without a recipient that can be tied to an unsubscribe
  no_time: without a time of sending
  unsubscribe_undated: to people whose unsubscribe has no time
  unknown_purpose: without a stated purpose, after an unsubscribe
  nothing: No marketing send was exported.
*/
WITH
-- shared: readers_of_an_address

sends AS (
    SELECT
        m.send_id,
        COALESCE(r.reader, m.person_key) AS person_key,
        m.sent_at,
        COALESCE(m.purpose, 'unknown') AS purpose,
        COALESCE(LOWER(m.channel), 'email') AS channel,
        COALESCE(m.list_id, '') AS list_id
    FROM marketing_sends AS m
    LEFT JOIN readers AS r ON m.person_key = r.person_key
    WHERE COALESCE(m.purpose, 'unknown') IN ('marketing', 'unknown')
),

-- an unsubscribe without channel or list binds them all
scopes AS (SELECT DISTINCT channel, list_id FROM sends),

outs AS (
    SELECT COALESCE(r.reader, u.person_key) AS person_key, s.channel, s.list_id, u.ts
    FROM unsubscribe_events AS u
    LEFT JOIN readers AS r ON u.person_key = r.person_key
    INNER JOIN scopes AS s
        ON
            COALESCE(LOWER(u.channel) IN (s.channel, 'all', 'any'), TRUE)
            AND COALESCE(u.list_id, '') IN ('', s.list_id)
    WHERE u.ts IS NOT NULL
),

-- shared: entries_of_consent

ins AS (SELECT e.person_key, e.channel, e.ts FROM entries AS e WHERE e.status = 'granted'),

undated AS (
    SELECT DISTINCT COALESCE(r.reader, u.person_key) AS person_key
    FROM unsubscribe_events AS u
    LEFT JOIN readers AS r ON u.person_key = r.person_key
    WHERE u.ts IS NULL
),

joined AS (
    SELECT
        s.send_id,
        s.person_key,
        s.sent_at,
        s.purpose,
        o.ts AS out_at,
        i.ts AS in_at,
        n.person_key IS NOT NULL AS is_undated
    FROM sends AS s
    ASOF LEFT JOIN outs AS o
        ON
            s.person_key = o.person_key
            AND s.channel = o.channel
            AND s.list_id = o.list_id
            AND s.sent_at > o.ts
    ASOF LEFT JOIN ins AS i
        ON s.person_key = i.person_key AND s.channel = i.channel AND s.sent_at >= i.ts
    LEFT JOIN undated AS n ON s.person_key = n.person_key
),

judged AS (
    SELECT
        send_id,
        sent_at,
        purpose,
        CASE
            WHEN person_key IS NULL THEN 'no_person'
            WHEN sent_at IS NULL THEN 'no_time'
            WHEN
                out_at >= COALESCE(in_at, '-infinity'::TIMESTAMPTZ)
                AND sent_at > out_at + TO_HOURS($grace_hours)
                THEN
                    CASE
                        WHEN purpose = 'unknown' THEN 'unknown_purpose'
                        WHEN sent_at > out_at + TO_HOURS(GREATEST($grace_hours, $late_hours))
                            THEN 'late'
                        ELSE 'under_way'
                    END
            WHEN is_undated THEN 'unsubscribe_undated'
        END AS why
    FROM joined
)

SELECT
    send_id AS key,
    sent_at AS "at",
    CASE why WHEN 'late' THEN 'fail' WHEN 'under_way' THEN 'warn' ELSE 'undecidable' END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why IS NOT NULL
UNION ALL
SELECT NULL, sent_at, 'ok', NULL, NULL, 1
FROM judged
WHERE why IS NULL AND purpose = 'marketing'
