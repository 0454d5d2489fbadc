"""What a recording says: who was there, what became of them and why, in tables, words, pictures.

Everything here reads a recording and the scenario that lies in it, never the engine: what
cannot be learnt from a recording, a report does not know.
"""
