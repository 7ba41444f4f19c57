"""Teaches papermill to give parameters to TypeScript notebooks: `papermill in.ipynb out.ipynb -p n 5`.

papermill has no entry point for translators. It loads those of its engines when it starts, so the entry point
`papermill.engine` of this package names the engine below, and loading it registers the translator as well.
"""

import json
import re

from papermill.engines import NBClientEngine
from papermill.exceptions import PapermillException
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

# `const n: number = 3; // how many`, one declaration a line.
DECLARATION = re.compile(
    r"^\s*(?:export\s+)?(?:const|let|var)\s+(?P<name>[\w$]+)\s*(?::\s*(?P<type>[^=]+?))?\s*="
    r"\s*(?P<value>.+?)\s*;?\s*(?://\s*(?P<help>.*))?$"
)

# What could end a script element or a line of source in whatever shows the cell.
UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]|<(?=[/!])")


class TypeScriptTranslator(Translator):
    """Writes values as TypeScript, whose types are inferred from them."""

    @classmethod
    def translate_str(cls, val):
        text = json.dumps(str(val), ensure_ascii=False)
        return UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)

    translate_escaped_str = translate_str

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_float(cls, val):
        special = {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}
        return special.get(str(val), str(val))

    @classmethod
    def translate_list(cls, val):
        return f"[{', '.join(cls.translate(each) for each in val)}]"

    @classmethod
    def translate_dict(cls, val):
        fields = [f"{cls._key(key)}: {cls.translate(each)}" for key, each in val.items()]
        return f"{{ {', '.join(fields)} }}" if fields else "{}"

    @classmethod
    def _key(cls, key):
        # Computed, so that it is a field and not the object's prototype.
        return '["__proto__"]' if key == "__proto__" else cls.translate_str(key)

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def assign(cls, name, str_val):
        return f"let {name} = {str_val};"

    @classmethod
    def inspect(cls, parameters_cell):
        found = [DECLARATION.match(line) for line in parameters_cell["source"].splitlines()]
        return [
            Parameter(
                name=each["name"],
                inferred_type_name=each["type"] or "None",
                default=each["value"],
                help=each["help"] or "",
            )
            for each in found
            if each
        ]


class ClaudeNotebookEngine(NBClientEngine):
    """papermill's own engine; its name is what makes papermill load this module."""


papermill_translators.register("claude-notebook", TypeScriptTranslator)
try:
    papermill_translators.find_translator("", "typescript")
except PapermillException:
    # Our kernel under another name. Whoever has spoken for the language before is left alone.
    papermill_translators.register("typescript", TypeScriptTranslator)
