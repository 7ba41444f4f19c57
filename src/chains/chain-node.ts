import type { z } from "zod";
import type { ClaudeOptions } from "../options/types.js";
import type { RetryOptions } from "../retry/retry-options.js";
import type { Template } from "../templates/template.js";
import type { ChainContext } from "./chain-context.js";
import type { ChainText } from "./chain-text.js";

interface NodeBase {
  /** Unique in the chain; the name of its output. */
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** Nodes that must be over before; undefined: the one before it. */
  readonly needs: readonly string[] | undefined;
  /** It is skipped when this says no. */
  readonly when: ((context: ChainContext) => boolean | Promise<boolean>) | undefined;
}

/** A step that asks Claude. */
export interface AskNode extends NodeBase {
  readonly type: "ask";
  readonly prompt: PromptSource;
  readonly output: z.ZodType | undefined;
  readonly options: ClaudeOptions;
  readonly retries: boolean | number | RetryOptions | undefined;
  /** A step in whose session this one is asked. */
  readonly continues: string | undefined;
}

/** What a step asks: a text with variables, a function, or a template with values. */
export type PromptSource =
  | { readonly type: "text"; readonly text: ChainText }
  | { readonly type: "function"; readonly make: (context: ChainContext) => string | Promise<string> }
  | {
      readonly type: "template";
      readonly template: Template;
      readonly values: Readonly<Record<string, TemplateValue>>;
    };

/** Where the value of a template's variable comes from. */
export type TemplateValue =
  | { readonly type: "value"; readonly value: unknown }
  | { readonly type: "text"; readonly text: ChainText }
  | { readonly type: "function"; readonly make: (context: ChainContext) => unknown };

/** A step that runs code of the program. */
export interface RunNode extends NodeBase {
  readonly type: "run";
  readonly work: (context: ChainContext, tools: { readonly signal: AbortSignal }) => unknown;
  readonly retries: boolean | number | RetryOptions | undefined;
}

/** Steps that need not wait for one another. */
export interface ParallelNode extends NodeBase {
  readonly type: "parallel";
  readonly nodes: readonly ChainNode[];
}

/** One of several ways on. */
export interface BranchNode extends NodeBase {
  readonly type: "branch";
  readonly choose: (context: ChainContext) => string | Promise<string>;
  readonly branches: Readonly<Record<string, readonly ChainNode[]>>;
}

/** Steps that are done again until it is enough. */
export interface LoopNode extends NodeBase {
  readonly type: "loop";
  readonly until: (context: ChainContext, round: number) => boolean | Promise<boolean>;
  readonly maxRounds: number;
  /** What happens when that many rounds were not enough. */
  readonly atLimit: "fail" | "goOn";
  readonly nodes: readonly ChainNode[];
}

export type ChainNode = AskNode | RunNode | ParallelNode | BranchNode | LoopNode;

/** The nodes inside a node, those of all branches. */
export function childrenOf(node: ChainNode): readonly ChainNode[] {
  if (node.type === "branch") return Object.values(node.branches).flat();
  return node.type === "parallel" || node.type === "loop" ? node.nodes : [];
}

/** Nodes with all that are inside them, each before what is inside it. */
export function allNodes(nodes: readonly ChainNode[]): ChainNode[] {
  return nodes.flatMap((node) => [node, ...allNodes(childrenOf(node))]);
}
