"""How one fighter works: one idea a file, pure scalar functions, no loops over fighters.

A rule gets what one fighter has (``me``: his own record, ``seen``: his percepts, ``trait``: his
nature, numbers of his weapon) and the parameters ``p``, and returns scalars. No rule ever gets
another fighter's record. All arithmetic is float64 with + - * / and square root only, so that it
gives the same bits compiled and uncompiled, on any processor; fields are stored as float32.
"""
