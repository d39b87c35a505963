-- One row for each stage in which a referral to the National Referral Mechanism stood, from a day until a day. Of two
-- events of one day the later stage stands; a notification without a referral has none.
SELECT
    reports_pseudonym('nrm_referral', spell.referral_id) AS referral_key,
    known.child_key,
    known.authority,
    spell.submitted_on,
    spell.stage,
    CASE
        WHEN spell.outcome IN ('waiting', 'withdrawn') THEN spell.outcome
        WHEN
            EXISTS (SELECT FROM core_code WHERE list = 'nrm_outcome' AND code = spell.outcome)
            THEN spell.outcome
        ELSE 'not_listed'
    END AS outcome,
    spell.starts_on,
    spell.ends_on,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM (
    SELECT
        event.referral_id,
        referral.person_id,
        (referral.submitted_at AT TIME ZONE 'Europe/London')::date AS submitted_on,
        event.stage,
        event.outcome,
        event.starts_on,
        lead(event.starts_on) OVER (
            PARTITION BY event.referral_id
            ORDER BY event.starts_on, event.place, event.recorded_at, event.id
        ) AS ends_on
    FROM (
        SELECT
            id,
            id AS referral_id,
            'referred' AS stage,
            'waiting' AS outcome,
            (submitted_at AT TIME ZONE 'Europe/London')::date AS starts_on,
            0 AS place,
            recorded_at
        FROM nrm_nrmreferral
        WHERE status <> 'notified'
        UNION ALL
        SELECT
            id,
            referral_id,
            stage,
            outcome,
            decided_on,
            CASE stage WHEN 'reasonable' THEN 1 ELSE 2 END,
            recorded_at
        FROM nrm_nrmdecision
        UNION ALL
        SELECT
            id,
            referral_id,
            'withdrawn',
            'withdrawn',
            (moved_at AT TIME ZONE 'Europe/London')::date,
            3,
            recorded_at
        FROM nrm_nrmreferralmove
        WHERE new = 'withdrawn'
    ) AS event
    INNER JOIN nrm_nrmreferral AS referral ON referral.id = event.referral_id
) AS spell
INNER JOIN known ON known.id = spell.person_id
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= spell.submitted_on
    AND roll_up.valid_until > spell.submitted_on
WHERE spell.ends_on IS NULL OR spell.ends_on > spell.starts_on
