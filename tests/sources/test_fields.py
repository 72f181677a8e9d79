from datetime import UTC, date, datetime

import pytest

from icsgen.model import Channel, Contact, Culture, Industry, Pace, Rapport, Severity, Size
from icsgen.sources import Options
from tests.sources.cases import (
    PLAIN,
    SETTLED,
    read_json,
    read_one,
    refusals,
    refused_at,
    warnings,
)


def test_what_a_record_leaves_out_has_the_contracts_default() -> None:
    made = read_one({})
    assert (made.end - made.start).total_seconds() == 3600
    assert (made.industry, made.pace, made.size) == (Industry.OTHER, Pace.NORMAL, Size.SMALL)
    assert (made.rapport, made.culture, made.channel) == (Rapport.NORMAL, Culture.FORMAL, None)
    assert (made.contacts, made.journal, made.closed, made.weekend) == ((), (), (), None)
    assert (made.country, made.subdivision, made.playbook) == ("US", None, None)


@pytest.mark.parametrize("name", ["company", "role", "start"])
@pytest.mark.parametrize("empty", [None, "", "  ", "\u0000\u200a"])
def test_a_required_field_that_says_nothing_is_named(name: str, empty: str | None) -> None:
    assert refused_at({name: empty}) == [name]


def test_every_wrong_field_of_a_record_is_named_at_once() -> None:
    wrong = {"minutes": "soon", "industry": "space", "promised": "Friday", "weekend": "noday"}
    assert refused_at(wrong) == ["minutes", "promised", "industry", "weekend"]


def test_an_unknown_field_is_a_warning_with_the_nearest_name() -> None:
    reading = read_json({**PLAIN, "contcats": []})
    assert len(reading.interviews) == 1
    assert [("contcats" in said, "“contacts”?" in said) for _, said in warnings(reading)] == [
        (True, True)
    ]


def test_a_great_many_unknown_fields_are_counted_not_listed() -> None:
    reading = read_json({**PLAIN, **{f"x{number}": 1 for number in range(5000)}})
    assert len(warnings(reading)) == 11
    assert "4,990 more" in warnings(reading)[-1][1]


def test_an_unknown_choice_is_refused_with_the_right_ones() -> None:
    [(where, said)] = refusals(read_json({**PLAIN, "industry": "techh"}))
    assert where == "jobs.json, industry"
    assert "“tech”?" in said
    assert "government" in said


@pytest.mark.parametrize("word", ["LinkedIn", " linkedin ", "LINKEDIN"])
def test_a_choice_is_read_whatever_its_letter_case(word: str) -> None:
    assert read_one({"channel": word}).channel is Channel.LINKEDIN


def test_end_counts_before_minutes_with_a_warning_if_they_differ() -> None:
    reading = read_json({**PLAIN, "end": "2026-11-10T14:30", "minutes": 45})
    assert reading.interviews[0].end.isoformat() == "2026-11-10T14:30:00-05:00"
    assert [where for where, _ in warnings(reading)] == ["jobs.json, end"]
    agreeing = read_json({**PLAIN, "end": "2026-11-10T14:45", "minutes": 45})
    assert warnings(agreeing) == []


@pytest.mark.parametrize("end", ["2026-11-10T14:00", "2026-11-10T13:00", "2026-11-10"])
def test_an_end_that_is_not_after_the_start_is_refused(end: str) -> None:
    assert refused_at({"end": end}) == ["end"]


def test_an_interview_longer_than_a_day_is_a_warning() -> None:
    reading = read_json({**PLAIN, "end": "2026-11-12T14:00"})
    assert [where for where, _ in warnings(reading)] == ["jobs.json, end"]
    assert len(reading.interviews) == 1


@pytest.mark.parametrize(
    "count", [0, -5, 1441, 10**17, 1.5, True, "1h", [], {}, float("nan"), float("inf")]
)
def test_minutes_are_a_whole_number_from_one_to_a_days(count: object) -> None:
    assert refused_at({"minutes": count}) == ["minutes"]


