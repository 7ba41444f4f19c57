import hljs from "highlight.js/lib/common";
import createMarkdownIt from "markdown-it";
import { createMarkdownStream, renderMarkdownHtml } from "../../renderers/index.js";

/** One stream of one contender. */
export interface Run {
  /** Takes a chunk and brings the output up to date; returns how many characters of HTML a page would be sent. */
  append(chunk: string): number;
  /** The document at the end; undefined when the contender makes no HTML by itself. */
  html?(): string;
}

export interface Contender {
  readonly name: string;
  /** What it leaves out, or what of it was our choice. */
  readonly note: string;
  /** A contender that renders the whole text anew can be measured at some prefixes only. */
  readonly isStateless: boolean;
  create(): Run;
  /** Its own full render, to compare the end with. */
  full?(text: string): string;
}

function highlight(code: string, language: string): string {
  return hljs.getLanguage(language) ? hljs.highlight(code, { language, ignoreIllegals: true }).value : "";
}

/** The contenders; those of others are loaded from this folder's own node_modules. */
export async function loadContenders(): Promise<Contender[]> {
  return [
    ours,
    fullRender,
    await loadMarkdownItTs(),
    blankLines,
    await loadIncremark(),
    await loadStreamdown(),
    await loadStreamingMarkdown(),
  ];
}

const ours: Contender = {
  name: "claude-notebook",
  note: "highlighted, formulas, exact",
  isStateless: false,
  full: (text) => renderMarkdownHtml(text),
  create() {
    const stream = createMarkdownStream();
    return {
      append: (chunk) => stream.append(chunk).reduce((sum, patch) => sum + patch.html.length, 0),
      html() {
        stream.end();
        return stream.html();
      },
    };
  },
};

const fullRender: Contender = {
  name: "markdown-it full re-render",
  note: "the same rules and colours as ours; HTML of fences up to 8 kB is remembered",
  isStateless: true,
  full: (text) => renderMarkdownHtml(text),
  create() {
    let text = "";
    return {
      append(chunk) {
        text += chunk;
        return renderMarkdownHtml(text).length;
      },
    };
  },
};

const blankLines: Contender = {
  name: "commit at blank lines",
  note: "markdown-it; simple and not exact",
  isStateless: false,
  full: (text) => createMarkdownIt({ linkify: true, highlight }).render(text),
  create() {
    const md = createMarkdownIt({ linkify: true, highlight });
    let done = "";
    let tail = "";
    let shown = "";
    return {
      append(chunk) {
        tail += chunk;
        let cut = 0;
        let isInFence = false;
        let sent = 0;
        for (let at = 0, end = tail.indexOf("\n"); end !== -1; at = end + 1, end = tail.indexOf("\n", at)) {
          const line = tail.slice(at, end);
          if (/^ {0,3}(```|~~~)/.test(line)) isInFence = !isInFence;
          else if (!isInFence && line.trim() === "" && at > 0) cut = end + 1;
        }
        if (cut > 0) {
          const html = md.render(tail.slice(0, cut));
          sent += html.length;
          done += html;
          tail = tail.slice(cut);
        }
        shown = md.render(tail);
        return sent + shown.length;
      },
      html: () => done + shown,
    };
  },
};

async function loadMarkdownItTs(): Promise<Contender> {
  const { default: create } = await import("markdown-it-ts");
  const options = { stream: true, linkify: true, highlight };
  return {
    name: "markdown-it-ts stream",
    note: "its tokens are incremental; HTML remembered for each block by us",
    isStateless: false,
    full: (text) => create({ ...options, stream: false }).render(text),
    create() {
      const md = create(options);
      let isFirst = true;
      let tokens: readonly { nesting: number; content: string }[] = [];
      const known = new WeakMap<object, { last: object; count: number; content: unknown }>();
      return {
        append(chunk) {
          tokens = isFirst ? md.stream.parse(chunk, {}) : md.stream.append(chunk);
          isFirst = false;
          let sent = 0;
          let depth = 0;
          let from = 0;
          for (let i = 0; i < tokens.length; i++) {
            depth += tokens[i]!.nesting;
            if (depth !== 0) continue;
            const before = known.get(tokens[from]!);
            const content = tokens[from + 1]?.content;
            const count = i + 1 - from;
            const isSame =
              before?.last === tokens[i] && before?.count === count && before?.content === content;
            if (!isSame || i === tokens.length - 1) {
              known.set(tokens[from]!, { last: tokens[i]!, count, content });
              sent += md.renderer.render(tokens.slice(from, i + 1), md.options, {}).length;
            }
            from = i + 1;
          }
          return sent;
        },
        html: () => md.renderer.render(tokens, md.options, {}),
      };
    },
  };
}

async function loadIncremark(): Promise<Contender> {
  const { createIncremarkParser } = await import("@incremark/core");
  return {
    name: "@incremark/core",
    note: "a tree only: no HTML, no colours",
    isStateless: false,
    create() {
      const parser = createIncremarkParser({ gfm: true });
      return {
        append(chunk) {
          parser.append(chunk);
          return 0;
        },
      };
    },
  };
}

async function loadStreamdown(): Promise<Contender> {
  const [streamdown, react, server, { default: remend }] = await Promise.all([
    import("streamdown"),
    import("react"),
    import("react-dom/server"),
    import("remend"),
  ]);
  const render = (block: string): string =>
    server.renderToStaticMarkup(
      react.createElement(
        streamdown.Streamdown,
        { mode: "static", parseIncompleteMarkdown: false, controls: false },
        block,
      ),
    );
  return {
    name: "streamdown",
    note: "its steps: mend, split, render the changed blocks with react-dom/server; no colours",
    isStateless: false,
    create() {
      let text = "";
      let blocks: string[] = [];
      return {
        append(chunk) {
          text += chunk;
          const next = streamdown.parseMarkdownIntoBlocks(remend(text));
          let sent = 0;
          next.forEach((block: string, i: number) => {
            if (block !== blocks[i]) sent += render(block).length;
          });
          blocks = next;
          return sent;
        },
      };
    },
  };
}

async function loadStreamingMarkdown(): Promise<Contender> {
  const smd = await import("streaming-markdown");
  return {
    name: "streaming-markdown",
    note: "not CommonMark; writes nodes as it reads and never corrects; no colours",
    isStateless: false,
    create() {
      let sent = 0;
      const parser = smd.parser({
        data: {},
        add_token: (_: unknown, type: number) => {
          sent += smd.token_to_string(type).length + 2;
        },
        end_token: () => {
          sent += 5;
        },
        add_text: (_: unknown, text: string) => {
          sent += text.length;
        },
        set_attr: (_: unknown, _name: number, value: string) => {
          sent += value.length;
        },
      });
      return {
        append(chunk) {
          const before = sent;
          smd.parser_write(parser, chunk);
          return sent - before;
        },
      };
    },
  };
}
