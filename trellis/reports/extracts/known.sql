-- Put before every extract: the children the hub works with, and their ethnicity group on any day.
-- Adults, brothers and sisters whom the record only names are not among them.
WITH known AS MATERIALIZED (
    SELECT
        person.id,
        reports_pseudonym('child', person.id) AS child_key,
        person.authority,
        person.sex,
        person.ethnicity,
        person.date_of_birth
    FROM people_person AS person
    WHERE person.id IN (
        SELECT person_id FROM referrals_referral
        UNION
        SELECT person_id FROM cases_case
        UNION
        SELECT person_id FROM missing_missingepisode
    )
),

-- Each code holds from its day until its last day or the day its successor begins, so no day has two.
roll_up AS (
    SELECT
        code,
        "group",
        valid_from,
        least(
            coalesce(valid_to, 'infinity'),
            coalesce(lead(valid_from) OVER (PARTITION BY code ORDER BY valid_from), 'infinity')
        ) AS valid_until
    FROM core_code
    WHERE list = 'ethnicity' AND "group" <> ''
),

-- The highest legal status in force on the London day of each report, in the order a partition needs.
highest_status AS (
    SELECT
        episode.id AS episode_id,
        (ARRAY['looked_after', 'child_protection_plan', 'child_in_need'])[
            min(array_position(ARRAY['looked_after', 'child_protection_plan', 'child_in_need'], status.kind::text))
        ] AS highest
    FROM missing_missingepisode AS episode
    INNER JOIN people_legalstatus AS status
        ON status.person_id = episode.person_id
        AND status.starts_on <= (episode.reported_at AT TIME ZONE 'Europe/London')::date
        AND (status.ends_on IS NULL OR status.ends_on > (episode.reported_at AT TIME ZONE 'Europe/London')::date)
    GROUP BY episode.id
)
