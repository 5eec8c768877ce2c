"""Who reads how somebody stands: they themselves, HR, the coordinator and the wellbeing lead. Nobody writes it but
the function."""

from wellbeing.confidential.sql import protect

from . import read

_OVERSEES = "(SELECT app_holds('hr') OR app_holds('coordinator') OR app_holds('lead'))"

POLICIES = protect(
    "training_required",
    {
        "required_read": f"""FOR SELECT TO wellbeing_app USING (
            ended_on IS NULL AND (person_id = (SELECT app_person()) OR {_OVERSEES}))""",
        "required_worker": "FOR SELECT TO wellbeing_worker USING (true)",
    },
)

GRANTS = """
REVOKE ALL ON SEQUENCE training_required_id_seq FROM wellbeing_app, wellbeing_worker;
GRANT SELECT ON training_required TO wellbeing_app, wellbeing_worker;
"""

ALL = [read("requirements"), POLICIES, GRANTS]
