"""Bring a weapon of your own, and see what its reach is worth.

A weapon is data: reach, mass, how long a blow takes and how much energy is in it. Whatever is left
out has an ordinary value. The same keys stand under ``weapons:`` in a scenario file.
"""

import affray


def duellists(reach_m: float) -> affray.Battle:
    """Ten with a glaive of that reach against ten with swords."""
    battle = affray.Battle("glaives", field=(40, 30)).weapon(
        "glaive",
        title="glaive",
        reach=reach_m,
        mass="2.2 kg",
        windup="0.6 s",
        recovery="0.7 s",
        force="110 J",
        kind="cut",
        two_handed=True,
        parry=0.5,
    )
    lines = (("glaives", "glaive", 14, "east"), ("swords", "sword", 26, "west"))
    for side, weapon, x, facing in lines:
        battle.side(side).unit(
            f"{side}_line",
            side=side,
            count=10,
            place=(x, 15),
            facing=facing,
            weapons=[weapon],
            orders={"do": "advance"},
        )
    return battle.end("3 min", "one_side_left")


def main() -> None:
    print("reach of the glaive   glaives fallen   swords fallen   (of 10, mean of five battles)")
    for reach_m in (0.8, 1.4, 2.0):
        fallen = [0, 0]
        for seed in range(5):
            summary = affray.load(duellists(reach_m)).run(seed=seed, record="summary").summary()
            for number, side in enumerate(summary.sides):
                fallen[number] += side.dead + side.down
        print(f"{reach_m:17.1f} m   {fallen[0] / 5:14.1f}   {fallen[1] / 5:13.1f}")


if __name__ == "__main__":
    main()
