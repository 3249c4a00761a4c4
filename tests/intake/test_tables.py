"""Hostile and everyday CSV, JSON and JSON Lines files, as the tools of this world write them."""

import gzip
from pathlib import Path

import pytest

from workbench.errors import InvalidInput
from workbench.intake.rows import LONGEST_CELL, Row, RowFault
from workbench.intake.tables import Table, open_table


def table(folder: Path, content: str | bytes, name: str = "export.csv", encoding: str = "utf-8") -> Table:
    path = folder / name
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return open_table(path)


def good(found: Table) -> list[Row]:
    return [row for row in found.rows() if not isinstance(row, RowFault)]


def bad(found: Table) -> list[tuple[int, str]]:
    return [(row.number, row.reason) for row in found.rows() if isinstance(row, RowFault)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    found = table(tmp_path, "Id,Subject\n1,Müller’s Drucker\n", encoding=encoding)
    assert found.names == ("Id", "Subject")
    assert good(found) == [(2, ["1", "Müller’s Drucker"])]


def test_one_broken_byte_in_utf8_is_told_with_its_line_and_does_not_garble_the_rest(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"export\.csv, line 3: bytes that are not utf-8"):
        table(tmp_path, b"Id,Subject\n1,M\xc3\xbcller\n2,\xff\n")


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="line 2: bytes that are not cp1252"):
        table(tmp_path, b"Id,Subject\n1,\x81\x8d\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    found = table(tmp_path, f'Id{delimiter}"Subject, in; short"\n1{delimiter}"a,b;c"\n')
    assert good(found) == [(2, ["1", "a,b;c"])]


def test_the_first_line_of_excel_names_the_delimiter_and_is_no_row(tmp_path: Path) -> None:
    found = table(tmp_path, "sep=;\r\nId;Subject\r\n1;a,b\r\n")
    assert found.names == ("Id", "Subject")
    assert good(found) == [(3, ["1", "a,b"])]


@pytest.mark.parametrize("blank", ["\n", "\r\n", ";;\n", " ; \n\n"])
def test_blank_rows_before_the_names_are_passed_over_and_counted(tmp_path: Path, blank: str) -> None:
    found = table(tmp_path, f"{blank}a;b\n1;2\n3\n")
    header = blank.count("\n") + 1
    assert (found.names, found.delimiter, found.header_row) == (("a", "b"), ";", header)
    assert good(found) == [(header + 1, ["1", "2"])]
    assert [number for number, _ in bad(found)] == [header + 2]


def test_the_first_line_of_excel_may_be_followed_by_a_blank_one(tmp_path: Path) -> None:
    found = table(tmp_path, "sep=;\n\nId;Subject\n1;x\n")
    assert (found.names, good(found)) == (("Id", "Subject"), [(4, ["1", "x"])])


@pytest.mark.parametrize("content", ['a,"b"c\n1,2\n', 'a,"b\n1,2\n'])
def test_a_header_with_a_broken_quote_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(InvalidInput, match=r"export\.csv: its header cannot be read: "):
        table(tmp_path, content)


def test_short_and_long_rows_are_told_and_the_others_read(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,c\n1,2\n1,2,3\n1,2,3,4\n\n,,\n5,6,7\n")
    assert good(found) == [(3, ["1", "2", "3"]), (7, ["5", "6", "7"])]
    assert bad(found) == [(2, "has 2 cells where the header has 3"), (4, "has 4 cells where the header has 3")]


def test_a_header_in_the_middle_is_told(tmp_path: Path) -> None:
    assert bad(table(tmp_path, "a,b\n1,2\na,b\n3,4\n")) == [(3, "the names of the columns stand here again")]


def test_names_that_stand_twice_lose_no_cell(tmp_path: Path) -> None:
    found = table(tmp_path, "Labels,Labels\nx,y\n")
    assert found.names == ("Labels", "Labels")
    assert good(found) == [(2, ["x", "y"])]


def test_a_quote_that_is_never_closed_stops_the_file_at_its_row(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b\n1,2\n3,"x\n5,6\n7,8\n')
    with pytest.raises(InvalidInput, match=r"export\.csv, row 3: a quote opened in line 3 is not closed"):
        list(found.rows())


def test_a_broken_quote_within_one_line_costs_that_row_alone(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b\n1,"x"y\n3,4\n')
    assert [number for number, _ in bad(found)] == [2]
    assert good(found) == [(3, ["3", "4"])]


def test_a_cell_of_several_lines_counts_as_one_row(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b\n1,"x\ny"\n3\n')
    assert good(found) == [(2, ["1", "x\ny"])]
    assert [number for number, _ in bad(found)] == [3]


def test_a_long_cell_is_read_and_an_endless_one_is_told(tmp_path: Path) -> None:
    found = table(tmp_path, f"a,b\n1,{'x' * 200_000}\n2,{'x' * (LONGEST_CELL + 1)}\n3,y\n")
    assert [number for number, _ in good(found)] == [2, 4]
    assert [number for number, _ in bad(found)] == [3]


def test_a_nul_costs_its_row_alone(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\n1,x\0y\n2,z\n")
    assert bad(found) == [(2, "holds a NUL character, which no text has")]
    assert good(found) == [(3, ["2", "z"])]


def test_packed_files_are_unpacked_and_damaged_ones_told(tmp_path: Path) -> None:
    packed = gzip.compress(b"a,b\n" + b"1,2\n" * 5000)
    assert len(good(table(tmp_path, packed, "export.csv.gz"))) == 5000
    with pytest.raises(InvalidInput, match="cannot be read to its end"):
        table(tmp_path, packed[:-20], "cut.csv.gz")


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("export.xlsx", "", "no known ending"),
        ("export.csv", "", "is empty"),
        ("export.csv", "\n \r\n", "is empty"),
        ("export.json", "", "not an array"),
        ("export.json", '{"tickets": []}', "not an array"),
        ("export.json", '[{"a": 1}', "row 1: neither a comma nor the end"),
        ("export.json", '[{"a": 1}] x', "something follows the array"),
        ("export.json", '[{"a": 1}, {"a"]', "row 2"),
        ("export.json", '[{"a": 1}, {"a": NaN}]', "row 2: NaN is not a number"),
        ("export.json", "[" * 100_000, "row 1: it is nested too deep"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: str, wrong: str) -> None:
    with pytest.raises(InvalidInput, match=wrong):
        table(tmp_path, content, name)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="does not exist"):
        open_table(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InvalidInput, match="is not a file"):
        open_table(tmp_path / "folder.csv")


def test_an_array_becomes_rows_of_text(tmp_path: Path) -> None:
    content = '[{"a": "x", "n": {"b": 1, "c": null}}, 7, {"z": ["p", "q r"], "a": true}, {"a": 1e999, "z": ["q r"]}]'
    found = table(tmp_path, content, "export.json")
    assert found.names == ("a", "n.b", "n.c", "z")
    assert good(found) == [
        (1, ["x", "1", "", ""]),
        (3, ["true", "", "", "p;q r"]),
        (4, ["1e999", "", "", "q r;"]),
    ]
    assert bad(found) == [(2, "is not an object in braces")]


def test_an_array_longer_than_the_window_is_read_to_its_end(tmp_path: Path) -> None:
    content = "[" + ",\n".join(f'{{"a": "{"x" * size}"}}' for size in range(0, 200_000, 7_000)) + "]"
    found = table(tmp_path, content, "export.json")
    assert [len(cells[0]) for _, cells in good(found)] == list(range(0, 200_000, 7_000))


def test_numbers_keep_their_text_however_long(tmp_path: Path) -> None:
    found = table(tmp_path, f'[{{"a": {"9" * 5_000}}}]', "export.json")
    assert good(found) == [(1, ["9" * 5_000])]


def test_lone_surrogates_become_storable(tmp_path: Path) -> None:
    assert good(table(tmp_path, '[{"a": "x\\ud800"}]', "export.json")) == [(1, ["x?"])]


def test_a_broken_line_of_json_lines_hides_no_other(tmp_path: Path) -> None:
    lines = ['{"a": 1}', "", '{"a": ', '{"a": NaN}', "[" * 100_000, '{"a": 2} 3', '{"a": "\\u0000"}', '{"a": 3}']
    found = table(tmp_path, "\n".join(lines), "export.jsonl")
    assert good(found) == [(1, ["1"]), (7, ["␀"]), (8, ["3"])]
    assert [number for number, _ in bad(found)] == [3, 4, 5, 6]
