"""What the effects of powers do, one file each: the primitives that any power is composed of.

``effects.BEHAVIOUR`` is the list. ``workings.Workings`` lets those at work go on, tick after tick.
Plain Python on few, with + - * / and square roots alone: see docs/design.md.
"""
