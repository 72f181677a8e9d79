import pytest

from icsgen.journal import News
from icsgen.model import Contact, Severity
from icsgen.sources import DateOrder, read
from tests.sources.cases import SETTLED, messages, read_csv, refusals, warnings

HEAD = "company,role,start\n"


def starts(text: str, **changes: object) -> list[str]:
    reading = read_csv(text, SETTLED._replace(**changes))  # type: ignore[arg-type]
    assert not refusals(reading)
    return [made.start.isoformat()[:16] for made in reading.interviews]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_spreadsheets_way_of_writing_gives_the_same(
    separator: str, encoding: str, newline: str
) -> None:
    rows = [["Company", "Role", "Start"], ["Café Ü", "Chef", "2026-11-10 14:00"]]
    text = newline.join(separator.join(row) for row in rows)
    reading = read(text.encode(encoding), "jobs.csv", SETTLED)
    assert [made.company for made in reading.interviews] == ["Café Ü"]
    assert [one.severity for one in reading.problems] == ["note"] * (encoding == "cp1252")


@pytest.mark.parametrize("start", ["sep=;\n", "sep=;\r\n", '"sep=;"\n', "\n\n"])
def test_a_line_that_names_the_separator_is_no_header(start: str) -> None:
    text = start + "company;role;start\nA;B;nope\n"
    line = 2 + start.count("\n")
    assert [where for where, _ in refusals(read_csv(text))] == [f"jobs.csv, line {line}, start"]


@pytest.mark.parametrize(
    "header",
    ["Company,ROLE,Time Zone,Start,contact-name", " company , role,time_zone,START,Contact Name"],
)
def test_a_header_is_read_whatever_its_letter_case_and_blanks(header: str) -> None:
    made = read_csv(f"{header}\nA,B,Europe/Paris,2026-11-10T14:00,Dana").interviews[0]
    assert (made.zone.key, made.contacts) == ("Europe/Paris", (Contact("Dana"),))


def test_a_row_is_named_by_the_line_on_which_it_begins() -> None:
    text = HEAD + '"A\nB","C ""D""",2026-11-10T14:00\n\n,,\nX,Y,nope\n'
    reading = read_csv(text)
    assert [(made.company, made.role) for made in reading.interviews] == [("A B", 'C "D"')]
    assert [where for where, _ in refusals(reading)] == ["jobs.csv, line 6, start"]


@pytest.mark.parametrize(
    "row", ['A,"B,2026-11-10T14:00', '"A"x,B,2026-11-10T14:00', "A,B,2026-11-10T14:00,more,cells"]
)
def test_a_row_that_cannot_be_cut_is_named_and_costs_no_other(row: str) -> None:
    reading = read_csv(f"{HEAD}X,Y,2026-11-10T14:00\n{row}\nZ,Y,2026-11-10T14:00\n")
    assert [made.company for made in reading.interviews] == ["X", "Z"]
    assert [where for where, _ in refusals(reading)] == ["jobs.csv, line 3"]


def test_lists_in_a_cell_are_split_at_semicolons_and_newlines() -> None:
    text = (
        "company,role,start,topics,concerns,closed,weekend\n"
        'A,B,2026-11-10T14:00,"robots; tea\nchess",,"2026-12-24, 2026-12-28/2026-12-31",'
        '"fri, sat"\n'
    )
    made = read_csv(text).interviews[0]
    assert made.topics == ("robots", "tea", "chess")
    assert len(made.closed) == 2
    assert made.weekend == frozenset({4, 5})


def test_contacts_have_columns_of_their_own_and_a_list() -> None:
    text = (
        "company,role,start,contact_name,contact_email,contact_phone,contact_linkedin,contacts\n"
        "A,B,2026-11-10T14:00,Dana,dana@a.example,555 0100,linkedin.com/in/d,"
        "Sam <sam@a.example>; Kim\n"
    )
    assert read_csv(text).interviews[0].contacts == (
        Contact("Dana", "dana@a.example", "555 0100", "https://linkedin.com/in/d"),
        Contact("Sam", "sam@a.example"),
        Contact("Kim"),
    )


