"""Who reads the published figures: the wellbeing lead, and nobody else. Nobody writes them but the function."""

from wellbeing.confidential.sql import protect

POLICIES = protect(
    "mentoring_figure", {"figure_read": "FOR SELECT TO wellbeing_app USING ((SELECT app_holds('lead')))"}
)

GRANTS = """
REVOKE ALL ON SEQUENCE mentoring_figure_id_seq FROM wellbeing_app, wellbeing_worker;
GRANT SELECT ON mentoring_figure TO wellbeing_app;
"""
