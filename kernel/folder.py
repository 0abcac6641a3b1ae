"""The folder is the registry: find a package's modules by name."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def entries(package: ModuleType) -> dict[str, ModuleType]:
    """Import and return the modules (and sub-packages) of ``package`` by their short name."""
    return {
        found.name: importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    }
