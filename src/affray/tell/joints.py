"""What joins clauses into a sentence, and what opens one: all that a figure adds to its frames."""

AND, COMMA, STOP, BUT, UNTIL = " and ", ", ", "; ", ", and ", " until "
WHEN, WHILE, THEN = "when ", "while ", "then "
