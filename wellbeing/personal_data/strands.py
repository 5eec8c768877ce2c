"""What the tables of champions, SPOCs and mentoring hold: table → {kind: columns}."""

COLUMNS: dict[str, dict[str, str]] = {
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
}
