"""An invitation goes with its person; papers are read by those who sit at the forum and its secretary."""

from wellbeing.confidential.sql import protect

_READS = "((SELECT app_holds('secretary')) OR (SELECT forum_sits()))"
_KEEPS = "(SELECT app_holds('secretary'))"

TIES = """
ALTER TABLE forum_invitation ADD CONSTRAINT forum_invitation_person FOREIGN KEY (person_id)
    REFERENCES people_person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_paper ADD CONSTRAINT forum_paper_changed_by FOREIGN KEY (changed_by_id)
    REFERENCES people_person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
"""

PAPERS = protect(
    "forum_paper",
    {
        "paper_read": f"FOR SELECT TO wellbeing_app USING ({_READS})",
        "paper_kept": f"FOR ALL TO wellbeing_app USING ({_KEEPS}) WITH CHECK ({_KEEPS})",
    },
)

GRANTS = "GRANT SELECT, INSERT, UPDATE, DELETE ON forum_paper TO wellbeing_app;"

ALL = [TIES, PAPERS, GRANTS]
