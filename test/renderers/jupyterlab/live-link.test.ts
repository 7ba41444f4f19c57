import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveLink } from "../../../renderers/jupyterlab/src/live-link.js";
import { LIVE_VERSION } from "../../../renderers/live/live-protocol.js";
import {
  createFakeKernel,
  createFakeSession,
  type FakeKernel,
  type FakeSession,
  followResponse,
} from "./fake-notebook.js";

let links: Set<LiveLink>;
let sessions: FakeSession[];
beforeEach(() => {
  vi.stubGlobal("window", globalThis);
  links = new Set();
  sessions = [];
});
afterEach(() => {
  for (const session of sessions) session.dispose();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Opens a notebook of the page on a connection to a kernel. */
async function open(kernel: FakeKernel): Promise<{ link: LiveLink; session: FakeSession }> {
  const session = createFakeSession(kernel);
  const link = new LiveLink(session.context, () => links);
  links.add(link);
  sessions.push(session);
  await sleep(0);
  return { link, session };
}

const hello = (version: number, isAccepted: boolean) => ({ op: "hello", version, isAccepted });
const delta = (id: string) => ({ op: "delta", id, seq: 1, changes: [] });

test("a kernel of ours is asked once; another kernel is never sent anything", async () => {
  const ours = createFakeKernel("a");
  const { session } = await open(ours);
  session.status("busy");
  session.status("idle");
  await sleep(0);
  expect(ours.comms.map(({ version }) => version)).toEqual([LIVE_VERSION]);

  const python = createFakeKernel("b", { implementation: "ipython" });
  const other = await open(python);
  other.session.status("idle");
  await sleep(0);
  expect(python.comms).toEqual([]);
  expect(other.link.isOpen).toBe(false);
});

test("two notebooks of one kernel share its comm: each view hears what is said of its response, and is heard", async () => {
  const first = await open(createFakeKernel("k"));
  const kernel = (first.session.context.session as unknown as { kernel: FakeKernel }).kernel;
  const second = await open(createFakeKernel("k", { handleComms: false }));
  const elsewhere = await open(createFakeKernel("other"));
  const views = [followResponse(first.link, "1"), followResponse(second.link, "2")] as const;
  const stranger = followResponse(elsewhere.link, "2");
  expect(kernel.comms[0]!.sent).toMatchObject([
    { op: "sync", id: "1" },
    { op: "sync", id: "2" },
  ]);
  kernel.say(delta("1"), delta("2"), { op: "decided", ask: "x", outcome: "deny" });
  expect(views.map(({ taken }) => taken.map(({ op }) => op))).toEqual([
    ["delta", "decided"],
    ["delta", "decided"],
  ]);
  expect(stranger.taken).toEqual([]);
});

test("when the notebook that has the comm is closed, another one of the kernel takes it over", async () => {
  const first = await open(createFakeKernel("k"));
  const kernel = createFakeKernel("k", { handleComms: false });
  const second = await open(kernel);
  const view = followResponse(second.link, "2");
  first.session.dispose();
  links.delete(first.link);
  await sleep(5);
  expect(kernel.handleComms).toBe(true);
  expect(kernel.comms[0]!.sent).toMatchObject([{ op: "sync", id: "2" }]);
  kernel.say(delta("2"));
  expect(view.taken).toHaveLength(1);
});

test("a notebook that waits for a comm follows as soon as another one has it, after a restart too", async () => {
  const owner = createFakeKernel("k");
  const guest = await open(createFakeKernel("k", { handleComms: false }));
  const view = followResponse(guest.link, "2");
  expect(guest.link.isOpen).toBe(false);
  const host = await open(owner);
  expect(owner.comms[0]!.sent).toMatchObject([{ op: "sync", id: "2" }]);
  for (const { session } of [guest, host]) session.status("restarting");
  expect(view.lostBecause).toHaveLength(1);
  expect(owner.comms[0]!.isDisposed).toBe(true);
  for (const { session } of [guest, host]) session.status("idle");
  await sleep(0);
  expect(owner.comms).toHaveLength(2);
  expect(owner.comms[1]!.sent).toMatchObject([{ op: "sync", id: "2" }]);
});

test("a tab of another version that is refused leaves this one live", async () => {
  const kernel = createFakeKernel("k");
  const { link } = await open(kernel);
  kernel.say(hello(LIVE_VERSION, true));
  kernel.say(hello(LIVE_VERSION, false));
  expect(link.isOpen).toBe(true);
  expect(link.status.problem).toBeUndefined();
});

test("a kernel of another version is left alone, with the reason, until one that matches takes its place", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const kernel = createFakeKernel("k");
  const { link, session } = await open(kernel);
  kernel.say(hello(LIVE_VERSION + 1, false));
  expect(link.isOpen).toBe(false);
  expect(link.status.problem).toContain("claude-notebook install");
  session.status("idle");
  await sleep(0);
  expect(kernel.comms).toHaveLength(1);
  session.status("restarting");
  session.status("idle");
  await sleep(0);
  kernel.say(hello(LIVE_VERSION, true));
  expect(link.isOpen).toBe(true);
  expect(link.status.problem).toBeUndefined();
});

test("whatever says that another kernel may be there opens the comm again, and asks for what was missed", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  const kernel = createFakeKernel("k");
  const { link, session } = await open(kernel);
  followResponse(link, "1");
  const comm = kernel.comms[0]!;
  const asked = () => [comm.opened, comm.sent.length];
  expect(asked()).toEqual([1, 1]);
  session.connection("connecting");
  session.connection("connected");
  expect(asked()).toEqual([2, 2]);
  session.iopub("status");
  session.iopub("iopub_welcome");
  expect(asked()).toEqual([3, 3]);
  // Nothing was heard for a while.
  vi.advanceTimersByTime(7_000);
  expect(asked()).toEqual([5, 5]);
  expect(kernel.comms).toHaveLength(1);
  vi.useRealTimers();
});

test("an answer that cannot be drawn does not keep the others from being told", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const kernel = createFakeKernel("k");
  const { link } = await open(kernel);
  const [broken, sound] = [followResponse(link, "1"), followResponse(link, "2")];
  broken.take = () => {
    throw new Error("cannot be drawn");
  };
  kernel.say(delta("1"), null, 7, { op: "of a newer version", id: "2" }, delta("2"));
  expect(sound.taken.at(-1)).toMatchObject({ op: "delta" });
  expect(logged).toHaveBeenCalledOnce();
});
