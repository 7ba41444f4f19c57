import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { InvalidOptionsError } from "../errors.js";
import { normaliseOptions } from "../options/normalise-options.js";
import type { ClaudeOptions, QueryOptions } from "../options/types.js";
import { contentOf, type PromptContent } from "../prompt.js";
import { showAs } from "../shown-as.js";
import { STALE_LOCK_MS } from "../storage/file-lock.js";
import { writeFileAtomically } from "../storage/write-file-atomically.js";
import type { Conversation, ConversationInfo, ConversationTotals } from "./conversation.js";
import { type ConversationHeader, FORMAT_VERSION } from "./conversation-entries.js";
import type {
  ConversationFormat,
  ConversationList,
  ConversationManagerOptions,
  ForkConversationOptions,
  FoundConversation,
  ListConversationsOptions,
  NewConversation,
  SearchConversationsOptions,
} from "./conversation-requests.js";
import { type ConversationStore, createConversationStore, infoOf } from "./conversation-store.js";
import { type ConversationTurn, createConversationTurn } from "./conversation-turn.js";
import { conversationsFolder } from "./conversations-folder.js";
import { exportJsonl } from "./export-jsonl.js";
import { sumTotals } from "./fold-conversation.js";
import { type ForkPlan, forkLines } from "./fork-conversation.js";
import { type ConversationHead, readConversationHead } from "./read-conversation-head.js";
import { runFirstTurn, runNextTurn } from "./run-turns.js";
import { type ConversationFilter, findInConversation } from "./search-conversations.js";
import { toStoredOptions } from "./stored-options.js";

/** Longer than a lock that was left behind counts. */
const LOCK_WAIT_MS = STALE_LOCK_MS + 5_000;

/**
 * Conversations that are kept: begun, gone on with, forked, found again and exported. Each is one file, to which a line is
 * added for everything that happens; several processes may use a folder at once, and turns of the same conversation wait
 * for one another.
 *
 * @example
 *     const manager = new ConversationManager({ folder: "conversations" });
 *     const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour", tags: ["colours"] });
 *     const { result } = await manager.continueConversation(sessionId, "Another one");
 */
export class ConversationManager {
  readonly #store: ConversationStore;
  readonly #options: ClaudeOptions;
  readonly #formats: Readonly<Record<string, ConversationFormat>>;
  readonly #now: () => number;
  readonly #newId: () => string;
  /** Options that no file keeps, by conversation. */
  readonly #optionsOf = new Map<string, ClaudeOptions>();

  /** @throws InvalidOptionsError */
  constructor(options: ConversationManagerOptions = {}) {
    const { folder, formats, lockWaitMs = LOCK_WAIT_MS, now = Date.now, newId = randomUUID } = options;
    this.#store = createConversationStore(conversationsFolder(folder, process.env), lockWaitMs);
    this.#options = normaliseOptions(options.options);
    this.#formats = { ...formats, jsonl: exportJsonl };
    this.#now = now;
    this.#newId = newId;
  }

  /** Where the conversations are, absolute. */
  get folder(): string {
    return this.#store.folder;
  }

