"""A scenario back to YAML, in one canonical form: what a recording keeps, and what the digest is
taken of.
"""

from __future__ import annotations

import hashlib
from typing import Any

import yaml

from affray.scenario.fields import Section, show_number
from affray.scenario.model import Scenario


def dump(scenario: Scenario) -> str:
    """`scenario` as YAML in the order of the schema, every default written out; reading it gives an
    equal Scenario.
    """
    data = plain(scenario)
    return yaml.dump(
        data,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None,
        width=100,
    )


def digest(scenario: Scenario) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(dump(scenario).encode("utf-8")).hexdigest()


def plain(value: Any) -> Any:
    """Lists, dicts, text and numbers; what is None was not given and is left out."""
    if isinstance(value, Section):
        found = {}
        for name, info in type(value).model_fields.items():
            part = getattr(value, name)
            if part is not None:
                found[info.alias or name] = plain(part)
            elif name == "leader":
                found[name] = "none"
        return found
    if isinstance(value, dict):
        return {name: plain(part) for name, part in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
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
