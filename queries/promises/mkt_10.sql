/*
id: MKT-10
version: 1
section: "2"
title: Each consent to marketing can be shown
checks: >-
  Every consent to marketing in the log says when, through what, under which wording and which
  version of the policy it was given; it was not given by a box ticked beforehand, nor before that
  version was in force. Over {bulk} persons who agreed within one second are a warning, for that is
  how an import looks.
unit: consents to marketing
breach: cannot be shown as given
severity: high
kind: P
needs:
  consents: [consent_id, purpose, status, ts, source, wording_version, policy_version]
uses: [policy_versions]
parameters:
  bulk: 20
standards:
  - GDPR 7(1); 4(11) for boxes ticked beforehand
  - ISO/IEC 27701:2025 A.1.2.5
  - ISO/IEC TS 27560
law: >-
  The company must be able to demonstrate the consent (GDPR 7(1)); a box ticked beforehand is none
  (CJEU C-673/17).
limits: >-
  What the form showed cannot be read from the log, only which wording it names.
reasons:
  preticked: given by a box ticked beforehand
  no_proof: without source, wording or policy version
  before_version: given before the policy version that they name was in force
  bulk: given within one second with many others
  no_time: without a time
  nothing: No consent to marketing was exported.
*/
WITH versions AS (
    SELECT v.version, MIN(v.effective_at) AS effective_at
    FROM policy_versions AS v
    GROUP BY v.version
),

judged AS (
    SELECT
        c.consent_id,
        c.ts,
        CASE
            WHEN c.ts IS NULL THEN 'no_time'
            WHEN c.preticked THEN 'preticked'
            WHEN c.source IS NULL OR c.wording_version IS NULL OR c.policy_version IS NULL
                THEN 'no_proof'
            WHEN c.ts < v.effective_at THEN 'before_version'
            WHEN COUNT(*) OVER (PARTITION BY DATE_TRUNC('second', c.ts)) > $bulk THEN 'bulk'
        END AS why
    FROM consents AS c
    LEFT JOIN versions AS v ON c.policy_version = v.version
    WHERE c.purpose IN ('marketing', 'third_party_marketing') AND c.status = 'granted'
)

SELECT
    consent_id AS key,
    ts AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why = 'bulk' THEN 'warn'
        WHEN why = 'no_time' THEN 'undecidable'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
