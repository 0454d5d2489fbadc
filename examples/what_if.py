"""Go back to a moment, change one thing, and see what follows from it.

Luck that the change does not touch stays the same in both runs, so that what differs differs
because of the change.
"""

import affray

CHANGES = {
    "nothing changed": {},
    "the odds frighten nobody": {"parameters.fear.odds_per_s": 0},
    "nobody minds a wound": {"parameters.fear.wound_shock": 0},
    "blows go home twice as often": {"parameters.strike.hit": 0.3},
}


def main() -> None:
    run = affray.load("brawl").run(seed=7)
    first = run.summary().first_break
    at = first.tick // 2 if first else run.tick // 2
    print(f"{'from tick ' + str(at) + ' on':36}  {'ran':>4}  {'dead':>4}  hash")
    for name, change in CHANGES.items():
        other = run.fork(at=at, set=change)
        summary = other.summary()
        ran = sum(side.breaks or 0 for side in summary.sides)
        print(f"{name:36}  {ran:4}  {summary.dead:4}  {other.hash():016x}")
    assert run.fork(at=at).hash() == run.hash()  # a fork without a change is the same battle


if __name__ == "__main__":
    main()
