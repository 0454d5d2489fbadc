"""Pictures of a recording: curves over time, the field from above, all of it on one sheet.

``canvas`` is the paper of all of them; ``plot`` draws what ``affray plot`` asks for.
"""
