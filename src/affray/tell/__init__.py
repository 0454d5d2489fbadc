"""From testimony to prose: a telling says only what its witnesses could know.

Nothing here reaches a battle, an engine or a recording: a telling is made of testimonies alone.
"""
