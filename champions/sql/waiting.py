"""Row policies of the waiting list.

Whoever waits and the coordinator read it. A line manager learns that they are asked, and nothing else, by a function;
HR, the lead and everybody else read none of it. It is changed by the functions of `waiting.sql` alone. Who joined it,
was offered a place, took one, waits again or left stands in the history of changes, which the data protection officer
reads; never why, that a line manager said no, or that an offer was declined.
"""

from pathlib import Path

from wellbeing.confidential.sql import protect

_ME = "(SELECT app_person())"
_OWN_ENTRY = f"EXISTS (SELECT FROM champions_champion c WHERE c.id = champion_id AND c.person_id = {_ME})"

POLICIES = protect(
    "champions_waiting",
    {
        "waiting_read": f"FOR SELECT TO wellbeing_app USING (person_id = {_ME} OR (SELECT app_holds('coordinator')))",
        "waiting_joined": f"""FOR INSERT TO wellbeing_app
            WITH CHECK (person_id = {_ME} AND answer = '' AND {_OWN_ENTRY})""",
        "waiting_worker": "FOR SELECT TO wellbeing_worker USING (true)",
    },
)

# The worker passes places on, and never reads why somebody wants one.
GRANTS = """
GRANT SELECT, INSERT ON champions_waiting TO wellbeing_app;
GRANT SELECT (champion_id, person_id, is_former, joined_at, asked_on, answer, answered_by_id, answered_at)
    ON champions_waiting TO wellbeing_worker;
"""

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

ALL = [POLICIES, GRANTS, FUNCTIONS]
