/** A message from one agent, or a person, to another. */
export interface AgentMessage {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** Messages that wait for agents. */
export interface Mailbox {
  put(message: AgentMessage): void;
  /** The messages for an agent, which it then has. */
  take(agent: string): readonly AgentMessage[];
  /** Messages that were taken and did not arrive wait again, before those that came meanwhile. */
  putBack(agent: string, messages: readonly AgentMessage[]): void;
  count(agent: string): number;
}

/** Messages that wait for one agent; the oldest goes when there are more. */
const MAX_WAITING = 100;

/** Characters of a message. */
const MAX_LENGTH = 10_000;

export function createMailbox(): Mailbox {
  const waiting = new Map<string, AgentMessage[]>();
  return {
    put(message) {
      const text = message.text.slice(0, MAX_LENGTH);
      waiting.set(message.to, [...(waiting.get(message.to) ?? []), { ...message, text }].slice(-MAX_WAITING));
    },
    take(agent) {
      const messages = waiting.get(agent) ?? [];
      waiting.delete(agent);
      return messages;
    },
    putBack(agent, messages) {
      if (messages.length === 0) return;
      waiting.set(agent, [...messages, ...(waiting.get(agent) ?? [])].slice(-MAX_WAITING));
    },
    count: (agent) => waiting.get(agent)?.length ?? 0,
  };
}
