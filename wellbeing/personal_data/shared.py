"""What the tables of the rooms that several apps share hold: table → {kind: columns}."""

COLUMNS: dict[str, dict[str, str]] = {
    "people.person": {
        "key": "id",
        "identity": "staff_number email known_as last_name",
        "employment": "rank_or_grade employment_type station_id line_manager_id line_manager_outside work_phone "
        "joined left gone_at",
        "sensitive": "hidden died_on legal_hold",
        "sign_in": "password last_login identity_changed_at identity_vouched_by_id identity_vouched_at is_superuser",
    },
    "people.oldaddress": {"key": "id person_id", "old_address": "address changed_at"},
    "people.change": {"key": "id", "acts": "at by_id verb about_type about_id details"},
    "people.roleassignment": {
        "key": "id",
        "service": "person_id role starts ends from_set_up proposed_by_id approved_by_id approved_at",
    },
    "people.rosterimport": {
        "key": "id",
        "none": "state size sha256 full leavers_accepted preview problem attempts",
        "roster_file": "file file_name rows",
        "way_back": "back",
        "acts": "uploaded_by_id confirmed_by_id undone_by_id uploaded_at asked_at applied_at undone_at",
    },
    "people.force": {
        "key": "id",
        "none": "name division_word publish_station_contacts",
        "identity": "contact_name contact_email contact_phone",
    },
    "people.division": {"key": "id", "none": "name slug"},
    "people.station": {"key": "id division_id", "none": "name slug district closed"},
    "people.stationspelling": {"key": "id station_id", "none": "spelling", "acts": "added_by_id added_at"},
    "plan_door.letter": {
        "key": "id",
        "sign_in": "person_id code_hash expires_at number_hash wrong used_at voided_at",
        "acts": "printed_by_id printed_at released_by_id released_at",
    },
    "plan_door.entry": {"key": "person_id", "sign_in": "stamp mail pin_hash wrong_pins locked_at"},
    "plan_door.passkey": {"key": "id", "sign_in": "person_id name credential made_at last_used_at"},
    "plan_door.mailcode": {
        "key": "id",
        "sign_in": "person_id address made_at sent_at wrong used_at",
        "source": "source",
    },
    "plan_door.notice": {"key": "id person_id", "old_address": "address what made_at"},
    "plan_door.try": {"key": "id", "source": "source at"},
    "confidential.carelink": {
        "key": "id only_record",
        "link": "subject_id carer_id why starts ends opens_from told_from proposed_by_id approved_by_id approved_at",
    },
    "confidential.record": {"key": "id", "record": "kind subject_id author_id made_at follows_until"},
    "confidential.version": {"key": "id record_id", "record": "part number author_id made_at"},
    "confidential.body": {"key": "version_id key_id", "confidential": "sealed fingerprint"},
    "confidential.readlog": {
        "key": "id",
        "read_log": "subject_id number at reader_id record_id kind outcome via why told_from hash xact",
    },
    "confidential.loghead": {"read_log": "subject_id count hash purged purged_hash purged_on"},
    "confidential.breakglass": {
        "key": "id link_id key_id",
        "link": "subject_id asked_by_id asked_at delay delay_until answered_by_id answered_at delay_approved told_from",
        "confidential": "sealed",
    },
    "confidential.draft": {"key": "id form key_id", "draft": "author_id sealed saved_at"},
    "confidential.retention": {
        "key": "id",
        "none": "records_months read_log_months drafts_days reminders_days forum_names_months forum_invitations_months",
    },
    "confidential.keycheck": {"none": "key_id sealed since"},
    "support.service": {
        "key": "id",
        "none": "name kind scope for_what phone text_number text_word always_open opening closed_on_bank_holidays "
        "hours website how_to_reach relay_or_bsl shares_with_force what_happens urgent order short_name verified_on "
        "review_on",
        "service": "owner_id",
        "acts": "verified_by_id",
    },
    "search.word": {"volunteer": "word parts"},
    "support.topic": {"key": "id", "none": "name also_called summary order shown urgent"},
    "support.guidance_topics": {"key": "id guidance_id topic_id"},
    "support.service_topics": {"key": "id service_id topic_id"},
    "support.service_divisions": {"key": "id service_id division_id"},
    "support.guidance": {
        "key": "id",
        "none": "title address slug summary text review_on reviewed_on published is_policy link",
        "service": "owner_id",
    },
    "support.guidanceversion": {
        "key": "id guidance_id",
        "none": "title summary text",
        "acts": "replaced_at replaced_by_id",
    },
    "support.statement": {
        "key": "id",
        "none": "kind version short text in_force_from",
        "service": "signed_by",
        "acts": "proposed_by_id approved_by_id approved_at",
    },
    "support.feedback": {"key": "id", "none": "kind key month answer count"},
    "support.handout": {
        "key": "id guidance_id",
        "none": "title file_name size pages",
        "acts": "uploaded_by_id uploaded_at",
    },
    "support.handoutfile": {"key": "handout_id", "none": "content"},
    "training.course": {"key": "id", "none": "title purpose provider summary valid_months is_offered"},
    "training.course_reading": {"key": "id course_id guidance_id"},
    "training.session": {
        "key": "id course_id station_id",
        "none": "room starts_at ends_at capacity taken notes offers_from_list state sequence changed_at",
        "service": "trainer",
    },
    "training.place": {"key": "id session_id", "training": "person_id state offered_until made_at changed_at"},
    "training.completion": {
        "key": "id course_id session_id",
        "training": "person_id completed_on valid_until provider",
        "acts": "recorded_by_id recorded_at",
    },
    "training.requirement": {"key": "id course_id", "none": "line_managers ranks within_days is_in_force since"},
    "training.required": {"key": "id requirement_id", "training": "person_id since done_on due_on booked_on ended_on"},
    "contact.weekkey": {"key": "id key_id", "none": "week sealed"},
    "contact.contactrequest": {
        "key": "id week_id",
        "contact": "asker_id volunteer_id kind sealed state asked_at answered_at expires_at",
    },
    "contact.contactblock": {"key": "id", "held_off": "by_id person_id kind since"},
    "contact.contactreport": {
        "key": "id key_id",
        "contact_report": "reporter_id reported_id by_volunteer handled_by sealed made_at closed_at closed_by_id",
    },
    "reminders.reminder": {
        "key": "id mail_id",
        "reminder": "kind about person_id subject_id due step state made_at tell_from told_at closed_at lapsed_at",
    },
    "reminders.mail": {
        "key": "id",
        "reminder": "person_id day state attempts made_at next_attempt_at claimed_at sent_at trouble",
    },
    "reminders.preferences": {"key": "pattern_id", "wishes": "person_id by_mail hour muted paused"},
    "reminders.pattern": {"none": "id days starts bank_holidays_off"},
    "reminders.feed": {"sign_in": "person_id token_hash made_at"},
    "reminders.run": {"none": "id what day times number last_at last_seconds failures last_failure"},
    "demo.marker": {"key": "id", "none": "token people loaded_at"},
}
