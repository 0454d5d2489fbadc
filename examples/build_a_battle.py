"""Build a battle in Python, fight it, and ask why somebody died.

The calls are the sections of a scenario file, and take the same keys (docs/scenario.md). Faults
are found in the same way, too: write ``count=-3`` and see.
"""

import affray


def bridge(defenders: int) -> affray.Battle:
    """A few spears hold a bridge against many axes."""
    return (
        affray.Battle("bridge", field=(60, 40), title="The bridge")
        .terrain("river", rect={"from": (28, 0), "to": (34, 40)}, going=0.1)
        .terrain("bridge", rect={"from": (28, 18), "to": (34, 22)}, going=1)
        .side("watch", colour="#2471a3")
        .side("raiders", colour="#b03a2e")
        .unit(
            "spears",
            side="watch",
            count=defenders,
            place=(24, 20),
            facing="east",
            formation={"shape": "line", "ranks": 3},
            training="veteran",
            weapons=["spear"],
            shield="round_shield",
            orders={"do": "hold"},
        )
        .unit(
            "axes",
            side="raiders",
            count=40,
            place=(46, 20),
            facing="west",
            formation={"shape": "mob"},
            weapons=["axe", {"name": "javelin", "count": 1}],
            orders={"do": "charge", "toward": "watch"},
        )
        .end("4 min", "one_side_left")
    )


def main() -> None:
    run = affray.load(bridge(defenders=12)).run(seed=7)
    print(run.summary())
    dead = [event for event in run.events().to_pylist() if event["kind"] == "death"]
    if dead:
        print()
        print(run.why(dead[0]["fighter_name"]))


if __name__ == "__main__":
    main()
