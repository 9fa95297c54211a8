"""Running the application: uvicorn in this process, or several of it over one socket."""

import atexit
import errno
import gc
import multiprocessing
import multiprocessing.process
import os
import resource
import signal
import socket
import tempfile
import threading
from functools import partial

from prometheus_client.multiprocess import mark_process_dead
from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.asgi import App
from api.connection import Connection
from api.console import out
from api.errors import DONE, REFUSED, UsageProblemError
from api.logs import log_config
from api.metrics import FOLDER
from api.settings import Settings

_BACKLOG = 1024
_MOST_CONNECTIONS = 4000
_OTHER_FILES = 256  # of the store, the workers, the log
_READY_SECONDS = 60
_GARBAGE = 10_000  # objects; a request leaves hardly any that need collecting


def serve(settings: Settings) -> int:
    """Serve until told to end; return the exit code.

    Raises:
        UsageProblemError: the address cannot be listened on.
    """
    listener = _listen(settings.host, settings.port)
    _leave_who_does_not_read(listener, settings.stall_seconds)
    config = _config(settings)
    # Once all is ended in good order, the signal that asked for it is raised again: not an error.
    signal.signal(signal.SIGTERM, lambda *_: None)
    with listener:
        try:
            if settings.workers == 1:
                return _serve_alone(config, listener)
            return _serve_together(config, listener)
        except KeyboardInterrupt:
            return DONE


def _config(settings: Settings) -> Config:
    return Config(
        partial(_create_app_of_worker, settings),
        factory=True,
        workers=settings.workers,
        http=Connection,
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=log_config(settings.log_level),
        access_log=False,  # ours is api.front
        server_header=False,
        proxy_headers=False,
        backlog=_BACKLOG,
        limit_concurrency=most_connections(),
        timeout_graceful_shutdown=round(settings.grace_seconds),
    )


def most_connections() -> int:
    """Return how many connections a process can hold, after asking the system for enough files.

    Each may have a file to send. Without a file left, no query worker could be replaced.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _MOST_CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return _MOST_CONNECTIONS
    return min(_MOST_CONNECTIONS, max(1, (soft - _OTHER_FILES) // 2))


def _create_app_of_worker(settings: Settings) -> App:
    """Return the application; a worker ends when the process that started it is gone."""
    supervisor = multiprocessing.parent_process()
    if supervisor is not None:
        threading.Thread(target=_end_with, args=(supervisor,), daemon=True).start()
    app = create_app(settings)
    # What is made once stays for good. To look through it again and again took a tenth of the time,
    # and held up all requests for a tenth of a second whenever a whole pass came along.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE, 20, 20)
    atexit.register(gc.unfreeze)  # else DuckDB tells the terminal at the end what was not freed
    return app


def _end_with(supervisor: multiprocessing.process.BaseProcess) -> None:
    supervisor.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        # Python adds the address in parentheses, which the message has already.
        reason = (error.strerror or str(error)).partition(" (")[0].lower()
        hint = "; --port takes another" if error.errno == errno.EADDRINUSE else ""
        message = f"cannot serve on {host}, port {port}: {reason}{hint}"
        raise UsageProblemError(message) from error
    listener.set_inheritable(True)
    return listener


def _leave_who_does_not_read(listener: socket.socket, seconds: float) -> None:
    """Have the system end connections that take nothing of what is sent for so long.

    The server has handed a whole answer over, and a file or a page has no engine with a clock.
    """
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # of Linux; each connection inherits it
        milliseconds = max(1, round(seconds * 1000))
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)


def _announce(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    out.print(f"cancu is up at http://{shown}:{port}/ (Ctrl-C ends it)", markup=False)
    out.file.flush()


class _Alone(Server):
    """A server that says when it is up."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            _announce(sockets[0])


class _Supervisor(Multiprocess):
    """Several servers on one socket, who say when all are up."""

    def init_processes(self) -> None:
        super().init_processes()
        ready = [p.wait_until_ready(_READY_SECONDS, self.should_exit) for p in self.processes]
        if all(ready):
            _announce(self.sockets[0])

    def keep_subprocess_alive(self) -> None:
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for dead in before - {process.pid for process in self.processes}:
            mark_process_dead(dead)  # type: ignore[no-untyped-call]


def _serve_alone(config: Config, listener: socket.socket) -> int:
    server = _Alone(config)
    try:
        server.run(sockets=[listener])
    except SystemExit:  # how uvicorn tells that the application did not start; the log says why
        return REFUSED
    return DONE if server.started else REFUSED


def _serve_together(config: Config, listener: socket.socket) -> int:
    with tempfile.TemporaryDirectory(prefix="cancu-metrics-") as folder:
        os.environ[FOLDER] = folder
        supervisor = _Supervisor(config, [listener])
        supervisor.run()
        codes = [process.exitcode for process in supervisor.processes]
    return REFUSED if any(code and code > 0 for code in codes) else DONE