def test_a_journal_is_json_in_a_cell() -> None:
    entry = '"[{""at"": ""2026-11-12"", ""type"": ""news"", ""news"": ""new-information""}]"'
    made = read_csv(f"company,role,start,journal\nA,B,2026-11-10T14:00,{entry}\n").interviews[0]
    assert isinstance(made.journal[0], News)
    broken = read_csv('company,role,start,journal\nA,B,2026-11-10T14:00,"[{"\n')
    assert [where for where, _ in refusals(broken)] == ["jobs.csv, line 2, journal"]


def test_columns_of_another_name_are_mapped() -> None:
    text = "Firma;Stelle;Wann\nA;B;2026-11-10T14:00\n"
    mapping = {"firma": "company", "STELLE": "Role", "Wann": "start"}
    reading = read_csv(text, SETTLED._replace(mapping=mapping))
    assert [made.company for made in reading.interviews] == ["A"]
    assert reading.problems == ()


def test_a_mapping_to_no_field_is_refused_and_of_no_column_a_warning() -> None:
    [(_, said)] = refusals(read_csv(HEAD, SETTLED._replace(mapping={"company": "compny"})))
    assert "“company”?" in said
    reading = read_csv(HEAD + "A,B,2026-11-10T14:00", SETTLED._replace(mapping={"x": "notes"}))
    assert len(warnings(reading)) == 1
    assert len(reading.interviews) == 1


def test_a_header_without_a_column_of_ours_is_refused() -> None:
    [(where, said)] = refusals(read_csv("Firma,Stelle\nA,B\n"))
    assert where == "jobs.csv"
    assert "--map" in said
    assert "“Firma”" in said


def test_unknown_and_double_columns_are_warnings() -> None:
    reading = read_csv("company,role,start,colour,role\nA,B,2026-11-10T14:00,red,C\n")
    assert [made.role for made in reading.interviews] == ["B"]
    assert len(warnings(reading)) == 2


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (["13/11/2026", "10/11/2026"], ["2026-11-13", "2026-11-10"]),
        (["11/13/2026", "11/10/2026"], ["2026-11-13", "2026-11-10"]),
        (["2026/11/10", "2026.1.5"], ["2026-11-10", "2026-01-05"]),
        (["13.11.26", "30.11.26", "5.12.99"], ["2026-11-13", "2026-11-30", "1999-12-05"]),
        (["10/10/2026", "9/9/2026"], ["2026-10-10", "2026-09-09"]),
        (["Tue 10 Nov 2026", "November 12, 2026"], ["2026-11-10", "2026-11-12"]),
        (["10-Nov-2026", "10-Nov-26"], ["2026-11-10", "2026-11-10"]),
        (["2026-11-10", "13/11/2026"], ["2026-11-10", "2026-11-13"]),
        (["Tuesday, 10.11.2026", "13.11.2026"], ["2026-11-10", "2026-11-13"]),
    ],
)
def test_a_column_of_dates_is_read_in_the_only_order_all_rows_allow(
    cells: list[str], meant: list[str]
) -> None:
    rows = "".join(f'C{number};R;"{cell}";9:30\n' for number, cell in enumerate(cells))
    assert starts(f"company;role;date;time\n{rows}") == [f"{day}T09:30" for day in meant]


@pytest.mark.parametrize("column", ["start", "date", "end", "promised"])
def test_a_column_that_allows_two_orders_refuses_the_file_by_name(column: str) -> None:
    start = "" if column == "start" else "start;"
    cell = "" if column == "start" else "2026-01-02T10:00;"
    reading = read_csv(
        f"company;role;{start}{column}\nA;B;{cell}03/04/2026\nC;D;{cell}05/04/2026\n"
    )
    assert reading.interviews == ()
    [(where, said)] = refusals(reading)
    assert where == f"jobs.csv, {column}"
    assert "--dates" in said
    assert column in said


@pytest.mark.parametrize(
    ("order", "meant"),
    [("dmy", "2026-04-03T10:00"), ("mdy", "2026-03-04T10:00"), ("ymd", "2003-04-20T10:00")],
)
def test_the_order_given_decides(order: str, meant: str) -> None:
    cell = "03/04/20" if order == "ymd" else "03/04/2026"
    assert starts(f"company,role,start\nA,B,{cell} 10:00\n", dates=DateOrder(order)) == [meant]


