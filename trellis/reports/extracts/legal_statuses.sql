-- Spells of legal status [starts_on, ends_on); kinds overlap, a kind does not overlap itself.
SELECT
    known.child_key,
    status.kind,
    status.starts_on,
    status.ends_on
FROM people_legalstatus AS status
INNER JOIN known ON known.id = status.person_id
