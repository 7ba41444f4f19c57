import { storedParts } from "../../renderers/bundle/stored-parts.js";
import { diffJson } from "../../renderers/live/json-changes.js";
import {
  type FrontEndMessage,
  type KernelEnvelope,
  type KernelMessage,
  LIVE_TARGET,
  LIVE_VERSION,
} from "../../renderers/live/live-protocol.js";
import { numberField } from "../../renderers/panels/read-value.js";
import type { Part } from "../../renderers/response/parts.js";
import type { Comm, CommRegistry } from "../comm.js";
import { type Clock, systemClock } from "../response/update-schedule.js";
import { createLiveSender } from "./live-sender.js";
import { readFrontEndMessage } from "./read-front-end-message.js";

/** How long a front end may take to say that it shows a response, in milliseconds; a page that is loading needs a second. */
const ATTACH_MS = 4_000;

/** How long a front end may take to say that it has put the end of a response into the notebook, in milliseconds. */
const KEEP_MS = 4_000;

/** Responses that are kept for `claude.reattach()` and for pages that are loaded again. */
const MAX_RESPONSES = 20;

/** A response that is shown live. */
export interface LiveSource {
  readonly id: string;
  readonly parts: readonly Part[];
  /** Ends the turn; the Stop button calls it. */
  stop?(): void;
}

/** What the kernel does with it. */
export interface LiveResponse {
  readonly source: LiveSource;
  readonly ended: boolean;
  /** Resolves with whether a front end shows the response: true as soon as one does, false when none has said so in time. */
  readonly shown: Promise<boolean>;
  /** The parts changed. */
  changed(): void;
  /** No change follows. */
  end(): void;
  /** Resolves after the end, with whether a front end has put the whole response into its notebook. */
  readonly kept: Promise<boolean>;
}

/** The responses that front ends follow over the comm. */
export interface LiveResponses {
  /** Whether a front end with our extension has opened the comm, and has answered since. */
  readonly isListening: boolean;
  add(source: LiveSource): LiveResponse;
  /** The newest response first. */
  readonly all: readonly LiveResponse[];
  say(...messages: readonly KernelMessage[]): void;
  /** Called with each answer to a question; it comes over the comm that this kernel's front end has opened. */
  onAnswer(handler: (answer: Extract<FrontEndMessage, { op: "answer" }>) => void): void;
  /** Called when a view says that it shows a question. */
  onSeen(handler: (ask: string) => void): void;
  /** Called when a view of a response asks for what it missed, after the response itself was sent again. */
  onSync(handler: (response: string) => void): void;
  /** Called when the front end has closed the comm. */
  onClose(handler: () => void): void;
}

interface Entry extends LiveResponse {
  seq: number;
  /** What the views have: the parts that `seq` names. */
  sent: readonly Part[];
  ended: boolean;
  isShown(): void;
  noteKept(seq: number): void;
}

