/*
id: TST-01
version: 2
section: "2"
title: Testimonials are published only with consent
checks: >-
  For as long as a testimonial is published, its author's last entry in the consent log for
  testimonials says granted: from before its first day until it is taken down.
unit: published testimonials
breach: were public without their author's consent
breach_of_one: was public without its author's consent
severity: high
kind: P
needs:
  testimonials: [testimonial_id, person_key, published_from]
  consents: [person_key, purpose, status, ts]
standards:
  - GDPR 6(1)(a), 7(1), 7(3)
  - ISO/IEC 27701:2025 A.1.2.5
law: >-
  Consent must be shown by whoever relies on it (GDPR 7(1)), and withdrawing it must be as easy as
  giving it (7(3)).
limits: >-
  Copies of a testimonial in print, in images or on others' pages cannot be read from exports.
reasons:
  never_agreed: published without any entry in the consent log
  too_early: published before consent was given
  not_in_force: published while the last entry said refused, withdrawn or expired
  withdrawn: still public after consent was withdrawn or had run out
  no_person: without an author that can be tied to the consent log
  nothing: No published testimonial was exported.
*/
WITH published AS (
    SELECT
        t.testimonial_id,
        t.person_key,
        t.consent_id,
        t.published_from,
        LEAST(t.published_until, t.removed_at, ($asof::DATE + 1)::TIMESTAMPTZ) AS until
    FROM testimonials AS t
    WHERE t.published_from < ($asof::DATE + 1)::TIMESTAMPTZ
),

entries AS (
    SELECT p.testimonial_id, p.published_from, p.until, c.ts, c.status, c.valid_until
    FROM published AS p
    INNER JOIN consents AS c ON p.person_key = c.person_key
    WHERE c.purpose = 'testimonial' AND c.ts IS NOT NULL
    UNION
    SELECT p.testimonial_id, p.published_from, p.until, c.ts, c.status, c.valid_until
    FROM published AS p
    INNER JOIN consents AS c ON p.consent_id = c.consent_id
    WHERE c.purpose = 'testimonial' AND c.ts IS NOT NULL
),

states AS (
    SELECT
        testimonial_id,
        COUNT(*) AS entries,
        MIN(ts) FILTER (WHERE status = 'granted') AS first_granted,
        ARG_MAX(status, (ts, status <> 'granted')) FILTER (WHERE ts <= published_from)
            AS status_at_start,
        MIN(ts) FILTER (WHERE status <> 'granted' AND ts > published_from AND ts < until)
            AS stopped_at,
        -- the last one given says how long; of two of one second the shorter
        ARG_MAX(
            COALESCE(valid_until, 'infinity'::TIMESTAMPTZ),
            (ts, -EPOCH_US(COALESCE(valid_until, '9999-01-01'::TIMESTAMPTZ)))
        ) FILTER (WHERE status = 'granted' AND ts < until) AS valid_until
    FROM entries
    GROUP BY testimonial_id
),

judged AS (
    SELECT
        p.testimonial_id,
        p.published_from,
        COALESCE(s.stopped_at, s.valid_until) AS stopped_at,
        CASE
            WHEN p.person_key IS NULL AND s.entries IS NULL THEN 'no_person'
            WHEN s.entries IS NULL THEN 'never_agreed'
            WHEN s.status_at_start IS NULL AND s.first_granted IS NULL THEN 'not_in_force'
            WHEN s.status_at_start IS NULL THEN 'too_early'
            WHEN s.status_at_start <> 'granted' THEN 'not_in_force'
            WHEN s.stopped_at IS NOT NULL OR s.valid_until < p.until THEN 'withdrawn'
        END AS why
    FROM published AS p
    LEFT JOIN states AS s ON p.testimonial_id = s.testimonial_id
)

SELECT
    testimonial_id AS key,
    CASE WHEN why = 'withdrawn' THEN stopped_at ELSE published_from END AS "at",
    CASE WHEN why IS NULL THEN 'ok' WHEN why = 'no_person' THEN 'undecidable' ELSE 'fail' END
        AS level,
    why,
    NULL AS shape,
    1 AS cases
FROM judged
