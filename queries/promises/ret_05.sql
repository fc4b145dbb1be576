/*
id: RET-05
version: 2
section: "6"
title: Backups are set apart, encrypted, and end
checks: >-
  Each backup that still exists has a day on which it ends, at most {max_days} days after it was
  made and not yet past; it is encrypted and set apart from the systems in use.
unit: backups that still exist
breach: had no end, had outlived it, or were not protected
breach_of_one: had no end, had outlived it, or was not protected
severity: high
kind: L
needs:
  backups: [backup_id, created_at, expires_at, encrypted, isolated]
parameters:
  max_days: {from: params.backup_max_days}
standards:
  - GDPR 5(1)(f), 32
  - ISO/IEC 27701:2025 A.1.4.9
  - NIST PF 1.0 PR.PO-P3, PR.DS-P3
law: >-
  A backup is processing too; it may not hold what was erased for longer than needed to overwrite
  it (GDPR 5(1)(e)).
limits: >-
  The list of backups is kept by hand or by a tool, and says nothing of how strong the protection
  is. The {max_days} days are our assumption.
reasons:
  not_purged: past their end and not purged
  no_end: without a day on which they end
  too_long: ending more than {max_days} days after they were made
  not_encrypted: not encrypted
  not_isolated: not set apart
  no_time: without the day on which they were made
  unknown: of which nobody noted how they are protected
  nothing: No backup that still exists was exported.
*/
WITH judged AS (
    SELECT
        b.backup_id,
        b.created_at,
        CASE
            WHEN b.created_at IS NULL THEN 'no_time'
            WHEN b.expires_at IS NULL THEN 'no_end'
            WHEN b.expires_at < $asof THEN 'not_purged'
            WHEN b.expires_at > b.created_at + TO_DAYS($max_days) THEN 'too_long'
            WHEN NOT b.encrypted THEN 'not_encrypted'
            WHEN NOT b.isolated THEN 'not_isolated'
            WHEN b.encrypted IS NULL OR b.isolated IS NULL THEN 'unknown'
        END AS why
    FROM backups AS b
    WHERE COALESCE(b.purged_at::DATE > $asof, TRUE)
)

SELECT
    backup_id AS key,
    created_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why IN ('no_time', 'unknown') THEN 'undecidable'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
