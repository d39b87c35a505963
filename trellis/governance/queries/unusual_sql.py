"""The rules for unusual access, as one statement over the log of a period.

``opening`` holds one row for each worker and record; every rule that looks at a record starts from it. Names are
compared by their key (people.names), so that accents, hyphens and case do not matter. A family name found by the key
of a whole name is compared once more by the caller, for it may be the given name.
"""

UNUSUAL = """
WITH opening AS MATERIALIZED (
    SELECT e.actor_id, c.child, min(e.at) AS first_at, max(e.at) AS last_at, count(*) AS times
    FROM audit_log_auditevent e CROSS JOIN LATERAL unnest(e.children) AS c (child)
    WHERE e.at >= %(start)s AND e.at < %(stop)s AND e.action IN ('read', 'export') AND e.object_id IS NOT NULL
      AND e.actor_id IS NOT NULL AND c.child <> ALL (%(left_out)s)
      AND (%(worker)s::uuid IS NULL OR e.actor_id = %(worker)s)
      AND (%(child)s::uuid IS NULL OR e.children @> ARRAY[%(child)s::uuid])
    GROUP BY e.actor_id, c.child
),
worker AS MATERIALIZED (
    SELECT * FROM unnest(%(ids)s::uuid[], %(names)s::text[], %(surnames)s::text[], %(postcodes)s::text[])
        AS w (id, name, surname, postcode)
),
opened AS MATERIALIZED (
    SELECT p.id AS child, ' ' || p.search_key || ' ' AS names, p.postcode
    FROM (SELECT DISTINCT child FROM opening) o JOIN people_person p ON p.id = o.child
),
kin AS MATERIALIZED (
    SELECT o.child, w.id AS worker_id, 'relative' AS evidence
    FROM opened o
    JOIN people_relationship r ON r.person_id = o.child AND r.other_id <> ALL (%(left_out)s)
    JOIN people_person adult ON adult.id = r.other_id AND adult.date_of_birth <= %(adult)s
    JOIN worker w ON w.name = adult.search_key
    UNION
    SELECT o.child, w.id, 'household'
    FROM opened o
    JOIN worker w ON w.postcode <> '' AND w.postcode = o.postcode AND o.names LIKE '%% ' || w.surname || ' %%'
),
at_night AS MATERIALIZED (
    SELECT o.*
    FROM opening o
    CROSS JOIN LATERAL (SELECT o.first_at AT TIME ZONE 'Europe/London') AS london (time)
    WHERE (
            extract(isodow FROM london.time) > 5
            OR extract(hour FROM london.time) NOT BETWEEN %(day_begins)s AND %(day_ends)s - 1
            OR EXISTS (SELECT FROM core_bankholiday h WHERE h.on = london.time::date)
        )
      AND NOT EXISTS (
          SELECT FROM cases_allocation a JOIN cases_case k ON k.id = a.case_id
          WHERE k.person_id = o.child AND a.worker_id = o.actor_id
            AND a.starts_on <= london.time::date AND (a.ends_on IS NULL OR a.ends_on >= london.time::date)
      )
),
known_before AS MATERIALIZED (
    SELECT DISTINCT before.actor_id, before.child
    FROM (
        SELECT e.actor_id, unnest(e.children) AS child
        FROM audit_log_auditevent e
        WHERE e.at >= %(known_from)s AND e.at < %(start)s AND e.action IN ('read', 'export')
          AND e.object_id IS NOT NULL
    ) before
    JOIN at_night o ON o.actor_id = before.actor_id AND o.child = before.child
),
found AS (
    SELECT 'own_name' AS rule, 'family_name' AS evidence, w.id AS about, o.*
    FROM opening o
    JOIN worker w ON w.id = o.actor_id
    JOIN opened ON opened.child = o.child AND opened.names LIKE '%% ' || w.surname || ' %%'
    UNION ALL
    SELECT 'own_name', 'alias', w.id, o.*
    FROM opening o
    JOIN worker w ON w.id = o.actor_id
    JOIN people_alias a ON a.person_id = o.child AND ' ' || a.search_key LIKE '%% ' || w.surname
    UNION ALL
    SELECT 'own_name', kin.evidence, kin.worker_id, o.*
    FROM opening o JOIN kin ON kin.child = o.child AND kin.worker_id = o.actor_id AND kin.evidence = 'relative'
    UNION ALL
    SELECT 'own_address', 'address', w.id, o.*
    FROM opening o
    JOIN worker w ON w.id = o.actor_id AND w.postcode <> ''
    JOIN opened ON opened.child = o.child AND opened.postcode = w.postcode
    UNION ALL
    SELECT 'colleague', kin.evidence, kin.worker_id, o.*
    FROM opening o JOIN kin ON kin.child = o.child AND kin.worker_id <> o.actor_id
    UNION ALL
    SELECT 'out_of_hours', '', NULL, o.*
    FROM at_night o
    WHERE NOT EXISTS (SELECT FROM known_before k WHERE k.actor_id = o.actor_id AND k.child = o.child)
),
busy AS (
    SELECT CASE e.action WHEN 'search' THEN 'searches' ELSE 'refusals' END AS rule, e.actor_id,
           (e.at AT TIME ZONE 'Europe/London')::date AS on_day, min(e.at) AS first_at, max(e.at) AS last_at,
           count(*) AS times
    FROM audit_log_auditevent e
    WHERE e.at >= %(start)s AND e.at < %(stop)s AND e.action IN ('search', 'refuse') AND e.actor_id IS NOT NULL
      AND %(child)s::uuid IS NULL AND (%(worker)s::uuid IS NULL OR e.actor_id = %(worker)s)
    GROUP BY 1, 2, 3
    HAVING count(*) >= CASE min(e.action) WHEN 'search' THEN %(searches)s ELSE %(refusals)s END
)
SELECT rule, actor_id, child, NULL::date AS on_day, first_at, last_at, times, evidence, about FROM found
UNION ALL
SELECT rule, actor_id, NULL, on_day, first_at, last_at, times, '', NULL FROM busy
ORDER BY last_at DESC, actor_id, rule, child
"""
