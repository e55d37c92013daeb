"""Every form of sentence that a module can say, from its source: texts of two words or more, "{}" for what varies."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ANALYTICS = Path(__file__).parents[2] / "analytics"
_WORD = re.compile(r"[^\W\d_]{2,}")


def forms(module: str, least: int = 2) -> set[str]:
    """The forms of ``least`` words or more in a module of analytics/ ("finding/teams")."""
    return forms_in(ANALYTICS / f"{module}.py", least)


def forms_in(path: Path, least: int = 2) -> set[str]:
    """The forms of a source file; docstrings, keys, what is compared or raised left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = set(_unsaid(tree))
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.Constant)]
    inner = {id(part) for node in texts if isinstance(node, ast.JoinedStr) for part in node.values}
    spoken = [_form(node) for node in texts if id(node) not in left_out | inner]
    return {form for form in spoken if _words(form) >= least}


def pattern(form: str) -> re.Pattern[str]:
    """What finds a form in what is said."""
    return re.compile(".*?".join(re.escape(part) for part in form.split("{}")), re.DOTALL)


def _form(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)


def _words(form: str) -> int:
    return sum(bool(_WORD.search(word)) for word in form.replace("{}", " ").split())


def _unsaid(tree: ast.Module) -> list[int]:
    """What is no sentence although it is text: docstrings, keys, text in comparisons, subscripts and errors."""
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            found.append(node.body[0])
        elif isinstance(node, ast.Dict):
            found += [key for key in node.keys if key is not None]
        elif isinstance(node, ast.Compare | ast.Raise):
            found.append(node)
        elif isinstance(node, ast.Subscript):
            found.append(node.slice)
    return [id(part) for one in found for part in ast.walk(one)]
