/*
id: ANA-04
version: 1
section: 2, 4
title: Published figures hide every single person
checks: >-
  Each cell of a figure that left the house stands for {k} persons or more, what is left of the
  whole without it too, and no one person makes up more than {share} of its sum.
unit: published cells
breach: stand for too few persons
breach_of_one: stands for too few persons
severity: high
kind: P
needs:
  published_cells: [cell_id, published_at, persons]
parameters:
  k: {from: params.k}
  share: 0.85
standards:
  - GDPR recital 26
  - NIST PF 1.0 CT.DP-P2, CT.DP-P3
law: >-
  A figure of few persons may single one of them out (Article 29 Working Party, Opinion 05/2014).
limits: >-
  Figures that were given away without being recorded are not seen. Noisy totals are not to be
  subtracted; a cell that was drawn with noise is counted by the persons behind it.
reasons:
  too_few: stand for too few persons
  rest_too_small: leave too few persons when taken from the whole
  dominated: are made by one person for the most part
  no_count: without a number of persons
  nothing: No published cell was recorded.
*/
WITH judged AS (
    SELECT
        c.cell_id,
        c.published_at,
        CASE
            WHEN c.persons IS NULL THEN 'no_count'
            WHEN c.persons BETWEEN 1 AND $k - 1 THEN 'too_few'
            WHEN c.persons_of_whole - c.persons BETWEEN 1 AND $k - 1 THEN 'rest_too_small'
            WHEN c.largest_share > $share THEN 'dominated'
        END AS why
    FROM published_cells AS c
)

SELECT
    cell_id AS key,
    published_at AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_count' THEN 'undecidable' ELSE 'fail' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
