-- One row for each child the hub works with; ethnicity group as rolled up today.
SELECT
    known.child_key,
    known.authority,
    CASE WHEN known.ethnicity IN (SELECT code FROM core_code WHERE list = 'ethnicity') THEN known.ethnicity END
        AS ethnicity_code,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM known
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= (now() AT TIME ZONE 'Europe/London')::date
    AND roll_up.valid_until > (now() AT TIME ZONE 'Europe/London')::date
