"""The verbs that say what happened: `sent` to `undo`, as a person types them."""

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Afterword, interview, written


@pytest.fixture
def kept(tmp_path: Path, afterword: Afterword) -> Afterword:
    """A search that holds one interview; tables of days are those of the session."""
    command = Afterword(tmp_path / "data")
    if (days := afterword.data_dir / "cache").is_dir():
        shutil.copytree(days, tmp_path / "data" / "cache")
    assert command("import", written(tmp_path / "acme.json", interview())).code == 0
    return command


def follow_ups(command: Afterword, now: str = "2026-11-18T09:00") -> dict[str, str]:
    """The status of each follow-up of the plan."""
    return {each["step"]: each["status"] for each in command("plan", "--json", now=now).document}


def test_a_write_answers_with_the_interview_and_every_change(kept: Afterword) -> None:
    ran = kept("sent", "acme", "thank_you", "--at", "2026-11-12 10:00", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.document["id"] == "acme-1"
    assert [list(change) for change in ran.document["changes"]] == [
        ["step", "change", "from", "to", "text"]
    ] * 4
    assert ran.document["changes"][0] == {
        "step": "thank_you",
        "change": "kept",
        "from": "2026-11-12T09:30:00-05:00",
        "to": "2026-11-12T09:30:00-05:00",
        "text": "The thank-you is sent.",
    }


def test_in_words_it_says_the_day_it_understood_what_moved_and_that_the_rest_did_not(
    kept: Afterword,
) -> None:
    ran = kept("promised", "acme", "2026-11-25", now="2026-11-12T18:00")
    assert ran.code == 0
    head, understood, first, *_ = ran.out.splitlines()
    assert head == "Acme Robotics · Platform Engineer · id acme-1"
    assert understood == "  They will answer by Wednesday 25 November."
    assert first == (
        "  The first check-in moves from Wednesday 18 November at 09:30 to Tuesday 1 December at "
        "09:30 (14:30 here)."
    )
    assert ran.out.endswith("  Nothing else moves.\n")


def test_where_every_open_step_moves_nothing_is_said_of_a_rest(kept: Afterword) -> None:
    kept("sent", "acme", "thank_you", now="2026-11-12T15:00")
    ran = kept("promised", "acme", "2026-12-04", now="2026-11-13T15:00")
    assert ran.out.count(" moves from ") == 3
    assert "Nothing else moves" not in ran.out


def test_news_says_which_message_it_goes_into(kept: Afterword) -> None:
    ran = kept("news", "acme", "new-information", now="2026-11-10T22:00")
    assert "  Your news goes into the thank-you.\n" in ran.out


def test_a_moment_in_words_is_said_back(kept: Afterword) -> None:
    ran = kept("heard", "acme", "replied", "--at", "yesterday 11:00", now="2026-11-13T15:00")
    assert "  It is noted for Thursday 12 November at 11:00.\n" in ran.out


def test_the_program_writes_the_due_moment_and_the_employers_time(kept: Afterword) -> None:
    kept("sent", "acme", "first-check-in", "--to", "dana", now="2026-11-18T15:00")
    (entry,) = kept("show", "acme", "--json").document["journal"]
    assert entry == {
        "at": "2026-11-18T10:00:00-05:00",
        "type": "sent",
        "step": "first_check_in",
        "to": ["Dana Lee"],
        "due": "2026-11-18T09:30:00",
    }


def test_every_verb_takes_its_moment_from_at(kept: Afterword) -> None:
    at = ("--at", "2026-11-13 12:00")
    for words in (
        ("sent", "acme", "thank_you"),
        ("news", "acme", "new-information"),
        ("skip", "acme", "early_check_in"),
        ("promised", "acme", "2026-11-20"),
        ("snooze", "acme", "first_check_in", "2026-12-01 16:00"),
        ("heard", "acme", "replied", "--promised", "2026-11-27"),
        ("undo", "acme"),
    ):
        ran = kept(*words, *at)
        assert ran.code == 0, ran.err
    journal = kept("show", "acme", "--json").document["journal"]
    assert {entry["at"] for entry in journal} == {"2026-11-13T12:00:00-05:00"}
    assert [entry["type"] for entry in journal] == [
        *("sent", "news", "skipped", "promised", "snoozed", "heard", "undone")
    ]


REFUSED = [
    (("sent", "acmee", "thank_you"), 1, "did you mean “acme-1”?"),
    (("sent", "acme", "reply"), 1, "it has thank_you, first_check_in, second_check_in, close_out"),
    (("sent", "acme", "thank_you"), 1, "was sent on Thursday 12 November 2026 at 10:00 already"),
    (("sent", "acme", "first_check_in", "--at", "tomorrow"), 1, "has not come yet"),
    (("snooze", "acme", "first_check_in", "yesterday"), 1, "has passed"),
    (("snooze", "acme", "first_check_in", "soon"), 1, "“soon” is no moment"),
    (("promised", "acme", "2026-11-01"), 1, "is before the interview"),
    (("promised", "acme", "03/04/2026"), 1, "could be 3 April 2026 or 4 March 2026"),
    (("heard", "acme", "offer", "--promised", "2026-12-01"), 2, "goes with “replied”"),
    (("heard", "acme", "rejectd"), 2, "did you mean “rejected”?"),
    (("news", "acme", "weather"), 2, "new-information, competing-offer"),
    (("sent", "acme", "first_check_in", "--to", "Zoe"), 1, "the contacts are Dana Lee"),
    (("sent", "acme", "frist_check_in"), 2, "did you mean “first_check_in”?"),
]


def test_what_cannot_be_is_an_error_in_words_and_changes_nothing(kept: Afterword) -> None:
    kept("sent", "acme", "thank_you", "--at", "2026-11-12 10:00")
    before = kept("show", "acme", "--json").document
    for words, code, said in REFUSED:
        ran = kept(*words)
        assert (ran.code, ran.out) == (code, ""), (words, ran)
        assert ran.err.startswith("error: "), words
        assert said in ran.err, words
    assert kept("show", "acme", "--json").document == before


def test_after_a_final_outcome_only_a_reply_is_left(kept: Afterword) -> None:
    kept("heard", "acme", "rejected", "--at", "2026-11-17 17:40")
    for words in (("promised", "acme", "2026-12-01"), ("news", "acme", "competing-offer")):
        ran = kept(*words)
        assert (ran.code, ran.out) == (1, "")
        assert "ended on Tuesday 17 November 2026 at 17:40 with “rejected”" in ran.err
    assert kept("sent", "acme", "reply", now="2026-11-18T16:00").code == 0
    assert follow_ups(kept)["reply"] == "sent"


def test_undo_takes_back_one_entry_after_another(kept: Afterword) -> None:
    before = kept("plan", "--json").document
    kept("sent", "acme", "thank_you", "--at", "2026-11-12 10:00")
    kept("heard", "acme", "rejected", "--at", "2026-11-17 17:40")
    ran = kept("undo")
    assert "Taken back at Acme Robotics" in ran.out
    assert "heard “rejected”" in ran.out
    assert "thank-you sent" in kept("undo", "acme").out
    assert kept("plan", "--json").document == before
    ran = kept("undo")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "error: there is nothing to undo; afterword show lists what happened\n"


def test_a_third_check_in_without_an_answer_is_done_with_a_warning(
    kept: Afterword, tmp_path: Path
) -> None:
    second = interview(id="acme-2", round="second", start="2026-11-12T14:00")
    kept("import", written(tmp_path / "second.json", second))
    for number, step, at in (
        ("acme-1", "first_check_in", "2026-11-18 10:00"),
        ("acme-1", "second_check_in", "2026-11-25 10:00"),
        ("acme-2", "first_check_in", "2026-12-01 10:00"),
    ):
        ran = kept("sent", number, step, "--at", at, now="2026-12-02T12:00")
        assert ran.code == 0
    assert "warning: Acme Robotics, Platform Engineer: that makes 3 check-ins" in ran.err


def test_afterword_alone_shows_the_day(kept: Afterword) -> None:
    ran = kept("--json", now="2026-11-12T14:00")
    assert [each["step"] for each in ran.document["due"]] == ["thank_you"]
    assert ran.document["overdue"] == []
    assert [each["step"] for each in ran.document["next"]] == ["first_check_in"]
    ran = kept("--json", now="2026-11-19T14:00")
    assert [each["step"] for each in ran.document["overdue"]] == ["first_check_in"]
    assert (
        "Overdue  Wed 18 Nov 09:30  Acme Robotics  first check-in"
        in kept(now="2026-11-19T14:00").out
    )
    nothing: dict[str, list[object]] = {"due": [], "overdue": [], "next": []}
    assert kept("--json", now="2027-06-01").document == nothing
