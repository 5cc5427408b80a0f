"""What goes out comes back: every field that a format knows, and what CSL has no name for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exchange.biblio import BibliographyFormat, BibliographyItem, write_bibliography
from claims.exchange.biblio_bibtex import bibtex_layout, read_bibtex
from claims.exchange.biblio_bibtex_scan import BibtexScanner
from claims.exchange.biblio_csl_json import read_csl_json
from claims.exchange.biblio_endnote import endnote_layout, read_endnote
from claims.exchange.biblio_item import Findings
from claims.exchange.biblio_latex import text_of, title_to_latex, to_latex
from claims.exchange.biblio_names import bibtex_names, tagged_name, to_bibtex, to_tagged
from claims.exchange.biblio_ris import read_ris, ris_layout
from claims.exchange.biblio_tables import Layout, csl_words, table

VON = "non-dropping-particle"

READERS = {
    BibliographyFormat.BIBTEX: read_bibtex,
    BibliographyFormat.RIS: read_ris,
    BibliographyFormat.CSL_JSON: read_csl_json,
    BibliographyFormat.ENDNOTE: read_endnote,
}


def read(text: str, form: BibliographyFormat) -> list[BibliographyItem]:
    findings = Findings("x")
    found = [item for item, _ in READERS[form](text, findings)]
    assert findings.faults == []
    assert findings.mended == []
    return found


def written(items: list[BibliographyItem], form: BibliographyFormat) -> str:
    return "".join(write_bibliography(items, form))


def again(items: list[BibliographyItem], form: BibliographyFormat) -> list[Mapping[str, object]]:
    return [item.csl for item in read(written(items, form), form)]


BIBTEX = r"""
@article{a, author={Smith, Jr, John and {Human Rights Watch} and van der Berg, Anna and others},
  title={Shelling of {NATO} bases: 50\% of {\'e}lites \& more}, journal={The {J}ournal},
  volume=12, number={3}, pages={101--110}, year=1992, month=feb, issn={0317-8471},
  doi={10.1000/a_b}, url={https://a.org/~x/a_b?c=1&d=2}, urldate={2020-01-02},
  keywords={war, peace}, abstract={One.

  Two.}, note={see also}, annote={mine}, language={english}, eprint={1234}, mystery={kept}}
@book{b, editor={Ed, A.}, title={A Book}, subtitle={Its End}, publisher={P}, address={London},
  edition={2}, series={S}, number={7}, volume={1}, isbn={978-0-306-40615-7}, date={1992/1993},
  origdate={1970}, translator={T, U}, pagetotal={300}, volumes={3}}
@incollection{c, author={A, B}, title={Chapter}, booktitle={The Book}, booksubtitle={Sub},
  chapter={4}, pages={1--9}, year={1990}, bookauthor={C, D}, crossref={}}
@inproceedings{d, author={A, B}, title={Paper}, booktitle={Proc}, eventtitle={Conf},
  venue={Geneva}, eventdate={1991-05-01}, organization={Org}, publisher={Pub}, year={1991}}
@phdthesis{e, author={A, B}, title={T}, school={Leiden}, year={1999}}
@mastersthesis{f, author={A, B}, title={T}, school={Leiden}, date={1999-02-25}}
@thesis{g, author={A, B}, title={T}, institution={Leiden}, type={Habilitation}, year={1999}}
@techreport{h, author={{UN}}, title={T}, institution={UN}, number={S/1992/1}, date={1992~}}
@online{i, author={{HRW}}, title={T}, url={http://a.org}, date={2020-05}, organization={HRW}}
@article{j, entrysubtype={newspaper}, title={T}, journaltitle={The Times}, date={1992-02-28}}
@strange{k, title={T}, howpublished={by hand}, year={in press}}
@misc{l, title={T}, howpublished={\url{http://a.org/b_c}}, month={May/June}, year={1990}}
@report{m, title={T}, type={Research}, institution={I}, location={Geneva}, date={2020-21}}
"""


def test_bibtex_to_csl_and_back_keeps_every_field_it_knows() -> None:
    items = read(BIBTEX.replace(", crossref={}", ""), BibliographyFormat.BIBTEX)
    text = written(items, BibliographyFormat.BIBTEX)
    assert [item.csl for item in read(text, BibliographyFormat.BIBTEX)] == [
        item.csl for item in items
    ]
    before = list(BibtexScanner(BIBTEX, Findings("x")).entries())
    after = list(BibtexScanner(text, Findings("x")).entries())
    aliases = {"journaltitle": "journal", "location": "address", "month": "date", "year": "date"}
    for one, other in zip(before, after, strict=True):
        assert (one.kind, one.key) == (other.kind, other.key)
        names = {aliases.get(field.name, field.name) for field in one.fields} - {"crossref"}
        kept = {aliases.get(field.name, field.name) for field in other.fields}
        if one.key == "l":  # an address that stood where none was foreseen has its field now
            names = names - {"howpublished"} | {"url"}
        assert names <= kept, one.key


def test_what_bibtex_says_is_understood() -> None:
    items = {item.key: item.csl for item in read(BIBTEX, BibliographyFormat.BIBTEX)}
    assert items["a"]["author"] == [
        {"family": "Smith", "given": "John", "suffix": "Jr"},
        {"literal": "Human Rights Watch"},
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
        {"literal": "others"},
    ]
    assert items["a"]["title"] == "Shelling of NATO bases: 50% of élites & more"
    assert (items["a"]["page"], items["a"]["issue"]) == ("101-110", "3")
    assert items["a"]["abstract"] == "One.\n\nTwo."
    assert items["a"]["language"] == "en"
    assert (items["b"]["title"], items["b"]["collection-number"]) == ("A Book: Its End", "7")
    assert items["e"]["genre"] == "PhD thesis"
    assert items["h"]["issued"] == {"date-parts": [["1992"]], "circa": "1"}
    assert items["j"]["type"] == "article-newspaper"
    assert items["l"]["URL"] == "http://a.org/b_c"
    assert items["m"]["issued"] == {"date-parts": [["2020"]], "season": "1"}


def test_cross_references_are_followed_and_circles_are_told() -> None:
    text = """
@inproceedings{paper, crossref={proc}, title={Paper}, author={A, B}, xdata={common, lost}}
@proceedings{proc, title={Proc}, subtitle={Sub}, editor={E, F}, year={2001}, abstract={not mine}}
@xdata{common, publisher={P}, location={Geneva}}
@article{one, title={One}, crossref={issue}}
@periodical{issue, title={The Journal}, volume={3}}
@book{x, title={X}, crossref={y}}
@book{y, note={Y}, crossref={x}}
"""
    findings = Findings("x")
    items = {item.key: item.csl for item, _ in read_bibtex(text, findings)}
    assert set(items) == {"paper", "proc", "one", "issue", "x", "y"}
    assert items["paper"]["container-title"] == "Proc: Sub"
    assert items["paper"]["title"] == "Paper"
    assert items["paper"]["editor"] == [{"family": "E", "given": "F"}]
    assert (items["paper"]["publisher"], items["paper"]["publisher-place"]) == ("P", "Geneva")
    assert "abstract" not in items["paper"]
    assert (items["one"]["container-title"], items["one"]["volume"]) == ("The Journal", "3")
    assert (items["x"]["note"], items["y"]["title"]) == ("Y", "X")
    told = [(fault.line, fault.found) for fault in findings.remarks]
    assert (2, "xdata to 'lost'") in told
    assert sum("leads back to itself" in found for _, found in told) >= 2


WORD = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
WORDS = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
LETTERS = st.text("abcdeéßжλ", min_size=1, max_size=8)
NAME = LETTERS.map(str.capitalize)
PERSON = st.fixed_dictionaries(
    {"family": NAME, "given": NAME}, optional={VON: st.sampled_from(["van", "de la"])}
)
BODY = st.fixed_dictionaries({"literal": st.lists(NAME, min_size=1, max_size=3).map(" ".join)})
PEOPLE = st.lists(PERSON | BODY, min_size=1, max_size=3)
YEAR = st.integers(1000, 2100).map(str)
MONTH = st.integers(1, 12).map(str)
DATE = st.one_of(
    st.fixed_dictionaries(
        {"date-parts": st.tuples(st.lists(YEAR, min_size=1, max_size=1)).map(list)}
    ),
    st.tuples(YEAR, MONTH).map(lambda parts: {"date-parts": [list(parts)]}),
    st.tuples(YEAR, MONTH, st.integers(1, 28).map(str)).map(
        lambda parts: {"date-parts": [list(parts)]}
    ),
    YEAR.map(lambda year: {"date-parts": [[year]], "circa": "1"}),
    st.tuples(YEAR, st.sampled_from("1234")).map(
        lambda found: {"date-parts": [[found[0]]], "season": found[1]}
    ),
)
PAGES = st.tuples(st.integers(1, 999), st.integers(1, 999)).map(lambda two: f"{two[0]}-{two[1]}")
OWN = {
    "page": PAGES,
    "language": st.sampled_from(["en", "fr", "az", "ru"]),
    "DOI": st.from_regex(r"10\.[0-9]{4}/[a-z0-9_.()-]{1,12}", fullmatch=True),
    "URL": st.from_regex(r"https://a\.org/[A-Za-z0-9~_%&=?.-]{0,12}", fullmatch=True),
    "ISBN": st.just("978-0-306-40615-7"),
    "ISSN": st.just("0317-8471"),
    "PMID": st.integers(1, 10**8).map(str),
    "PMCID": st.from_regex(r"PMC[0-9]{1,7}", fullmatch=True),
    "keyword": st.lists(LETTERS, min_size=1, max_size=3).map("; ".join),
}


def values(variable: str, words: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    if variable in csl_words("names"):
        return PEOPLE
    return DATE if variable in csl_words("dates") else OWN.get(variable, words)


def items_of(layout: Layout, words: st.SearchStrategy[str]) -> st.SearchStrategy[BibliographyItem]:
    """Items with some of the variables that a format knows, of the types that it writes."""
    read = {kind.lower(): csl_type for kind, csl_type in layout.types.items()}
    types = [own for own, kind in layout.write_types.items() if read[kind.lower()] == own]

    @st.composite
    def made(draw: st.DrawFn) -> BibliographyItem:
        csl_type = draw(st.sampled_from(types))
        known = sorted(set(layout.written(csl_type)) - {"genre"})
        names = draw(st.lists(st.sampled_from(known), max_size=5, unique=True))
        held = {name: draw(values(name, words)) for name in ("title", *names)}
        return BibliographyItem(key="k", csl={"type": csl_type, **held}, line=0)

    return made()


@given(items_of(bibtex_layout(), WORDS))
def test_an_item_is_the_same_after_bibtex(item: BibliographyItem) -> None:
    assert again([item], BibliographyFormat.BIBTEX) == [item.csl]


@given(items_of(ris_layout(), st.lists(LETTERS, min_size=1, max_size=5).map(" ".join)))
def test_an_item_is_the_same_after_ris(item: BibliographyItem) -> None:
    assert again([item], BibliographyFormat.RIS) == [item.csl]


@given(items_of(endnote_layout(), st.lists(LETTERS, min_size=1, max_size=5).map(" ".join)))
def test_an_item_is_the_same_after_endnote(item: BibliographyItem) -> None:
    assert again([item], BibliographyFormat.ENDNOTE) == [item.csl]


@given(items_of(bibtex_layout(), WORDS))
def test_an_item_is_the_same_after_csl_json(item: BibliographyItem) -> None:
    assert again([item], BibliographyFormat.CSL_JSON) == [item.csl]


@given(st.text(alphabet="ab\\{}$~-`'!?^_&%#AB \"é|<>"))
def test_any_text_is_the_same_after_tex(text: str) -> None:
    plain = " ".join(text.split())
    assert text_of(to_latex(plain)) == plain
    assert text_of(title_to_latex(plain)) == plain


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (
            r"{\'E}tude \o{} \textit{x} --- 50\% \& \url{http://a.b/c_d}",
            "Étude ø x — 50% & http://a.b/c_d",
        ),
        (r"\L{}\'od\'z ``q'' a~x \v{C} {\i} \c c \'{\i} \'\i", "Łódź “q” a x Č ı ç í í"),
        (r"G{\"{o}}del, {\"O}sterreich \~n \d{h} \=a", "Gödel, Österreich ñ ḥ ā"),
        (r"{\v S}u{\v s}a and {\ss} in Stra{\ss}e", "Šuša and ß in Straße"),
        (r"$\alpha$ and $x_1$, but $5 and $10", "α and x_1, but $5 and $10"),
        (r"\enquote{said} \emph{so} \unknown{a} {broken", "“said” so \\unknowna broken"),
        ("a } b", "a  b"),
        (r"\'", "'"),
        (r"a\-b\,c\ d", "ab c d"),
        (r"\'}x", "x"),
    ],
)
def test_tex_is_read_as_it_prints(tex: str, words: str) -> None:
    assert text_of(tex) == words


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Plato", [{"literal": "Plato"}]),
        ("Ludwig van Beethoven", [{"family": "Beethoven", "given": "Ludwig", VON: "van"}]),
        (
            "Charles Louis de la Vall{\\'e}e Poussin",
            [{"family": "Vallée Poussin", "given": "Charles Louis", VON: "de la"}],
        ),
        ("{de la Cruz}, Ana", [{"family": "de la Cruz", "given": "Ana"}]),
        (
            "{Barnes and Noble} AND X, Y\n and\nA. B.",
            [
                {"literal": "Barnes and Noble"},
                {"family": "X", "given": "Y"},
                {"family": "B.", "given": "A."},
            ],
        ),
        ("family=Groot, given=Jan, prefix=De", [{"family": "Groot", "given": "Jan", VON: "De"}]),
        ("A, Jr, ", [{"family": "A", "suffix": "Jr"}]),
        (
            "Smith, {J and K} and et al.",
            [{"family": "Smith", "given": "J and K"}, {"literal": "others"}],
        ),
        (", A", [{"literal": "A"}]),
        (" and ", []),
    ],
)
def test_names_of_bibtex_are_names_of_csl_and_back(said: str, names: list[dict[str, str]]) -> None:
    assert bibtex_names(said) == names
    assert bibtex_names(to_bibtex(names)) == names


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Smith, John, Jr", {"family": "Smith", "given": "John", "suffix": "Jr"}),
        ("Smith, Jr., John", {"family": "Smith", "given": "John", "suffix": "Jr."}),
        ("Human Rights Watch", {"literal": "Human Rights Watch"}),
        ("Human Rights Watch,", {"literal": "Human Rights Watch"}),
        ("et al.", {"literal": "others"}),
    ],
)
def test_names_of_ris_are_names_of_csl_and_back(said: str, name: dict[str, str]) -> None:
    assert tagged_name(said) == name
    assert tagged_name(to_tagged(name)) == name


def test_what_a_format_has_no_field_for_is_written_in_words_and_read_again() -> None:
    csl = {
        "type": "report",
        "title": "T",
        "event-place": "Geneva",
        "original-date": {"date-parts": [["1970"]]},
        "interviewer": [{"family": "A", "given": "B"}, {"literal": "C"}],
        "note": "mine",
    }
    item = BibliographyItem(key="k", csl=csl, line=0)
    for form in BibliographyFormat:
        assert again([item], form) == [csl], form
    assert "N1  - event-place: Geneva" in written([item], BibliographyFormat.RIS)


def test_keys_that_bibtex_cannot_read_are_made_such_and_stay_apart() -> None:
    items = [
        BibliographyItem(key=key, csl={"title": "T"}, line=0) for key in ("a b", "a,b", "{}", "")
    ]
    found = read(written(items, BibliographyFormat.BIBTEX), BibliographyFormat.BIBTEX)
    assert [item.key for item in found] == ["a-b", "a-b-2", "untitled", "untitled-2"]


def test_csl_json_has_numbers_where_the_schema_has_them() -> None:
    csl = {
        "type": "book",
        "title": "T",
        "issued": {"date-parts": [["1992", "2"]], "circa": "1"},
        "accessed": "2020-01-02",
        "author": {"literal": "A"},
        "editor": ["B"],
    }
    item = BibliographyItem(key="k", csl=csl, line=0)
    (found,) = json.loads(written([item], BibliographyFormat.CSL_JSON))
    assert found["id"] == "k"
    assert found["issued"] == {"date-parts": [[1992, 2]], "circa": True}
    assert found["accessed"] == {"date-parts": [[2020, 1, 2]]}
    assert (found["author"], found["editor"]) == ([{"literal": "A"}], [{"literal": "B"}])
    assert written([], BibliographyFormat.CSL_JSON) == "[]\n"


@pytest.mark.parametrize("name", ["bibtex", "ris", "endnote"])
def test_the_tables_name_what_csl_has_and_say_where_they_come_from(name: str) -> None:
    told = table(name)
    variables = csl_words("names") | csl_words("dates") | csl_words("texts")
    fields = set(told["fields"].values())
    fields |= {one for own in told["fields_in"].values() for one in own.values()}
    assert fields <= variables
    assert {*told["types"].values(), *told["write_types"]} <= csl_words("types")
    folder = Path(__file__).parents[2] / "claims" / "exchange" / "bibliography"
    opening = (folder / f"{name}.toml").read_text("utf-8").partition("\n\n")[0]
    assert re.search(r"\w+\.(?:org|com)/|RSXML", opening)
