"""What is made of each row, beside its neighbours and beside the roster."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories.champions import champion_at
from wellbeing.people import actions, tasks
from wellbeing.people.models import Change, Person, RosterImport, Station

from .conftest import HEADER, as_csv, line, person, reasons

# --- One row -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        ("joined", "2019-02-03", date(2019, 2, 3)),
        ("joined", "03/02/2019", date(2019, 2, 3)),
        ("joined", "3/2/2019", date(2019, 2, 3)),
        ("joined", "43499", date(2019, 2, 3)),
        ("joined", "2019-02-03 00:00:00", date(2019, 2, 3)),
        ("joined", "03-Feb-2019", date(2019, 2, 3)),
        ("joined", "", None),
        ("email", "  A.Person@Force.Example ", "a.person@force.example"),
        ("known_as", "  Siân\u00a0 Wyn ", "Siân Wyn"),
        ("employment_type", "Police Officer", "officer"),
        ("employment_type", "POLICE STAFF", "staff"),
        ("employment_type", "Special Constable", "special"),
        ("employment_type", "Police Support Volunteer", "volunteer"),
        ("employment_type", "PCSO", "pcso"),
        ("work_phone", "+44 (0)1622 690690", "01622 690690"),
        ("work_phone", "1622690690", "01622 690690"),
        ("work_phone", "0033 1 42 68 53 00", "+33 1 42 68 53 00"),
        ("work_phone", "19-4321 (internal)", "19-4321 (internal)"),
        ("staff_number", "110000.0", "110000"),
        ("staff_number", " sc 42 ", "SC42"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(import_roster, cell, text, value):
    import_roster([line(1, **{cell: text})], "--confirm")

    assert getattr(Person.objects.get(), cell) == value


@pytest.mark.parametrize(
    ("cell", "text", "reason"),
    [
        ("staff_number", "", "missing staff number"),
        ("staff_number", "1.1E+05", "invalid staff number"),
        ("staff_number", "9" * 21, "staff number longer than 20 characters"),
        ("known_as", "", "missing known as"),
        ("last_name", "", "missing last name"),
        ("last_name", "x" * 61, "last name longer than 60 characters"),
        ("email", "", "missing email"),
        ("email", "no-at-sign", "invalid email"),
        ("employment_type", "", "missing employment type"),
        ("employment_type", "astronaut", "unknown employment type"),
        ("station", "", "missing station"),
        ("station", "Atlantis", "unknown station"),
        ("joined", "02/28/2019", "invalid joined date"),
        ("joined", "03/02/19", "invalid joined date"),
        ("joined", "0219-02-03", "invalid joined date"),
        ("left", "soon", "invalid left date"),
        ("left", "2015-05-23", "left before joined"),
    ],
)
def test_a_row_that_cannot_be_is_rejected_with_its_reason(import_roster, cell, text, reason):
    told = import_roster([line(1, **{cell: text}), line(2)], "--confirm")

    assert told["rejected"] == [{"row": 2, "reason": reason}]
    assert Person.objects.count() == 1


def test_a_row_with_several_faults_says_all_of_them(import_roster):
    told = import_roster([line(1, email="nonsense", station="Atlantis")])

    assert reasons(told["rejected"]) == {2: "invalid email; unknown station"}


def test_a_cell_too_many_gives_the_row_away(import_roster):
    data = as_csv([line(1, left="2030-01-01")]).replace(b"PC,officer", b"PC,maybe,officer")

    assert "more cells than columns" in reasons(import_roster(data)["rejected"])[2]


# --- Its neighbours ------------------------------------------------------------------------------------


def test_the_same_row_twice_is_read_once_with_a_warning(import_roster):
    told = import_roster([line(1), line(2), line(1, known_as=" known1 ")])

    assert (told["new"], told["rejected"]) == (2, [])
    assert reasons(told["warnings"]) == {4: "same details as row 2: read once"}


def test_one_staff_number_for_three_people_rejects_all_three(import_roster):
    told = import_roster([line(1), line(1, email="b@force.example"), line(1, email="c@force.example"), line(2)])

    assert reasons(told["rejected"]) == {
        2: "staff number also on rows 3 and 4, with other details",
        3: "staff number also on rows 2 and 4, with other details",
        4: "staff number also on rows 2 and 3, with other details",
    }


def test_one_address_for_two_people_rejects_both(import_roster):
    told = import_roster([line(1), line(2, email="Person.1@force.example")])

    assert reasons(told["rejected"]) == {2: "email also on row 3", 3: "email also on row 2"}


# --- The roster ------------------------------------------------------------------------------------------


def test_an_address_that_is_somebody_elses_is_refused(import_roster):
    import_roster([line(1)], "--confirm")

    told = import_roster([line(2, email="person.1@force.example")], "--confirm")

    assert reasons(told["rejected"]) == {2: "email belongs to staff number 1"}


def test_two_people_may_exchange_addresses(import_roster):
    import_roster([line(1), line(2)], "--confirm")

    exchanged = [line(1, email="person.2@force.example"), line(2, email="person.1@force.example")]
    told = import_roster(exchanged, "--confirm")

    assert (told["changed"], told["rejected"]) == (2, [])
    assert person(1).email == "person.2@force.example"


def test_an_address_is_not_free_when_the_row_that_would_free_it_is_rejected(import_roster):
    import_roster([line(1), line(2), line(3)], "--confirm")

    told = import_roster(
        [
            line(1, email="person.2@force.example"),
            line(2, email="person.3@force.example"),
            line(3, email="new@force.example", station="Atlantis"),
        ],
        "--confirm",
    )

    assert reasons(told["rejected"]) == {
        2: "email belongs to staff number 2",
        3: "email belongs to staff number 3",
        4: "unknown station",
    }


def test_a_column_that_is_absent_leaves_its_values_alone(import_roster):
    import_roster([line(1, line_manager="2"), line(2)], "--confirm")

    told = import_roster(as_csv([line(1, work_phone="999")], header=["staff_number", "work_phone"]), "--confirm")

    assert told["changed"] == 1
    assert (person(1).work_phone, person(1).rank_or_grade, person(1).line_manager) == ("999", "PC", person(2))


def test_a_blank_cell_empties_what_may_be_empty(import_roster):
    import_roster([line(1, line_manager="2"), line(2)], "--confirm")

    import_roster([line(1, rank_or_grade="", work_phone="", joined="", line_manager="")], "--confirm")

    emptied = person(1)
    assert (emptied.rank_or_grade, emptied.work_phone, emptied.joined, emptied.line_manager) == ("", "", None, None)


def test_somebody_new_needs_every_required_column(import_roster):
    told = import_roster(as_csv([line(1)], header=["staff_number", "email"]))

    missing = "missing known as; missing last name; missing employment type; missing station"
    assert reasons(told["rejected"]) == {2: missing}


def test_a_leaving_date_alone_is_held_against_the_stored_day_of_joining(import_roster):
    import_roster([line(1, joined="2020-01-01")], "--confirm")

    told = import_roster(as_csv([line(1, left="2019-01-01")], header=["staff_number", "left"]))

    assert reasons(told["rejected"]) == {2: "left before joined"}


def test_hidden_people_stay_hidden(import_roster):
    import_roster([line(1)], "--confirm")
    actions.change_person(person=person(1), by=None, hidden=True)

    assert import_roster([line(1, rank_or_grade="Sgt")], "--confirm")["changed"] == 1
    assert (person(1).hidden, person(1).rank_or_grade) == (True, "Sgt")


def test_nobody_is_brought_back_from_death(import_roster, hr):
    import_roster([line(1), line(2)], "--confirm")
    actions.record_death(person=person(1), by=hr, on=date(2026, 1, 1))

    told = import_roster([line(1, rank_or_grade="Sgt"), line(2, line_manager="1")], "--confirm")

    assert (told["changed"], told["unchanged"]) == (0, 2)
    assert reasons(told["warnings"]) == {
        2: "recorded as having died: nothing is changed",
        3: "line manager not in file or roster: left vacant",
    }
    assert (person(1).rank_or_grade, person(1).is_active) == ("PC", False)


def test_names_as_they_were_are_kept_nowhere(import_roster, as_owner, transactional_db):
    import_roster([line(1, known_as="Zebedee")], "--confirm")
    import_roster([line(1, known_as="Zoe", email="zoe@force.example")], "--confirm")

    assert person(1).known_as == "Zoe"
    assert Change.objects.latest("id")
    assert not Change.objects.filter(details__icontains="Zebedee").exists()
    for row in RosterImport.objects.exclude(preview__counts__new=1):
        assert "Zebedee" not in str(row.rows)


# --- Line managers -----------------------------------------------------------------------------------------


def test_a_manager_whose_own_row_is_rejected_is_no_manager_unless_on_the_roster(import_roster):
    rows = [line(1, line_manager="2"), line(2, email="nonsense")]
    told = import_roster(rows, "--confirm")
    assert reasons(told["warnings"]) == {2: "line manager's own row is rejected: left vacant"}

    import_roster([line(2)], "--confirm")
    told = import_roster(rows, "--confirm")

    assert told["warnings"] == []
    assert person(1).line_manager == person(2)


def test_a_circle_through_somebody_not_in_the_file_is_seen(import_roster):
    import_roster([line(1, line_manager="2"), line(2, line_manager="3"), line(3)], "--confirm")

    told = import_roster([line(3, line_manager="1")], "--confirm")

    assert reasons(told["warnings"]) == {2: "line manager cycle: left vacant"}
    assert person(3).line_manager is None


def test_a_file_may_turn_a_line_of_command_around(import_roster):
    import_roster([line(1, line_manager="2"), line(2, line_manager="3"), line(3)], "--confirm")

    told = import_roster([line(3, line_manager="2"), line(2, line_manager="1"), line(1)], "--confirm")

    assert told["warnings"] == []
    assert person(3).line_manager == person(2)
    assert person(1).line_manager is None


def test_new_people_may_manage_each_other_in_any_order(import_roster):
    import_roster([line(1, line_manager="3"), line(2, line_manager="1"), line(3)], "--confirm")

    assert person(2).line_manager.line_manager == person(3)


def test_a_manager_in_the_file_takes_the_place_of_one_outside_the_force(import_roster):
    import_roster([line(1), line(2)], "--confirm")
    actions.change_person(person=person(1), by=None, line_manager_outside="Another force")

    import_roster([line(1, line_manager="2")], "--confirm")

    assert (person(1).line_manager, person(1).line_manager_outside) == (person(2), "")


# --- Leaving, and coming back --------------------------------------------------------------------------------


def ten(import_roster, **options):
    import_roster([line(n) for n in range(1, 11)], "--confirm")


def test_without_full_nobody_is_a_leaver(import_roster):
    ten(import_roster)

    assert import_roster([line(1)], "--confirm")["leavers"] == 0
    assert Person.objects.current().count() == 10


def test_with_full_whoever_is_missing_has_left_today(import_roster):
    ten(import_roster)

    told = import_roster([line(n) for n in range(2, 11)], "--confirm", "--full")

    assert told["leavers"] == 1
    assert person(1).left == timezone.localdate()
    assert not person(1).is_active


def test_nobody_leaves_whose_number_stands_on_a_rejected_row(import_roster):
    ten(import_roster)

    told = import_roster([line(n) for n in range(2, 11)] + [line(1, email="nonsense")], "--confirm", "--full")

    assert told["leavers"] == 0
    assert person(1).is_active


def test_more_than_a_tenth_needs_to_be_accepted(import_roster, places, tmp_path, capsys):
    ten(import_roster)
    file = tmp_path / "short.csv"
    file.write_bytes(as_csv([line(n) for n in range(3, 11)]))

    with pytest.raises(SystemExit) as stopped:
        call_command("import_roster", str(file), "--confirm", "--full")

    assert stopped.value.code == 2
    assert "More than a tenth of the roster would leave (2 of 10)." in capsys.readouterr().err
    assert Person.objects.current().count() == 10

    assert import_roster(file, "--confirm", "--full", "--accept-leavers")["leavers"] == 2
    assert Person.objects.current().count() == 8


def test_a_leaver_who_stands_in_the_file_again_is_back(import_roster):
    ten(import_roster)
    import_roster([line(n) for n in range(2, 11)], "--confirm", "--full")

    import_roster([line(1)], "--confirm")

    assert person(1).is_active
    assert person(1).gone_at is None


def test_a_full_file_without_leaving_dates_brings_back_whom_it_names(import_roster):
    ten(import_roster)
    actions.change_person(person=person(1), by=None, left=date(2020, 1, 1))
    header = [name for name in HEADER if name != "left"]

    import_roster(as_csv([line(1, rank_or_grade="Sgt")], header=header), "--confirm")
    assert not person(1).is_active

    import_roster(as_csv([line(n) for n in range(1, 11)], header=header), "--confirm", "--full")
    assert person(1).is_active


def test_a_station_lead_who_leaves_is_said_and_is_off_the_directory(import_roster, places, tmp_path, capsys):
    ten(import_roster)
    ashford = Station.objects.get(name="Ashford")
    champion = champion_at(ashford, person=person(1), leads=[ashford])
    file = tmp_path / "roster.csv"
    file.write_bytes(as_csv([line(n) for n in range(2, 11)]))

    call_command("import_roster", str(file), "--confirm", "--full")

    assert "1 leaves: one of them a station lead" in capsys.readouterr().out
    champion.refresh_from_db()
    assert champion.state == "stepped_down"


def test_a_last_day_that_has_passed_is_carried_out_by_night(import_roster, time_machine):
    tomorrow = timezone.localdate() + timedelta(days=1)
    import_roster([line(1, left=tomorrow.isoformat())], "--confirm")
    assert person(1).is_active
    assert person(1).gone_at is None

    time_machine.move_to(timezone.now() + timedelta(days=1))
    tasks.carry_out_leaving()

    assert not person(1).is_active
    assert person(1).gone_at is not None


# --- The command ------------------------------------------------------------------------------------------------


def test_the_command_tells_in_words_what_would_happen(places, tmp_path, capsys):
    file = tmp_path / "roster.csv"
    file.write_bytes(as_csv([line(1), line(2, station="Ashfrod")]))

    call_command("import_roster", str(file))

    told = capsys.readouterr().out
    assert "1 new." in told
    assert "row 3: rejected: unknown station" in told
    assert "“Ashfrod” is no station; perhaps Ashford" in told
    assert "Add --confirm to import" in told


def test_an_import_by_command_is_in_the_history_and_can_be_undone_in_the_admin(import_roster, hr, browse_as):
    import_roster([line(1)], "--confirm", "--by", hr.staff_number)

    assert Change.objects.filter(verb="imported", by=hr, about_type="people.person").exists()
    assert (row := RosterImport.objects.get()).can_be_undone
    assert "Undo this import" in browse_as(hr).get(f"/admin/people/rosterimport/{row.pk}/change/").content.decode()


def test_an_unknown_importer_is_refused(import_roster):
    with pytest.raises(CommandError, match="Nobody on the roster has the staff number 424242"):
        import_roster([line(1)], "--by", "424242")


def test_dry_run_and_confirm_exclude_each_other(import_roster):
    with pytest.raises(CommandError, match="not allowed with"):
        import_roster([line(1)], "--dry-run", "--confirm")
