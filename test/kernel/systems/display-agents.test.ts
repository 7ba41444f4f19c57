import { afterEach, expect, test } from "vitest";
import { type CellHandle, type MimeBundle, setNotebookHost } from "../../../kernel/host.js";
import { displayAgents } from "../../../kernel/systems/agents.js";
import { AgentSystem, BaseAgent, runSequence } from "../../../src/agents/index.js";
import { answeringClaude } from "../../src/answering-claude.js";

afterEach(() => setNotebookHost(undefined));

function cellWith(
  shown: { data: MimeBundle; update: boolean | undefined }[],
  signal = new AbortController().signal,
) {
  const cell: CellHandle = {
    id: "cell",
    executionCount: 1,
    running: true,
    signal,
    display: (data, options) => void shown.push({ data, update: options?.update }),
    onEnd: () => {},
  };
  setNotebookHost({ currentCell: () => cell });
}

const system = (waitMs = 0) => {
  const claude = answeringClaude([{ when: ".", text: "Fine.", waitMs }]);
  return new AgentSystem({
    agents: [new BaseAgent({ name: "ann", description: "Ann", options: claude.options })],
  });
};

test("one display follows the agents, and is final when the work is done", async () => {
  const shown: { data: MimeBundle; update: boolean | undefined }[] = [];
  cellWith(shown);
  const agents = system(200);
  const { text } = await displayAgents(agents, agents.run("ann", "x"));
  expect(text).toBe("Fine.");
  expect(shown.map(({ update }) => update)).toEqual([false, ...shown.slice(1).map(() => true)]);
  expect(shown.length).toBeGreaterThan(1);
  expect(String(shown.at(-1)!.data["text/plain"])).toMatch(/✓ done[\s\S]*Fine\./);
});

test("interrupting the cell stops the agents, and the grid says so", async () => {
  const shown: { data: MimeBundle; update: boolean | undefined }[] = [];
  const stop = new AbortController();
  cellWith(shown, stop.signal);
  const agents = system(60_000);
  const work = displayAgents(agents, agents.run("ann", "x"));
  work.catch(() => {});
  await expect.poll(() => agents.snapshot.agents[0]!.status, { timeout: 10_000 }).toBe("running");
  stop.abort();
  await expect(work).rejects.toMatchObject({ reason: "aborted" });
  expect(String(shown.at(-1)!.data["text/plain"])).toContain("◼ stopped");
});

test("the agents of an interrupted cell work again in the next one", async () => {
  const stop = new AbortController();
  cellWith([], stop.signal);
  const claude = answeringClaude([{ when: "slow", waitMs: 60_000 }, { when: "." }]);
  const ann = new BaseAgent({ name: "ann", description: "Ann", options: claude.options });
  const agents = new AgentSystem({ agents: [ann] });
  const work = displayAgents(agents, runSequence(agents, [{ agent: "ann", prompt: "slow" }]));
  work.catch(() => {});
  await expect.poll(() => agents.snapshot.agents[0]!.status, { timeout: 10_000 }).toBe("running");
  stop.abort();
  await expect(work).rejects.toMatchObject({ reason: "aborted" });
  cellWith([]);
  expect((await displayAgents(agents, agents.run("ann", "again"))).text).toBe("Done.");
});

test("an interrupt after the agents were shown is none of theirs", async () => {
  const stop = new AbortController();
  cellWith([], stop.signal);
  const agents = system();
  await displayAgents(agents, agents.run("ann", "x"));
  stop.abort();
  expect((await agents.run("ann", "x")).text).toBe("Fine.");
});
