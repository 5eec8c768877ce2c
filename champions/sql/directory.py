"""The directory's one statement, in pieces.

Written by hand because every page for readers stands on it: a force of 250,000 has thousands of
champions, and they are ordered before anybody's row of the roster is read. `cards.py` puts it
together; nothing that somebody typed is ever part of it, only a parameter.
"""

from wellbeing.people.sql import folded

# Quick: a few rows by index, whoever leaves having stepped down in the same transaction (roster.py).
NOT_UNLISTED = """
    c.state IN ('active', 'away') AND c.person_id NOT IN (
        SELECT id FROM people_person
        WHERE gone_at IS NULL AND (hidden OR died_on IS NOT NULL OR "left" <= %(today)s)
    )"""
# Slow and beyond doubt: asked of the few rows that are shown, and of whoever covers for them.
LISTED = """
    {c}.state IN ('active', 'away') AND NOT {p}.hidden AND {p}.died_on IS NULL
    AND ({p}."left" IS NULL OR {p}."left" > %(today)s)"""

AWAY = "(c.state = 'away' AND %(today)s BETWEEN c.away_from AND c.away_until)"
FAIR = "uuid_hash_extended(c.id, %(day)s)"

_COVERS = """EXISTS (
        SELECT FROM champions_coverage v JOIN people_station s ON s.id = v.station_id
        WHERE v.champion_id = c.id AND v.ended_at IS NULL AND {which})"""
AT_STATION = _COVERS.format(which="v.station_id = %(station)s")
LEADS_STATION = _COVERS.format(which="v.station_id = %(station)s AND v.is_lead")
IN_DIVISION = _COVERS.format(which="s.division_id = %(division)s")
BY_DAY, BY_NIGHT = "c.by_day", "c.by_night"
ELSEWHERE = _COVERS.format(which="NOT s.closed AND v.station_id <> %(near)s")
AT_STATIONS = _COVERS.format(which="v.station_id = ANY(%(stations)s)")
# The few of that name by `BY_NAME`, and not the roster's row of each of thousands of champions.
NAMED = "c.person_id IN (SELECT p.id FROM people_person p WHERE {words})"
# From the word to the last of those that begin with it, letter by letter in any collation: unlike with starts_with(),
# what `BY_NAME` finds need not be folded once more.
_BEGINS = "({folded} ~>=~ %({{word}})s AND {folded} ~<~ (%({{word}})s || '\U0010ffff'))"
BEGINS_A_NAME = "({} OR {})".format(*(_BEGINS.format(folded=folded(name)) for name in ("p.known_as", "p.last_name")))
BY_NAME = [
    f"CREATE INDEX person_folded_{name} ON people_person ({folded(name)} text_pattern_ops)"
    for name in ("known_as", "last_name")
]
OF_THESE = "c.id = ANY(%(champions)s::uuid[])"

NOBODY_FIRST, FURTHER_AWAY, AT_HOME = "0", "3", "0"
LEAD_FIRST_AWAY_LAST = f"CASE WHEN {AWAY} THEN 2 WHEN {LEADS_STATION} THEN 0 ELSE 1 END"
AWAY_LAST = f"{AWAY}::int"
# How near: 0 covers the station, 1 one of its district, 2 one of its division, 3 is further away.
_CIRCLE = """c.id IN (
            SELECT v.champion_id FROM champions_coverage v JOIN people_station s ON s.id = v.station_id
            WHERE v.ended_at IS NULL AND {which})"""
NEARNESS = f"""CASE
        WHEN {_CIRCLE.format(which="s.id = %(near)s")} THEN 0
        WHEN {_CIRCLE.format(which="s.division_id = %(near_division)s AND s.district = %(near_district)s")} THEN 1
        WHEN {_CIRCLE.format(which="s.division_id = %(near_division)s")} THEN 2
        ELSE 3 END"""

CARDS = f"""
WITH candidate AS (
    SELECT c.id, {{far}} AS far, {{first}} AS first, {FAIR} AS fair
    FROM champions_champion c
    WHERE {NOT_UNLISTED} AND {{where}}
    ORDER BY far, first, fair, c.id
    LIMIT %(limit)s OFFSET %(offset)s
)
SELECT
    c.id, p.id, p.known_as, p.last_name, p.rank_or_grade, p.station_id, works.name,
    CASE WHEN c.show_phone THEN coalesce(nullif(c.phone, ''), p.work_phone) ELSE '' END,
    CASE WHEN c.show_text THEN coalesce(nullif(c.phone, ''), p.work_phone) ELSE '' END,
    CASE WHEN c.show_mail THEN p.email ELSE '' END,
    c.by_day, c.by_night, CASE WHEN {AWAY} THEN c.away_until END, c.cover_id, candidate.far, covered.stations
FROM candidate
JOIN champions_champion c ON c.id = candidate.id
JOIN people_person p ON p.id = c.person_id AND {LISTED.format(c="c", p="p")}
LEFT JOIN people_station works ON works.id = p.station_id
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(s.id, s.name, v.is_lead, s.district, s.division_id, d.name) ORDER BY s.name)
        AS stations
    FROM champions_coverage v
    JOIN people_station s ON s.id = v.station_id
    JOIN people_division d ON d.id = s.division_id
    WHERE v.champion_id = c.id AND v.ended_at IS NULL
) covered ON true
ORDER BY candidate.far, candidate.first, candidate.fair, c.id
"""  # noqa: S608 - pieces of this page, and parameters

COUNT = f"SELECT count(*) FROM champions_champion c WHERE {NOT_UNLISTED} AND {{where}}"  # noqa: S608 - likewise
