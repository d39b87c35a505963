-- One row for each case; ethnicity group on the day it opened.
SELECT
    reports_pseudonym('case', work.id) AS case_key,
    known.child_key,
    known.authority,
    work.opened_on,
    work.closed_on,
    CASE
        WHEN work.closure_reason IN (SELECT code FROM core_code WHERE list = 'case_closure_reason')
            THEN work.closure_reason
        WHEN work.closure_reason <> '' THEN 'not_listed'
    END AS closure_reason,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM cases_case AS work
INNER JOIN known ON known.id = work.person_id
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= work.opened_on
    AND roll_up.valid_until > work.opened_on
