"""Names of a package that are imported when they are first asked for.

A command then imports the steps that it takes and no others.
"""

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any


def given(package: str, modules: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package, whose `modules` give these names.

    No name may be that of a module of the package, which would come to stand for it.
    """
    module_of = {name: module for module, names in modules.items() for name in names}

    def get(name: str) -> Any:
        if name not in module_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(f"{package}.{module_of[name]}"), name)
        setattr(sys.modules[package], name, found)
        return found

    return get
