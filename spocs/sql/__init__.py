"""What the database itself allows with SPOCs' topics, and takes away: a file for each release that changed it."""

from pathlib import Path

from wellbeing.confidential.sql import protect

_FOLDER = Path(__file__).parent
_OWN = "spoc_id IN (SELECT id FROM spocs_spoc WHERE person_id = (SELECT app_person()))"


def read(name: str) -> str:
    """The text of one file beside this one."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


TOPICS = "\n".join(
    [
        protect(
            "spocs_topicconsent",
            {
                "topic_of_listed": """FOR SELECT TO wellbeing_app USING (spoc_id IN (
                    SELECT id FROM spocs_spoc WHERE state = 'active'
                       OR state = 'review' AND (SELECT app_holds('coordinator'))))""",
                "topic_own": f"FOR ALL TO wellbeing_app USING ({_OWN}) WITH CHECK ({_OWN})",
                "topic_worker": "FOR ALL TO wellbeing_worker USING (true)",
            },
        ),
        "GRANT SELECT, INSERT, DELETE ON spocs_topicconsent TO wellbeing_app, wellbeing_worker;",
        "GRANT USAGE ON SEQUENCE spocs_topicconsent_id_seq TO wellbeing_app, wellbeing_worker;",
        read("withdrawn"),
    ]
)
