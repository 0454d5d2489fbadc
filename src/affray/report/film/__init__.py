"""A film of a battle on one sheet: what happened, chosen, drawn and said.

``course``, ``orders``, ``turns``: what a recording says happened. ``reel``: the moments shown, with
the ``bodies`` of men in each and a ``captions`` line for what turned. ``panel``, ``bodyplot``,
``bodynames``, ``marks``, ``contact``: how that is drawn. ``film`` puts it together.
"""
