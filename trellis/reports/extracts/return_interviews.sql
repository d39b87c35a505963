-- One row for each interview offered, held, covered by another conversation or not offered; one that still waits for an offer is not yet an interview.
SELECT
    reports_pseudonym('return_interview', interview.id) AS interview_key,
    reports_pseudonym('missing_report', episode.id) AS report_key,
    known.child_key,
    interview.status,
    interview.offered_at AT TIME ZONE 'UTC' AS offered_at,
    interview.completed_at AT TIME ZONE 'UTC' AS completed_at,
    (interview.completed_at AT TIME ZONE 'Europe/London')::date AS completed_on,
    covering.completed_at AT TIME ZONE 'UTC' AS covered_at,
    episode.returned_at AT TIME ZONE 'UTC' AS returned_at,
    interview.due_at AT TIME ZONE 'UTC' AS due_at,
    CASE
        WHEN interview.completed_at <= interview.due_at OR interview.completed_at IS NULL THEN NULL
        WHEN interview.delay_reason IN (SELECT code FROM core_code WHERE list = 'interview_delay_reason')
            THEN interview.delay_reason
        WHEN interview.delay_reason <> '' THEN 'not_listed'
    END AS delay_reason,
    CASE
        WHEN interview.decline_reason IN (SELECT code FROM core_code WHERE list = 'interview_decline_reason')
            THEN interview.decline_reason
        WHEN interview.decline_reason <> '' THEN 'not_listed'
    END AS decline_reason,
    coalesce(status.highest, 'none') AS legal_status,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM missing_returninterview AS interview
INNER JOIN missing_missingepisode AS episode ON episode.id = interview.episode_id
LEFT JOIN missing_returninterview AS covering ON covering.id = interview.covered_by_id
INNER JOIN known ON known.id = episode.person_id
CROSS JOIN LATERAL (SELECT (episode.reported_at AT TIME ZONE 'Europe/London')::date AS reported_on) AS day
LEFT JOIN highest_status AS status ON status.episode_id = episode.id
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= day.reported_on
    AND roll_up.valid_until > day.reported_on
WHERE interview.status NOT IN ('awaiting_offer', 'withdrawn') AND episode.status <> 'merged'
