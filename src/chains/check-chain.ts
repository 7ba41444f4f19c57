import { nearestName } from "../options/nearest-name.js";
import { isOptionalVariable } from "../templates/template.js";
import { ChainInvalidError } from "./chain-errors.js";
import { allNodes, type ChainNode, childrenOf } from "./chain-node.js";
import { type Reference, referencesOf } from "./chain-references.js";

/** A chain whose steps fit together. */
export interface ChainPlan {
  readonly name: string;
  readonly nodes: readonly ChainNode[];
  /** For each node the nodes beside it that it waits for, by id. */
  readonly waitsFor: ReadonlyMap<string, readonly string[]>;
}

/** Nodes beside one another: those of the chain, of a group, of a loop or of one branch. */
interface Level {
  readonly nodes: readonly ChainNode[];
  readonly owner: ChainNode | undefined;
}

const NAME = /^[a-z][\w-]*$/i;

/**
 * Checks a chain before anything of it runs: every name that a step asks for is an input or a step that comes before it, every
 * variable of a template has a value, and nothing waits for itself.
 *
 * @throws ChainInvalidError, which names the step.
 */
export function checkChain(name: string, nodes: readonly ChainNode[], inputs: readonly string[]): ChainPlan {
  const fail = (step: string | undefined, why: string): ChainInvalidError =>
    new ChainInvalidError(name, step, why);
  if (nodes.length === 0) throw fail(undefined, "has no steps.");
  const byId = new Map<string, ChainNode>();
  for (const node of allNodes(nodes)) {
    if (!NAME.test(node.id)) throw fail(node.id, "has a name that is not of letters, digits, `_` and `-`.");
    if (byId.has(node.id)) throw fail(node.id, "is there twice; each name stands for one output.");
    if (inputs.includes(node.id)) throw fail(node.id, "has the name of an input.");
    byId.set(node.id, node);
    checkShape(node, fail);
  }
  const pathOf = new Map<string, readonly Level[]>();
  for (const level of levelsOf({ nodes, owner: undefined }, [], pathOf))
    if (level.nodes.length === 0) throw fail(level.owner?.id, "has no steps inside.");
  const waitsFor = new Map<string, Set<string>>();
  for (const id of byId.keys()) waitsFor.set(id, new Set());

  const known = [...inputs, ...byId.keys()];
  const stepOf = (
    node: ChainNode,
    { name: wanted, where, isInner, isImplied }: Reference,
  ): ChainNode | undefined => {
    if (isImplied) {
      const schema =
        node.type === "ask" && node.prompt.type === "template" && node.prompt.template.variables[wanted];
      if (inputs.includes(wanted) || (schema && isOptionalVariable(schema))) return undefined;
      throw fail(node.id, `lacks a value for \`${wanted}\`, a variable of ${where}.`);
    }
    const target = byId.get(wanted);
    if (target || inputs.includes(wanted) || isInner) return target;
    const nearest = nearestName(wanted, known);
    throw fail(
      node.id,
      `asks for \`${wanted}\` in ${where}, which is neither an input nor a step.${nearest ? ` Did you mean \`${nearest}\`?` : ""}`,
    );
  };
  /** Notes that `node` needs the output of `target`: on the innermost level that both are in. */
  const connect = (node: ChainNode, target: ChainNode, isCarried: boolean): void => {
    const path = pathOf.get(node.id)!;
    const level = pathOf.get(target.id)!.findLast((each) => path.includes(each))!;
    const own = level.nodes.find((each) => contains(each, node))!;
    const other = level.nodes.find((each) => contains(each, target))!;
    const loop = path.some((each) => each.owner?.type === "loop" && contains(each.owner, target));
    // In a loop a step may take what a later one gave in the round before.
    if (isCarried && loop && level.nodes.indexOf(other) >= level.nodes.indexOf(own)) return;
    if (own === other)
      throw fail(
        node.id,
        node === target ? "waits for itself." : `waits for \`${target.id}\`, which is never over before it.`,
      );
    waitsFor.get(own.id)!.add(other.id);
  };

  for (const level of new Set([...pathOf.values()].flat())) {
    for (const [i, node] of level.nodes.entries()) {
      const before = level.nodes[i - 1];
      if (node.needs === undefined && before && level.owner?.type !== "parallel")
        waitsFor.get(node.id)!.add(before.id);
      for (const needed of node.needs ?? []) {
        const target = byId.get(needed);
        if (!target)
          throw fail(
            node.id,
            `needs the step \`${needed}\`, which is not there${advice(needed, [...byId.keys()])}`,
          );
        connect(node, target, false);
      }
      for (const reference of referencesOf(node)) {
        const target = stepOf(node, reference);
        if (target) connect(node, target, true);
      }
    }
    const circle = findCircle(level.nodes, waitsFor);
    if (circle) throw fail(circle[0], `waits for itself: ${circle.join(" → ")}.`);
  }
  return { name, nodes, waitsFor: new Map([...waitsFor].map(([id, ids]) => [id, [...ids]])) };
}

function checkShape(node: ChainNode, fail: (step: string, why: string) => ChainInvalidError): void {
  if (node.type === "loop" && !(Number.isInteger(node.maxRounds) && node.maxRounds >= 1))
    throw fail(
      node.id,
      `has ${node.maxRounds} as \`maxRounds\`; a loop needs a bound, a whole number from 1.`,
    );
  if (node.type === "branch" && Object.keys(node.branches).length === 0)
    throw fail(node.id, "has no branches.");
  if (node.type !== "ask" || node.prompt.type !== "template") return;
  const { template, values } = node.prompt;
  const stray = Object.keys(values).find((name) => !Object.hasOwn(template.variables, name));
  if (stray !== undefined)
    throw fail(
      node.id,
      `gives \`${stray}\` to the template \`${template.name}\`, which has no such variable${advice(stray, Object.keys(template.variables))}`,
    );
}

function advice(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest ? `. Did you mean \`${nearest}\`?` : ".";
}

/** All levels; notes for each node those that it is in, the outermost first. */
function levelsOf(level: Level, path: readonly Level[], pathOf: Map<string, readonly Level[]>): Level[] {
  const own = [...path, level];
  const inner = level.nodes.flatMap((node) => {
    pathOf.set(node.id, own);
    const lists =
      node.type === "branch"
        ? Object.values(node.branches)
        : childrenOf(node).length || isGroup(node)
          ? [childrenOf(node)]
          : [];
    return lists.flatMap((nodes) => levelsOf({ nodes, owner: node }, own, pathOf));
  });
  return [level, ...inner];
}

function isGroup(node: ChainNode): boolean {
  return node.type === "parallel" || node.type === "loop";
}

function contains(node: ChainNode, target: ChainNode): boolean {
  return node === target || childrenOf(node).some((child) => contains(child, target));
}

/** The ids of nodes that wait for one another in a circle, the first one again at the end. */
function findCircle(
  nodes: readonly ChainNode[],
  waitsFor: ReadonlyMap<string, ReadonlySet<string>>,
): string[] | undefined {
  const over = new Set<string>();
  const visit = (id: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (over.has(id)) return undefined;
    for (const next of waitsFor.get(id) ?? []) {
      const circle = visit(next, [...path, id]);
      if (circle) return circle;
    }
    over.add(id);
    return undefined;
  };
  for (const { id } of nodes) {
    const circle = visit(id, []);
    if (circle) return circle;
  }
  return undefined;
}
