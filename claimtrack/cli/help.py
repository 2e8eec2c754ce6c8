"""Help pages: arguments without type names, and a real example at the end of each page."""

from typing import Any

from typer.core import TyperCommand


def examples(*lines: str) -> str:
    """Returns the end of a help page: real command lines that a reader can copy."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


class PlainCommand(TyperCommand):
    """A command whose help names its arguments as its documentation does."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Returns what follows the command's name in the line of usage."""
        return [
            "[OPTIONS]",
            *(p.metavar for p in self.params if p.param_type_name == "argument" and p.metavar),
        ]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Writes the arguments and options, one a row."""
        arguments = []
        options = []
        for parameter in self.get_params(ctx):
            if parameter.param_type_name == "argument":
                arguments.append((str(parameter.metavar), str(getattr(parameter, "help", "") or "")))
            elif record := parameter.get_help_record(ctx):
                options.append(record)
        for title, rows in (("Arguments", arguments), ("Options", options)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
