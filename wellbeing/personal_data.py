"""What each column of each table holds about people, and how long it stays: the list for the data protection officer.

A test holds this page against the database: a new column is classified here before it is built.
Tables of the packages that the portal stands on are classified as a whole.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of data: what it is, and how long it stays."""

    what: str
    kept: str


_WITH_THE_PERSON = "As long as the person's row on the roster."
_WITH_THE_ROW = "As long as the row it belongs to."

KINDS = {
    "none": Kind("Nothing about anybody.", "Without limit."),
    "key": Kind("A number without meaning, or a link to another row.", _WITH_THE_ROW),
    "identity": Kind("Who somebody is: name, staff number, address.", _WITH_THE_PERSON),
    "employment": Kind("What the force's own HR system says of them.", _WITH_THE_PERSON),
    "sensitive": Kind("That somebody is in a covert role, or has died.", _WITH_THE_PERSON),
    "sign_in": Kind("What lets somebody sign in, and when they last did.", "Until they leave, or change it."),
    "volunteer": Kind("What a volunteer says of themselves, by their own choice.", "Until they withdraw it."),
    "story": Kind(
        "What somebody has lived through, in their own words, and who wrote it (health data).",
        "Until they withdraw it; a draft, 180 days from when it was last written in; 90 days from when they leave.",
    ),
    "printing": Kind("Where else a story was printed, and who keeps it there.", "Until it is taken down."),
    "experience": Kind(
        "That somebody has lived through something (health data).",
        "Until they withdraw it; a SPOC's profile a day after they left; that they had supervision, two years. The "
        "days of consent and withdrawal stay.",
    ),
    "service": Kind("Who holds which task, and since when.", "As evidence of who was responsible, with the row."),
    "training": Kind(
        "What somebody is trained in or must be, and in which sessions they have a place.",
        "As long as the person's row on the roster; who had a place at an event, 28 days.",
    ),
    "waiting": Kind(
        "That somebody waits to become a champion, why, and what their line manager answered.",
        "Until they are trained, or leave the list or the force.",
    ),
    "load": Kind(
        "How many conversations a champion counted in a month, in bands, and to which services they pointed; no names.",
        "13 months, or until they take it back.",
    ),
    "own_load": Kind(
        "In which week a volunteer had a conversation, and how heavy it felt: read by nobody but them.",
        "13 months, or until they delete it; a SPOC's until they withdraw.",
    ),
    "lacked": Kind(
        "What somebody wanted to talk about while nobody was listed for it; neither who, nor who told it.",
        "24 months; words that were typed, until the coordinator has read them.",
    ),
    "supervision": Kind(
        "That a champion had supervision, on which day and with whom; never what was said.",
        "72 months (`Retention`).",
    ),
    "acts": Kind("Who did what to the portal's own rows, and when.", "As long as what it was done to."),
    "reminder": Kind(
        "That somebody is to be told of something, by its key; never what it says.",
        "90 days from when it is over (`Retention`).",
    ),
    "wishes": Kind("How somebody wants to be told, and that they have paused all mail.", _WITH_THE_PERSON),
    "roster_file": Kind("A roster file and what it says of each person.", "ROSTER_IMPORT_KEPT_DAYS, 30 days."),
    "way_back": Kind("What an import changed, so that it can be undone.", "A day after the import."),
    "link": Kind("Why somebody may see another's records, and who allowed it.", "As long as the read log."),
    "avoided": Kind("Whom somebody does not want as a career mentor.", "Until they have a mentor, or take it back."),
    "record": Kind(
        "That a confidential text is there, whom it is about, who wrote it.",
        "72 months from when it was last written in (`Retention`).",
    ),
    "absence": Kind("That somebody was away for long, from when until when; never why.", "As long as its records."),
    "swap": Kind(
        "That somebody away asked for another person to keep contact, or was given one; never why.",
        "90 days from when it is over (`Retention`).",
    ),
    "absence_feed": Kind("Dates of absences from a file of HR's, sealed, and who chose the file.", "A day."),
    "confidential": Kind("Confidential text, sealed (health data).", "As long as its record."),
    "read_log": Kind("Who opened whose record, when and why.", "84 months (`Retention`)."),
    "draft": Kind("Confidential text not saved yet, sealed.", "Until it is saved or dropped; 30 days (`Retention`)."),
    "source": Kind("A fingerprint of where a try at the door of My plan came from; nobody reads it.", "A day."),
    "posters": Kind("A file of stations' posters, and who asked for it.", "A day."),
    "contact": Kind(
        "That somebody asked a volunteer to get in touch, and what they wrote, sealed (health data).",
        "28 days, or until either of the two deletes it; in no backup.",
    ),
    "held_off": Kind("Whom somebody does not want to be brought together with.", "Until they take it back."),
    "contact_report": Kind(
        "What one of the two reported about the other, with a copy of the request, sealed.",
        "90 days from when it is closed.",
    ),
    "raised": Kind(
        "What somebody raised for the forum, and who, where they gave their name.",
        "The name: a year from when the item was dealt with. The words: as long as the forum's papers.",
    ),
    "old_address": Kind("An earlier address, until a word has been sent to it.", "Minutes; three days at most."),
}

