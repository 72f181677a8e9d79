"""`plan`, `why`, `list` and `show`: the contract's JSON, and what a person reads."""

import json
import unicodedata
from pathlib import Path

import pytest

from icsgen.cli import main
from tests.cli.command import NOW, Afterword, interview, written

FIELDS = [
    *("id", "company", "role", "step", "opens", "due", "closes", "status"),
    *("channel", "recipients", "reasons"),
]

PLAN = """\
Acme Robotics · Platform Engineer
  Tue 10 Nov, 14:00 in New York (19:00 here) · balanced · id acme-1
  Step             Due               Here   Status    How
  thank-you        Thu 12 Nov 09:30  14:30  missed    e-mail to Dana Lee
  first check-in   Wed 18 Nov 09:30  14:30  due       e-mail to Dana Lee
  second check-in  Wed 25 Nov 09:30  14:30  upcoming  e-mail to Dana Lee
  close-out        Thu 10 Dec 09:30  14:30  upcoming  e-mail to Dana Lee
"""


def columns(line: str) -> int:
    """How wide a terminal shows a line."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in line)
    return len(line) + wide - sum(unicodedata.category(char) in ("Mn", "Cf") for char in line)


def test_a_plan_reads_as_a_heading_and_a_table(afterword: Afterword, acme: Path) -> None:
    ran = afterword("plan", "--from", acme)
    assert (ran.code, ran.out, ran.err) == (0, PLAN, "")


def test_a_plan_has_no_column_of_times_here_where_they_are_the_same(
    afterword: Afterword, acme: Path
) -> None:
    ran = afterword("plan", "--from", acme, env={"TZ": "America/New_York"})
    assert "here" not in ran.out.lower()
    assert "thank-you        Thu 12 Nov 09:30  missed    e-mail to Dana Lee\n" in ran.out


def test_plan_json_has_the_contracts_fields_in_order(afterword: Afterword, acme: Path) -> None:
    told = afterword("plan", "--from", acme, "--json").document
    assert [list(follow_up) for follow_up in told] == [FIELDS] * 4
    first = told[1]
    del first["reasons"]
    assert first == {
        "id": "acme-1",
        "company": "Acme Robotics",
        "role": "Platform Engineer",
        "step": "first_check_in",
        "opens": "2026-11-18T00:00:00-05:00",
        "due": "2026-11-18T09:30:00-05:00",
        "closes": "2026-11-25T09:30:00-05:00",
        "status": "due",
        "channel": "email",
        "recipients": ["Dana Lee"],
    }


def test_every_reason_has_a_rule_a_source_and_a_text(afterword: Afterword, acme: Path) -> None:
    told = afterword("plan", "--from", acme, "--json").document
    reasons = [reason for follow_up in told for reason in follow_up["reasons"]]
    assert all(list(reason) == ["rule", "source", "text"] for reason in reasons)
    assert {"rule": "thank-you-window", "source": "A1.5"}.items() <= reasons[0].items()


def test_plans_keep_the_order_of_the_file_and_of_the_steps(
    afterword: Afterword, tmp_path: Path
) -> None:
    names = ["Zebra", "Acme", "Mole"]
    several = [interview(id=f"{name}-x", company=name) for name in names]
    told = afterword("plan", "--json", "--from", written(tmp_path / "x.json", *several)).document
    steps = ["thank_you", "first_check_in", "second_check_in", "close_out"]
    assert [(each["company"], each["step"]) for each in told] == [
        (name, step) for name in names for step in steps
    ]


def test_several_files_make_one_plan(afterword: Afterword, acme: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "other.json", interview(id="b", company="Bolt"))
    told = afterword("plan", "--from", acme, "--from", other, "--json").document
    assert {each["company"] for each in told} == {"Acme Robotics", "Bolt"}


def test_a_plan_of_standard_input_is_that_of_the_file(afterword: Afterword, acme: Path) -> None:
    assert afterword("plan", "--from", "-", stdin=acme.read_bytes()).out == PLAN


def test_a_playbook_asked_for_stands_before_the_interviews_own(
    afterword: Afterword, tmp_path: Path
) -> None:
    path = written(tmp_path / "x.json", interview(playbook="tuesday"))

    def second(*words: str) -> str:
        due: str = afterword("plan", "--from", path, "--json", *words).document[2]["due"]
        return due[:10]

    assert second() == "2026-11-20"
    assert second("--playbook", "one-week") == "2026-11-24"


def test_a_playbook_may_be_a_file(afterword: Afterword, acme: Path, tmp_path: Path) -> None:
    text = afterword("playbooks", "one-week").out.replace('name = "one-week"', 'name = "mine"')
    own = tmp_path / "mine.toml"
    own.write_text(text.replace('wait = "7 days"', 'wait = "8 days"'), "utf-8")
    told = afterword("plan", "--from", acme, "--playbook", own, "--json").document
    assert told[1]["due"] == "2026-11-18T09:30:00-05:00"


LONG = "Gesellschaft für angewandte Wortlängenforschung und verwandte Gebiete mbH"
WIDE = "株式会社長い名前の会社サンプルテスト東京支社"
FACES = "👩‍💻👩🏽‍🚀 Rocket 🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀"
ACCENTS = "e\u0301\u0301" * 90


@pytest.mark.parametrize("name", [LONG, WIDE, FACES, ACCENTS])
@pytest.mark.parametrize("words", [["plan"], ["list"], ["show", "acme-1"]])
def test_tables_fit_80_columns_whatever_the_names(
    afterword: Afterword, tmp_path: Path, name: str, words: list[str]
) -> None:
    people = [{"name": name, "email": "x@acme.example"}, {"name": name, "email": "y@acme.example"}]
    long = interview(company=name, role=name, round=name, contacts=people, start="2024-11-10T14:00")
    ran = afterword(*words, "--from", written(tmp_path / "x.json", long))
    assert ran.code == 0
    table = ran.out.split("\n\n")[0]
    assert max(map(columns, table.splitlines())) <= 80


WHY = {
    "first_check_in": """\
