"""``affray list``: the battles that come with affray, one line each."""

from __future__ import annotations

from affray.cli.options import Json


def command(json: Json = False) -> None:
    """The bundled battles, one line each."""
    from affray.cli.screen import print_json
    from affray.scenario import bundled, load_bundled

    battles = [load_bundled(name) for name in bundled()]
    if json:
        print_json(
            [
                {
                    "name": battle.name,
                    "title": battle.title,
                    "fighters": battle.fighters(),
                    "sides": [side.name for side in battle.sides],
                    "about": battle.about,
                    "shows": battle.shows,
                    "scale": battle.scale,
                }
                for battle in battles
            ]
        )
        return
    longest = max((len(battle.name) for battle in battles), default=0)
    for battle in battles:
        print(f"{battle.name:{longest}}  {battle.fighters():>7,}  {battle.title or battle.name}")
