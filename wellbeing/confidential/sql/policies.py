"""Row policies on every table of this app. Each names the logins that it binds.

`wellbeing_app` is the web; `wellbeing_keeper` owns the functions that read and write records, and is bound by the
same rows; `wellbeing_worker` sees dates and keys of all, and no more columns than are granted here.
"""

from . import protect, readable

_WEB = "wellbeing_app, wellbeing_keeper"
_RECORD = readable(
    "confidential_record",
    kind="confidential_record.kind",
    written="confidential_record.made_at",
    follows="confidential_record.follows_until",
    by_key=True,
)
_OF_A_RECORD = "EXISTS (SELECT FROM confidential_record r WHERE r.id = record_id)"

POLICIES = "\n".join(
    [
        protect(
            "confidential_carelink",
            {
                # Who keeps contact is seen by its carer while it lasts, and not after: what the person chose instead
                # reads the same to their line manager, whatever it was.
                "link_read": f"""FOR SELECT TO {_WEB} USING (
                    carer_id = (SELECT app_person())
                        AND (why <> 'keeps_contact' OR starts <= now() AND (ends IS NULL OR ends > now()))
                    OR (subject_id = (SELECT app_person()) AND told_from <= now())
                    OR proposed_by_id = (SELECT app_person())
                    OR (SELECT app_holds('dpo')) AND subject_id <> (SELECT app_person())
                    OR ((SELECT app_holds('lead')) AND approved_at IS NULL))""",
                "link_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "confidential_record",
            {
                "record_read": f"FOR SELECT TO {_WEB} USING {_RECORD}",
                "record_made": "FOR INSERT TO wellbeing_keeper WITH CHECK (author_id = (SELECT app_person()))",
                "record_follows": "FOR UPDATE TO wellbeing_keeper USING (author_id = (SELECT app_person()))",
                "record_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "confidential_version",
            {
                "version_read": f"FOR SELECT TO {_WEB} USING ({_OF_A_RECORD})",
                "version_made": "FOR INSERT TO wellbeing_keeper "
                f"WITH CHECK (author_id = (SELECT app_person()) AND {_OF_A_RECORD})",
                "version_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "confidential_body",
            {
                "body_read": "FOR SELECT TO wellbeing_keeper "
                "USING (EXISTS (SELECT FROM confidential_version v WHERE v.id = version_id))",
                "body_made": "FOR INSERT TO wellbeing_keeper WITH CHECK (EXISTS ("
                "SELECT FROM confidential_version v WHERE v.id = version_id AND v.author_id = (SELECT app_person())))",
                "body_rotated": "FOR ALL TO wellbeing_rotator USING (true)",
            },
        ),
        protect(
            "confidential_readlog",
            {
                "log_read": """FOR SELECT TO wellbeing_app USING (
                    reader_id = (SELECT app_person())
                    OR (subject_id = (SELECT app_person()) AND told_from <= now())
                    OR (SELECT app_holds('dpo')) AND subject_id <> (SELECT app_person()))"""
            },
        ),
        protect("confidential_loghead", {}),
        protect(
            "confidential_breakglass",
            {
                "break_glass_read": """FOR SELECT TO wellbeing_app USING (
                    asked_by_id = (SELECT app_person())
                    OR (subject_id = (SELECT app_person()) AND told_from <= now())
                    OR (SELECT app_holds('guardian') OR app_holds('dpo')) AND subject_id <> (SELECT app_person()))""",
                "break_glass_worker": "FOR SELECT TO wellbeing_worker USING (true)",
                "break_glass_rotated": "FOR ALL TO wellbeing_rotator USING (true)",
            },
        ),
        protect(
            "confidential_draft",
            {
                "draft_own": "FOR ALL TO wellbeing_app USING (author_id = (SELECT app_person())) "
                "WITH CHECK (author_id = (SELECT app_person()))",
                "draft_worker": "FOR ALL TO wellbeing_worker USING (true)",
                "draft_rotated": "FOR ALL TO wellbeing_rotator USING (true)",
            },
        ),
        protect(
            "confidential_keycheck",
            {
                "key_read": "FOR SELECT TO wellbeing_app USING (true)",
                "key_rotated": "FOR ALL TO wellbeing_rotator USING (true)",
            },
        ),
    ]
)

GRANTS = """
GRANT SELECT ON confidential_carelink, confidential_record, confidential_version, confidential_readlog,
                confidential_breakglass, confidential_keycheck TO wellbeing_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON confidential_draft TO wellbeing_app;

GRANT SELECT ON confidential_carelink TO wellbeing_keeper;
GRANT SELECT, INSERT ON confidential_record, confidential_version, confidential_body TO wellbeing_keeper;
GRANT UPDATE (follows_until) ON confidential_record TO wellbeing_keeper;

GRANT SELECT (id, subject_id, carer_id, why, starts, ends, opens_from, only_record, told_from, approved_at)
    ON confidential_carelink TO wellbeing_worker;
GRANT SELECT (id, subject_id, author_id, kind, made_at) ON confidential_record TO wellbeing_worker;
GRANT SELECT (id, record_id, author_id, part, number, made_at) ON confidential_version TO wellbeing_worker;
GRANT SELECT (id, subject_id, asked_by_id, answered_by_id, asked_at, answered_at, told_from, link_id)
    ON confidential_breakglass TO wellbeing_worker;
GRANT SELECT (id, author_id, saved_at), DELETE ON confidential_draft TO wellbeing_worker;

GRANT SELECT (version_id, key_id, sealed), UPDATE (key_id, sealed) ON confidential_body TO wellbeing_rotator;
GRANT SELECT (id, key_id, sealed), UPDATE (key_id, sealed) ON confidential_draft, confidential_breakglass
    TO wellbeing_rotator;
GRANT SELECT, INSERT, DELETE ON confidential_keycheck TO wellbeing_rotator;
"""