@pytest.mark.parametrize("count", [1, "45", 45.0, 1440])
def test_minutes_may_be_digits(count: object) -> None:
    made = read_one({"minutes": count})
    assert made.end.astimezone(UTC) > made.start.astimezone(UTC)


def test_minutes_are_elapsed_time_across_a_clock_change() -> None:
    made = read_one({"start": "2026-03-08T01:30", "minutes": 60})
    assert made.end.isoformat() == "2026-03-08T03:30:00-04:00"


def test_without_a_zone_the_setting_counts_and_says_nothing() -> None:
    reading = read_json(PLAIN)
    assert reading.interviews[0].zone.key == "America/New_York"
    assert warnings(reading) == []


def test_without_a_setting_the_machines_zone_counts_with_a_warning() -> None:
    reading = read_json(PLAIN, Options(machine_timezone="Europe/Paris", country="FR"))
    assert reading.interviews[0].zone.key == "Europe/Paris"
    assert [where for where, _ in warnings(reading)] == ["jobs.json, timezone"]


def test_without_any_zone_the_interview_is_refused() -> None:
    assert refused_at({}, Options(country="US")) == ["timezone"]


@pytest.mark.parametrize("name", ["Europe/Berln", "Europe", "../../etc/passwd", "x" * 400])
def test_an_unknown_zone_is_refused_by_name(name: str) -> None:
    assert refused_at({"timezone": name}) == ["timezone"]
    assert refused_at({}, SETTLED._replace(timezone=name)) == ["timezone"]


def test_an_unknown_zone_is_told_the_nearest_one() -> None:
    [(_, said)] = refusals(read_json({**PLAIN, "timezone": "Europe/Berln"}))
    assert "Europe/Berlin" in said


def test_without_a_country_only_weekends_count_with_a_warning() -> None:
    reading = read_json(PLAIN, Options(timezone="UTC"))
    assert reading.interviews[0].country is None
    assert [where for where, _ in warnings(reading)] == ["jobs.json, country"]


@pytest.mark.parametrize(
    ("given", "country", "subdivision"),
    [
        ({"country": "de"}, "DE", None),
        ({"country": "US", "subdivision": "ca"}, "US", "CA"),
        ({"country": "us", "subdivision": "US-CA"}, "US", "CA"),
        ({"subdivision": "DE-BY"}, "DE", "BY"),
        ({"country": "DE-BY"}, "DE", "BY"),
        ({}, "US", "NY"),
        ({"country": "US"}, "US", "NY"),
        ({"subdivision": "CA"}, "US", "CA"),
    ],
)
def test_country_and_subdivision_are_codes(
    given: dict[str, str], country: str, subdivision: str | None
) -> None:
    made = read_one(given, SETTLED._replace(subdivision="NY"))
    assert (made.country, made.subdivision) == (country, subdivision)


def test_a_subdivision_of_another_country_is_refused() -> None:
    assert refused_at({"country": "US", "subdivision": "DE-BY"}) == ["subdivision"]
    assert refused_at({"country": "DE-BE", "subdivision": "BY"}) == ["subdivision"]
    assert refused_at({"country": "DE-BE", "subdivision": "US-CA"}) == ["subdivision"]


@pytest.mark.parametrize("word", ["Germany", "D", "12", 49, ["DE"]])
def test_a_country_that_is_no_code_is_refused(word: object) -> None:
    assert refused_at({"country": word}) == ["country"]


def test_a_contact_has_a_name_and_checked_ways_to_reach_them() -> None:
    made = read_one(
        {
            "contacts": [
                {
                    "name": "Dana\nLee",
                    "email": "dana@acme.example",
                    "phone": "+1 (555) 010-0100",
                    "linkedin": "linkedin.com/in/dana",
                    "role": "Head of Design",
                },
                "Sam Roe <sam@acme.example>",
                {"email": "hr@acme.example"},
            ]
        }
    )
    assert made.contacts == (
        Contact(
            "Dana Lee",
            "dana@acme.example",
            "+1 (555) 010-0100",
            "https://linkedin.com/in/dana",
            "Head of Design",
        ),
        Contact("Sam Roe", "sam@acme.example"),
        Contact("hr@acme.example", "hr@acme.example"),
    )


