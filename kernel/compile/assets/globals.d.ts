// biome-ignore-all lint/suspicious/noExplicitAny: without an import, any field of a message can be read
/**
 * What every cell has without an import. Self-contained on purpose: a reference to the package's own types would cost
 * every cell milliseconds and a hundred megabytes; who wants them imports from "claude-notebook".
 */

declare namespace ClaudeNotebook {
  /** A message of a Claude turn: "system", "assistant", "user", "stream_event" or "result". */
  interface Message {
    readonly type: string;
    readonly session_id?: string;
    /** Content blocks of an assistant or user message. */
    readonly content?: any;
    [field: string]: any;
  }

  /** Options of a query; the full list with its types: `import type { QueryOptions } from "claude-notebook"`. */
  interface QueryOptions {
    /** For example "sonnet", "opus", or a full model name. */
    model?: string;
    systemPrompt?: any;
    appendSystemPrompt?: string;
    maxTurns?: number;
    /** Tools that run without asking, as in `["Read", "Bash(git log:*)"]`. */
    allowedTools?: readonly string[];
    disallowedTools?: readonly string[];
    permissionMode?: string;
    /** A session id to go on with. */
    resume?: string;
    continue?: boolean;
    cwd?: any;
    env?: Record<string, string | undefined>;
    timeoutMs?: number;
    abortSignal?: AbortSignal;
    [option: string]: any;
  }

  /** Text; blocks of text, images and documents; or a stream of these. */
  type Prompt =
    | string
    | readonly { readonly type: string; readonly [field: string]: any }[]
    | AsyncIterable<any>;

  /** The messages of one turn, as they come. */
  interface Query extends AsyncGenerator<Message, void> {
    /** Ends the turn and the process behind it. */
    close(): Promise<void>;
    [member: string]: any;
  }

  /** A turn that `claude()` had. As text it is Claude's last words. */
  interface ClaudeTurn {
    /** Claude's last words, in markdown. */
    readonly text: string;
    /** What the turn cost, in US dollars; 0 when it was replayed. */
    readonly costUsd: number;
    /** The CLI's session, for the option `resume`. */
    readonly sessionId: string;
    /** Whether it came from a recording. */
    readonly replayed: boolean;
    /** The turn's last message. */
    readonly result: Message;
    /** The files that the turn changed by the tools that edit files. */
    readonly files: readonly {
      readonly path: string;
      readonly created: boolean;
      readonly added: number;
      readonly removed: number;
    }[];
    /** What it changed in them; as the value of a cell, a panel for each file. */
    diff(): { readonly files: readonly any[]; toString(): string };
    /**
     * Puts files, and variables that code of the turn set, back to what they were before; with `force` also what has been
     * changed since.
     */
    undo(options?: { force?: boolean }): Promise<{
      readonly files: readonly string[];
      readonly variables: readonly string[];
    }>;
    toString(): string;
  }

  interface ClaudeCallOptions extends QueryOptions {
    /** Begins another conversation; the calls after it go on with that one. */
    new?: boolean;
    /** Whether Claude gets the tools that look into this notebook, and the context that is sent on its own. @defaultValue true */
    notebook?: boolean;
  }

  /** A zod schema. */
  interface OutputSchema {
    readonly _zod: { readonly output: any };
  }

  interface ClaudeMapOptions extends QueryOptions {
    /** Items that are asked about at once. @defaultValue 4 */
    concurrency?: number;
    /** With as much spent by this map, no further item is begun. */
    budgetUsd?: number;
    /** How many times more an item is asked about when that failed. @defaultValue 1 */
    retries?: number;
  }

  interface ClaudeMap<Item, Value> {
    /** In the order of the items; undefined where there is none. */
    readonly values: readonly (Value | undefined)[];
    /** Items without a value: the turn failed, or the budget was spent before it. */
    readonly failed: readonly { readonly index: number; readonly item: Item; readonly error: unknown }[];
    readonly costUsd: number;
    /** Asks about the items without a value again. */
    retry(): Promise<ClaudeMap<Item, Value>>;
  }

