"""Row policies of stories: one table for each audience.

| Row            | Its author | Whoever reviews                      | Everybody signed in | HR, managers, root |
|----------------|------------|--------------------------------------|---------------------|--------------------|
| who wrote it   | reads      | no                                   | no                  | no                 |
| a draft        | keeps      | no                                   | no                  | no                 |
| asked, passed  | reads      | asked: answers; answered: own answer | no                  | no                 |
| published      | takes back | coordinator: takes off               | reads               | reads              |
| a printing     | keeps      | coordinator: keeps                   | who keeps it there  | no                 |

What comes after what, and that nobody passes what they wrote themselves, stands in `stories.sql`, for every hand. The
worker reads keys and days, and no word of any text.
"""

from pathlib import Path

from wellbeing.confidential.sql import protect

_ME = "(SELECT app_person())"
_OF_MINE = f"IN (SELECT a.story_id FROM spocs_authorship a WHERE a.author_id = {_ME})"  # noqa: S608 - from here
_MINE = f"story_id {_OF_MINE}"
_OF_A_TEXT = "IN (SELECT v.story_id FROM spocs_storyversion v)"
_SIGNED_IN = f"{_ME} IS NOT NULL"
_SHOWN = f"state = 'published' AND {_SIGNED_IN} AND story_id NOT IN (SELECT spocs_silent_stories())"
_ASKED = "state = 'review' AND story_id IN (SELECT spocs_stories_to_review())"
_ANSWERED = f"state IN ('back', 'thinking') AND reviewed_by_id = {_ME}"
_NAMED_MYSELF = f"(named_id IS NULL OR named_id = {_ME})"
_COORDINATES = "(SELECT app_holds('coordinator'))"
_OF_MY_VERSION = f"storyversion_id IN (SELECT v.id FROM spocs_storyversion v WHERE {_MINE}{{}})"  # noqa: S608 - from here
_OF_A_VERSION = "storyversion_id IN (SELECT v.id FROM spocs_storyversion v)"

POLICIES = "\n".join(
    [
        protect(
            "spocs_story",
            {
                "story_read": f"FOR SELECT TO wellbeing_app USING (id {_OF_MINE} OR id {_OF_A_TEXT})",
                "story_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_SIGNED_IN})",
                "story_withdrawn": f"FOR DELETE TO wellbeing_app USING (id {_OF_MINE})",
                "story_worker": "FOR ALL TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "spocs_authorship",
            {
                "author_read": f"FOR SELECT TO wellbeing_app USING (author_id = {_ME})",
                # Nobody makes themselves the author of a story that is there already.
                "author_made": f"""FOR INSERT TO wellbeing_app WITH CHECK (author_id = {_ME}
                    AND NOT spocs_story_has_versions(story_id))""",
                "author_let_go": f"FOR DELETE TO wellbeing_app USING (author_id = {_ME})",
                "author_worker": "FOR ALL TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "spocs_storyversion",
            {
                "version_read": f"FOR SELECT TO wellbeing_app USING ({_MINE} OR {_SHOWN} OR {_ASKED} OR {_ANSWERED})",
                "version_made": f"""FOR INSERT TO wellbeing_app
                    WITH CHECK (state = 'draft' AND {_MINE} AND {_NAMED_MYSELF})""",
                "version_own": f"""FOR UPDATE TO wellbeing_app USING ({_MINE})
                    WITH CHECK ({_MINE} AND state IN ('draft', 'review', 'published') AND {_NAMED_MYSELF})""",
                "version_reviewed": f"""FOR UPDATE TO wellbeing_app USING ({_ASKED})
                    WITH CHECK (state IN ('back', 'thinking') AND reviewed_by_id = {_ME})""",
                "version_taken_back": f"FOR DELETE TO wellbeing_app USING ({_MINE})",
                "version_worker": "FOR ALL TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "spocs_storyversion_topics",
            {
                "story_topic_read": f"FOR SELECT TO wellbeing_app USING ({_OF_A_VERSION})",
                "story_topic_made": "FOR INSERT TO wellbeing_app WITH CHECK ("
                + _OF_MY_VERSION.format(" AND v.state = 'draft'")
                + ")",
                "story_topic_taken_back": f"FOR DELETE TO wellbeing_app USING ({_OF_MY_VERSION.format('')})",
            },
        ),
        protect(
            "spocs_printing",
            {
                "printing_read": f"FOR SELECT TO wellbeing_app USING ({_MINE} OR {_COORDINATES} OR kept_by_id = {_ME})",
                "printing_noted": f"""FOR INSERT TO wellbeing_app
                    WITH CHECK (asked = '' AND ({_MINE} OR {_COORDINATES}))""",
                "printing_done": f"""FOR DELETE TO wellbeing_app
                    USING ({_MINE} OR {_COORDINATES} OR kept_by_id = {_ME})""",
                "printing_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
    ]
)

GRANTS = """
GRANT SELECT, INSERT, DELETE ON spocs_story, spocs_authorship, spocs_storyversion_topics, spocs_printing
    TO wellbeing_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON spocs_storyversion TO wellbeing_app;
GRANT USAGE ON SEQUENCE spocs_storyversion_topics_id_seq TO wellbeing_app;
GRANT SELECT, DELETE ON spocs_story, spocs_authorship TO wellbeing_worker;
GRANT SELECT (id, story_id, state, written_at, asked_on, reviewed_on, publish_from), DELETE ON spocs_storyversion
    TO wellbeing_worker;
GRANT SELECT (id, story_id, kept_by_id, asked, asked_on) ON spocs_printing TO wellbeing_worker;
"""

# Whatever is a story's goes with it, and whatever names somebody with them: the models leave that to the database.
TIES = "\n".join(
    f"""ALTER TABLE spocs_{table} ADD CONSTRAINT spocs_{table}_{name} FOREIGN KEY ({name}_id) REFERENCES {to} (id)
        ON DELETE {then} DEFERRABLE INITIALLY DEFERRED;"""
    for table, name, to, then in (
        ("authorship", "story", "spocs_story", "CASCADE"),
        ("authorship", "author", "people_person", "CASCADE"),
        ("storyversion", "story", "spocs_story", "CASCADE"),
        ("storyversion", "named", "people_person", "CASCADE"),
        ("storyversion_topics", "storyversion", "spocs_storyversion", "CASCADE"),
        ("storyversion_topics", "topic", "support_topic", "CASCADE"),
        ("printing", "story", "spocs_story", "SET NULL"),
        ("printing", "kept_by", "people_person", "CASCADE"),
    )
)

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

ALL = [FUNCTIONS, POLICIES, GRANTS, TIES]