@pytest.mark.parametrize(
    "address",
    [
        "dana",
        "dana@",
        "@acme.example",
        "dana@acme",
        "a b@acme.example",
        "dana@acme.example,evil@x.example",
        "dana@acme.example\r\nBcc: evil@x.example",
        "dana@acme.example?bcc=evil@x.example",
        "dana@acme..example",
        "d@" + "a" * 300 + ".example",
        "dana@acme.example;x@y.example",
    ],
)
def test_what_can_be_no_address_is_dropped_with_a_warning(address: str) -> None:
    reading = read_json({**PLAIN, "contacts": [{"name": "Dana", "email": address}]})
    assert reading.interviews[0].contacts == (Contact("Dana"),)
    assert [where for where, _ in warnings(reading)] == ["jobs.json, contacts[0].email"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://x.example", "dana", "https://", "https://a b.example"]
)
def test_a_linkedin_profile_is_a_web_address_or_dropped(address: str) -> None:
    reading = read_json({**PLAIN, "contacts": [{"name": "Dana", "linkedin": address}]})
    assert reading.interviews[0].contacts == (Contact("Dana"),)
    assert [where for where, _ in warnings(reading)] == ["jobs.json, contacts[0].linkedin"]


@pytest.mark.parametrize("people", [[{}], [{"phone": "5550100"}], [7], [[]], {"x": 1}, 3])
def test_a_contact_without_name_and_address_refuses_the_interview(people: object) -> None:
    assert [path.split("[")[0] for path in refused_at({"contacts": people})] == ["contacts"]


def test_a_single_text_counts_as_a_list_of_one() -> None:
    assert read_one({"topics": "robots"}).topics == ("robots",)
    assert read_one({"topics": ["robots", "", None, "tea"]}).topics == ("robots", "tea")


def test_closed_days_are_dates_and_ranges() -> None:
    made = read_one({"closed": ["2026-12-24", "2026-12-28/2026-12-31"]})
    assert made.closed == (
        (date(2026, 12, 24), date(2026, 12, 24)),
        (date(2026, 12, 28), date(2026, 12, 31)),
    )


@pytest.mark.parametrize(
    "days", ["2026-12-31/2026-12-28", "1999-01-01/2100-01-01", "Christmas", "2026-12-24/", "/"]
)
def test_a_range_that_is_reversed_or_endless_is_refused(days: str) -> None:
    assert refused_at({"closed": [days]}) == ["closed[0]"]


@pytest.mark.parametrize(
    "days", [["fri", "sat"], "fri, sat", "Friday;Saturday", ["FRI sat"], "fri/sat"]
)
def test_a_weekend_is_weekday_names(days: object) -> None:
    assert read_one({"weekend": days}).weekend == frozenset({4, 5})


@pytest.mark.parametrize("days", ["fr", "5", ["mon tue wed thu fri sat sun"], "freitag"])
def test_a_weekend_of_no_days_we_know_or_of_all_is_refused(days: object) -> None:
    assert [path.split("[")[0] for path in refused_at({"weekend": days})] == ["weekend"]


def test_the_settings_weekend_and_playbook_hold_where_the_file_says_none() -> None:
    options = SETTLED._replace(weekend=frozenset({4, 5}), playbook="tuesday")
    assert read_one({}, options).weekend == frozenset({4, 5})
    assert read_one({"weekend": "sun"}, options).weekend == frozenset({6})
    assert read_one({}, options).playbook == "tuesday"


def test_an_id_is_ten_characters_that_stay_the_same() -> None:
    made = read_one({})
    assert made.id == read_one({"company": " ACME ", "notes": "new"}).id == "hrkl5sn3pc"
    assert made.id != read_one({"round": "2"}).id
    assert made.id != read_one({"start": "2026-11-10T15:00"}).id


@pytest.mark.parametrize("word", ["a", "Acme_2.1-b", "x" * 64, "7"])
def test_a_given_id_that_a_calendar_can_hold_is_kept(word: str) -> None:
    assert read_one({"id": word}).id == word


