import { describe, expect, test } from "vitest";
import { createCodeStream } from "../../../renderers/code/code-stream.js";
import { createLineHighlighter } from "../../../renderers/code/line-highlighter.js";
import { codeBlockHtml } from "../../../renderers/code/runs-html.js";

const SAMPLES: Readonly<Record<string, string>> = {
  typescript: 'import { a } from "b";\n/* a\n   b */\nexport async function f(x: number): Promise<string> {\n  return `t \n  end`;\n}\n',
  python: '@dec\ndef f(a: int = 1) -> str:\n    """Doc\n    of f."""\n    return f"{a!r}"  # why\n',
  bash: 'set -e\ncat <<\'END\'\nhello $USER\nEND\nfor f in *.ts; do echo "a $f"; done\n',
  json: '{\n  "a": [1, true, null],\n  "b": "c\\"d"\n}\n',
  rust: 'fn main() {\n    let s = "two\n lines";\n    println!("{}", s); // x\n}\n',
  html: '<div class="a">\n  <!-- c\n  d -->\n  text &amp; more\n</div>\n',
  css: "a:hover {\n  color: #fff; /* x\n  y */\n  margin: 0 1px;\n}\n",
  sql: "select a, count(*)\nfrom t -- why\nwhere b = 'x'\n",
  go: 'package main\n\nfunc main() {\n\ts := `raw\nstring`\n\tprint(s, "x")\n}\n',
  diff: "@@ -1,2 +1,2 @@\n a\n-b\n+c\n",
}; // biome-ignore format: samples

/** The HTML of the code in a box, streamed line by line. */
function streamHtml(code: string, language: string): string {
  const stream = createCodeStream(language);
  let html = "";
  for (const line of code.match(/.*\n|.+$/g) ?? []) {
    for (let end = 1; end < line.length; end += 3) stream.rest(line.slice(0, end));
    if (line.endsWith("\n")) html += stream.append(line);
  }
  return `<div class="highlight cn-code"><pre>${html}${stream.rest("")}</pre></div>`;
}

describe("code that is written line by line has the HTML of the whole:", () => {
  test.each(Object.keys(SAMPLES))("%s", (language) => {
    const code = SAMPLES[language]!;
    expect(streamHtml(code, language)).toBe(codeBlockHtml(code.slice(0, -1), language));
  });
});

test("looking at a line that is being written does not change what follows", () => {
  const looked = createLineHighlighter("ts")!;
  const plain = createLineHighlighter("ts")!;
  looked.take("const a = 1;\n");
  plain.take("const a = 1;\n");
  looked.peek("/* a comment that opens");
  expect(looked.take("const b = 2;\n")).toEqual(plain.take("const b = 2;\n"));
});

test("two streams of one language do not mix their states", () => {
  const first = createLineHighlighter("bash")!;
  const second = createLineHighlighter("bash")!;
  first.take("cat <<ONE\n");
  second.take("cat <<TWO\n");
  first.take("TWO\n");
  expect(first.take("ONE\n").map((run) => run.className)).toEqual(createHeredocEnd());
});

function createHeredocEnd(): string[] {
  const alone = createLineHighlighter("bash")!;
  alone.take("cat <<ONE\n");
  alone.take("TWO\n");
  return alone.take("ONE\n").map((run) => run.className);
}

test.each(["ts", "python", "html", "cpp", "markdown", "php", "mermaid"])(
  "no text of %s is lost, wherever it is cut",
  (language) => {
    const code = "a <b c=\"d\"> `e f /* <?php $x ?> \\\n#define y \\\n'''\n# 🎉 */ end\n";
    const lines = createLineHighlighter(language)!;
    const text = code
      .split(/(?<=\n)/)
      .flatMap((line) => lines.take(line))
      .map((run) => run.text)
      .join("");
    expect(text).toBe(code);
  },
);

test("YAML is plain until its fence closes, since later lines change its colours", () => {
  expect(createLineHighlighter("yaml")).toBeUndefined();
  expect(createLineHighlighter("klingon")).toBeUndefined();
});

test("diagrams are shown as coloured source", () => {
  const html = codeBlockHtml('graph TD\n  A["x"] --> B %% note', "mermaid");
  expect(html).toContain('<span class="k">graph</span>');
  expect(html).toContain('<span class="s">&quot;x&quot;</span>');
  expect(html).toContain('<span class="c1">%% note</span>');
});
