-- One row for each referral; age and ethnicity group on the London day of receipt.
SELECT
    reports_pseudonym('referral', referral.id) AS referral_key,
    known.child_key,
    known.authority,
    referral.received_at AT TIME ZONE 'UTC' AS received_at,
    day.received_on,
    referral.primary_type,
    cardinality(referral.exploitation_types) AS type_count,
    source.code AS source_code,
    coalesce(agency.code, source."group") AS source_agency,
    CASE WHEN day.received_on >= known.date_of_birth
        THEN extract(year FROM age(day.received_on, known.date_of_birth))::int
    END AS age,
    referral.status,
    nullif(referral.status, 'received') AS decision,
    (referral.decided_at AT TIME ZONE 'Europe/London')::date AS decided_on,
    referral.decision_due_on,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM referrals_referral AS referral
INNER JOIN known ON known.id = referral.person_id
CROSS JOIN LATERAL (SELECT (referral.received_at AT TIME ZONE 'Europe/London')::date AS received_on) AS day
LEFT JOIN accounts_agency AS agency ON agency.id = referral.agency_id
LEFT JOIN (
    SELECT DISTINCT ON (code) code, "group" FROM core_code WHERE list = 'referral_source' ORDER BY code, valid_from DESC
) AS source ON source.code = referral.source_code
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= day.received_on
    AND roll_up.valid_until > day.received_on
