from datetime import date, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.pipeline import Query
from cenotaph.pipeline.catalogue import NONE, Catalogue, Columns
from cenotaph.pipeline.query import Row

FIRST = date(2021, 2, 1)
VALUES = st.sets(st.sampled_from(["a", "b", "c"]), max_size=3)


@st.composite
def rows(draw):
    start = draw(st.none() | st.integers(0, 20).map(lambda n: FIRST + timedelta(n)))
    end = draw(st.none() | st.integers(0, 9).map(lambda n: (start or FIRST) + timedelta(n)))
    key = str(draw(st.integers(0, 30)))
    number = draw(st.none() | st.integers(0, 5))
    return Row(
        key=key,
        facets={"one": draw(VALUES), "two": draw(VALUES)},
        period=tuple(None if day is None else day.toordinal() for day in (start, end)),
        order={"number": number},
    )


CHOICES = st.dictionaries(
    st.sampled_from(["one", "two"]),
    st.sets(st.sampled_from(["a", "b", "c", NONE, "none of them"]), min_size=1),
)


def keeps(row, query, aside=None):
    start, end = (None if day is None else date.fromordinal(day) for day in row.period)
    if query.first or query.last:
        if start is None and end is None:
            return False
        if query.first and end and end < query.first:
            return False
        if query.last and start and start > query.last:
            return False
    return all(
        (set(row.facets[facet]) or {NONE}) & set(values)
        for facet, values in query.chosen.items()
        if facet != aside
    )


@settings(max_examples=150, deadline=None)
@given(
    first=st.lists(rows(), max_size=20),
    changes=st.lists(st.tuples(st.sets(st.integers(0, 30).map(str)), st.lists(rows(), max_size=5)), max_size=4),
    chosen=CHOICES,
    days=st.tuples(st.none() | st.integers(0, 25), st.none() | st.integers(0, 25)),
    descending=st.booleans(),
    writes=st.booleans(),
    offset=st.integers(0, 5),
    limit=st.none() | st.integers(0, 8),
)  # fmt: skip
def test_pages_and_counts_are_those_of_a_plain_look_at_every_row(
    first, changes, chosen, days, descending, writes, offset, limit
):
    known = {row.key: row for row in first}
    catalogue = Catalogue(known.values())
    for gone, come in changes:
        catalogue.page(Query(order="number" if known else "key", descending=descending))
        catalogue.page(Query(descending=not descending))
        if writes:
            written = msgspec.msgpack.encode(catalogue.written())
            catalogue = Catalogue.taken(msgspec.msgpack.decode(written, type=Columns))
        catalogue.change(gone, come)
        for key in gone:
            known.pop(key, None)
        known.update({row.key: row for row in come})
    since, until = (None if n is None else FIRST + timedelta(n) for n in days)
    query = Query(
        chosen=chosen, first=since, last=until, order="number" if known else "key",
        descending=descending, offset=offset, limit=limit,
    )  # fmt: skip
    page = catalogue.page(query)

    left = [row for row in known.values() if keeps(row, query)]
    left.sort(key=lambda row: row.key)
    valued = [row for row in left if row.order["number"] is not None]
    valued.sort(key=lambda row: row.order["number"], reverse=descending)
    left = valued + [row for row in left if row.order["number"] is None]
    stop = None if limit is None else offset + limit
    assert page.rows == tuple(row.key for row in left[offset:stop])
    assert page.total == len(left)
    for facet, counts in page.counts.items():
        free = [row for row in known.values() if keeps(row, query, aside=facet)]
        for value in ("a", "b", "c", NONE):
            having = [row for row in free if value in (set(row.facets[facet]) or {NONE})]
            assert counts.get(value, 0) == len(having)


def test_only_some_rows_may_be_asked_for():
    catalogue = Catalogue(Row(key=key, facets={}) for key in "abc")
    assert catalogue.page(only={"b", "z"}).rows == ("b",)


def test_only_rows_with_some_values_may_be_asked_for():
    catalogue = Catalogue(Row(key=key, facets={"of": {key, "d"}}) for key in "abc")
    catalogue.change(gone="c", come=[Row(key="e", facets={})])
    assert catalogue.page(having=("of", {"b", "z"})).rows == ("b",)
    assert catalogue.page(having=("of", ["d"]), only=["a", "c"]).rows == ("a",)
    assert catalogue.page(having=("of", ())).total == 0
    assert catalogue.page(having=("unheard of", ["d"])).total == 0
