"""What an import does to the catalogue: all or nothing, nothing the second time, and never against who is here."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.intake.owners.conftest import Import
from tests.intake.owners.test_backstage import HEAD, annotations, entity
from tests.support.offices import START, Office
from workbench.errors import InvalidInput, Refused
from workbench.ownership.model import Component, PathRule
from workbench.tickets.service import TicketService

SHOP = entity("Component", "shop", "owner: engineering\ndependsOn: [component:pay]", annotations(hosts="a.example"))
PAY = entity("Component", "pay", "owner: second-line")


def components(office: Office) -> dict[str, Component]:
    """The catalogue by slugs, as another session sees it."""
    return {component.slug: component for component in office.desk("ravi").ownership.components()}


def test_a_file_comes_in_as_one_act_and_a_second_time_changes_nothing(office: Office, take: Import) -> None:
    told = take(SHOP + PAY)
    assert (told.added, told.changed, told.unknown, told.is_news) == (["shop", "pay"], {}, [], True)
    shop = components(office)["shop"]
    assert (shop.owners, shop.needs, shop.hosts) == (("engineering",), ("pay",), ("a.example",))
    again = take(SHOP + PAY)
    assert (again.unchanged, again.is_news) == (2, False)
    assert len(office.desk().ownership.history("shop")) == 1
    tickets: TicketService = office.desk().tickets
    tickets.undo()
    assert components(office) == {}


def test_a_dry_run_tells_the_differences_and_changes_nothing(office: Office, take: Import) -> None:
    take(SHOP + PAY)
    before = components(office)
    other = SHOP.replace("a.example", "b.example").replace("engineering", "second-line") + entity("API", "new")
    told = take(other, dry_run=True, create_teams=True)
    assert told.added == ["new"]
    assert told.changed == {"shop": "hosts +b.example, −a.example; owners engineering → second-line"}
    assert components(office) == before


def test_only_what_is_told_is_changed(office: Office, take: Import) -> None:
    take(SHOP + PAY)
    office.desk().ownership.add_alias("shop", "till")
    told = take(entity("Component", "shop", "", "title: The shop\nlinks: [{url: 'https://shop.example'}]"))
    assert told.changed == {"shop": "title nothing → The shop; urls +https://shop.example"}
    shop = components(office)["shop"]
    assert (shop.owners, shop.needs, shop.aliases) == (("engineering",), ("pay",), ("till",))
    take(entity("Component", "shop", "", annotations(hosts="''", owners="''")))
    shop = components(office)["shop"]
    assert (shop.owners, shop.hosts, shop.urls) == ((), (), ("https://shop.example",))


@pytest.mark.parametrize(
    ("confirmed", "owners"),
    [
        (None, ("engineering",)),
        ("2026-03-01T10:00:00Z", ("engineering",)),
        ("2026-03-02T10:00:00Z", ("second-line",)),
        ("2026-03-02T11:00:00Z", ("second-line",)),
    ],
)
def test_an_owner_confirmed_here_later_than_the_file_says_stays_and_that_is_told(
    office: Office, take: Import, confirmed: str | None, owners: tuple[str, ...]
) -> None:
    take(SHOP + PAY)
    office.desk("ravi").ownership.confirm("shop")
    office.pass_time(hours=2)
    metadata = annotations(confirmed_at=confirmed, aliases="till") if confirmed else annotations(aliases="till")
    told = take(entity("Component", "shop", "owner: second-line", metadata))
    shop = components(office)["shop"]
    assert (shop.owners, shop.aliases) == (owners, ("till",))
    if owners == ("engineering",):
        assert told.kept == ["shop: stays with engineering, confirmed by ravi on 2026-03-02; the file says second-line"]
        assert (shop.confirmed_at, shop.confirmed_by) == (START, "ravi")
    else:
        assert told.kept == []
        assert shop.confirmed_at == datetime.fromisoformat(str(confirmed))


def test_a_confirmation_still_to_come_is_not_believed(office: Office, take: Import) -> None:
    told = take(entity("Component", "shop", "", annotations(confirmed_at="2027-01-01T00:00:00Z")))
    assert components(office)["shop"].confirmed_at is None
    assert told.doubts == ["catalog.yaml, line 2: confirmed at 2027-01-01T00:00:00Z, which is still to come"]


GROUPS = (
    f"---\n{HEAD}Group\nmetadata:\n  name: pay-team\nspec:\n  profile: {{displayName: Payments, email: p@x.example}}\n"
    f"---\n{HEAD}User\nmetadata:\n  name: maya\nspec:\n  memberOf: [pay-team]\n"
    f"---\n{HEAD}User\nmetadata:\n  name: noor\nspec:\n  profile: {{displayName: Noor}}\n  memberOf: [pay-team]\n"
)


def test_unknown_teams_are_all_told_with_where_and_made_when_asked_for(office: Office, take: Import) -> None:
    text = (
        GROUPS + entity("Component", "pay", "owner: pay-team") + entity("API", "till", "owner: group:default/pay-team")
    )
    told = take(text + entity("Component", "lost", "owner: user:nobody"))
    assert [(str(each), each.team) for each in told.unknown] == [
        ("group:default/pay-team is no team here (catalog.yaml, line 30 and 1 more)", "pay-team"),
        ("user:default/nobody is nobody here who is in a team (catalog.yaml, line 46)", None),
    ]
    assert {component.owners for component in components(office).values()} == {()}
    told = take(text, create_teams=True)
    assert told.unknown == []
    assert set(told.changed) == {"pay", "till"}
    team = office.desk().organisation.current().team("pay-team")
    assert (team.name, team.tier, team.support, team.contact) == ("Payments", "L3", "embedded", "p@x.example")
    assert team.people == ("maya", "noor")
    assert components(office)["till"].owners == ("pay-team",)
    assert not take(text, create_teams=True).is_news


def test_a_name_that_nobody_knows_takes_no_owner_away(office: Office, take: Import) -> None:
    take(SHOP + PAY)
    take(SHOP.replace("engineering", "strangers"))
    assert components(office)["shop"].owners == ("engineering",)


def test_people_own_by_their_teams(office: Office, take: Import) -> None:
    user = f"---\n{HEAD}User\nmetadata: {{name: kim}}\nspec: {{memberOf: [engineering]}}\n"
    told = take(user + entity("Component", "a", "owner: user:kim") + entity("Component", "b", "owner: user:omar"))
    assert (told.unknown, components(office)["a"].owners) == ([], ("engineering",))
    assert components(office)["b"].owners == ("second-line",)
    take("component,owners\nc,omar@x.example\nd,Ines\ne,First line\n", "owners.csv")
    found = [components(office)[slug].owners for slug in "cde"]
    assert found == [("second-line",), ("engineering",), ("frontline",)]


def test_paths_keep_the_people_they_name_and_their_order(office: Office, take: Import) -> None:
    told = take("* @acme/engineering\na/ @omar @stranger\nb/\na/b @acme/new @z@\n", "CODEOWNERS", partial=True)
    assert [str(fault) for fault in told.faults] == [
        "CODEOWNERS, line 4: '@z@' is no owner; write @team, @org/team or an address"
    ]
    told = take("* @acme/engineering\na/ @omar @stranger\nb/\na/b @acme/new\n", "CODEOWNERS")
    assert components(office)["files"].paths == (
        PathRule("*", ("engineering",)),
        PathRule("a/", ("second-line", "stranger")),
        PathRule("b/", ()),
        PathRule("a/b", ("new",)),
    )
    assert [(each.written, each.team) for each in told.unknown] == [("@stranger", None), ("@acme/new", "new")]
    told = take("a/b @acme/new @stranger\n", "CODEOWNERS", create_teams=True, component="till")
    assert [each.written for each in told.unknown] == ["@stranger"]
    assert office.desk().organisation.current().teams.find("stranger") is None


def test_two_teams_of_one_name_in_two_organisations_are_told_apart_for_ever(office: Office, take: Import) -> None:
    for _ in range(2):
        take("a/ @acme/core\nb/ @other/core\nc/ @ACME/Core\n", "CODEOWNERS", create_teams=True)
        paths = [rule.owners for rule in components(office)["files"].paths]
        assert paths == [("core",), ("other-core",), ("core",)]


def test_leads_are_taken_where_there_is_a_seam(office: Office, take: Import) -> None:
    lead = annotations(seam_lead="pay=frontline")
    told = take(entity("Component", "shop", "owner: engineering\ndependsOn: [component:pay]", lead) + PAY)
    assert told.leads == ["shop and pay: frontline leads"]
    assert office.desk().ownership.store.lead("pay", "shop") == "frontline"
    with pytest.raises(InvalidInput, match="line 18: seam-lead: neither other nor pay needs the other"):
        take(SHOP + entity("Component", "other", "", lead) + PAY)


BAD = SHOP + "---\nkind: [\n" + entity("Component", "x", "dependsOn: [component:nowhere]") + PAY


def test_a_fault_stops_all_and_the_rest_comes_in_when_asked_for(office: Office, take: Import, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"^catalog\.yaml, line 13: .*; .*line 21: dependsOn.*nothing was changed"):
        take(BAD)
    assert components(office) == {}
    told = take(BAD, partial=True)
    assert set(components(office)) == {"shop", "pay", "x"}
    (rejected,) = told.rejected
    assert rejected == tmp_path / "files" / "catalog.yaml.rejected.yaml"
    text = rejected.read_text()
    assert "# catalog.yaml, line 21: dependsOn: 'component:nowhere' stands nowhere\n" in text
    mended = take(text.replace("kind: [", f"{HEAD}API\nmetadata: {{name: y}}").replace("nowhere", "pay"), "mended.yaml")
    assert (mended.added, mended.changed) == (["y"], {"x": "needs +pay"})
    assert take(BAD, partial=True).rejected[0].name == "catalog.yaml.rejected-2.yaml"


def test_rejected_lines_and_rows_are_kept_in_their_own_form(take: Import, tmp_path: Path) -> None:
    (lines,) = take("* @maya\nsrc/[a @maya\n", "CODEOWNERS", partial=True).rejected
    assert lines.name == "CODEOWNERS.rejected"
    assert lines.read_text().splitlines()[1:] == [
        "# CODEOWNERS, line 2: 'src/[a' opens a range that is not closed",
        "src/[a @maya",
    ]
    (rows,) = take("component,kind\nshop,lorry\n", "owners.csv", partial=True).rejected
    assert rows.read_text().splitlines()[1].startswith("shop,lorry,2,\"kind: 'lorry' is none")


def test_rows_of_each_table_of_a_folder_are_kept_beside_it(office: Office, take: Import, tmp_path: Path) -> None:
    take("component,owners\nshop,payments\n", "a.csv")
    take("component,kind,owners\npay,lorry,payments\n", "deep/b.csv", partial=True)
    told = office.desk().catalogue_intake.run(tmp_path / "files", partial=True)
    assert [path.relative_to(tmp_path / "files").as_posix() for path in told.rejected] == ["deep/b.csv.rejected-2.csv"]
    assert set(components(office)) == {"shop"}


def test_a_table_needs_what_is_there_or_in_it(office: Office, take: Import) -> None:
    take(PAY)
    take("component,needs\nshop,PAY;Till\ntill,\n", "owners.csv")
    assert components(office)["shop"].needs == ("pay", "till")
    for needs, reason in (("nowhere", "'nowhere' stands nowhere"), ("shop", "shop cannot need itself")):
        with pytest.raises(InvalidInput, match=rf"owners\.csv, row 2: .*{reason}"):
            take(f"component,needs\nshop,{needs}\n", "owners.csv")


def test_what_was_taken_out_here_stays_out(office: Office, take: Import) -> None:
    take(SHOP + PAY)
    office.desk().ownership.retire("pay")
    told = take(SHOP + PAY)
    assert set(components(office)) == {"shop"}
    assert len(told.doubts) == 2
    assert all("out of the catalogue" in doubt for doubt in told.doubts)


def test_what_a_repository_and_its_catalogue_tell_is_one_component(
    office: Office, take: Import, tmp_path: Path
) -> None:
    for name in ("shop/CODEOWNERS", "other/shop/CODEOWNERS"):
        (tmp_path / "files" / name).parent.mkdir(parents=True)
        (tmp_path / "files" / name).write_text("* @maya\n")
    take(SHOP + PAY, "shop/catalog-info.yaml")
    importer = office.desk().catalogue_intake
    importer.run(tmp_path / "files" / "shop")
    shop = components(office)["shop"]
    assert (shop.owners, shop.paths) == (("engineering",), (PathRule("*", ("frontline",)),))
    with pytest.raises(InvalidInput, match=r"shop/CODEOWNERS, line 1: shop stands already in"):
        importer.run(tmp_path / "files")


def test_who_imports_must_be_a_person_of_the_setup(take: Import) -> None:
    with pytest.raises(Refused, match="is no person"):
        take(SHOP, who="stranger")


def test_what_is_too_long_to_be_kept_is_told_with_its_place(take: Import) -> None:
    with pytest.raises(InvalidInput, match=r"catalog\.yaml, line 2: shop: a title of 501 characters"):
        take(entity("Component", "shop", "", f"title: {'x' * 501}"))
