"""Ask a recording in SQL: where do wounds fall, and which weapon gives them?

``events`` and ``metrics`` are Arrow tables, so that DuckDB reads them where they are, and
``.to_pandas()`` or ``polars.from_arrow`` takes one call.
"""

import duckdb

import affray

WOUNDS = """
    select weapon, place, count(*) as wounds, round(avg(value), 2) as mean_depth
    from events where kind = 'wound'
    group by all order by wounds desc, weapon, place limit 8
"""
FEAR = """
    select side, round(max(fear / 1000 / greatest(standing, 1)), 2) as most_fear
    from metrics group by side order by side
"""


def main() -> None:
    run = affray.load("brawl").run(seed=7)
    events, metrics = run.events(), run.metrics()
    with duckdb.connect() as database:
        database.register("events", events)
        database.register("metrics", metrics)
        for question in (WOUNDS, FEAR):
            answer = database.execute(question)
            print(*(column[0] for column in answer.description), sep="\t")
            for row in answer.fetchall():
                print(*row, sep="\t")
            print()


if __name__ == "__main__":
    main()
