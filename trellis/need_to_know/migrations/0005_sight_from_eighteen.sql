-- The moment somebody comes of age: London midnight at which their 18th birthday begins. Born on 29 February: 1 March,
-- for the 18th year after a leap year is none (trellis.core.clocks.birthday_in says the same, with its source).
CREATE FUNCTION trellis_adult_from(born date) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
SELECT ((born + interval '18 years')::date
        + CASE WHEN extract(month FROM born) = 2 AND extract(day FROM born) = 29 THEN 1 ELSE 0 END
       )::timestamp AT TIME ZONE 'Europe/London'
$$;

-- Who sees which part of whose record, and from when to when: one row for each stretch of time.
-- Sight = grants in force, to the user, their team or their agency, while their role lets them read children's records,
-- less every exclusion of theirs, less every seal they do not hold. What was granted in somebody's childhood goes on from
-- their 18th birthday only while an adult basis holds; but for managers, who answer for what was done, and for an
-- emergency, which ends within hours. Parts of a record are shared with partners, be it with one of them by name.
CREATE OR REPLACE FUNCTION trellis_worked_out_sight(people uuid[], users uuid[])
RETURNS TABLE (user_id uuid, person_id uuid, part text, during tstzrange) LANGUAGE sql VOLATILE AS $$
-- What starts within a minute has started: the clock that wrote it may be a little ahead of the database's.
WITH soon AS (
    SELECT clock_timestamp() + interval '1 minute' AS at
),
membership AS (
    SELECT m.user_id, m.team_id, r.permissions,
           tstzrange(m.starts_on::timestamp AT TIME ZONE 'Europe/London', m.ends_on::timestamp AT TIME ZONE 'Europe/London')
               AS during
    FROM accounts_membership m
    JOIN accounts_user u ON u.id = m.user_id AND u.is_active
    JOIN accounts_role r ON r.id = m.role_id
    WHERE users IS NULL OR m.user_id = ANY (users)
),
reader AS (
    SELECT m.user_id, range_agg(m.during) AS during FROM membership m
    WHERE 'CHILD_READ' = ANY (m.permissions) GROUP BY m.user_id
),
-- One withdrawn before it began never held.
adult AS (
    SELECT b.person_id, range_agg(b.during) AS hub, range_agg(b.during) FILTER (WHERE b.with_partners) AS everybody
    FROM (
        SELECT person_id, with_partners,
               CASE WHEN ended_at IS NULL OR ended_at > starts_on::timestamp AT TIME ZONE 'Europe/London'
                    THEN tstzrange(starts_on::timestamp AT TIME ZONE 'Europe/London', ended_at)
                    ELSE 'empty' END AS during
        FROM need_to_know_adultbasis
    ) b
    WHERE people IS NULL OR b.person_id = ANY (people)
    GROUP BY b.person_id
),
in_force AS (
    SELECT g.id, g.person_id, g.user_id, g.team_id, g.agency_id, g.parts,
           tstzmultirange(tstzrange(CASE WHEN g.starts_at > soon.at THEN g.starts_at END, g.ends_at))
           - CASE WHEN g.starts_at >= trellis_adult_from(p.date_of_birth) OR g.parts = '{emergency}' OR t.code = 'management'
                  THEN '{}'::tstzmultirange
                  ELSE tstzmultirange(tstzrange(trellis_adult_from(p.date_of_birth), NULL))
                       - coalesce(CASE WHEN g.agency_id IS NULL AND g.parts = '{}' THEN a.hub ELSE a.everybody END, '{}'::tstzmultirange)
             END AS during
    FROM need_to_know_grant g
    CROSS JOIN soon
    JOIN people_person p ON p.id = g.person_id
    LEFT JOIN accounts_team t ON t.id = g.team_id
    LEFT JOIN adult a ON a.person_id = g.person_id
    WHERE (g.ends_at IS NULL OR g.ends_at > clock_timestamp()) AND (people IS NULL OR g.person_id = ANY (people))
),
reaching AS (
    SELECT g.user_id, g.person_id, g.parts, g.during FROM in_force g WHERE g.user_id IS NOT NULL
    UNION ALL
    SELECT m.user_id, g.person_id, g.parts, g.during * tstzmultirange(m.during)
    FROM in_force g JOIN membership m ON m.team_id = g.team_id
    UNION ALL
    SELECT u.id, g.person_id, g.parts, g.during FROM in_force g JOIN accounts_user u ON u.agency_id = g.agency_id
),
granted AS (
    SELECT r.user_id, r.person_id, opened.part, range_agg(r.during) * reader.during AS during
    FROM reaching r
    JOIN reader ON reader.user_id = r.user_id
    CROSS JOIN LATERAL unnest(
        CASE WHEN r.parts = '{}' THEN ARRAY['record']
             -- Neither an emergency nor a pointer brings the child's identity with it.
             WHEN r.parts = '{emergency}' OR r.parts = '{pointer}' THEN r.parts::text[]
             ELSE array_append(r.parts::text[], 'identity') END
    ) AS opened (part)
    GROUP BY r.user_id, r.person_id, opened.part, reader.during
),
taken AS (
    SELECT e.user_id, e.person_id,
           range_agg(tstzrange(CASE WHEN e.starts_at > soon.at THEN e.starts_at END, e.ends_at)) AS during
    FROM need_to_know_exclusion e, soon
    WHERE e.ends_at IS NULL OR e.ends_at > clock_timestamp()
    GROUP BY e.user_id, e.person_id
),
sealed AS (
    SELECT s.id, s.person_id FROM need_to_know_seal s WHERE s.unsealed_at IS NULL
)
SELECT g.user_id, g.person_id, g.part, unnest(
    (g.during - coalesce(t.during, '{}'::tstzmultirange)) * tstzmultirange(tstzrange(now(), NULL))
)
FROM granted g
LEFT JOIN taken t ON t.user_id = g.user_id AND t.person_id = g.person_id
WHERE NOT EXISTS (
    SELECT FROM sealed s WHERE s.person_id = g.person_id AND NOT EXISTS (
        SELECT FROM need_to_know_sealholder h WHERE h.seal_id = s.id AND h.user_id = g.user_id
    )
)
$$;

-- A birthday was put right: what ends with it ends at another moment.
CREATE FUNCTION trellis_birth_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM trellis_renew_sight(ARRAY[NEW.id], NULL);
    RETURN NULL;
END $$;

CREATE TRIGGER sight_adult_basis_insert AFTER INSERT ON need_to_know_adultbasis REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_changed();
CREATE TRIGGER sight_adult_basis_update AFTER UPDATE ON need_to_know_adultbasis
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_moved();
CREATE TRIGGER sight_adult_basis_delete AFTER DELETE ON need_to_know_adultbasis REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_changed();
CREATE TRIGGER sight_birth AFTER UPDATE OF date_of_birth ON people_person FOR EACH ROW
    WHEN (OLD.date_of_birth <> NEW.date_of_birth) EXECUTE FUNCTION trellis_birth_changed();

SELECT trellis_renew_sight(NULL, NULL);
