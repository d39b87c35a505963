-- One row for each area of each closed case, at closing: what stood there, or not_known where nobody answered.
SELECT
    reports_pseudonym('case', work.id) || '-' || area.code AS outcome_key,
    known.child_key,
    known.authority,
    work.closed_on,
    area.code AS area,
    coalesce(latest.stands, 'not_known') AS status,
    latest.stands IS NOT NULL AS asked,
    known.sex,
    coalesce(roll_up."group", 'not_known') AS ethnicity_group
FROM cases_case AS work
INNER JOIN known ON known.id = work.person_id
CROSS JOIN (SELECT DISTINCT code FROM core_code WHERE list IN ('closure_area', 'outcome_area')) AS area
LEFT JOIN LATERAL (
    SELECT said.stands
    FROM outcomes_outcomerecord AS said
    WHERE said.case_id = work.id AND said.area = area.code AND said.point = 'close'
    ORDER BY said.revision DESC
    LIMIT 1
) AS latest ON true
LEFT JOIN roll_up
    ON roll_up.code = known.ethnicity
    AND roll_up.valid_from <= work.closed_on
    AND roll_up.valid_until > work.closed_on
WHERE work.closed_on IS NOT NULL
