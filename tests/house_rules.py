"""The house rules as checks on one file's syntax tree; each yields what it finds, as "line: what is wrong"."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

LONGEST_BODY, LONGEST_MODULE = 40, 300
FIGURES = {"plotly_chart", "table", "dataframe"}
# fmt: off
OTHER_FIGURES = {
    "altair_chart", "area_chart", "bar_chart", "data_editor", "json", "line_chart", "map", "pydeck_chart", "pyplot",
    "scatter_chart", "vega_lite_chart", "write",
}
CLOCK_AND_FILES = {
    "datetime", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "tempfile", "threading", "time",
    "urllib", "uuid",
}
# fmt: on
PLAIN_TYPES = {"analytics.instrument", "analytics.wave", "analytics.release", "analytics.lineage"}
SEALED = {"load", "Protected"}  # all that data/ takes from analytics.protect: reading a release back, and its type
Function = ast.FunctionDef | ast.AsyncFunctionDef


def imports(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Every import as line, module, and the name taken from it ("" for the module itself)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, "." * node.level + (node.module or ""), alias.name) for alias in node.names)


def wrong_imports(path: str, tree: ast.AST) -> Iterator[str]:
    """What a room may not import: another room above it, Streamlit below pages/, a pickle that runs what it reads."""
    for line, module, name in imports(tree):
        if not _may_import(path, module, name):
            yield f"{line}: imports {f'{module}.{name}' if name else module}"


def _may_import(path: str, module: str, name: str) -> bool:
    room, top = path.split("/")[0], module.split(".")[0]
    if top in {"pickle", "joblib", "cloudpickle", "dill", "tests"} or (top == "app" and room != "app.py"):
        return False
    if top == "streamlit":
        return room in {"app.py", "pages"}
    if room in {"cli.py", "commands"}:
        return top != "pages"
    if room == "data":
        return top not in {"pages", "cli", "commands"} and (top != "analytics" or _is_plain_type(path, module, name))
    if room == "analytics":
        ours = top in {"pages", "data", "cli", "commands"} or module.startswith(".")
        decides = path.startswith("analytics/attack/") and f"{module}.{name}".startswith("analytics.protect")
        return not ours and not decides and top not in CLOCK_AND_FILES
    return True


def _is_plain_type(path: str, module: str, name: str) -> bool:
    """Whether data/ may take this from analytics: plain types; and reading a release, where the store does that."""
    if f"{module}.{name}" in PLAIN_TYPES or module in PLAIN_TYPES:
        return True
    at_rest = path in {"data/store.py", "data/reader.py", "data/unit_map.py"}
    return at_rest and (
        (module, name) == ("analytics", "protect") or (module == "analytics.protect" and name in SEALED)
    )


def unsafe_names(path: str, tree: ast.AST) -> Iterator[str]:
    """HTML of our own making, and randomness without a seed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
            yield f"{node.value.lineno}: unsafe_allow_html"
        if isinstance(node, ast.Call) and path.startswith("analytics/") and _is_unseeded(node):
            yield f"{node.lineno}: {ast.unparse(node.func)} without a seed, or a file opened"


def _is_unseeded(call: ast.Call) -> bool:
    if not _is_a_dotted_name(call.func):
        return False
    name = ast.unparse(call.func)
    if name.split(".")[-1] in {"default_rng", "RandomState", "SeedSequence"}:
        return not (call.args or call.keywords)
    return name == "open" or name.startswith(("np.random.", "numpy.random."))


def _is_a_dotted_name(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def unguarded_page(path: str, tree: ast.Module) -> Iterator[str]:
    """A page script whose first statement with a call is not ``require("...")``; signing in is open to everybody."""
    if not path.startswith("pages/") or path.startswith("pages/common/"):
        return
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom) or _is_docstring(statement):
            continue
        calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
        if not calls or ast.unparse(calls[0].func) != "require":
            yield f"{statement.lineno}: the guard is not the first statement"
        return
    yield "1: no guard"


def loose_figures(path: str, tree: ast.AST) -> Iterator[str]:
    """Charts and tables outside ``show.py``, without a text alternative, or by a call that takes whatever it gets."""
    for node in _streamlit_calls(tree):
        assert isinstance(node.func, ast.Attribute)
        name = node.func.attr
        if name in OTHER_FIGURES:
            yield f"{node.lineno}: st.{name} is not among the ways to show something"
        if name in FIGURES and path != "pages/common/show.py":
            yield f"{node.lineno}: st.{name} outside pages/common/show.py"
        if name in FIGURES and not any(keyword.arg == "alt" for keyword in node.keywords):
            yield f"{node.lineno}: st.{name} without alt="


