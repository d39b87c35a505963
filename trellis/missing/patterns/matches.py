"""One statement that finds every link among the episodes and mentions it is given.

``key`` in SQL says what ``mention_keys.name_key`` says in Python. Days are those of UTC: they only bring together what
is then compared by the moment.
"""

_KEY = r"""btrim(regexp_replace(regexp_replace(replace(lower(normalize(WORDS, NFKD)), 'ß', 'ss'),
    '[\u0300-\u036f\u200b-\u200f\u00ad''’]', '', 'g'), '[^[:alnum:]_]+', ' ', 'g'))"""

_STATEMENT = """
WITH episodes AS MATERIALIZED (
    SELECT
        id, person_id, found_where, reported_at,
        coalesce(last_seen_at, reported_at) AS began,
        coalesce(returned_at, %(now)s) AS ended,
        coalesce(found_at, returned_at) AS found,
        KEY(found_where) AS place,
        ' ' || KEY(found_with) || ' ' AS company
    FROM missing_missingepisode
    WHERE id = ANY(%(episodes)s)
),
mentions AS MATERIALIZED (
    SELECT mention.*, episode.person_id, episode.id AS episode_id, episode.began, episode.reported_at
    FROM missing_mention AS mention
    INNER JOIN missing_returninterview AS interview ON interview.id = mention.interview_id
    INNER JOIN episodes AS episode ON episode.id = interview.episode_id
    WHERE mention.id = ANY(%(mentions)s)
),
people AS (
    SELECT id, ' ' || KEY(given_name || ' ' || family_name) || ' ' AS name
    FROM people_person
    WHERE id IN (SELECT person_id FROM episodes)
),
days AS (
    SELECT id, person_id, began, ended, generate_series(date_trunc('day', began), ended, '1 day') AS day
    FROM episodes
),
pairs AS MATERIALIZED (
    SELECT DISTINCT one.id AS one_id, other.id AS other_id
    FROM days AS one
    INNER JOIN days AS other ON other.day = one.day
    WHERE one.person_id <> other.person_id
        AND (one.person_id = %(child)s OR %(child)s IS NULL AND one.person_id < other.person_id)
        AND one.began < other.ended AND other.began < one.ended
),
at_once AS MATERIALIZED (
    SELECT
        one.id AS one_id, other.id AS other_id, one.person_id AS one_person, other.person_id AS other_person,
        one.reported_at AS one_at, other.reported_at AS other_at, one.found_where,
        one.place <> '' AND one.place = other.place AND one.place <> ALL(%(kinds)s)
            AND abs(extract(epoch FROM one.found - other.found)) <= %(seconds)s AS at_one_place,
        strpos(one.company, name_of_other.name) > 0 OR strpos(other.company, name_of_one.name) > 0 AS named,
        abs(extract(epoch FROM one.began - other.began)) <= %(seconds)s AS left_together
    FROM pairs
    INNER JOIN episodes AS one ON one.id = pairs.one_id
    INNER JOIN episodes AS other ON other.id = pairs.other_id
    INNER JOIN people AS name_of_one ON name_of_one.id = one.person_id
    INNER JOIN people AS name_of_other ON name_of_other.id = other.person_id
),
often AS (
    SELECT *, count(*) OVER (PARTITION BY one_person, other_person) AS times FROM at_once WHERE left_together
),
places AS (
    SELECT person_id, id AS episode_id, reported_at, found_where AS words, 'place' AS kind, place AS key, false AS adult
    FROM episodes WHERE place <> '' AND place <> ALL(%(kinds)s)
),
spoken AS (
    SELECT person_id, episode_id, reported_at, words, kind, key, is_adult FROM mentions
),
things AS MATERIALIZED (
    SELECT * FROM places UNION ALL SELECT * FROM spoken WHERE kind <> 'place' OR key <> ALL(%(kinds)s)
),
uncommon AS (
    SELECT kind, key FROM things GROUP BY kind, key HAVING count(DISTINCT person_id) BETWEEN 2 AND %(common)s
),
alike AS (
    SELECT DISTINCT
        CASE one.kind WHEN 'place' THEN 'place' WHEN 'person' THEN 'adult' ELSE 'thing' END AS rule,
        one.person_id AS one_person, other.person_id AS other_person,
        one.episode_id AS one_id, other.episode_id AS other_id,
        one.reported_at AS one_at, other.reported_at AS other_at, one.key AS words
    FROM things AS one
    INNER JOIN uncommon USING (kind, key)
    INNER JOIN things AS other USING (kind, key)
    WHERE one.person_id <> other.person_id
        AND (one.person_id = %(child)s OR %(child)s IS NULL AND one.person_id < other.person_id)
        AND (one.kind <> 'person' OR one.adult OR other.adult)
)
SELECT 'named' AS rule, one_person, other_person, one_id, other_id, one_at, other_at, '' AS words
FROM at_once WHERE named
UNION ALL
SELECT 'together', one_person, other_person, one_id, other_id, one_at, other_at, found_where
FROM at_once WHERE at_one_place
UNION ALL
SELECT 'often', one_person, other_person, one_id, other_id, one_at, other_at, '' FROM often WHERE times >= %(often)s
UNION ALL
SELECT rule, one_person, other_person, one_id, other_id, one_at, other_at, words FROM alike
WHERE rule <> 'place' OR NOT EXISTS (
    SELECT FROM at_once WHERE at_once.one_id = alike.one_id AND at_once.other_id = alike.other_id AND at_one_place
)
"""

KEYED = ("found_where", "found_with", "given_name || ' ' || family_name")
MATCHES = _STATEMENT
for _words in KEYED:
    MATCHES = MATCHES.replace(f"KEY({_words})", _KEY.replace("WORDS", _words))
