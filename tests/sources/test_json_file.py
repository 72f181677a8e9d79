import json

import pytest

from icsgen.sources import read
from tests.sources.cases import PLAIN, SETTLED, read_json, refusals, warnings

OTHER = {**PLAIN, "company": "Globex"}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([PLAIN, OTHER]),
        json.dumps({"interviews": [PLAIN, OTHER]}),
        json.dumps(PLAIN) + "\n" + json.dumps(OTHER) + "\n",
        json.dumps(PLAIN) + "\r\n\r\n" + json.dumps(OTHER),
        json.dumps([PLAIN, OTHER], indent=2),
    ],
)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_all_shapes_and_encodings_of_json_give_the_same(text: str, encoding: str) -> None:
    reading = read(text.encode(encoding), "jobs.txt", SETTLED)
    assert [made.company for made in reading.interviews] == ["Acme", "Globex"]
    assert reading.problems == ()


def test_one_object_is_one_interview() -> None:
    assert [made.company for made in read_json(PLAIN).interviews] == ["Acme"]


def test_a_broken_line_of_json_lines_is_named_and_costs_nothing_else() -> None:
    lines = [json.dumps(PLAIN), '{"company": "X", }', "oops", json.dumps(OTHER)]
    reading = read("\n".join(lines).encode(), "jobs.jsonl", SETTLED)
    assert [made.company for made in reading.interviews] == ["Acme", "Globex"]
    assert [where for where, _ in refusals(reading)] == [
        "jobs.jsonl, line 2, column 18",
        "jobs.jsonl, line 3, column 1",
    ]


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("garbage", "not JSON"),
        ("null", "nothing"),
        ("// jobs", "not JSON"),
        ("[1]", "a list"),
        ('{"company":', "cut short"),
        (json.dumps(OTHER) + ",", "around the whole"),
    ],
)
def test_a_broken_first_line_costs_no_other(first: str, words: str) -> None:
    text = "\n".join([first, json.dumps(PLAIN), json.dumps({**PLAIN, "role": "Chef"})])
    reading = read(text.encode(), "jobs", SETTLED)
    assert [made.role for made in reading.interviews] == ["Designer", "Chef"]
    [(where, said)] = refusals(reading)
    assert where.startswith("jobs, line 1")
    assert words in said


def test_a_document_on_several_lines_is_one_document() -> None:
    text = f'{{"interviews": [{json.dumps(PLAIN)}\n]}}'
    reading = read(text.encode(), "jobs.json", SETTLED)
    assert len(reading.interviews) == 1
    assert reading.problems == ()


@pytest.mark.parametrize("opening", ["[", '{"interviews": ['])
def test_a_document_cut_short_is_no_lines(opening: str) -> None:
    text = f"{opening}\n{json.dumps(PLAIN)},\n{json.dumps(OTHER)}"
    [(where, said)] = refusals(read(text.encode(), "jobs.json", SETTLED))
    assert where.startswith("jobs.json, line 3, column ")
    assert "cut short" in said


def test_a_spreadsheet_with_json_in_a_cell_is_a_spreadsheet() -> None:
    text = (
        "company,role,start,journal\nAcme,Designer,2026-11-10T14:00,"
        '"[\n{""at"": ""2026-11-18"", ""type"": ""sent"", ""step"": ""reply""}\n]"\n'
    )
    [made] = read(text.encode(), "jobs", SETTLED).interviews
    assert len(made.journal) == 1


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[{"company": "A"},\n]', "line ", "comma"),
        ('[{"company": "A",}]', "line 1, column 1", "comma"),
        ('{\n "company": "A"', "line 2, column 16", "cut short"),
        ('{"company": "A', "line 1, column 13", "cut short"),
        ('{"company": A}', "line 1, column 13", "not JSON"),
        ("{company: 1}", "line 1, column 2", "not JSON"),
        ("[1] x", "line 1, column 5", "more after the end"),
    ],
)
def test_broken_json_is_named_with_line_and_column(text: str, place: str, words: str) -> None:
    [(where, said)] = refusals(read(text.encode(), "jobs.json", SETTLED))
    assert where.startswith(f"jobs.json, {place}")
    assert words in said


def test_a_field_that_stands_twice_is_a_warning_and_the_last_counts() -> None:
    text = '{"company": "A", "company": "B", "role": "R", "start": "2026-11-10T14:00"}'
    reading = read(text.encode(), "jobs.json", SETTLED)
    assert [made.company for made in reading.interviews] == ["B"]
    assert "“company”" in warnings(reading)[0][1]


@pytest.mark.parametrize("value", [[1], [[PLAIN]], ["x", None], {"interviews": [True]}])
def test_what_is_no_group_of_fields_is_refused_by_its_place(value: object) -> None:
    reading = read_json(value)
    assert reading.interviews == ()
    assert all("[0]" in where or "[1]" in where for where, _ in refusals(reading))


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 20_000, "[" * 33 + "]" * 33])
def test_json_nested_deeper_than_the_limit_is_refused_with_the_limit_named(deep: str) -> None:
    [(_, said)] = refusals(read(deep.encode(), "jobs.json", SETTLED))
    assert "limit of 32" in said


def test_brackets_inside_texts_are_no_nesting() -> None:
    reading = read_json({**PLAIN, "notes": '[{"' * 100 + "\\"})
    assert reading.interviews[0].notes == '[{"' * 100 + "\\"


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 100_000, "NaN", "Infinity", "1e999"])
@pytest.mark.parametrize("name", ["minutes", "company", "start"])
def test_a_number_without_end_is_refused_like_any_wrong_value(name: str, number: str) -> None:
    record = json.dumps({**PLAIN, name: "@"}).replace('"@"', number)
    [(where, _)] = refusals(read(record.encode(), "jobs.json", SETTLED))
    assert where == f"jobs.json, {name}"


def test_a_file_larger_than_the_limit_is_refused_with_the_limit_named() -> None:
    [(where, said)] = refusals(read(b" " * (16 * 2**20) + b"{}", "jobs.json", SETTLED))
    assert where == "jobs.json"
    assert "16 MB" in said


def test_more_interviews_than_the_limit_are_refused_with_the_limit_named() -> None:
    reading = read(b"[" + b"{}," * 20_000 + b"{}]", "jobs.json", SETTLED)
    assert reading.interviews == ()
    assert "20,000" in refusals(reading)[-1][1]


@pytest.mark.parametrize("data", [b"", b"   \n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    [(where, said)] = refusals(read(data, "jobs.json", SETTLED))
    assert where == "jobs.json"
    assert "empty" in said


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"PK\x03\x04rest", "workbook"), (b"%PDF-1.7", "PDF"), (bytes(range(256)) * 9, "")],
)
def test_what_is_no_text_is_refused_in_words(data: bytes, word: str) -> None:
    reading = read(data, "jobs.xlsx", SETTLED)
    assert reading.interviews == ()
    assert word in refusals(reading)[0][1]


@pytest.mark.parametrize("text", ["[]", '{"interviews": []}', "company,role,start"])
def test_a_file_with_nothing_in_it_says_so(text: str) -> None:
    reading = read(text.encode(), "jobs", SETTLED)
    assert [(one.where, one.severity) for one in reading.problems] == [("jobs", "note")]
    assert reading.refused == 0