def _streamlit_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and "st" in ast.unparse(node.func).split(".")
        ):
            yield node


def loose_caches(path: str, tree: ast.AST) -> Iterator[str]:
    """Caches outside ``load.py``, without a bound, or keyed on something that Streamlit hashes badly."""
    for function in _functions(tree):
        for decorator in function.decorator_list:
            if not ast.unparse(decorator).startswith("st.cache_"):
                continue
            where = f"{function.lineno}: {function.name}"
            if path != "pages/common/load.py":
                yield f"{where} is cached outside pages/common/load.py"
            if not (isinstance(decorator, ast.Call) and any(word.arg == "max_entries" for word in decorator.keywords)):
                yield f"{where} is cached without max_entries"
            yield from (f"{where}: {found}" for found in _bad_keys(function))


def _bad_keys(function: Function) -> Iterator[str]:
    """At most one argument counts for the key, a str; the others begin with an underscore."""
    hashed = [arg for arg in function.args.args + function.args.kwonlyargs if not arg.arg.startswith("_")]
    if len(hashed) > 1 or any(arg.annotation is None or ast.unparse(arg.annotation) != "str" for arg in hashed):
        yield "the key should be one str, a SHA-256 in hex"
    if any("DataFrame" in ast.unparse(arg.annotation) for arg in function.args.args if arg.annotation):
        yield "takes a DataFrame"


def undocumented(path: str, tree: ast.Module) -> Iterator[str]:
    """Public functions without types, and in analytics/ and data/ without a docstring."""
    for function, public in _functions_with_reach(tree):
        if not public:
            continue
        arguments = [arg for arg in _arguments(function) if arg.arg not in ("self", "cls")]
        if path.startswith(("analytics/", "data/")) and not _says_something(function):
            yield f"{function.lineno}: {function.name} has no docstring"
        untyped = [arg.arg for arg in arguments if arg.annotation is None]
        if untyped or (function.returns is None and function.name != "__init__"):
            yield f"{function.lineno}: {function.name} is not typed"


def _says_something(function: Function) -> bool:
    """A docstring; a property or an argument-free one-liner may let its name speak."""
    one_liner = len(function.body) == 1 and isinstance(function.body[0], ast.Return)
    is_property = any(ast.unparse(decorator) == "property" for decorator in function.decorator_list)
    return ast.get_docstring(function) is not None or (is_property and one_liner)


def _arguments(function: Function) -> list[ast.arg]:
    named = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
    return named + [arg for arg in (function.args.vararg, function.args.kwarg) if arg is not None]


def _functions_with_reach(tree: ast.Module) -> Iterator[tuple[Function, bool]]:
    """The functions of a module and of its classes, and whether others may call them."""
    for node in tree.body:
        if isinstance(node, Function):
            yield node, not node.name.startswith("_")
        if isinstance(node, ast.ClassDef):
            for member in node.body:
                if isinstance(member, Function):
                    yield member, not (node.name.startswith("_") or member.name.startswith("_"))


def too_long(path: str, tree: ast.Module) -> Iterator[str]:
    """Modules and bodies beyond what can be read at one sitting; a docstring is not counted as body."""
    for function in _functions(tree):
        lines = body_lines(function)
        if lines > LONGEST_BODY:
            yield f"{function.lineno}: {function.name} has a body of {lines} lines, at most {LONGEST_BODY} are read"
    last = max((node.end_lineno or 0 for node in tree.body), default=0)
    if last > LONGEST_MODULE:
        yield f"{last}: the module has {last} lines, at most {LONGEST_MODULE} are read"


def body_lines(function: Function) -> int:
    """How many lines a function's body has without its docstring."""
    body = function.body[1:] if _is_docstring(function.body[0]) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def bodies(source: str) -> list[int]:
    """The length of every function's body in a file."""
    return [body_lines(function) for function in _functions(ast.parse(source))]


def flat_page(path: str) -> bool:
    """Whether a file is a page script that Streamlit would run without ``app.py``."""
    where = PurePosixPath(path)
    return where.parent == PurePosixPath("pages") and where.suffix == ".py" and where.name != "__init__.py"


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


RULES = (wrong_imports, unsafe_names, unguarded_page, loose_figures, loose_caches, undocumented, too_long)


def broken(path: str, source: str) -> list[str]:
    """Everything in one file that a rule does not allow; ``path`` is relative to the project, with slashes."""
    tree = ast.parse(source)
    return [found for rule in RULES for found in rule(path, tree)]
