/*
title: Backups and their end
words: >-
  Each backup with the day on which it ends. Past it and not purged by the day asked for, it is
  past expiry; one without such a day has no end.
needs:
  backups: [backup_id, created_at, expires_at]
urgent: [past expiry, no end]
states: [past expiry, no end, purged late, purged, kept]
details: [encrypted, not known to be encrypted, set apart, not known to be set apart]
*/
SELECT
    b.backup_id AS key,
    b.system AS kind,
    CONCAT_WS(
        ', ',
        CASE WHEN b.encrypted THEN 'encrypted' ELSE 'not known to be encrypted' END,
        CASE WHEN b.isolated THEN 'set apart' ELSE 'not known to be set apart' END
    ) AS detail,
    b.created_at::DATE AS since,
    b.expires_at::DATE AS due,
    CASE WHEN b.purged_at::DATE <= $asof THEN b.purged_at::DATE END AS done,
    CASE
        WHEN b.purged_at::DATE <= $asof AND b.purged_at::DATE > b.expires_at::DATE
            THEN 'purged late'
        WHEN b.purged_at::DATE <= $asof THEN 'purged'
        WHEN b.expires_at IS NULL THEN 'no end'
        WHEN b.expires_at::DATE < $asof THEN 'past expiry'
        ELSE 'kept'
    END AS state
FROM backups AS b
WHERE COALESCE(b.created_at::DATE <= $asof, TRUE)
ORDER BY done IS NOT NULL, due NULLS FIRST, since