def test_dates_that_no_one_order_fits_refuse_the_file_by_two_lines() -> None:
    [(where, said)] = refusals(read_csv("company,role,start\nA,B,13/11/2026\nC,D,11/14/2026\n"))
    assert where == "jobs.csv, start"
    assert "line 2" in said
    assert "line 3" in said


def test_a_date_that_fits_no_order_costs_only_its_row() -> None:
    reading = read_csv(HEAD + "A,B,31/31/2026 9:00\nC,D,13/11/2026 9:00\n")
    assert [made.company for made in reading.interviews] == ["C"]
    assert [where for where, _ in refusals(reading)] == ["jobs.csv, line 2, start"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("14:00", "14:00"),
        ("2:30 pm", "14:30"),
        ("2.30 p.m.", "14:30"),
        ("2PM", "14:00"),
        ("12 am", "00:00"),
        ("12:15 PM", "12:15"),
        ("14.30", "14:30"),
        ("14h30", "14:30"),
        ("9:05:00", "09:05"),
        ("at 9:05", "09:05"),
        ("14:30-05:00", "14:30"),
        ("19:30Z", "14:30"),
    ],
)
@pytest.mark.parametrize("day", ["2026-11-10", "13/11/2026", "10 Nov 2026"])
def test_a_time_is_read_as_people_write_it(written: str, meant: str, day: str) -> None:
    [one] = starts(f"company,role,start\nA,B,{day} {written}\n")
    assert one[11:] == meant
    assert starts(f"company,role,date,time\nA,B,{day},{written}\n") == [one]


@pytest.mark.parametrize(
    "written", ["25:00", "13 pm", "0 am", "14:60", "noon", "14", "2:30 xm", "14:30 EST", "14:3"]
)
def test_a_time_that_is_none_refuses_its_row(written: str) -> None:
    reading = read_csv(f"company,role,date,time\nA,B,2026-11-10,{written}\n")
    assert reading.interviews == ()
    assert [where for where, _ in refusals(reading)] == ["jobs.csv, line 2, time"]


def test_a_date_with_a_time_of_its_own_and_another_beside_it_is_refused() -> None:
    reading = read_csv("company,role,date,time\nA,B,2026-11-10 14:00,15:00\n")
    assert [where for where, _ in refusals(reading)] == ["jobs.csv, line 2, time"]


@pytest.mark.parametrize(
    "written",
    ["10", "Nov 10", "November 2026", "Tue", "10 Nov", "Mon 10 Nov 2026", "46336", "32 Nov 2026"],
)
def test_a_date_that_would_have_to_be_guessed_refuses_its_row(written: str) -> None:
    reading = read_csv(f"company,role,start\nA,B,{written}\n")
    assert reading.interviews == ()
    assert [where for where, _ in refusals(reading)] == ["jobs.csv, line 2, start"]


def test_a_date_without_a_time_is_half_past_nine_with_a_warning() -> None:
    reading = read_csv("company,role,date,time\nA,B,13/11/2026,\n")
    assert [made.start.isoformat()[:16] for made in reading.interviews] == ["2026-11-13T09:30"]
    assert [where for where, _ in warnings(reading)] == ["jobs.csv, line 2, start"]


def test_an_end_may_be_a_time_on_the_day_of_the_start() -> None:
    made = read_csv("company,role,date,time,end\nA,B,2026-11-10,14:00,3:15 pm\n").interviews[0]
    assert made.end.isoformat() == "2026-11-10T15:15:00-05:00"


def test_a_file_that_is_not_utf_8_is_read_as_windows_text_with_a_note() -> None:
    reading = read("company,role,start\nCafé,B,2026-11-10T14:00".encode("cp1252"), "j", SETTLED)
    assert reading.interviews[0].company == "Café"
    assert "cp1252" in messages(reading, Severity.NOTE)[0][1]


def test_rows_and_cells_beyond_the_limits_are_refused_with_the_limit_named() -> None:
    [(where, said)] = refusals(read_csv(HEAD + "a,b,2026-11-10T14:00\n" * 20_001))
    assert where == "jobs.csv"
    assert "20,000" in said
    reading = read_csv(f"{HEAD}{',' * 2000}\nA,B,2026-11-10T14:00\n")
    assert [made.company for made in reading.interviews] == ["A"]
    assert refusals(reading)[0][0] == "jobs.csv, line 2"
    assert "1,000" in refusals(reading)[0][1]
