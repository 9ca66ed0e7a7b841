"""The configuration that supervisord is given."""

from __future__ import annotations

from configparser import RawConfigParser
from pathlib import Path

from campaign.dev.addresses import Addresses
from campaign.dev.home import Home, open_home
from campaign.dev.program import Program
from campaign.dev.stack import app_programs
from campaign.dev.state import choose_state
from campaign.dev.supervise import configuration, control_socket


def a_program(name: str) -> Program:
    return Program(
        name=name, label=name, command=("serve", "100%", "two words"), ready=lambda: True, advice="",
        environment={"SECRET": "a secret"},
    )  # fmt: skip


def parsed(text: str) -> RawConfigParser:
    parser = RawConfigParser(inline_comment_prefixes=(";", "#"))
    parser.read_string(text)
    return parser


def test_servers_start_before_the_app_and_stop_after_it(tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    app = app_programs(choose_state(), Addresses("127.0.0.1", ("127.0.0.1",), "127.0.0.1"))
    said = parsed(configuration(home, {"servers": [a_program("postgres")], "app": app}))
    assert said["group:app"]["programs"] == "web,worker,clock"
    assert said.getint("group:servers", "priority") < said.getint("group:app", "priority")


def test_command_keeps_its_words_and_its_secrets(tmp_path: Path) -> None:
    home = open_home({"FLAUNT_HOME": str(tmp_path)})
    text = configuration(home, {"servers": [a_program("one")]})
    assert parsed(text)["program:one"]["command"].endswith("-- serve 100%% 'two words'")
    assert "a secret" not in text
    assert (home.run / "one.env").stat().st_mode & 0o777 == 0o600


def test_control_socket_fits_into_what_the_kernel_allows(tmp_path: Path) -> None:
    deep = Home(tmp_path / ("a-folder-with-a-long-name/" * 6))
    assert len(str(control_socket(deep))) <= 100
    assert control_socket(deep) != control_socket(Home(tmp_path / ("another-folder-with-a-long-name/" * 6)))
    assert control_socket(Home(Path("/srv/flaunt"))) == Path("/srv/flaunt/run/supervisor.sock")
