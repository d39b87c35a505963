-- Spells of schooling [starts_on, ends_on), the main place of education: one at a time.
SELECT
    known.child_key,
    school.provision,
    school.send,
    school.starts_on,
    school.ends_on
FROM people_education AS school
INNER JOIN known ON known.id = school.person_id
WHERE NOT school.alongside