  /**
   * Begins a conversation. What fails before Claude has said anything leaves none behind.
   *
   * @throws InvalidOptionsError at once; when it is awaited or read, what `query` throws, and a ResultError when it is
   * awaited and the result is an error.
   */
  createConversation(request: NewConversation): ConversationTurn {
    const prompt = contentOf(request.initialPrompt);
    const tags = checkTags(request.tags ?? []);
    const lasting = normaliseOptions({ ...this.#options, ...request.options });
    const options = normaliseOptions({ ...lasting, ...request.turnOptions });
    const sessionId = this.#newId();
    const now = this.#now;
    const header: ConversationHeader = {
      type: "conversation",
      version: FORMAT_VERSION,
      session_id: sessionId,
      created_at: new Date(now()).toISOString(),
      ...(request.title !== undefined && { title: checkTitle(request.title) }),
      tags,
      options: toStoredOptions(options),
    };
    // What was given for one turn alone is not held: a server begins conversations without end.
    if (request.options) this.#optionsOf.set(sessionId.toLowerCase(), lastingOptions(lasting));
    const turn = { store: this.#store, sessionId, header, prompt, options, now };
    return createConversationTurn(sessionId, (onAsked) => runFirstTurn({ ...turn, onAsked }));
  }

  /**
   * Asks in a conversation what comes next.
   *
   * @param options for this turn; others hold as when it was begun.
   * @throws InvalidOptionsError at once; when it is awaited or read, ConversationNotFoundError, ConversationDamagedError,
   * ConversationBusyError, ConversationWriteError, what `query` throws, and a ResultError when it is awaited and the result is an error.
   */
  continueConversation(sessionId: string, prompt: PromptContent, options?: QueryOptions): ConversationTurn {
    const content = contentOf(prompt);
    const given = normaliseOptions(options);
    const optionsFor = (conversation: Conversation): ClaudeOptions => {
      const kept = this.#optionsOf.get(sessionId.toLowerCase());
      return normaliseOptions({ ...this.#options, ...conversation.options, ...kept, ...given });
    };
    const turn = {
      store: this.#store,
      sessionId,
      prompt: content,
      signal: given.abortSignal,
      optionsFor,
      now: this.#now,
    };
    return createConversationTurn(sessionId.toLowerCase(), (onAsked) => runNextTurn({ ...turn, onAsked }));
  }

  /** A conversation with all that was said. @throws ConversationNotFoundError; ConversationDamagedError */
  async get(sessionId: string): Promise<Conversation> {
    return showAs(await this.#store.read(sessionId), "conversation");
  }

  /**
   * What a conversation is, however long it is: what was said is not read. Undefined for one that is not there, or whose file is
   * damaged, which stays as it is.
   *
   * @throws ConversationNotFoundError for an id that is no UUID.
   */
  async head(sessionId: string): Promise<ConversationHead | undefined> {
    return readConversationHead(this.#store.path(sessionId));
  }

  /** The conversations there are, the latest first; without those that were archived, unless they are asked for. */
  async list(options: ListConversationsOptions = {}): Promise<ConversationList> {
    const { limit, offset = 0, ...filter } = options;
    const { infos, problems } = await this.#store.infos(filter);
    const shown = infos.slice(offset, limit === undefined ? undefined : offset + limit);
    return showAs(Object.defineProperty(shown, "problems", { value: problems }) as never, "conversations");
  }

  /**
   * Finds conversations by text, tag, model, date and cost, the latest first.
   *
   * @example
   *     const found = await manager.search({ text: "inventory", tag: "work", minCostUsd: 0.1 });
   */
  async search(options: SearchConversationsOptions | string | RegExp): Promise<FoundConversation[]> {
    const { text, limit, offset = 0, ...filter } = isText(options) ? { text: options } : options;
    const found: FoundConversation[] = [];
    const enough = limit === undefined ? Number.POSITIVE_INFINITY : offset + limit;
    for (const conversation of (await this.#store.infos(filter)).infos) {
      if (found.length >= enough) break;
      const matches =
        text === undefined ? [] : findInConversation(await this.#store.read(conversation.sessionId), text);
      if (text === undefined || matches.length > 0) found.push({ conversation, matches });
    }
    return found.slice(offset);
  }

  /** What conversations took, those that were archived included. */
  async totals(filter: ConversationFilter = {}): Promise<ConversationTotals & { conversations: number }> {
    const { infos } = await this.#store.infos({ archived: "any", ...filter });
    return { conversations: infos.length, ...sumTotals(infos.map(({ totals }) => totals)) };
  }

  /**
   * A new conversation that begins as a copy of this one, and goes on apart from it.
   *
   * @throws ConversationNotFoundError; ConversationDamagedError
   */
  async fork(sessionId: string, options: ForkConversationOptions = {}): Promise<ConversationInfo> {
    const source = await this.#store.read(sessionId);
    return this.#copy(
      source,
      source.turns.findLastIndex(({ outcome }) => outcome !== "unfinished") + 1,
      options,
    );
  }

  /**
   * A new conversation that begins with the first turns of this one: another way on from an earlier place.
   *
   * @throws InvalidOptionsError when it has no such turn; ConversationNotFoundError; ConversationDamagedError
   */
  async branch(
    sessionId: string,
    options: ForkConversationOptions & { readonly afterTurn: number },
  ): Promise<ConversationInfo> {
    const source = await this.#store.read(sessionId);
    const { afterTurn, ...rest } = options;
    if (Number.isInteger(afterTurn) && afterTurn >= 1 && afterTurn <= source.turnCount)
      return this.#copy(source, afterTurn, rest);
    const message = `The conversation ${sessionId} has ${source.turnCount} turns; it cannot branch after turn ${inspect(afterTurn)}.`;
    throw new InvalidOptionsError("afterTurn", afterTurn, message);
  }

  /** Adds tags. @throws ConversationNotFoundError; InvalidOptionsError for an empty tag. */
  async tag(sessionId: string, ...tags: readonly string[]): Promise<void> {
    await this.#store.change(sessionId, this.#now(), { add_tags: checkTags(tags) });
  }

  /** Takes tags away; those it does not have are passed over. */
  async untag(sessionId: string, ...tags: readonly string[]): Promise<void> {
    await this.#store.change(sessionId, this.#now(), { remove_tags: checkTags(tags) });
  }

  /** @throws ConversationNotFoundError; InvalidOptionsError for an empty title. */
  async rename(sessionId: string, title: string): Promise<void> {
    await this.#store.change(sessionId, this.#now(), { title: checkTitle(title) });
  }

  /** Puts a conversation aside: it stays, and is listed only when that is asked for. `archived: false` takes it back. */
  async archive(sessionId: string, archived = true): Promise<void> {
    await this.#store.change(sessionId, this.#now(), { archived });
  }

  /**
   * Deletes a conversation; the CLI's own transcript of it stays (see `deleteSession`).
   *
   * @throws ConversationNotFoundError; ConversationBusyError while a turn of it runs.
   */
  async delete(sessionId: string): Promise<void> {
    const { lock, read, remove } = this.#store;
    await read(sessionId);
    const held = await lock(sessionId);
    try {
      await remove(sessionId);
      this.#optionsOf.delete(sessionId.toLowerCase());
    } finally {
      await held.release();
    }
  }

  /**
   * A conversation as a text: `jsonl` (a message of the wire in each line), and what else the manager was given.
   *
   * @param options `path`: also writes it there, whole or not at all.
   * @throws InvalidOptionsError for an unknown format; ConversationNotFoundError; ConversationDamagedError
   */
  async export(
    sessionId: string,
    options: { readonly format?: string | undefined; readonly path?: string | undefined } = {},
  ): Promise<string> {
    const { format = "jsonl", path } = options;
    if (!Object.hasOwn(this.#formats, format)) {
      const known = Object.keys(this.#formats).join(", ");
      const message = `A conversation cannot be exported as ${inspect(format)}; the formats are ${known}.`;
      throw new InvalidOptionsError("format", format, message);
    }
    const text = this.#formats[format]!(await this.#store.read(sessionId));
    if (path !== undefined) await writeFileAtomically(path, text);
    return text;
  }

  async #copy(
    source: Conversation,
    turns: number,
    options: ForkConversationOptions,
  ): Promise<ConversationInfo> {
    const sessionId = this.#newId();
    const title = options.title === undefined ? undefined : checkTitle(options.title);
    const tags = options.tags && checkTags(options.tags);
    const plan: ForkPlan = { sessionId, createdAt: this.#now(), turns, title, tags };
    await this.#store.create(sessionId, forkLines(source, plan));
    const kept = this.#optionsOf.get(source.sessionId.toLowerCase());
    if (kept) this.#optionsOf.set(sessionId.toLowerCase(), kept);
    return infoOf(await this.#store.read(sessionId));
  }
}

/** What says where a conversation begins, or stops its first turn, holds for that turn only. */
function lastingOptions(options: ClaudeOptions): ClaudeOptions {
  const {
    abortSignal: _signal,
    resume: _resume,
    continue: _continue,
    forkSession: _fork,
    resumeSessionAt: _at,
    sessionId: _id,
    ...rest
  } = options;
  return rest;
}

function isText(value: unknown): value is string | RegExp {
  return typeof value === "string" || value instanceof RegExp;
}

function checkTitle(title: unknown): string {
  if (typeof title === "string" && title.trim() !== "") return title.trim();
  const message = `The title of a conversation must be a text, not ${inspect(title)}.`;
  throw new InvalidOptionsError("title", title, message);
}

function checkTags(tags: readonly unknown[]): string[] {
  const stray = tags.find((tag) => typeof tag !== "string" || tag.trim() === "");
  if (stray === undefined) return tags.map((tag) => String(tag).trim());
  throw new InvalidOptionsError("tags", stray, `A tag must be a text, not ${inspect(stray)}.`);
}
