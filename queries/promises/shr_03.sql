/*
id: SHR-03
version: 1
section: 3, 4
title: No host of a stranger is called
checks: >-
  Each host that pages or servers called, or that sets a cookie, is one of the company's own or
  belongs to a recipient that the register lists with its hosts.
unit: hosts that were called
breach: belong to nobody in the register
breach_of_one: belongs to nobody in the register
severity: high
kind: R
needs:
  egress_log: [host]
  processors: [processor_id, hosts]
uses: [cookie_inventory]
parameters:
  own_hosts: {from: settings.own_hosts}
standards:
  - GDPR 13(1)(e), 30
  - NIST PF 1.0 ID.IM-P7
law: >-
  A call to another's server hands over at least an IP address, which is personal data.
limits: >-
  A log of outgoing calls shows the pages that were visited while it ran; what was not called then
  may be called another day.
reasons:
  unregistered: belong to nobody in the register
  nothing: No call to a host was logged.
*/
WITH called AS (
    SELECT LOWER(RTRIM(e.host, '.')) AS host, MIN(e.ts) AS first_at
    FROM egress_log AS e
    WHERE e.host IS NOT NULL
    GROUP BY LOWER(RTRIM(e.host, '.'))
    UNION ALL
    SELECT DISTINCT LOWER(LTRIM(COALESCE(c.host, c.domain), '.')), NULL::TIMESTAMPTZ
    FROM cookie_inventory AS c
    WHERE COALESCE(c.host, c.domain) IS NOT NULL
),

known AS (
    SELECT LOWER(LTRIM(UNNEST(p.hosts), '.')) AS host
    FROM processors AS p
    UNION
    SELECT LOWER(LTRIM(UNNEST($own_hosts::VARCHAR[]), '.'))
),

judged AS (
    SELECT
        c.host,
        MIN(c.first_at) AS first_at,
        BOOL_OR(
            EXISTS (
                SELECT 1 FROM known AS k
                WHERE c.host = k.host OR ENDS_WITH(c.host, '.' || k.host)
            )
        ) AS is_known
    FROM called AS c
    GROUP BY c.host
)

SELECT
    host AS key,
    first_at AS "at",
    CASE WHEN is_known THEN 'ok' ELSE 'fail' END AS level,
    CASE WHEN NOT is_known THEN 'unregistered' END AS why,
    NULL AS shape,
    1 AS cases
FROM judged
