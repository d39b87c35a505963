-- One row for each report that counts: one merged into another is the same time again. Age, ethnicity group and highest legal status on the London day of the report.
SELECT
    reports_pseudonym('missing_report', episode.id) AS report_key,
    known.child_key,
    known.authority,
    episode.kind,
    episode.reported_at AT TIME ZONE 'UTC' AS reported_at,
    day.reported_on,
    extract(hour FROM episode.reported_at AT TIME ZONE 'Europe/London')::int AS reported_hour,
    extract(isodow FROM episode.reported_at AT TIME ZONE 'Europe/London')::int AS reported_weekday,
    coalesce(episode.last_seen_at, episode.reported_at) AT TIME ZONE 'UTC' AS began_at,
    episode.returned_at AT TIME ZONE 'UTC' AS returned_at,
    (episode.returned_at AT TIME ZONE 'Europe/London')::date AS returned_on,
    CASE
        WHEN episode.risk_grade IN (SELECT code FROM core_code WHERE list = 'missing_risk_grade')
            THEN episode.risk_grade
        WHEN episode.risk_grade <> '' THEN 'not_listed'
    END AS risk_grade,
    CASE WHEN day.reported_on >= known.date_of_birth
        THEN extract(year FROM age(day.reported_on, known.date_of_birth))::int
    END AS age,
    coalesce(status.highest, 'none') AS legal_status,
    CASE
        WHEN episode.responsible_authority <> '' THEN 'placed_here'
        WHEN episode.out_of_area THEN 'out_of_area'
        ELSE 'in_area'
    END AS area,
    coalesce(school.send, 'not_known') AS send,
    CASE
        WHEN place.code IS NOT NULL THEN place.code
        WHEN episode.found_where <> '' THEN 'not_listed'
    END AS found_place,
    recent.reports::int AS recent_reports,
    repeat_count.value AS repeat_limit,
    CASE
        WHEN interview.reason IN (SELECT code FROM core_code WHERE list = 'missing_reason') THEN interview.reason
        WHEN interview.reason <> '' THEN 'not_listed'
    END AS reason,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM missing_missingepisode AS episode
INNER JOIN known ON known.id = episode.person_id
CROSS JOIN LATERAL (SELECT (episode.reported_at AT TIME ZONE 'Europe/London')::date AS reported_on) AS day
LEFT JOIN highest_status AS status ON status.episode_id = episode.id
LEFT JOIN missing_returninterview AS interview ON interview.episode_id = episode.id
LEFT JOIN people_education AS school
    ON school.person_id = episode.person_id
    AND NOT school.alongside
    AND school.starts_on <= day.reported_on
    AND (school.ends_on IS NULL OR school.ends_on > day.reported_on)
LEFT JOIN (SELECT DISTINCT ON (label) label, code FROM core_code WHERE list = 'missing_found_place' ORDER BY label, code)
    AS place ON place.label = episode.found_where
LEFT JOIN core_limit AS repeat_count
    ON repeat_count.name = 'missing.repeat_count'
    AND repeat_count.valid_from <= day.reported_on
    AND (repeat_count.valid_to IS NULL OR repeat_count.valid_to > day.reported_on)
LEFT JOIN core_limit AS repeat_days
    ON repeat_days.name = 'missing.repeat_days'
    AND repeat_days.valid_from <= day.reported_on
    AND (repeat_days.valid_to IS NULL OR repeat_days.valid_to > day.reported_on)
CROSS JOIN LATERAL (
    SELECT count(*) AS reports
    FROM missing_missingepisode AS other
    WHERE other.person_id = episode.person_id
        AND other.status <> 'merged'
        AND other.reported_at <= episode.reported_at
        AND other.reported_at > episode.reported_at - repeat_days.value * interval '24 hours'
) AS recent
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= day.reported_on
    AND roll_up.valid_until > day.reported_on
WHERE episode.status <> 'merged'
