import { setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { StreamEvent } from "../messages/types.js";
import { type Answer, answerEvents, type Pace, stableId, wholeAnswer } from "./answer-events.js";
import { claudeEnv } from "./clean-claude-env.js";
import { type ErrorReply, errorTypes, type Reply, type ReplyBlock, text } from "./reply.js";
import {
  answersBefore,
  firstPrompt,
  type MessagesRequest,
  type ScriptedRequest,
} from "./scripted-request.js";

/** What the model says in one conversation. */
export interface ScriptedConversation {
  /** The conversation's first prompt: the whole of it, a pattern in it, or a test of it. */
  readonly when: string | RegExp | ((prompt: string) => boolean);
  /** Its answers in order; tools run between them. */
  readonly replies: readonly Reply[];
}

export interface ScriptedApiOptions extends Pace {
  /** Pause before each delta, in milliseconds. @defaultValue 0 */
  readonly delayMs?: number | undefined;
}

/** A Messages API that says what it was told to. */
export interface ScriptedApi {
  /** Address without a slash at the end: the ANTHROPIC_BASE_URL of a client. */
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly ScriptedRequest[];
  /** The whole environment of a CLI that talks to this API alone. @param home an empty folder. */
  env(home: string): Record<string, string>;
  close(): Promise<void>;
}

/**
 * Starts a scripted Messages API on 127.0.0.1. A conversation is recognised by its first prompt, and the place in it by the
 * answers that the request already holds: any number of conversations can run at once, and be resumed.
 * What is in no script is answered by a text that says so.
 *
 * @example
 *     const api = await createScriptedApi([
 *       { when: "List the files", replies: [toolUse("Bash", { command: "ls" }), text("Here they are.")] },
 *     ]);
 */
export async function createScriptedApi(
  script: readonly ScriptedConversation[],
  options: ScriptedApiOptions = {},
): Promise<ScriptedApi> {
  const requests: ScriptedRequest[] = [];
  const errorsSent = new Map<ErrorReply, number>();
  const closing = new AbortController();
  // One listener for each answer that streams: any number of conversations can run at once.
  setMaxListeners(0, closing.signal);

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // The client went away, or this API is closing.
      if (!response.headersSent) response.writeHead(500).end(String(error));
      else response.destroy();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readJson(request);
    requests.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
    if (request.method !== "POST" || !body) response.writeHead(request.method === "HEAD" ? 200 : 404).end();
    else if (request.url?.includes("/count_tokens"))
      sendJson(response, 200, { input_tokens: tokensIn(body) });
    else await answer(body, response);
  }

  async function answer(body: MessagesRequest, response: ServerResponse): Promise<void> {
    const prompt = firstPrompt(body);
    const reply = replyTo(script, prompt, answersBefore(body), errorsSent);
    if (isError(reply)) {
      errorsSent.set(reply, (errorsSent.get(reply) ?? 0) + 1);
      const error = { type: errorTypes[reply.status] ?? "api_error", message: reply.message };
      sendJson(response, reply.status, { type: "error", error });
      return;
    }
    const whole = answerOf(body, prompt, reply);
    if (body.stream)
      await sendEvents(response, answerEvents(whole, options), options.delayMs ?? 0, closing.signal);
    else sendJson(response, 200, wholeAnswer(whole));
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    env: (home) => claudeEnv(home, url),
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function replyTo(
  script: readonly ScriptedConversation[],
  prompt: string,
  answered: number,
  errorsSent: ReadonlyMap<ErrorReply, number>,
): readonly ReplyBlock[] | ErrorReply {
  const conversation = script.find(({ when }) => matches(when, prompt));
  if (!conversation) return [text("This API is scripted, and its script has no such conversation.")];
  let position = 0;
  for (const reply of conversation.replies) {
    if (isError(reply)) {
      if (position === answered && (errorsSent.get(reply) ?? 0) < reply.times) return reply;
    } else if (position++ === answered) return asBlocks(reply);
  }
  return [text("This API is scripted, and the script of this conversation has ended.")];
}

function matches(when: ScriptedConversation["when"], prompt: string): boolean {
  if (typeof when === "string") return when.trim() === prompt.trim();
  return typeof when === "function" ? when(prompt) : when.test(prompt);
}

function asBlocks(reply: ReplyBlock | readonly ReplyBlock[]): readonly ReplyBlock[] {
  return "type" in reply ? [reply] : reply;
}

function isError(reply: Reply): reply is ErrorReply {
  return "type" in reply && reply.type === "error";
}

function answerOf(body: MessagesRequest, prompt: string, blocks: readonly ReplyBlock[]): Answer {
  const usage = {
    input_tokens: tokensIn(body.messages),
    output_tokens: tokensIn(blocks),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: tokensIn([body.system, body.tools]),
  };
  const id = stableId("msg_", prompt, answersBefore(body));
  return { id, model: body.model ?? "scripted", blocks, usage };
}

/** About what a tokeniser would count: four characters of JSON to a token. */
function tokensIn(value: unknown): number {
  return Math.ceil((JSON.stringify(value) ?? "").length / 4);
}

async function readJson(request: IncomingMessage): Promise<MessagesRequest | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (chunks.length === 0) return undefined;
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as MessagesRequest;
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

async function sendEvents(
  response: ServerResponse,
  events: Iterable<StreamEvent>,
  delayMs: number,
  closing: AbortSignal,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  for (const event of events) {
    if (delayMs > 0 && event.type === "content_block_delta")
      await sleep(delayMs, undefined, { signal: closing });
    if (response.destroyed) return;
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }
  response.end();
}
