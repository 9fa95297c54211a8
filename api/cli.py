"""The command line: `cancu`, also `python -m api`."""

import os
import sys
from collections.abc import Sequence

import typer
from pydantic import ValidationError

from api import document_commands, explain_command, push_command, serve_command, store_commands
from api.console import complain
from api.errors import DONE, REFUSED, UsageProblemError
from graph.errors import GraphError
from loaders.errors import LoaderError
from queries.catalogue import ParameterError, UnknownQueryError

EXPECTED_ERRORS = (GraphError, LoaderError, ParameterError, UnknownQueryError, UsageProblemError)

app = typer.Typer(
    name="cancu",
    help="Căn Cứ: a knowledge graph of Vietnamese policy in which every fact carries its evidence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="The store is in the folder that CANCU_STORE names (default var/store). "
    "Exit codes: 0 done, 1 done with something to complain of, 2 refused.",
)
app.command(epilog=store_commands.LOAD_EPILOG)(store_commands.load)
app.command(epilog=document_commands.EXTRACT_EPILOG)(document_commands.extract)
app.command(epilog=document_commands.CITE_EPILOG)(document_commands.cite)
app.command()(store_commands.stats)
app.command(epilog=store_commands.QUERY_EPILOG)(store_commands.query)
app.command("explain", epilog=explain_command.EXPLAIN_EPILOG)(explain_command.explain_statement)
app.command(epilog=store_commands.EXPORT_EPILOG)(store_commands.export)
app.command("push", epilog=push_command.PUSH_EPILOG)(push_command.push_release)
app.command()(store_commands.validate)
app.command()(store_commands.verify)
app.command(epilog=serve_command.SERVE_EPILOG)(serve_command.serve)
app.command("eval", epilog=document_commands.EVAL_EPILOG)(document_commands.evaluate_gold)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an expected error becomes one line."""
    try:
        code = app(arguments, standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except EXPECTED_ERRORS as error:
        complain(str(error.args[0] if error.args else error))
        return REFUSED
    except ValidationError as error:
        first = error.errors()[0]
        complain(f"setting CANCU_{str(first['loc'][0]).upper()}: {first['msg']}")
        return REFUSED
    except BrokenPipeError:
        # The reader of a pipe has gone (`cancu export | head`): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        complain(f"{error.format_message()} (see cancu --help)")  # what typer says of bad options
        return REFUSED
    return code if isinstance(code, int) else DONE


def main() -> None:
    """Run the command line as a program."""
    sys.exit(run())
