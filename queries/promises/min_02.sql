/*
id: MIN-02
version: 2
section: "7"
title: A likely minor's case is decided promptly
checks: >-
  Each person found to be a likely minor has been looked at by a human within {sla_hours} hours of
  the finding. A certain or likely one left open for longer breaks the promise; a possible one is a
  warning. What the last scan of texts and dates found, and nobody has taken up yet, is told beside
  it.
unit: findings of likely minors
breach: were left undecided for longer
breach_of_one: was left undecided for longer
severity: high
kind: P
needs:
  minor_findings: [person_key, level, asof, decided_at]
uses: [scan_minors]
parameters:
  sla_hours: {from: params.minor_sla_hours}
  open_states: [open, new, candidate, pending, in_review]
standards:
  - GDPR 24
  - NIST PF 1.0 GV.MT-P5
law: >-
  The law has no number of hours; the company must be able to show that it acts on what it knows
  (GDPR 24, 5(2)).
limits: >-
  The {sla_hours} hours are our assumption, for the policy says promptly. The decision itself is
  not judged here.
reasons:
  undecided: certain or likely, and undecided for more than {sla_hours} hours
  possible_undecided: possible only, and undecided for more than {sla_hours} hours
  no_time: without a time of the finding or of the decision
  in_time_still: findings are open and within their time
  in_scan: cells of the last scan say somebody is certainly or likely under age
  nothing: No finding of a likely minor has fallen due.
*/
WITH judged AS (
    SELECT
        COALESCE(f.account_id, f.subject_key) AS key,
        f."asof" AS found_at,
        CASE
            WHEN f."asof" IS NULL THEN 'no_time'
            WHEN f.decided_at <= f."asof" + TO_HOURS($sla_hours) THEN 'decided'
            WHEN
                f.decided_at IS NULL
                AND NOT COALESCE(LIST_CONTAINS($open_states, LOWER(f.status)), TRUE)
                THEN 'no_time'
            WHEN
                f.decided_at IS NULL
                AND f."asof" + TO_HOURS($sla_hours) >= $asof
                THEN 'in_time_still'
            WHEN f.level IN ('certain', 'likely') THEN 'undecided'
            ELSE 'possible_undecided'
        END AS why
    FROM minor_findings AS f
    WHERE f.level <> 'was_minor'
)

SELECT
    key,
    found_at AS "at",
    CASE why
        WHEN 'decided' THEN 'ok'
        WHEN 'undecided' THEN 'fail'
        WHEN 'possible_undecided' THEN 'warn'
        ELSE 'undecidable'
    END AS level,
    CASE WHEN why <> 'decided' THEN why END AS why,
    NULL AS shape,
    1 AS cases
FROM judged
WHERE why <> 'in_time_still'
UNION ALL
SELECT NULL, NULL, 'note', why, NULL, COUNT(*)
FROM judged
WHERE why = 'in_time_still'
GROUP BY why
UNION ALL
SELECT NULL, NULL, 'note', 'in_scan', NULL, COUNT(*)
FROM (
    SELECT DISTINCT s.dataset, s."table", s."row"
    FROM scan_minors AS s
    WHERE s.level IN ('certain', 'likely')
) AS told
HAVING COUNT(*) > 0
