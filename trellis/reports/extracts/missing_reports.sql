-- One row for each report; age, ethnicity group and highest legal status on the London day of the report.
SELECT
    reports_pseudonym('missing_report', episode.id) AS report_key,
    known.child_key,
    known.authority,
    episode.kind,
    episode.reported_at AT TIME ZONE 'UTC' AS reported_at,
    day.reported_on,
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
    episode.out_of_area,
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
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= day.reported_on
    AND roll_up.valid_until > day.reported_on
