import type { PermissionUpdate } from "../../src/control/permissions.js";
import type { Part } from "../response/parts.js";
import type { Change } from "./json-changes.js";

/** What kernel and front end say to each other over the comm; a side that meets another number shows HTML. */
export const LIVE_VERSION = 1;

/** What our kernel calls itself in its kernel_info: others know no such comm, and would log an error about it. */
export const KERNEL_IMPLEMENTATION = "claude-notebook";

/** The comm's target, which the kernel answers. */
export const LIVE_TARGET = "claude-notebook.live";

/** One id for every tab: what the kernel sends once, all of them hear. Front ends open it and never close it. */
export const LIVE_COMM_ID = "claude-notebook-live";

/** A question about a tool call, which only its answer over the comm can settle. */
export interface Ask {
  /** Random, so that nothing stored can name it. */
  readonly id: string;
  /** The response in which it is shown. */
  readonly response: string;
  readonly tool: string;
  /** The exact input, as JSON text: what is drawn is read from it, and its hash goes back with the answer. */
  readonly inputJson: string;
  /** The rules that "always allow" would add: the CLI's own suggestion. Missing where it does not cover the whole call. */
  readonly always?: readonly PermissionUpdate[] | undefined;
  /** Why the CLI asks, in its words. */
  readonly reason?: string | undefined;
  readonly blockedPath?: string | undefined;
  /** The subagent that calls the tool. */
  readonly agent?: string | undefined;
  /** How long the kernel still waits for an answer when it sends this, in milliseconds. */
  readonly timeoutMs: number;
}

export type Decision = "allow" | "always" | "deny";

/** How a question was settled. */
export type AskOutcome = Decision | "timeout" | "interrupted" | "closed";

/** What the kernel says; several go in one comm message. */
export type KernelMessage =
  /**
   * The answer to comm_open, which every tab hears. To one of another version the kernel says no more; one of this version
   * goes on, whoever else was not accepted.
   */
  | { readonly op: "hello"; readonly version: number; readonly isAccepted: boolean }
  | { readonly op: "delta"; readonly id: string; readonly seq: number; readonly changes: readonly Change[] }
  | {
      readonly op: "state";
      readonly id: string;
      readonly seq: number;
      readonly parts: readonly Part[];
      readonly ended: boolean;
    }
  /** Everything up to `seq` is all there is: the front end keeps it in the notebook and says `kept`. */
  | { readonly op: "end"; readonly id: string; readonly seq: number }
  /** The kernel does not know this response: it was restarted. */
  | { readonly op: "gone"; readonly id: string }
  | { readonly op: "ask"; readonly ask: Ask }
  | { readonly op: "decided"; readonly ask: string; readonly outcome: AskOutcome; readonly reason?: string }
  | { readonly op: "status"; readonly running: number; readonly costUsd: number };

export interface KernelEnvelope {
  readonly messages: readonly KernelMessage[];
}

/** What a front end says; its `comm_open` carries `{ version }`. */
export type FrontEndMessage =
  /** A view shows this response up to `have` (−1 for nothing): answered by `state` if that is not all. */
  | { readonly op: "sync"; readonly id: string; readonly have: number }
  | { readonly op: "kept"; readonly id: string; readonly seq: number }
  | { readonly op: "stop"; readonly id: string }
  /** A view shows this question. */
  | { readonly op: "seen"; readonly ask: string }
  | {
      readonly op: "answer";
      readonly ask: string;
      /** SHA-256 of {@link Ask.inputJson} in hex. */
      readonly hash: string;
      readonly decision: Decision;
      readonly reason?: string | undefined;
      /** For AskUserQuestion: question → answer. */
      readonly answers?: Readonly<Record<string, string>> | undefined;
    };
