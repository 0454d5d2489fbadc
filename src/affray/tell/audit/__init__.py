"""The audit: whatever a telling says is held to the testimonies it was made of.

It shares no step with the teller, and imports none of it: it takes a telling as it was written,
text and all, and asks of every clause whether its record is there, was there by then, is that
mind's own, and licenses the frame, each name, each number, each word (``clause``, ``words``); of
every sentence whether it is its clauses, joined by what was so, and no more (``joints``, ``text``).
What it holds about whom at a moment it reads from the records itself (``reading``), what may stand
in a slot from the lexicon (``fills``), and what several share from what each of them testifies
(``agreed``).
"""

from affray.tell.audit.auditor import Auditor, audited, shared_by
from affray.tell.audit.leaks import CLASSES, Leak, Licence

__all__ = ("CLASSES", "Auditor", "Leak", "Licence", "audited", "shared_by")
