/*
id: POL-01
version: 1
section: "9"
title: Accounts and consents name the version then in force
checks: >-
  The policy's version that an account or a consent was recorded under is one of the policy's
  history, and the one in force at that moment.
unit: accounts and consents
breach: name a version that was not in force then
breach_of_one: names a version that was not in force then
severity: medium
kind: P
needs:
  policy_versions: [version, effective_at]
  accounts: [account_id, created_at, policy_version]
uses: [consents]
standards:
  - GDPR 7(1), 13
  - ISO/IEC 27701:2025 A.1.3.4
law: >-
  Who relies on consent must show what was agreed to (GDPR 7(1)); without the version's text it
  cannot.
limits: >-
  That a version was shown to the person is not in the data.
reasons:
  unknown_version: name a version that the history does not know
  not_in_force: name a version that was not in force then
  no_version: without a version
  no_time: without a time
  nothing: No account or consent names a version of the policy.
*/
WITH history AS (
    SELECT
        v.version,
        MIN(v.effective_at) AS from_at,
        LEAD(MIN(v.effective_at)) OVER (ORDER BY MIN(v.effective_at)) AS to_at
    FROM policy_versions AS v
    GROUP BY v.version
),

named AS (
    SELECT a.account_id AS key, a.created_at AS at_moment, a.policy_version AS version
    FROM accounts AS a
    UNION ALL
    SELECT c.consent_id, c.ts, c.policy_version
    FROM consents AS c
),

judged AS (
    SELECT
        n.key,
        n.at_moment,
        CASE
            WHEN COALESCE(TRIM(n.version), '') = '' THEN 'no_version'
            WHEN h.version IS NULL THEN 'unknown_version'
            WHEN n.at_moment IS NULL OR h.from_at IS NULL THEN 'no_time'
            WHEN n.at_moment < h.from_at OR n.at_moment >= h.to_at THEN 'not_in_force'
        END AS why
    FROM named AS n
    LEFT JOIN history AS h ON n.version = h.version
)

SELECT
    key,
    at_moment AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('unknown_version', 'not_in_force') THEN 'fail'
        ELSE 'undecidable'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
