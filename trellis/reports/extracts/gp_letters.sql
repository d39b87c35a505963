-- One row for each letter that went out to a GP practice, by whatever way, as far as it is known not to have come back.
-- Ethnicity group on the day it went out.
SELECT
    reports_pseudonym('letter', letter.id) AS letter_key,
    known.child_key,
    known.authority,
    letter.told_on,
    letter.occasion,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM letters_letter AS letter
INNER JOIN known ON known.id = letter.person_id
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= letter.told_on
    AND roll_up.valid_until > letter.told_on
WHERE letter.kind = 'gp' AND letter.told_on IS NOT NULL
