"""Identifiers: each has one normal form, and a slip of the pen is seen by its check digit."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.errors import InvalidValue
from claims.values.identifiers import IDENTIFIERS, check_identifier

DIGITS = st.sampled_from("0123456789")


@pytest.mark.parametrize(
    ("kind", "text", "normal"),
    [
        ("ISBN", "0-306-40615-2", "9780306406157"),
        ("isbn", "ISBN 978-0-306-40615-7", "9780306406157"),
        ("ISBN", "ISBN-10: 080442957X", "9780804429573"),
        ("ISBN", "080442957x", "9780804429573"),
        ("ISBN", "urn:isbn:978 0 306 40615 7", "9780306406157"),
        ("ISSN", "0317-8471", "0317-8471"),
        ("issn", "eISSN 2434561x", "2434-561X"),
        ("ORCID", "https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("orcid", "0000 0002 1825 0097", "0000-0002-1825-0097"),
        ("DOI", "10.1000/ABC", "10.1000/abc"),
        ("DOI", "doi: 10.1000.10/a b".replace(" b", "b"), "10.1000.10/ab"),
        ("DOI", "https://doi.org/10.1000/ABC%281%29", "10.1000/abc(1)"),
        ("DOI", "http://dx.doi.org/10.1000/x", "10.1000/x"),
        ("PMID", "PMID: 123", "123"),
        ("PMID", "https://pubmed.ncbi.nlm.nih.gov/123/", "123"),
    ],
)
def test_two_ways_of_writing_one_identifier_have_one_form(
    kind: str, text: str, normal: str
) -> None:
    assert check_identifier(kind, text) == normal
    assert check_identifier(kind, normal) == normal


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("ISBN", "0-306-40615-3", "expected '2' as its last sign"),
        ("ISBN", "978-0-306-40615-8", "expected '7' as its last sign"),
        ("ISBN", "977-0-306-40615-7", "begins with 978 or 979"),
        ("ISBN", "30640615", "ten signs or thirteen digits"),
        ("ISBN", "X30640615X", "ten signs or thirteen digits"),
        ("ISSN", "0317-8472", "expected '1' as its last sign"),
        ("ISSN", "0317", "eight signs, as in 0317-8471"),
        ("ORCID", "0000-0002-1825-0098", "expected '7' as its last sign"),
        ("ORCID", "0000", "sixteen signs"),
        ("DOI", "11.1000/x", "expected '10.'"),
        ("DOI", "10.1000/", "expected '10.'"),
        ("DOI", "10.1000/a b", "without spaces"),
        ("PMID", "0", "a whole number of at most nine digits"),
        ("PMID", "PMC123", "a whole number"),
        ("URN", "1", "expected one of DOI, ISBN, ISSN, ORCID, PMID"),
    ],
)
def test_what_is_wrong_is_said_with_the_words(kind: str, text: str, told: str) -> None:
    with pytest.raises(InvalidValue, match=told.replace("(", r"\(")) as refused:
        check_identifier(kind, text)
    assert repr(kind if kind == "URN" else text) in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        ("ISBN", "9780306406157"),
        ("ISBN", "0306406152"),
        ("ISSN", "03178471"),
        ("ORCID", "0000000218250097"),
    ],
)
@given(data=st.data())
def test_one_wrong_digit_is_always_seen(kind: str, example: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(3, len(example) - 1))
    digit = data.draw(DIGITS)
    assume(digit != example[place])
    with pytest.raises(InvalidValue, match=f"no {kind}"):
        check_identifier(kind, example[:place] + digit + example[place + 1 :])


@pytest.mark.parametrize(("kind", "example"), [("ISBN", "0306406152"), ("ISSN", "03178471")])
@given(data=st.data())
def test_two_neighbours_in_each_others_place_are_seen(
    kind: str, example: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(example) - 2))
    a, b = example[at], example[at + 1]
    assume(a != b)
    with pytest.raises(InvalidValue, match=f"no {kind}"):
        check_identifier(kind, f"{example[:at]}{b}{a}{example[at + 2 :]}")


@given(kind=st.sampled_from(IDENTIFIERS), text=st.text(max_size=30))
def test_any_text_has_a_normal_form_or_is_refused(kind: str, text: str) -> None:
    try:
        found = check_identifier(kind, text)
    except InvalidValue:
        return
    assert check_identifier(kind, found) == found
