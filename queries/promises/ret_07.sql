/*
id: RET-07
version: 1
section: "8"
title: Archives rest on a stated ground, and end
checks: >-
  What is kept after deletion is kept on one of the grounds that the policy states, has a day on
  which the hold ends, which has not passed, and holds no column that none of them can need.
unit: rows of the archive
breach: had no stated ground or had outlived their hold
severity: high
kind: P
needs:
  archives: [table_name, reason, hold_until]
parameters:
  grounds: {from: policy.archive_reasons}
  needless: [password, password_hash, device, user_agent, marketing_preferences, notes, interests]
standards:
  - GDPR 5(1)(b), 17(3)
  - ISO/IEC 27701:2025 A.1.4.8
law: >-
  Data kept for a claim or a duty is set apart and used for nothing else (GDPR 17(3), 5(1)(b)).
limits: >-
  Whether a stated ground is true of a case, and who reads the archive, cannot be read from this
  table.
reasons:
  ground_not_stated: kept on a ground that the policy does not state
  hold_ended: kept after their hold had ended
  needless_column: with a column that no stated ground needs
  no_end: without a day on which the hold ends
  nothing: No row of an archive was exported.
*/
WITH judged AS (
    SELECT
        CONCAT_WS('|', COALESCE(a.account_id, a.subject_key), a.table_name) AS key,
        a.hold_until,
        CASE
            WHEN NOT COALESCE(LIST_CONTAINS($grounds, a.reason), FALSE) THEN 'ground_not_stated'
            WHEN a.hold_until IS NULL THEN 'no_end'
            WHEN a.hold_until < $asof THEN 'hold_ended'
            WHEN LIST_HAS_ANY(a.columns, $needless) THEN 'needless_column'
        END AS why
    FROM archives AS a
)

SELECT
    key,
    -- a hold that still runs ends on a day to come, on which nothing has happened yet
    CASE WHEN hold_until < $asof THEN hold_until END AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why = 'no_end' THEN 'undecidable'
        WHEN why = 'needless_column' THEN 'warn'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
