/*
id: POL-02
version: 1
section: "9"
title: Users hear of important changes before they take effect
checks: >-
  Each account that was active when an important version took effect had been told of it before,
  by a message or by a banner that was shown to it. The policy says that users may be told, so that
  a silence is a warning and no breach.
unit: active accounts, by important version
breach: were wronged
breach_of_one: was wronged
severity: low
kind: L
needs:
  policy_versions: [version, effective_at, material]
  notices: [person_key, version, ts]
  accounts: [account_id, person_key, created_at, status]
standards:
  - GDPR 12, 13(3)
  - NIST PF 1.0 CM.AW-P1, GV.MT-P2
law: >-
  GDPR 13(3) asks for information before data is used for another purpose; a change of wording
  alone does not need it.
limits: >-
  The log of notices is kept by hand; a banner that was shown without being logged counts as none.
reasons:
  not_told: were not told of an important change before it took effect
  nothing: No account was active when an important version took effect.
*/
WITH changes AS (
    SELECT v.version, MIN(v.effective_at) AS effective_at
    FROM policy_versions AS v
    WHERE v.material AND v.effective_at < ($asof::DATE + 1)::TIMESTAMPTZ
    GROUP BY v.version
),

told AS (
    SELECT n.person_key, n.version, MIN(n.ts) AS told_at
    FROM notices AS n
    GROUP BY n.person_key, n.version
),

concerned AS (
    SELECT a.account_id || '|' || c.version AS key, c.effective_at, t.told_at
    FROM accounts AS a
    INNER JOIN changes AS c ON a.created_at < c.effective_at
    LEFT JOIN told AS t ON a.person_key = t.person_key AND c.version = t.version
    WHERE a.status IN ('active', 'deactivated')
)

SELECT
    key,
    effective_at AS "at",
    CASE WHEN told_at <= effective_at THEN 'ok' ELSE 'warn' END AS level,
    CASE WHEN told_at <= effective_at THEN NULL ELSE 'not_told' END AS why,
    NULL AS shape,
    1 AS cases
FROM concerned
