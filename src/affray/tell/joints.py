"""What joins clauses into a sentence, and what opens one: all that a figure adds to its frames."""

AND, COMMA, STOP, BUT, UNTIL = " and ", ", ", "; ", ", and ", " until "
SPACE, YET, BECAUSE, SO, AS = " ", ", but ", " because ", ", so ", " when "
AND_THEN = ", and then "
WHEN, WHILE, THEN = "when ", "while ", "then "
FOR_THAT, BY_THEN, LATER, LONG_AFTER = "because ", "by then ", "a while later ", "long after that "
OPENS = (UNTIL, BECAUSE, SO, AS, AND_THEN)
"""Joints after which a clause stands as after a word that opens a sentence."""
GAPS_S = {BY_THEN: (5.0, 60.0), LATER: (9.0, 90.0), LONG_AFTER: (120.0, 1e9)}
"""How long after what was told last something came about that is told with such a word."""