@pytest.mark.parametrize("word", ["a b", "x" * 65, "é", "a@b", "a\r\nUID:x"])
def test_any_other_id_becomes_a_digest_of_it(word: str) -> None:
    first, again = read_one({"id": word}).id, read_one({"id": word, "role": "Dev"}).id
    assert first == again
    assert len(first) == 10
    assert first.isalnum()


@pytest.mark.parametrize(("word", "fault"), [("x" * 65, "longer"), ("a b", "characters that")])
def test_a_digest_for_an_id_says_what_was_wrong_with_it(word: str, fault: str) -> None:
    [note] = read_json({**PLAIN, "id": word}).problems
    assert fault in note.message


@pytest.mark.parametrize(
    ("name", "limit"), [("company", 500), ("role", 500), ("round", 500), ("notes", 20_000)]
)
def test_a_text_longer_than_its_limit_is_refused_with_the_limit_named(
    name: str, limit: int
) -> None:
    assert getattr(read_one({name: "x" * limit}), name) == "x" * limit
    [(where, said)] = refusals(read_json({**PLAIN, name: "x" * (limit + 1)}))
    assert where == f"jobs.json, {name}"
    assert f"{limit:,}" in said


@pytest.mark.parametrize("name", ["contacts", "topics", "concerns", "closed"])
def test_a_list_longer_than_its_limit_is_refused_with_the_limit_named(name: str) -> None:
    [(where, said)] = refusals(read_json({**PLAIN, name: ["2026-01-01"] * 201}))
    assert where == f"jobs.json, {name}"
    assert "200" in said


def test_texts_are_cleaned_on_the_way_in() -> None:
    made = read_one({"company": "Ac\u0000me\r\nX:1\ud800", "notes": "one\r\ntwo\u0007\u2028three"})
    assert made.company == "Acme X:1\ufffd"
    assert made.notes == "one\ntwo\nthree"


@pytest.mark.parametrize("year", ["1969-12-31T10:00", "2101-01-01", "9999-12-31T23:59+00:00"])
@pytest.mark.parametrize("name", ["start", "end"])
def test_a_year_that_no_table_knows_is_refused_by_field(name: str, year: str) -> None:
    assert refused_at({name: year}) == [name]


def test_company_and_role_may_be_given_for_records_without() -> None:
    options = SETTLED._replace(company="Globex", role="Chef")
    reading = read_json({"start": "2026-11-10T14:00"}, options)
    assert (reading.interviews[0].company, reading.interviews[0].role) == ("Globex", "Chef")
    assert read_one({}, options).company == "Acme"


def test_the_same_interview_twice_counts_once_with_a_note() -> None:
    reading = read_json([PLAIN, PLAIN])
    assert len(reading.interviews) == 1
    assert [(one.where, one.severity) for one in reading.problems] == [
        ("jobs.json, [1]", Severity.NOTE)
    ]
    assert reading.refused == 0


def test_another_interview_under_the_same_id_is_refused_by_name() -> None:
    reading = read_json([{**PLAIN, "id": "a"}, {**PLAIN, "id": "a", "role": "Chef"}])
    assert [made.role for made in reading.interviews] == ["Designer"]
    [(where, said)] = refusals(reading)
    assert where == "jobs.json, [1]"
    assert "jobs.json, [0] (“Acme”)" in said
    assert reading.refused == 1


def test_of_a_great_many_faults_twenty_are_listed_and_the_rest_is_counted() -> None:
    wrong = {"at": "soon", "type": "sent", "step": "reply", "until": 1}
    reading = read_json([{**PLAIN, "journal": [wrong] * 2_000}, {**PLAIN, "company": "Globex"}])
    assert [made.company for made in reading.interviews] == ["Globex"]
    assert len(refusals(reading)) == 20
    assert "3,980 more" in reading.problems[-1].message
    assert reading.refused == 1


def test_a_start_before_the_epoch_of_its_zone_is_still_a_moment() -> None:
    assert read_one({"start": "1970-01-01T00:00"}).start.astimezone(UTC) == datetime(
        1970, 1, 1, 5, tzinfo=UTC
    )