  interface Claude {
    /** Asks Claude in the notebook's conversation and shows the answer in this cell while it streams. */
    (prompt: string, options?: ClaudeCallOptions): Promise<ClaudeTurn>;
    /**
     * Asks in the same conversation for an answer of the form of a zod schema:
     * `await claude.ask("Three cities", z.array(z.object({ name: z.string() })))`.
     */
    ask<Schema extends OutputSchema>(
      prompt: string,
      schema: Schema,
      options?: ClaudeCallOptions,
    ): Promise<Schema["_zod"]["output"]>;
    /** The conversation that the notebook's cells share. */
    readonly cells: {
      /** The notebook that names it; undefined where it is not known. */
      readonly name: string | undefined;
      /** The CLI's session, once there is one. */
      readonly sessionId: string | undefined;
      /** Turns that this kernel has had in it. */
      readonly turns: number;
    };
    /**
     * Asks about each item in a turn of its own, some at once, and shows a grid of how they go. In a prompt that is text,
     * `{item}`, `{item.field}` and `{index}` stand for the item.
     */
    map<Item, Schema extends OutputSchema>(
      items: readonly Item[],
      prompt: string | ((item: Item, index: number) => string),
      options: ClaudeMapOptions & { schema: Schema },
    ): Promise<ClaudeMap<Item, Schema["_zod"]["output"]>>;
    map<Item>(
      items: readonly Item[],
      prompt: string | ((item: Item, index: number) => string),
      options?: ClaudeMapOptions & { schema?: undefined },
    ): Promise<ClaudeMap<Item, string>>;
    /** Asks why the last cell that failed did so. */
    explain(options?: ClaudeCallOptions): Promise<ClaudeTurn>;
    /** Asks for a correction of the last cell that failed; Claude puts it into the cell below, for you to run. */
    fix(options?: ClaudeCallOptions): Promise<ClaudeTurn>;
    /** What the calls of `claude` cost since the kernel started; with `budgetUsd` spent, calls throw. */
    cost(budget?: { readonly budgetUsd: number }): {
      readonly totalUsd: number;
      readonly budgetUsd: number | undefined;
      readonly turns: readonly {
        readonly cell: number | undefined;
        readonly prompt: string;
        readonly costUsd: number;
        readonly replayed: boolean;
      }[];
    };
    /** Lets code that Claude writes run in this kernel unasked, until the kernel ends. It can do whatever a cell can. */
    allow(tool: "run_cell"): void;
    /**
     * What is sent of the notebook with each turn, on its own; the answer shows it, folded. `false` sends nothing from here
     * on, `{ samples: true }` also the beginning of each value.
     */
    context(change?: boolean | { readonly samples?: boolean }): {
      readonly on: boolean;
      readonly samples: boolean;
    };
    /** Shows the newest turn again, in this cell: as it goes on, or whole when it has ended. */
    reattach(): void;
  }

  /** A display that can be changed. */
  interface Display {
    readonly display_id: string;
    /** Shows another value in its place. */
    update(value: unknown, options?: { raw?: boolean; metadata?: Record<string, unknown> }): void;
  }

  interface DisplayOptions {
    /** The value is a MIME bundle already. */
    raw?: boolean;
    /** Names the display, so that it can be updated, also from other cells. */
    display_id?: string;
    /** Replaces the display of that name instead of adding one. */
    update?: boolean;
    /** For the bundle, by media type. */
    metadata?: Record<string, unknown>;
  }
}

/** Asks Claude; loop over the answer with `for await`. */
declare function query(
  prompt: ClaudeNotebook.Prompt,
  options?: ClaudeNotebook.QueryOptions,
): ClaudeNotebook.Query;
declare function query(request: {
  prompt: ClaudeNotebook.Prompt;
  options?: ClaudeNotebook.QueryOptions;
}): ClaudeNotebook.Query;

/** A conversation with Claude: several turns over one process. */
declare class ClaudeSDKClient {
  constructor(options?: ClaudeNotebook.QueryOptions);
  /** Runs `work` with a client that is closed afterwards, whatever happens. */
  static use<T>(
    options: ClaudeNotebook.QueryOptions | undefined,
    work: (client: ClaudeSDKClient) => Promise<T>,
  ): Promise<T>;
  /** The session's id, once a turn has begun. */
  readonly sessionId: string | undefined;
  start(prompt?: ClaudeNotebook.Prompt): Promise<void>;
  /** Asks; the answer is read with `receiveResponse()`. */
  query(prompt: ClaudeNotebook.Prompt): Promise<void>;
  /** The messages of the next answer, up to its result. */
  receiveResponse(): AsyncGenerator<ClaudeNotebook.Message, void>;
  /** All messages, until the client is closed. */
  receiveMessages(): AsyncGenerator<ClaudeNotebook.Message, void>;
  /** The next answer, one object for each thing that happens. */
  receiveEvents(): AsyncGenerator<any, void>;
  /** Stops the answer; the session can go on. */
  interrupt(): Promise<void>;
  close(): Promise<void>;
  readonly [member: string]: any;
}

/** Shows one of Claude's messages, or all of a query, rendered; messages of one query extend one response. */
declare function display_claude_response(message: { readonly type: string }): void;
declare function display_claude_response(messages: AsyncIterable<{ readonly type: string }>): Promise<any>;
/** Shows one of Claude's messages, or all of a query, rendered; messages of one query extend one response. */
declare const displayClaudeResponse: typeof display_claude_response;

/** Shows markdown with highlighted code. */
declare function render_markdown(markdown: string): void;
/** Shows markdown with highlighted code. */
declare const renderMarkdown: typeof render_markdown;

/** Shows a value; it may say how, by a method `[Symbol.for("Jupyter.display")]()` that returns a MIME bundle. */
declare function display(value: unknown, options?: ClaudeNotebook.DisplayOptions): ClaudeNotebook.Display;

/** Asks the user for a line of text. */
declare function input(prompt?: string, options?: { password?: boolean }): Promise<string>;

/** Asks the user for a line of text and blocks until it comes. */
declare function prompt(message?: string): string;

/** Removes what this cell has shown; with `wait`, when its next output comes. */
declare function clearOutput(wait?: boolean): void;

/** Claude in this notebook. */
declare const claude: ClaudeNotebook.Claude;
