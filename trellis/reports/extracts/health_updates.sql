-- One row for each health update for the meeting that stands: what a correction superseded is not among them.
-- Ethnicity group on the day it was told.
SELECT
    reports_pseudonym('health_update', update_row.id) AS update_key,
    known.child_key,
    known.authority,
    update_row.told_on,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM health_needs_healthupdate AS update_row
INNER JOIN known ON known.id = update_row.person_id
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= update_row.told_on
    AND roll_up.valid_until > update_row.told_on
WHERE NOT EXISTS (SELECT FROM health_needs_healthupdate AS later WHERE later.supersedes_id = update_row.id)
