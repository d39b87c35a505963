-- One row for each assessment begun; it is completed once it is signed off. Ethnicity group on the day its clock began.
SELECT
    reports_pseudonym('assessment', assessment.id) AS assessment_key,
    known.child_key,
    known.authority,
    assessment.status,
    assessment.clock_started_on,
    assessment.due_on,
    (assessment.submitted_at AT TIME ZONE 'Europe/London')::date AS submitted_on,
    (assessment.signed_off_at AT TIME ZONE 'Europe/London')::date AS signed_off_on,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM assessments_assessment AS assessment
INNER JOIN known ON known.id = assessment.person_id
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= assessment.clock_started_on
    AND roll_up.valid_until > assessment.clock_started_on
