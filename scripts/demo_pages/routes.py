"""The folder that scripts/replay.py serves, kept in memory until it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Pages"]


@dataclass(slots=True)
class Pages:
    """Files by path, and the routes that name them; earlier routes win."""

    files: dict[str, bytes] = field(default_factory=dict)
    routes: list[str] = field(default_factory=list)

    def add(self, host: str, path: str, text: str, encoding: str = "utf-8") -> str:
        """Keep a file at its address and return its name. Raises ValueError where one is there."""
        return self.add_bytes(host, path, text.encode(encoding))

    def add_bytes(self, host: str, path: str, body: bytes) -> str:
        """Do the same with a file that is no text."""
        name = host + path
        if name in self.files:
            raise ValueError(f"two pages at {name}")
        self.files[name] = body
        return name

    def route(  # noqa: PLR0913 # one argument for each field of a route
        self,
        host: str,
        path: str,
        text: str,
        file: str,
        *,
        type: str = "",  # noqa: A002 # the field's name in routes.toml
        method: str = "GET",
        query: Mapping[str, str] | None = None,
    ) -> None:
        """Keep a file beside its address, and the route from the one to the other."""
        name = self.add(host, file, text)
        self.point(host, path, name, type=type, method=method, query=query)

    def point(  # noqa: PLR0913 # likewise
        self,
        host: str,
        path: str,
        name: str,
        *,
        type: str = "",  # noqa: A002 # likewise
        method: str = "GET",
        query: Mapping[str, str] | None = None,
    ) -> None:
        """Add a route to a file that is there already."""
        lines = ["[[route]]", f'host = "{host}"', f'path = "{path}"']
        if method != "GET":
            lines.append(f'method = "{method}"')
        if query:
            pairs = ", ".join(f'{key} = "{value}"' for key, value in query.items())
            lines.append(f"query = {{ {pairs} }}")
        lines.append(f'file = "{name}"')
        if type:
            lines.append(f'type = "{type}"')
        self.routes.append("\n".join(lines) + "\n")

    def all_files(self) -> dict[str, bytes]:
        """Return the files with routes.toml among them."""
        return self.files | {"routes.toml": "\n".join(self.routes).encode()}
