/*
id: RET-06
version: 2
section: "6"
title: What a restored backup brings back is erased again
checks: >-
  Where a backup is restored that was made before somebody's data was deleted, those deletions are
  done again within {redo_hours} hours. Where a list of erased persons is kept, none of those deleted
  in between is found in any export again.
unit: restored backups
breach: brought back deleted persons for longer
severity: critical
kind: P
needs:
  restores: [restore_id, backup_id, restored_at, reerasure_at]
  backups: [backup_id, created_at]
  deletions: [completed_at]
uses: [erased_traces]
parameters:
  redo_hours: 24
standards:
  - GDPR 17, 32
  - ISO/IEC 27701:2025 A.1.4.9
law: >-
  An erasure is not done while a restored copy undoes it (GDPR 17(1)).
limits: >-
  Which persons a backup held is taken from its date alone; without a list of erased persons nobody
  looks whether they are back. The {redo_hours} hours are our assumption.
reasons:
  not_redone: restored without doing the deletions again
  late: with the deletions done again only later
  came_back: and persons deleted since the backup was made are found in an export
  in_progress: restores are within the hours given for doing the deletions again
  no_time: without the time of the restore or of the backup
  nothing: No restored backup was exported.
*/
WITH made AS (
    SELECT b.backup_id, MIN(b.created_at) AS created_at
    FROM backups AS b
    GROUP BY b.backup_id
),

gone AS (SELECT DISTINCT d.completed_at FROM deletions AS d WHERE d.completed_at IS NOT NULL),

-- of listed persons who are found in an export: when each was deleted
back AS (
    SELECT DISTINCT d.completed_at
    FROM deletions AS d
    INNER JOIN erased_traces AS t ON d.person_key = t.person_key
    WHERE t.standing = 'left' AND d.completed_at IS NOT NULL
),

judged AS (
    SELECT
        r.restore_id,
        r.restored_at,
        CASE
            WHEN r.restored_at IS NULL OR m.created_at IS NULL THEN 'no_time'
            WHEN g.completed_at IS NULL OR g.completed_at < m.created_at THEN NULL
            WHEN k.completed_at >= m.created_at THEN 'came_back'
            WHEN r.reerasure_at <= r.restored_at + TO_HOURS($redo_hours) THEN NULL
            WHEN r.reerasure_at IS NOT NULL THEN 'late'
            WHEN r.restored_at + TO_HOURS($redo_hours) >= $asof
                THEN 'in_progress'
            ELSE 'not_redone'
        END AS why
    FROM restores AS r
    LEFT JOIN made AS m ON r.backup_id = m.backup_id
    -- the last deletion before the restore: is it younger than the backup?
    ASOF LEFT JOIN gone AS g ON r.restored_at >= g.completed_at
    ASOF LEFT JOIN back AS k ON r.restored_at >= k.completed_at
)

SELECT
    restore_id AS key,
    restored_at AS "at",
    CASE
        WHEN why IS NULL THEN 'ok'
        WHEN why = 'no_time' THEN 'undecidable'
        WHEN why = 'in_progress' THEN 'note'
        ELSE 'fail'
    END AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
