"""Why: what became of a fighter and what it goes back to; what reached him in a look, and what he
weighed.

``causes`` walks up the events of a recording, ``fate`` puts that into words, with ``spoken`` and
``inward``. ``reasons`` says of one look what ``percepts`` brought, what it was weighed to and what
was ``voiced``.
"""