export function createLiveResponses(comms: CommRegistry, clock: Clock = systemClock): LiveResponses {
  const entries = new Map<string, Entry>();
  const changed = new Set<Entry>();
  const stored = new WeakMap<Part, Part>();
  let comm: Comm | undefined;
  let isListening = false;
  let status = "";
  let earlierCostUsd = 0;
  let onAnswer: Parameters<LiveResponses["onAnswer"]>[0] = () => {};
  let onSeen: Parameters<LiveResponses["onSeen"]>[0] = () => {};
  let onSync: Parameters<LiveResponses["onSync"]>[0] = () => {};
  let onClose = (): void => {};

  const storedOf = (part: Part): Part => {
    const known = stored.get(part) ?? storedParts([part])[0]!;
    stored.set(part, known);
    return known;
  };
  /** Brings `sent` up to date; what changed is also a message for the views that have the state before. */
  const collectEntry = (entry: Entry): KernelMessage[] => {
    const parts = entry.source.parts.map(storedOf);
    const changes = diffJson(entry.sent, parts);
    if (changes.length === 0) return [];
    entry.sent = parts;
    return [{ op: "delta", id: entry.source.id, seq: ++entry.seq, changes }];
  };
  const collect = (): KernelMessage[] => {
    const messages = [...changed].flatMap(collectEntry);
    if (changed.size > 0) messages.push(...collectStatus());
    changed.clear();
    return messages;
  };
  const collectStatus = (): KernelMessage[] => {
    const all = [...entries.values()];
    const running = all.filter((entry) => !entry.ended).length;
    const costUsd = all.reduce((sum, entry) => sum + costOf(entry.sent), earlierCostUsd);
    const now = `${running} ${costUsd}`;
    if (now === status) return [];
    status = now;
    return [{ op: "status", running, costUsd }];
  };
  const sender = createLiveSender(
    collect,
    (messages) => comm?.send({ messages } satisfies KernelEnvelope),
    clock,
  );

  const receivers: {
    readonly [Op in FrontEndMessage["op"]]: (message: Extract<FrontEndMessage, { op: Op }>) => void;
  } = {
    sync({ id, have }) {
      const entry = entries.get(id);
      if (!entry) return sender.request({ op: "gone", id });
      entry.isShown();
      const delta = collectEntry(entry);
      const { seq, sent: parts, ended } = entry;
      const isBehind = have !== seq && have !== seq - delta.length;
      sender.request(
        ...delta,
        ...(isBehind ? [{ op: "state", id, seq, parts, ended } as const] : []),
        ...(ended ? [{ op: "end", id, seq } as const] : []),
      );
      onSync(id);
    },
    kept: ({ id, seq }) => entries.get(id)?.noteKept(seq),
    stop: ({ id }) => entries.get(id)?.source.stop?.(),
    seen: ({ ask }) => onSeen(ask),
    answer: (answer) => onAnswer(answer),
  };

  const follow = (opened: Comm): void => {
    comm = opened;
    opened.onMessage(({ data }) => {
      const message = readFrontEndMessage(data);
      if (!message) return;
      isListening = true;
      receivers[message.op](message as never);
    });
    opened.onClose(() => {
      if (comm !== opened) return;
      comm = undefined;
      isListening = false;
      onClose();
    });
  };

  comms.register(LIVE_TARGET, (opened, { data }) => {
    const version = numberField(data, "version");
    const isAccepted = version === LIVE_VERSION;
    // All tabs share one id: one that is refused must not leave those before it without anybody who hears them.
    if (isAccepted || comm) follow(opened);
    if (!isAccepted) {
      opened.send({
        messages: [{ op: "hello", version: LIVE_VERSION, isAccepted }],
      } satisfies KernelEnvelope);
      return;
    }
    isListening = true;
    status = "";
    sender.request({ op: "hello", version: LIVE_VERSION, isAccepted }, ...collectStatus());
  });

  /** Forgets the oldest of those that have ended. */
  const makeRoom = (): void => {
    for (const entry of entries.values()) {
      if (entries.size < MAX_RESPONSES) return;
      if (!entry.ended) continue;
      earlierCostUsd += costOf(entry.sent);
      entries.delete(entry.source.id);
    }
  };

  return {
    get isListening() {
      return comm !== undefined && isListening;
    },
    get all() {
      return [...entries.values()].reverse();
    },
    add(source) {
      makeRoom();
      const shown = promiseWithin(ATTACH_MS, clock);
      let keptSeq = -1;
      let noteKept = (): void => {};
      let settleKept!: (isKept: boolean | Promise<boolean>) => void;
      const finish = async (): Promise<boolean> => {
        await sender.flushed();
        if (!comm || !(await entry.shown)) return false;
        const whole = promiseWithin(KEEP_MS, clock);
        noteKept = () => {
          if (keptSeq >= entry.seq) whole.settle(true);
        };
        sender.request({ op: "end", id: source.id, seq: entry.seq });
        noteKept();
        return whole.promise;
      };
      const entry: Entry = {
        source,
        seq: 0,
        sent: [],
        ended: false,
        shown: shown.promise.then((isShown) => {
          // Nobody is there any more: what comes next goes out as HTML.
          if (!isShown) isListening = false;
          return isShown;
        }),
        isShown: () => shown.settle(true),
        kept: new Promise((resolve) => {
          settleKept = resolve;
        }),
        noteKept(seq) {
          keptSeq = Math.max(keptSeq, seq);
          noteKept();
        },
        changed() {
          changed.add(entry);
          sender.request();
        },
        end() {
          if (entry.ended) return;
          entry.ended = true;
          entry.changed();
          settleKept(finish());
        },
      };
      entries.set(source.id, entry);
      changed.add(entry);
      return entry;
    },
    say: (...messages) => sender.request(...messages),
    onAnswer(handler) {
      onAnswer = handler;
    },
    onSeen(handler) {
      onSeen = handler;
    },
    onSync(handler) {
      onSync = handler;
    },
    onClose(handler) {
      onClose = handler;
    },
  };
}

/** What the turns of a response cost, in US dollars; replayed ones cost nothing. */
function costOf(parts: readonly Part[]): number {
  return parts.reduce(
    (sum, part) => sum + (part.type === "footer" && !part.replayed ? (part.costUsd ?? 0) : 0),
    0,
  );
}

/** A promise that becomes false by itself. */
function promiseWithin(
  timeMs: number,
  clock: Clock,
): { readonly promise: Promise<boolean>; settle(value: boolean): void } {
  let settle!: (value: boolean) => void;
  const promise = new Promise<boolean>((resolve) => {
    const cancel = clock.after(timeMs, () => resolve(false));
    settle = (value) => {
      cancel();
      resolve(value);
    };
  });
  return { promise, settle };
}
