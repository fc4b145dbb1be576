/*
id: DSR-09
version: 1
section: "10"
title: Identity papers do not stay after a request
checks: >-
  Where a copy of an identity paper was taken in to check who asks, it was deleted within
  {keep_days} days of the answer.
unit: answered requests with an identity paper
breach: kept the paper for longer
severity: medium
kind: R
needs:
  dsar_requests: [request_id, responded_at, identity_document]
parameters:
  keep_days: 7
standards:
  - GDPR 5(1)(c), 12(6)
law: >-
  More information is asked for only where there are reasonable doubts (GDPR 12(6)), and kept no
  longer than the check takes.
limits: >-
  Copies outside the register are not seen, so that finding nothing proves nothing. The {keep_days}
  days are our assumption.
reasons:
  kept: with the paper still there
  kept_long: with the paper deleted only later
  no_time: without the date of the answer
  nothing: No answered request with an identity paper was exported.
*/
WITH judged AS (
    SELECT
        d.request_id,
        d.responded_at,
        CASE
            WHEN d.identity_document_deleted_at <= d.responded_at + TO_DAYS($keep_days) THEN NULL
            WHEN d.responded_at IS NULL THEN 'no_time'
            WHEN d.identity_document_deleted_at IS NOT NULL THEN 'kept_long'
            ELSE 'kept'
        END AS why
    FROM dsar_requests AS d
    WHERE
        d.identity_document
        AND COALESCE(
            d.identity_document_deleted_at IS NOT NULL
            OR d.responded_at + TO_DAYS($keep_days) < $asof,
            TRUE
        )
)

SELECT
    request_id AS key,
    responded_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_time' THEN 'undecidable' ELSE 'fail' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
