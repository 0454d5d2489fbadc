"""A scenario back to YAML, as a recording keeps it, and its digest.

The text leaves out what is as by default, so that it stays short and a person sees what is special.
The digest is taken with every default written out: should a default ever change, the same text has
another digest, and a recording made before says so.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import yaml

from affray.scenario.equipment import Armour, Shield, Weapon
from affray.scenario.fields import Section, show_number
from affray.scenario.model import Scenario


def dump(scenario: Scenario) -> str:
    """`scenario` as YAML in the order of the schema; reading it gives an equal Scenario."""
    return yaml.dump(
        plain(scenario, brief=True),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None,
        width=100,
    )


def digest(scenario: Scenario) -> str:
    """SHA-256 of all that `scenario` says, defaults and all, in hexadecimal."""
    text = json.dumps(plain(scenario), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def plain(value: Any, brief: bool = False) -> Any:
    """Lists, dicts, text and numbers; what is None was not given and is left out.

    `brief`: leave out what is as by default, too. Equipment is always whole, since what it leaves
    out would be taken from the catalogue.
    """
    if isinstance(value, Section):
        brief = brief and not isinstance(value, (Weapon, Armour, Shield))
        found = {}
        for name, info in type(value).model_fields.items():
            part = getattr(value, name)
            if brief and name != "affray" and part == info.default:
                continue
            if part is not None:
                found[info.alias or name] = plain(part, brief)
            elif name == "leader":
                found[name] = "none"
        return found
    if isinstance(value, dict):
        return {name: plain(part, brief) for name, part in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [plain(part, brief) for part in value]
    return value


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes numbers as briefly as they read back, and never an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _number(dumper: Any, value: float) -> Any:
    text = show_number(value)
    if "e" in text and "." not in text:
        text = text.replace("e", ".0e")  # a YAML reader elsewhere takes 1e-05 for text
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(float, _number)
