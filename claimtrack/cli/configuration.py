"""``claimtrack.toml``: where it is found, what it may say, and which store a command works on."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrack.errors import SettingsError

if TYPE_CHECKING:
    from claimtrack.settings import Settings

FILE_NAME = "claimtrack.toml"
STORE_VARIABLE = "CLAIMTRACK_STORE"
DEFAULT_STORE = str(Path("data/claims.json"))


@dataclass(frozen=True)
class Configuration:
    """What a ``claimtrack.toml`` says; ``path`` is null and the rest empty where there is none."""

    path: Path | None = None
    store: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def settings(self) -> "Settings":
        """Returns the settings, the file's values over the defaults; raises SettingsError."""
        from pydantic import ValidationError

        from claimtrack.settings import Settings

        try:
            return Settings.model_validate(dict(self.values))
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(map(str, first["loc"]))
            raise SettingsError(
                f"{self.path}: {key} = {first['input']!r} is impossible: {first['msg']}", "Correct the value."
            ) from error


def _check_keys(path: Path, values: Mapping[str, Any]) -> None:
    """Raises SettingsError for a key that is none: a misspelt ``store`` would make another store."""
    if not values:
        return
    from claimtrack.settings import Settings

    for key in values:
        if key not in Settings.model_fields:
            raise SettingsError(f'{path}: unknown key "{key}"', _nearest(key, Settings.model_fields))


def _nearest(key: str, known: Mapping[str, object]) -> str:
    names = ["store", *known]
    close = difflib.get_close_matches(key, names, 1)
    return f'Did you mean "{close[0]}"?' if close else f"Known keys: {', '.join(names)}."


def read_configuration(start: Path) -> Configuration:
    """Returns the nearest ``claimtrack.toml`` in ``start`` or above it; raises SettingsError."""
    path = next((f for f in (d / FILE_NAME for d in (start, *start.parents)) if f.is_file()), None)
    if path is None:
        return Configuration()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"cannot read {path}: {error}", "Correct the file or move it away.") from error
    store = values.pop("store", None)
    if store is not None and not (isinstance(store, str) and store):
        raise SettingsError(f"{path}: store = {store!r} is no path", 'Write store = "claims.json".')
    _check_keys(path, values)
    return Configuration(path, _from(path.parent, store) if store else None, values)


def _from(folder: Path, store: str) -> str:
    from claimtrack.store.access import is_address

    return store if is_address(store) else str(folder / store)


def store_name(option: str | None, configuration: Configuration) -> str:
    """Returns the store's path or address: the option, else the variable, else the file, else the default."""
    return option or os.environ.get(STORE_VARIABLE) or configuration.store or DEFAULT_STORE
