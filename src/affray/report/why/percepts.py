"""What reached a fighter in one look, in plain words: only what was there.

Each field of a percept has its words in ``_PHRASES``, or has none of its own because another's
phrase says it, or because it is the body's business (``_SAID``). A field that is in neither is
said by its own description, so that a new sense is heard of from the day it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from affray.report.roster import Roster
from affray.report.why.compass import direction
from affray.report.wording import counted
from affray.world.fields import PERCEPT_FIELDS

LEAST_CROWD = 0.5  # fighters
_WORDLESS = ("laugh", "scream", "banter", "spectacle")  # reach whoever hears them
_SAYINGS = {
    "order": "an order",
    "lead": "that the speaker took the lead",
    "lost": "that the leader was lost",
    "rally": "a call to rally",
    "address": "words for the occasion",
    "banter": "banter",
    "laugh": "laughter",
    "scream": "a scream",
    "spectacle": "going down before all eyes",
    "warn": "a call to run",
    "tell": "words",
}
_DIM = 0.6  # light below which it is worth a word
_DARK = 0.25
_A_MINUTE = 0.6  # mL a minute in 0.01 mL/s
_ON_THE_WAY_M = 1.2  # no farther ahead than this a companion is worth a word
_CRAMPED = 0.3  # from here on the want of room is
_LEAST_MOOD = 0.05  # less fear than this taken to be about is not worth a word
_LEAST_SMELL = 0.1
_LEAST_LOAD = 0.3
_LEAST_FLOW = 10.0  # mL a minute: less than a scratch is not worth a word

Row = dict[str, Any]


def place(look: Row, what: str) -> str:
    """``1.2 m to the north-east``, of what the fields ``what_m``, ``what_dx`` and ``_dy`` place."""
    return f"{look[f'{what}_m']:.1f} m to the {direction(look[f'{what}_dx'], look[f'{what}_dy'])}"


def reached(look: Row, heard: Sequence[Row], roster: Roster, dt_s: float) -> Iterator[str]:
    """A line for each thing that a look (a row of a testimony) perceived, and for each sound."""
    yield from (of_sound(sound, roster) for sound in heard)
    for phrase in _PHRASES:
        yield from filter(None, [phrase(look, roster, dt_s)])
    for field in PERCEPT_FIELDS:
        if field.name in look and field.name not in _SAID and look[field.name] not in (0, -1):
            unit = "" if field.unit in ("1", "0/1", "0..1", "id", "words") else f" {field.unit}"
            yield f"{field.about}: {look[field.name]:.3g}{unit}"


def of_sound(sound: Row, roster: Roster) -> str:
    """A row of ``Looks.heard_table``: whence, what was caught of it, and how clear it was.

    Whose sound it was is said for the reader's sake: the hearer may not have known.
    """
    whose = f"{sound['timbre']} ({roster.name(sound['by'])}) " if sound["by"] >= 0 else ""
    if sound["way"] in ("flag", "sight", "messenger"):
        seen = "come from" if sound["way"] == "messenger" else "seen to"
        text, how = f"{whose}{seen} the {direction(sound['dx'], sound['dy'])}", ""
    else:
        text = f"{whose}heard from the {direction(sound['dx'], sound['dy'])}"
        how = f", {sound['level']:.0f} dB, {_against_din(sound['above'])}"
    said = _SAYINGS.get(str(sound["says"]), str(sound["says"]))
    if sound["word"]:
        said = f"the order to {sound['word']}"
    if sound.get("notion", -1) >= 0:
        said = f"'{roster.notions[sound['notion']]}'"
    if sound.get("calls", -1) >= 0:
        said += f", to {roster.people[sound['calls']]} by name"
    if sound["says"] not in _WORDLESS:
        caught = {"detected": "words not caught", "first part": f"the first part of {said}"}
        said = caught.get(str(sound["got"]), said)
        said += "" if sound["meant"] else ", meant for others"
    return f"{text}: {said}{how}"


def _against_din(above_db: float) -> str:
    return f"{abs(above_db):.0f} {'above' if above_db >= 0.0 else 'below'} the din"


def blood(look: Row) -> str:
    """How somebody bleeds, and how much of that they knew; nothing if they hardly bled."""
    flow, known = (_A_MINUTE * look[name] for name in ("own_flow", "bleeding"))
    if flow < _LEAST_FLOW:
        return ""
    knew = f"{known:.0f} of that to their knowledge" if known >= _LEAST_FLOW else "not knowing it"
    return f"bleeding {flow:.0f} mL a minute, {knew}"


def _blood(look: Row, roster: Roster, dt_s: float) -> str:
    return blood(look)


def _din(look: Row, roster: Roster, dt_s: float) -> str:
    return f"a din of {look['din']:.0f} dB" if look.get("din", 0.0) >= 1.0 else ""


def _of_them(number: int) -> str:
    return counted(number, "of them", "of them")


def _near_foes(look: Row, roster: Roster, dt_s: float) -> str:
    if not look["foes_near"]:
        return ""
    behind = f", {_of_them(look['foes_behind'])} behind" if look["foes_behind"] else ""
    return f"{counted(look['foes_near'], 'enemy', 'enemies')} within 2 m{behind}"


def _foe(look: Row, roster: Roster, dt_s: float) -> str:
    if look["foe"] < 0:
        return "somebody too fast to tell who it is" if look["foe_blur"] else ""
    state = ", on the ground" if look["foe_down"] else ", off guard" if look["foe_open"] else ""
    state = ", transfixed" if look["foe_stares"] else state
    state += ", winking over a mask" if look["foe_winks"] else ""
    return f"the nearest enemy, {roster.name(look['foe'])}, {place(look, 'foe')}{state}"


def _fear(share: float) -> str:
    return "no fear" if share < 0.005 else f"fear of {share:.2f}"


def _eyes(look: Row, what: str, whose: str) -> str:
    """What is read in the eyes of the one who is nearest, over a mask or in a bare face."""
    mask = f"{whose} face covered" if look[f"{what}_masked"] else ""
    if not look[f"{what}_eyes"]:
        return mask
    eyes = f"{_fear(look[f'{what}_fear'])} in {whose} eyes"
    return f"{mask}, {eyes}" if mask else eyes


def _foe_eyes(look: Row, roster: Roster, dt_s: float) -> str:
    return _eyes(look, "foe", "that enemy's")


def _friend_eyes(look: Row, roster: Roster, dt_s: float) -> str:
    return _eyes(look, "friend", "the nearest companion's")


def _found(look: Row, roster: Roster, dt_s: float) -> str:
    return (
        f"{roster.name(look['found'])}, an enemy in hiding, made out" if look["found"] >= 0 else ""
    )


def _room(look: Row, roster: Roster, dt_s: float) -> str:
    said = []
    if look["between"]:
        said.append(f"{counted(look['between'], 'other')} in the line of a blow at that enemy")
    elif 0.0 < look["way_m"] < _ON_THE_WAY_M:
        said.append(f"a companion in the way, {look['way_m']:.1f} m ahead")
    if look["cramped"] >= _CRAMPED:
        said.append(f"{look['cramped']:.0%} of the room for the weapon taken by others")
    return ", ".join(said)


def _shots(look: Row, roster: Roster, dt_s: float) -> str:
    said = []
    if look["shots"]:
        x, y = look["shots_x"], look["shots_y"]
        whence = f"from the {direction(x, y)}" if x * x + y * y > 0.1 else "from all about"
        said.append(f"{counted(look['shots'], 'missile')} coming close by, {whence}")
    if look["shots_own"]:
        said.append(f"{counted(look['shots_own'], 'missile')} passing, taken for their own side's")
    return ", ".join(said)


def _steps(look: Row, roster: Roster, dt_s: float) -> str:
    if not look["steps"]:
        return ""
    return f"steps of somebody unseen, to the {direction(look['steps_dx'], look['steps_dy'])}"


def _friends(look: Row, roster: Roster, dt_s: float) -> str:
    if not look["friends_near"]:
        return "no companion within 2 m"
    text = counted(look["friends_near"], "companion") + " within 2 m"
    if look["cover"]:
        text += f", {_of_them(look['cover'])} steady, and close enough to cover them"
    fled = look["friends_fleeing"]
    return text + (f", {_of_them(fled)} in flight" if fled else "")


def _faces(look: Row, roster: Roster, dt_s: float) -> str:
    if not look["faces"]:
        return ""
    return f"{_fear(look['fear_seen'])} in {counted(look['faces'], 'face')} of companions"


def _bodies(look: Row, roster: Roster, dt_s: float) -> str:
    if not look["friends_near"] or look["weary_seen"] < 0.2:
        return ""
    return f"weariness of {look['weary_seen']:.2f} in companions' bodies"


def _foes_faces(look: Row, roster: Roster, dt_s: float) -> str:
    if not look["foe_faces"]:
        return ""
    return f"{_fear(look['foe_fear_seen'])} in {counted(look['foe_faces'], 'face')} of enemies"


def _moods(look: Row, roster: Roster, dt_s: float) -> str:
    said = [
        f"{look[name]:.2f} in {whose}"
        for name, whose in (("mood_friends", "the own side"), ("mood_foes", "the enemy"))
        if look[name] >= _LEAST_MOOD
    ]
    return f"by all faces read so far, fear of {' and '.join(said)}" if said else ""


def _smell(look: Row, roster: Roster, dt_s: float) -> str:
    return f"blood on the wind ({look['smell']:.2f})" if look["smell"] >= _LEAST_SMELL else ""


def _load(look: Row, roster: Roster, dt_s: float) -> str:
    if look["load"] < _LEAST_LOAD:
        return ""
    return f"their mind not on counting the enemy ({look['load']:.2f})"


def _fall(look: Row, roster: Roster, dt_s: float) -> str:
    if look["fallen"] < 0:
        return ""
    who = f"{roster.name(look['fallen'])}{', a leader,' if look['fallen_leader'] else ''}"
    ago = (look["fallen_ago"] + 1) * dt_s
    return f"the fall of {who} {ago:.1f} s before"


def _hurt(look: Row, roster: Roster, dt_s: float) -> str:
    if look["hurt"] < 0:
        return ""
    how = "on the ground" if look["hurt_down"] or look["hurt_out"] else "hurt"
    return f"{roster.name(look['hurt'])}, a companion, {how}, {place(look, 'hurt')}"


def _running(look: Row, roster: Roster, dt_s: float) -> str:
    foes = counted(look["foes_fleeing"], "enemy", "enemies") if look["foes_fleeing"] else ""
    return f"{foes} in flight near by" if foes else ""


def _crowd_of_foes(look: Row, roster: Roster, dt_s: float) -> str:
    if look["crowd_foes"] < LEAST_CROWD:
        return ""
    text = f"about {look['crowd_foes']:,.0f} enemies farther off, {place(look, 'crowd')}"
    fled = look["crowd_foes_fleeing"]
    return text + (f", {fled:,.0f} of them in flight" if fled >= LEAST_CROWD else "")


def _crowd_of_friends(look: Row, roster: Roster, dt_s: float) -> str:
    more = [
        f"{look[name]:,.0f} of them {what}"
        for name, what in (
            ("crowd_friends_fleeing", "in flight"),
            ("friends_down", "on the ground"),
        )
        if look[name] >= LEAST_CROWD
    ]
    if look["crowd_friends"] < LEAST_CROWD and not more:
        return ""
    return ", ".join([f"about {look['crowd_friends']:,.0f} of the own side farther off", *more])


def _memory(look: Row, roster: Roster, dt_s: float) -> str:
    if look["recall_m"] > 0:
        return f"no enemy, but a memory of where they had been, {place(look, 'recall')}"
    return "no enemy, nor any memory of where they were" if look["lost"] else ""


def _judged(look: Row, roster: Roster, dt_s: float) -> str:
    there = look["foes_near"] + look["crowd_foes"]
    if there < LEAST_CROWD or abs(look["estimate"] - there) < max(1.0, 0.1 * there):
        return ""
    return f"all these enemies taken for {look['estimate']:,.0f}"


def _light(look: Row, roster: Roster, dt_s: float) -> str:
    if look["light"] >= _DIM:
        return ""
    return f"{'darkness' if look['light'] < _DARK else 'dim light'} ({look['light']:.2f})"


def _tint(look: Row, roster: Roster, dt_s: float) -> str:
    power = look.get("own_tint", -1)
    return f"all of it in a tint of {roster.tints[power]}" if power >= 0 else ""


def _attention(look: Row, roster: Roster, dt_s: float) -> str:
    if look["attention"] >= 1.0:
        return ""
    return (
        f"all this with {look['attention']:.0%} of attention, the rest taken by the act under way"
    )


def _companion(look: Row, roster: Roster, dt_s: float) -> str:
    did = [
        phrase
        for name, phrase in (
            ("companion_felled", "felling an enemy"),
            ("companion_laughs", "laughing"),
            ("companion_flees", "running"),
        )
        if look[name]
    ]
    return f"{roster.name(look['companion'])} beside them, {' and '.join(did)}" if did else ""


def _leader(look: Row, roster: Roster, dt_s: float) -> str:
    return (
        f"{roster.name(look['own_leader'])}, who leads, fighting" if look["leader_fights"] else ""
    )


_PHRASES: tuple[Callable[[Row, Roster, float], str], ...] = (
    _near_foes,
    _foe,
    _foe_eyes,
    _found,
    _room,
    _shots,
    _friends,
    _friend_eyes,
    _faces,
    _foes_faces,
    _moods,
    _bodies,
    _fall,
    _hurt,
    _running,
    _steps,
    _crowd_of_foes,
    _crowd_of_friends,
    _judged,
    _load,
    _din,
    _smell,
    _memory,
    _light,
    _tint,
    _attention,
    _companion,
    _leader,
    _blood,
)
_SAID = {
    "tick", "fighter", "foes_near", "foes_behind", "friends_near", "cover", "friends_fleeing",
    "foes_fleeing", "faces", "fear_seen", "weary_seen", "foe", "foe_dx", "foe_dy", "foe_m",
    "foe_down", "foe_open", "foe_stares", "hurt", "hurt_m", "hurt_dx", "hurt_dy", "hurt_down",
    "hurt_out",
    "fallen", "fallen_leader", "fallen_ago", "companion", "runaway", "push_x", "push_y", "ahead_m",
    "crowd_foes", "crowd_friends", "crowd_foes_fleeing", "crowd_friends_fleeing",
    "friends_down", "crowd_dx", "crowd_dy", "crowd_m", "recall_dx", "recall_dy",
    "recall_m", "lost", "estimate", "light", "attention", "din", "heard", "companion_own",
    "companion_flees", "companion_strikes", "companion_felled", "companion_laughs",
    "companion_busy", "companion_stands",
    "companion_ahead", "companion_pace", "leader_fights", "foe_winks", "bleeding",
    "way_m", "between", "cramped", "shots", "shots_own",
    "shots_x", "shots_y", "foe_blur", "foe_masked", "foe_eyes", "foe_fear", "friend_masked",
    "friend_eyes", "friend_fear", "foe_faces", "foe_fear_seen", "mood_friends", "mood_foes",
    "load", "smell", "found", "steps", "steps_dx", "steps_dy",
}  # fmt: skip
