import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SessionNotFoundError } from "../errors.js";
import { parseMessage } from "../messages/parse-message.js";
import type { Message } from "../messages/types.js";
import { withStoredSession } from "../session-store/with-stored.js";
import { readTranscript } from "./read-transcript.js";
import { findSession, type SessionPlace } from "./session-files.js";

const FILE = /^agent-([\w-]+)\.jsonl$/;

/** The ids of the subagents that a session started and the CLI kept the transcripts of. @throws SessionNotFoundError */
export async function listSubagents(sessionId: string, place: SessionPlace = {}): Promise<string[]> {
  return withStoredSession(sessionId, place, (at) => listFiles(sessionId, at));
}

async function listFiles(sessionId: string, place: SessionPlace): Promise<string[]> {
  const { folder } = await findSession(sessionId, place);
  const names = await readdir(join(folder, sessionId, "subagents")).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.flatMap((name) => FILE.exec(name)?.[1] ?? []).sort();
}

/** What a subagent was told, did and answered. @throws SessionNotFoundError when there is no such session or subagent. */
export async function getSubagentMessages(
  sessionId: string,
  agentId: string,
  place: SessionPlace = {},
): Promise<Message[]> {
  return withStoredSession(sessionId, place, (at) => readFile(sessionId, agentId, at));
}

async function readFile(sessionId: string, agentId: string, place: SessionPlace): Promise<Message[]> {
  const { folder } = await findSession(sessionId, place);
  if (!(await listFiles(sessionId, place)).includes(agentId)) {
    throw new SessionNotFoundError(sessionId, `The session ${sessionId} has no subagent ${agentId}.`);
  }
  const messages: Message[] = [];
  for await (const entry of readTranscript(join(folder, sessionId, "subagents", `agent-${agentId}.jsonl`))) {
    if (entry.type !== "user" && entry.type !== "assistant") continue;
    const { type, message, uuid, timestamp } = entry;
    messages.push(
      parseMessage({ type, message, uuid, timestamp, session_id: sessionId, parent_tool_use_id: null }),
    );
  }
  return messages;
}