The first check-in with Acme Robotics is due on Wednesday 18 November at 09:30
in New York (14:30 here).""",
    "close_out": """\
As things stand, the close-out with Acme Robotics is due on Thursday 10 December
at 09:30 in New York (14:30 here).""",
}


@pytest.mark.parametrize("step", WHY)
def test_why_begins_with_the_date_in_words(afterword: Afterword, acme: Path, step: str) -> None:
    assert afterword("why", "acme-1", step, "--from", acme).out.startswith(WHY[step])


def test_why_names_wait_shift_and_sources_in_words(afterword: Afterword, acme: Path) -> None:
    ran = afterword("why", "acme-1", "first_check_in", "--from", acme)
    said = " ".join(ran.out.split())
    assert "5 business days from the interview on Tuesday 10 November" in said
    assert "Veterans Day" in said
    assert "point 3 of the career firm’s article" in said
    assert "first_check_in" not in said
    assert "A3.3" not in said


def test_why_json_is_the_plans_object(afterword: Afterword, acme: Path) -> None:
    told = afterword("plan", "--from", acme, "--json").document
    assert (
        afterword("why", "acme-1", "second-check-in", "--from", acme, "--json").document == told[2]
    )


JOURNALS = {
    "nothing": [],
    "promise": [{"at": "2026-11-12", "type": "promised", "date": "2026-11-25"}],
    "late": [
        {"at": "2026-11-12", "type": "sent", "step": "thank_you"},
        {"at": "2026-11-16T10:00", "type": "sent", "step": "first_check_in"},
        {
            "at": "2026-11-17",
            "type": "snoozed",
            "step": "second_check_in",
            "until": "2026-12-02T16:00",
        },
    ],
    "rejected": [{"at": "2026-11-14T12:00", "type": "heard", "outcome": "rejected"}],
    "offer": [{"at": "2026-11-14T12:00", "type": "heard", "outcome": "offer"}],
    "news": [
        {"at": "2026-11-12", "type": "sent", "step": "thank_you"},
        {"at": "2026-11-13", "type": "news", "news": "competing-offer"},
    ],
}


@pytest.mark.parametrize("playbook", ["balanced", "industry", "thorough"])
@pytest.mark.parametrize("case", JOURNALS)
def test_why_takes_at_most_six_sentences(
    afterword: Afterword,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    case: str,
    playbook: str,
) -> None:
    hard = interview(
        journal=JOURNALS[case],
        start="2026-12-11T21:00" if case == "nothing" else "2026-11-10T14:00",
        closed=["2026-12-14/2026-12-16"],
        channel="phone",
        playbook=playbook,
    )
    path = written(tmp_path / "x.json", hard)
    everywhere = ["--from", str(path), "--data-dir", str(afterword.data_dir), "--now", NOW]
    assert main(["plan", "--json", *everywhere]) == 0
    steps = [follow_up["step"] for follow_up in json.loads(capsys.readouterr().out)]
    for step in steps:
        assert main(["why", "acme-1", step, *everywhere]) == 0
        out = capsys.readouterr().out
        said = " ".join(out.split())
        assert 1 < said.count(". ") + said.endswith(".") <= 6, said
        assert max(map(columns, out.splitlines())) <= 80


def test_why_of_a_step_that_is_not_there_says_which_are(afterword: Afterword, acme: Path) -> None:
    ran = afterword("why", "acme-1", "reply", "--from", acme)
    assert (ran.code, ran.out) == (1, "")
    assert "there is no reply in this plan" in ran.err
    assert "first_check_in" in ran.err


def test_list_json_is_the_interviews_each_with_what_is_next(
    afterword: Afterword, tmp_path: Path
) -> None:
    over = [{"at": "2026-11-12", "type": "heard", "outcome": "cancelled"}]
    path = written(tmp_path / "x.json", interview(), interview(id="gone", journal=over))
    first, gone = afterword("list", "--from", path, "--json").document
    assert {key: first[key] for key in ("id", "company", "start", "timezone", "country")} == {
        "id": "acme-1",
        "company": "Acme Robotics",
        "start": "2026-11-10T14:00:00",
        "timezone": "America/New_York",
        "country": "US",
    }
    assert list(first["next"]) == FIELDS
    assert first["next"]["step"] == "first_check_in"
    assert gone["next"] is None


def test_list_shortens_ids_as_far_as_they_stay_apart(afterword: Afterword, tmp_path: Path) -> None:
    ids = ["abcdefgh1x", "abcdefgh2x", "zzzzzzzzzz"]
    path = written(tmp_path / "x.json", *(interview(id=each, company=each) for each in ids))
    shown = [line.split()[0] for line in afterword("list", "--from", path).out.splitlines()[1:]]
    assert shown == ["abcdefgh1", "abcdefgh2", "zzzz"]


def test_show_json_is_one_interview(afterword: Afterword, acme: Path) -> None:
    assert (
        afterword("show", "acme", "--from", acme, "--json").document
        == (afterword("list", "--from", acme, "--json").document[0])
    )


def test_show_has_the_plan_and_what_happened(afterword: Afterword, tmp_path: Path) -> None:
    journal = [{"at": "2026-11-12", "type": "sent", "step": "thank_you"}]
    path = written(tmp_path / "x.json", interview(journal=journal, notes="They like tea."))
    ran = afterword("show", "acme-1", "--from", path)
    assert "thank-you        Thu 12 Nov 09:30  14:30  sent" in ran.out
    assert "  notes        They like tea.\n" in ran.out
    assert "  journal      2026-11-12 09:30 sent thank_you\n" in ran.out


@pytest.mark.parametrize("word", ["acme-1", "ACME-1", "acm", "Acme Robotics", "acme robotics"])
def test_an_interview_answers_to_its_id_and_its_company(
    afterword: Afterword, acme: Path, word: str
) -> None:
    assert afterword("plan", word, "--from", acme).out == PLAN


def test_an_unknown_id_suggests_the_nearest(afterword: Afterword, acme: Path) -> None:
    ran = afterword("plan", "acne-1", "--from", acme)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "error: ID: there is no interview “acne-1”; did you mean “acme-1”?\n"


def test_an_ambiguous_name_lists_the_candidates(afterword: Afterword, tmp_path: Path) -> None:
    rounds = [interview(id="one", round="1"), interview(id="two", round="2")]
    ran = afterword("show", "acme", "--from", written(tmp_path / "x.json", *rounds))
    assert (ran.code, ran.out) == (1, "")
    assert "may be any of 2 interviews" in ran.err
    assert "one (Acme Robotics, Platform Engineer), two (Acme Robotics, Platform" in ran.err


def test_a_whole_id_is_not_ambiguous_with_one_that_it_begins(
    afterword: Afterword, tmp_path: Path
) -> None:
    path = written(tmp_path / "x.json", interview(id="ab"), interview(id="abc", company="Other"))
    assert afterword("show", "ab", "--from", path, "--json").document["id"] == "ab"


def test_what_the_machine_shows_is_said_with_its_weekday_on_another_day(
    afterword: Afterword, acme: Path
) -> None:
    ran = afterword("plan", "--from", acme, env={"TZ": "Pacific/Auckland"})
    assert "first check-in   Wed 18 Nov 09:30  Thu 03:30  upcoming" in ran.out