# table → {kind: columns}
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
    "champions.champion": {
        "key": "id person_id cover_id",
        "service": "state state_before_leaving trained_on refresher_due manager_agreed vetting_confirmed_on created_at "
        "serving_since term_ends supervision_due",
        "volunteer": "show_phone show_text show_mail phone by_day by_night about_me away_from away_until",
    },
    "champions.waiting": {
        "key": "champion_id",
        "waiting": "person_id is_former joined_at why asked_on answer answered_by_id answered_at",
    },
    "champions.tally": {"key": "id", "load": "person_id month conversations"},
    "champions.tallysignpost": {"key": "id", "load": "tally_id service_id"},
    "champions.coverage": {
        "key": "id champion_id station_id",
        "service": "is_lead lead_handed_on since ended_at ended_because",
    },
    "champions.supervisioncheckin": {
        "key": "id champion_id",
        "supervision": "person_id held_on with_whom_id noted_by_id noted_at",
    },
    "champions.farewell": {"key": "id", "reminder": "person_id manager_id told_on"},
    "champions.rules": {
        "key": "id",
        "none": "refresher_months waiting_order offer_days term_months supervision_weeks needs_vetting",
    },
    "champions.posting": {
        "key": "station_id",
        "none": "says says_since fingerprint",
        "acts": "confirmed_at confirmed_by_id how",
    },
    "champions.posterrun": {
        "key": "id division_id",
        "none": "size state attempts total",
        "posters": "made_by_id pdf asked_at made_at",
    },
    "spocs.spoc": {
        "key": "id",
        "experience": "person_id state first_name_only role_words rank_band gender hr_may_know show_phone show_text "
        "show_mail phone by_day by_night sent_back consented_on reviewed_by_id reviewed_on confirmed_on withdrawn_on "
        "ring_asked_on",
    },
    "spocs.topicconsent": {"key": "id", "experience": "spoc_id topic_id consented_at"},
    "spocs.story": {"key": "id"},
    "spocs.authorship": {"key": "id", "story": "story_id author_id"},
    "spocs.storyversion": {
        "key": "id story_id",
        "none": "minutes",
        "story": "state title text content_note name_shown named_id role_words leader written_at asked_on "
        "reviewed_by_id reviewed_on ticks sentence publish_from published_on",
    },
    "spocs.storyversion_topics": {"key": "id", "story": "storyversion_id topic_id"},
    "spocs.printing": {"key": "id story_id", "printing": "place address kept_by_id asked asked_on"},
    "spocs.storyrules": {"key": "id", "none": "days_to_think"},
    "spocs.spocsupervision": {"key": "id", "experience": "spoc_id held_on next_on with_whom_id noted_by_id"},
    "spocs.conversation": {"key": "id", "own_load": "person_id week heavy"},
    "spocs.lacked": {"key": "id", "lacked": "month topic_id words"},
    "mentoring.rules": {
        "key": "id",
        "none": "every_weeks contact_from_day contact_by_day contact_every_days pause_days half_pay_days "
        "return_late_days mentor_answer_days duty_welfare_phone supervision_weeks",
    },
    "mentoring.absence": {
        "key": "id",
        "absence": "subject_id first_day expected_back back_on said_by changed_on made_at",
    },
    "mentoring.halfpay": {"key": "absence_id", "absence": "subject_id starts"},
    "mentoring.absencefeed": {"key": "id key_id", "absence_feed": "made_by_id made_at applied_at sealed"},
    "mentoring.figure": {"none": "id quarter what scope division band about share"},
    "mentoring.contactplan": {
        "key": "absence_id plan_record told_record",
        "record": "subject_id kept_by channels every_days agreed_on next_contact first_contact_on unanswered "
        "paused_until before_pause first_paused_on",
    },
    "mentoring.contact": {
        "key": "id absence_id",
        "record": "subject_id made_by_id held_on channel answered has_text made_at",
    },
    "mentoring.schedule": {"record": "subject_id every_weeks next_due rests_until"},
    "mentoring.onetoone": {"key": "id", "record": "subject_id manager_id held_on how has_text made_at"},
    "mentoring.action": {"key": "id one_to_one_id", "record": "subject_id owner due made_at done_on"},
    "mentoring.adjustment": {
        "key": "id meeting_id",
        "record": "subject_id agreed_on until made_at ended_on decision decides_id asked_on implement_by review_on "
        "implemented_on",
    },
    "mentoring.returnmeeting": {
        "key": "id absence_id",
        "record": "subject_id arranged_on counted_from held_on duty made_at",
    },
    "mentoring.returnplan": {
        "key": "meeting_id text link",
        "record": "subject_id representative keeps_contact oh_suggested",
    },
    "mentoring.phasedweek": {"key": "id meeting_id", "record": "subject_id number hours days"},
    "mentoring.welfareprofile": {
        "key": "mentor_id person_id",
        "service": "capacity paused trained_on training_due supervision_due last_day",
        "volunteer": "about_me",
    },
    "mentoring.supervision": {"key": "id mentor_id person_id", "service": "held_on with_whom_id"},
    "mentoring.swap": {
        "key": "id absence_id",
        "swap": "subject_id told_id state again asked_at offered_at over_at chosen_id",
    },
    "mentoring.offer": {"key": "id swap_id", "swap": "mentor_id turned_down"},
    "mentoring.cover": {"key": "id absence_id", "swap": "subject_id carer_id told_id started_at gently"},
    "mentoring.mentor": {"key": "id", "service": "person_id kind starts ends ended_by_leaving"},
    "mentoring.careerprofile": {
        "key": "mentor_id",
        "volunteer": "capacity paused path about_me",
        "experience": "experience",
    },
    "mentoring.careerrequest": {
        "key": "id",
        "record": "subject_id state wanted_path wanted_experience has_text asked_avoid ranked made_at sent_on "
        "look_again_on",
    },
    "mentoring.avoid": {"key": "id request_id", "avoided": "person_id"},
    "mentoring.asking": {
        "key": "id request_id",
        "record": "subject_id mentor_id asked_at asked_on answer_by answer answered_on more_about",
    },
    "mentoring.pairing": {
        "key": "id request_id",
        "record": "subject_id mentor_id began ended_on ended_by_id feedback_open",
    },
    "mentoring.careergoal": {"key": "id pairing_id", "record": "subject_id made_at review_on state"},
    "mentoring.careersession": {"key": "id pairing_id", "record": "subject_id made_at day state has_text"},
    "mentoring.careerfeedback": {"key": "id", "none": "quarter helped number"},
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
    "confidential.retention": {"key": "id", "none": "records_months read_log_months drafts_days reminders_days"},
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
    "forum.strand": {"key": "id division_id", "none": "name sort order retired_on"},
    "forum.seat": {"key": "id strand_id", "service": "person_id is_deputy starts_on ends_on"},
    "forum.rules": {
        "key": "id",
        "none": "quorum_share agenda_opens_days agenda_closes_days publish_days comment_days post_days relay_days "
        "screen_seconds",
    },
    "forum.series": {"key": "id", "none": "rhythm"},
    "forum.meeting": {
        "key": "id series_id",
        "none": "title state starts_at ends_at place link agenda_closes_on sequence changed_at cancelled_because "
        "published_at edition",
        "service": "chair_id",
        "acts": "published_by_id",
    },
    "forum.item": {
        "key": "id meeting_id strand_id merged_into_id",
        "none": "state position raised_on looked_at",
        "raised": "title text answer",
    },
    "forum.raiser": {"key": "item_id", "raised": "person_id"},
    "forum.outcome": {
        "key": "id meeting_id item_id strand_id division_id",
        "none": "position said text next area due status over_on published_at corrected_at looked_at",
        "service": "owner_id owner_office",
    },
    "forum.progress": {"key": "id outcome_id meeting_id", "none": "status due note", "acts": "by_id at"},
    "forum.correction": {"key": "id outcome_id", "none": "why before", "acts": "by_id at"},
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

# Tables of packages: one kind for the whole of each.
TABLES = {
    "account.emailaddress": "identity",
    "account.emailconfirmation": "sign_in",
    "socialaccount.socialapp": "none",
    "socialaccount.socialaccount": "sign_in",
    "socialaccount.socialtoken": "sign_in",
    "mfa.authenticator": "sign_in",
    "sessions.session": "sign_in",
    "admin.logentry": "acts",
    "auth.permission": "none",
    "auth.group": "none",
    "auth.group_permissions": "none",
    "contenttypes.contenttype": "none",
}
