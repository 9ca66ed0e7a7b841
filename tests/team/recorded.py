"""Every action that the source can write into the audit log, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import campaign

ROOT = Path(campaign.__file__).parent


@dataclass(frozen=True)
class Wrapper:
    """A function that hands one of its parameters on to `audit`, with something before it."""

    name: str
    position: int
    parameter: str
    before: str


def recorded_actions() -> set[str]:
    """The second argument of each call of `audit`, through functions around it; AssertionError where it hides."""
    trees = [ast.parse(path.read_text()) for path in sorted(ROOT.rglob("*.py"))]
    actions: set[str] = set()
    wrappers: set[Wrapper] = set()
    for tree in trees:
        named = _named(tree)
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for call in _calls(function, "audit"):
                found = _read(call.args[1], function, named)
                wrappers |= found if isinstance(found, set) else set()
                actions |= found if isinstance(found, frozenset) else frozenset()
    for wrapper in wrappers:
        calls = [(tree, call) for tree in trees for call in _calls(tree, wrapper.name)]
        for tree, call in calls:
            if len(call.args) > wrapper.position and _is_action(call.args, wrapper.position):
                actions |= {f"{wrapper.before}{words}" for words in _words(call.args[wrapper.position], _named(tree))}
    return actions


def _is_action(args: list[ast.expr], position: int) -> bool:
    """Functions of the same name elsewhere take other things there."""
    return isinstance(args[position], ast.Constant | ast.IfExp | ast.Subscript | ast.Name)


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _read(action: ast.expr, function: ast.FunctionDef, named: dict[str, ast.expr]) -> frozenset[str] | set[Wrapper]:
    parameters = [one.arg for one in function.args.args]
    if isinstance(action, ast.Name) and action.id in parameters:
        return {Wrapper(function.name, parameters.index(action.id), action.id, "")}
    if isinstance(action, ast.JoinedStr):
        before, given = action.values[0], action.values[-1]
        assert isinstance(before, ast.Constant), ast.unparse(action)
        assert isinstance(given, ast.FormattedValue), ast.unparse(action)
        assert isinstance(given.value, ast.Name), ast.unparse(action)
        return {Wrapper(function.name, parameters.index(given.value.id), given.value.id, str(before.value))}
    words = frozenset(_words(action, named))
    assert words, f"{ast.unparse(action)} in {function.name} is hidden from this test"
    return words


def _words(expression: ast.expr, named: dict[str, ast.expr]) -> set[str]:
    """What an expression can be: a constant, a name for one, either side of a condition, the values of a table."""
    match expression:
        case ast.Constant(value=str(words)):
            return {words}
        case ast.IfExp(body=body, orelse=orelse):
            return _words(body, named) | _words(orelse, named)
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)) if name in named:
            return _words(named[name], named)
        case ast.Dict(values=values):
            return {words for value in values for words in _words(value, named)}
        case _:
            return set()


def _named(tree: ast.Module) -> dict[str, ast.expr]:
    """What the names at the top of a module stand for."""
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            found[node.target.id] = node.value
    return found
