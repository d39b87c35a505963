-- Who sees which part of whose record, and from when to when: one row for each stretch of time.
-- Sight = grants in force, to the user, their team or their agency, while their role lets them read children's records,
-- less every exclusion of theirs, less every seal they do not hold.
CREATE FUNCTION trellis_worked_out_sight(people uuid[], users uuid[])
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
in_force AS (
    SELECT g.*, tstzrange(CASE WHEN g.starts_at > soon.at THEN g.starts_at END, g.ends_at) AS during
    FROM need_to_know_grant g, soon
    WHERE (g.ends_at IS NULL OR g.ends_at > clock_timestamp()) AND (people IS NULL OR g.person_id = ANY (people))
),
reaching AS (
    SELECT g.user_id, g.person_id, g.parts, g.during FROM in_force g WHERE g.user_id IS NOT NULL
    UNION ALL
    SELECT m.user_id, g.person_id, g.parts, g.during * m.during
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

-- Set the duty of the row context and give back what it was, to be set again afterwards.
CREATE FUNCTION trellis_on_duty(wanted text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    before text := coalesce(current_setting('trellis.duty', true), '');
BEGIN
    PERFORM set_config('trellis.duty', wanted, true);
    RETURN before;
END $$;

-- Work sight out again for these people (all when NULL), for these users (all when NULL).
-- Changes about people wait for each other person by person, and all of them for a change of who works where.
CREATE FUNCTION trellis_renew_sight(people uuid[], users uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    before text := trellis_on_duty('sight');
BEGIN
    IF people IS NULL THEN
        PERFORM pg_advisory_xact_lock(7203115);
    ELSE
        PERFORM pg_advisory_xact_lock_shared(7203115);
        PERFORM FROM people_person p WHERE p.id = ANY (people) ORDER BY p.id FOR NO KEY UPDATE;
    END IF;
    DELETE FROM need_to_know_sight s
    WHERE (people IS NULL OR s.person_id = ANY (people)) AND (users IS NULL OR s.user_id = ANY (users));
    INSERT INTO need_to_know_sight (id, user_id, person_id, part, starts_at, ends_at)
    SELECT gen_random_uuid(), w.user_id, w.person_id, w.part, lower(w.during), upper(w.during)
    FROM trellis_worked_out_sight(people, users) w;
    PERFORM trellis_on_duty(before);
END $$;

CREATE FUNCTION trellis_people_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM trellis_renew_sight(ARRAY (SELECT DISTINCT person_id FROM changed), NULL);
    RETURN NULL;
END $$;

-- A row that now names somebody else: both whom it named and whom it names.
CREATE FUNCTION trellis_people_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM trellis_renew_sight(ARRAY (SELECT person_id FROM changed UNION SELECT person_id FROM was), NULL);
    RETURN NULL;
END $$;

CREATE FUNCTION trellis_holders_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := trellis_on_duty('sight');
BEGIN
    PERFORM trellis_renew_sight(
        ARRAY (SELECT DISTINCT s.person_id FROM changed c JOIN need_to_know_seal s ON s.id = c.seal_id), NULL
    );
    PERFORM trellis_on_duty(before);
    RETURN NULL;
END $$;

CREATE FUNCTION trellis_holders_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := trellis_on_duty('sight');
BEGIN
    PERFORM trellis_renew_sight(
        ARRAY (
            SELECT s.person_id FROM need_to_know_seal s
            WHERE s.id IN (SELECT seal_id FROM changed UNION SELECT seal_id FROM was)
        ),
        NULL
    );
    PERFORM trellis_on_duty(before);
    RETURN NULL;
END $$;

CREATE FUNCTION trellis_worker_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM trellis_renew_sight(NULL, ARRAY (SELECT DISTINCT user_id FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION trellis_worker_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM trellis_renew_sight(NULL, ARRAY (SELECT user_id FROM changed UNION SELECT user_id FROM was));
    RETURN NULL;
END $$;

CREATE FUNCTION trellis_user_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM trellis_renew_sight(NULL, ARRAY[NEW.id]);
    RETURN NULL;
END $$;

CREATE FUNCTION trellis_role_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM trellis_renew_sight(NULL, NULL);
    RETURN NULL;
END $$;

-- The other person of a relationship is sealed: told on the row itself, so that nobody need read the seals.
CREATE FUNCTION trellis_seal_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := trellis_on_duty('sight');
BEGIN
    PERFORM FROM people_person p WHERE p.id IN (SELECT person_id FROM changed) ORDER BY p.id FOR NO KEY UPDATE;
    UPDATE people_relationship r
    SET other_sealed = EXISTS (
        SELECT FROM need_to_know_seal s WHERE s.person_id = r.other_id AND s.unsealed_at IS NULL
    )
    WHERE r.other_id IN (SELECT person_id FROM changed);
    PERFORM trellis_on_duty(before);
    RETURN NULL;
END $$;

CREATE FUNCTION trellis_seal_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := trellis_on_duty('sight');
BEGIN
    PERFORM FROM people_person p WHERE p.id IN (SELECT person_id FROM changed UNION SELECT person_id FROM was) ORDER BY p.id FOR NO KEY UPDATE;
    UPDATE people_relationship r
    SET other_sealed = EXISTS (
        SELECT FROM need_to_know_seal s WHERE s.person_id = r.other_id AND s.unsealed_at IS NULL
    )
    WHERE r.other_id IN (SELECT person_id FROM changed UNION SELECT person_id FROM was);
    PERFORM trellis_on_duty(before);
    RETURN NULL;
END $$;

CREATE FUNCTION trellis_relationship_made() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := trellis_on_duty('sight');
BEGIN
    -- Whoever is sealing the other person is waited for, and waits for this.
    PERFORM FROM people_person p WHERE p.id = NEW.other_id FOR SHARE;
    NEW.other_sealed := EXISTS (
        SELECT FROM need_to_know_seal s WHERE s.person_id = NEW.other_id AND s.unsealed_at IS NULL
    );
    PERFORM trellis_on_duty(before);
    RETURN NEW;
END $$;

CREATE TRIGGER sight_grant_insert AFTER INSERT ON need_to_know_grant REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_changed();
CREATE TRIGGER sight_grant_update AFTER UPDATE ON need_to_know_grant REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_moved();
CREATE TRIGGER sight_grant_delete AFTER DELETE ON need_to_know_grant REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_changed();
CREATE TRIGGER sight_exclusion_insert AFTER INSERT ON need_to_know_exclusion REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_changed();
CREATE TRIGGER sight_exclusion_update AFTER UPDATE ON need_to_know_exclusion REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_moved();
CREATE TRIGGER sight_exclusion_delete AFTER DELETE ON need_to_know_exclusion REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_changed();
CREATE TRIGGER sight_seal_insert AFTER INSERT ON need_to_know_seal REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_changed();
CREATE TRIGGER sight_seal_update AFTER UPDATE ON need_to_know_seal REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_moved();
CREATE TRIGGER sight_seal_delete AFTER DELETE ON need_to_know_seal REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_changed();
CREATE TRIGGER sight_relationships_insert AFTER INSERT ON need_to_know_seal REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_seal_changed();
CREATE TRIGGER sight_relationships_update AFTER UPDATE ON need_to_know_seal REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_seal_moved();
CREATE TRIGGER sight_relationships_delete AFTER DELETE ON need_to_know_seal REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_seal_changed();
CREATE TRIGGER sight_holder_insert AFTER INSERT ON need_to_know_sealholder REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_holders_changed();
CREATE TRIGGER sight_holder_update AFTER UPDATE ON need_to_know_sealholder REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_holders_moved();
CREATE TRIGGER sight_holder_delete AFTER DELETE ON need_to_know_sealholder REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_holders_changed();
CREATE TRIGGER sight_membership_insert AFTER INSERT ON accounts_membership REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_worker_changed();
CREATE TRIGGER sight_membership_update AFTER UPDATE ON accounts_membership REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_worker_moved();
CREATE TRIGGER sight_membership_delete AFTER DELETE ON accounts_membership REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trellis_worker_changed();
CREATE TRIGGER sight_user AFTER UPDATE OF is_active, agency_id ON accounts_user FOR EACH ROW
    WHEN (OLD.is_active <> NEW.is_active OR OLD.agency_id <> NEW.agency_id) EXECUTE FUNCTION trellis_user_changed();
CREATE TRIGGER sight_role AFTER UPDATE OF permissions ON accounts_role FOR EACH ROW
    WHEN (OLD.permissions <> NEW.permissions) EXECUTE FUNCTION trellis_role_changed();
CREATE TRIGGER sight_relationship BEFORE INSERT OR UPDATE OF other_id ON people_relationship FOR EACH ROW
    EXECUTE FUNCTION trellis_relationship_made();
