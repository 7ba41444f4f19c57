import { expect, test } from "vitest";
import { createOutbox, type MessageSocket } from "../../../src/server/outbox.js";
import { defaultLimits } from "../../../src/server/server-options.js";

/** A socket that takes messages when it is told to. */
function fakeSocket() {
  const sent: number[] = [];
  let waiting: { bytes: number; done: () => void }[] = [];
  return {
    sent,
    isOpen: true,
    get bufferedAmount() {
      return waiting.reduce((sum, { bytes }) => sum + bytes, 0);
    },
    send(text: string, done: () => void) {
      sent.push((JSON.parse(text) as { seq: number }).seq);
      waiting.push({ bytes: text.length, done });
    },
    drain() {
      const taken = waiting;
      waiting = [];
      for (const { done } of taken) done();
    },
  } satisfies MessageSocket & Record<string, unknown>;
}

const limits = { ...defaultLimits, maxBufferedBytes: 300, keptBytes: 1_000, stallMs: 60 };
const message = { type: "x", data: "y".repeat(80) };
const box = (onStall = () => {}) => createOutbox(limits, onStall);
const isSettled = async (promise: Promise<void>) =>
  Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

test("numbers messages from 1 and sends them in order", () => {
  const outbox = box();
  const socket = fakeSocket();
  outbox.attach(socket, 0);
  for (let i = 0; i < 3; i++) outbox.send(message);
  expect(socket.sent).toEqual([1, 2, 3]);
});

test("holds back what a slow client does not take, and makes the producer wait", async () => {
  const outbox = box();
  const socket = fakeSocket();
  outbox.attach(socket, 0);
  for (let i = 0; i < 6; i++) outbox.send(message);
  expect(socket.sent).toEqual([1, 2, 3]);
  const room = outbox.room();
  expect(await isSettled(room)).toBe(false);
  socket.drain();
  expect(socket.sent).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await isSettled(room)).toBe(true);
});

test("sends a client that comes back exactly what it has missed", () => {
  const outbox = box();
  const first = fakeSocket();
  outbox.attach(first, 0);
  for (let i = 0; i < 3; i++) outbox.send(message);
  outbox.detach();
  outbox.send(message);
  const second = fakeSocket();
  expect(outbox.keepsAfter(1)).toBe(true);
  outbox.attach(second, 1);
  outbox.send(message);
  second.drain();
  expect(second.sent).toEqual([2, 3, 4, 5]);
});

test("keeps no more than it may of what was sent, and says when that is too little", () => {
  const outbox = box();
  const socket = fakeSocket();
  outbox.attach(socket, 0);
  for (let i = 0; i < 50; i++) {
    outbox.send(message);
    socket.drain();
  }
  expect(outbox.bytes).toBeLessThan(1_200);
  expect(outbox.keepsAfter(5)).toBe(false);
  expect(outbox.keepsAfter(45)).toBe(true);
  expect(outbox.keepsAfter(51)).toBe(false);
});

test("drops nothing that a client which acknowledges does not have, and makes the producer wait instead", async () => {
  const outbox = box();
  const socket = fakeSocket();
  outbox.attach(socket, 0);
  outbox.acknowledge(0);
  for (let i = 0; i < 12; i++) {
    outbox.send(message);
    socket.drain();
  }
  const room = outbox.room();
  expect(await isSettled(room)).toBe(false);
  expect(outbox.keepsAfter(0)).toBe(true);
  outbox.acknowledge(10);
  expect(await isSettled(room)).toBe(true);
  expect(outbox.keepsAfter(10)).toBe(true);
  expect(outbox.keepsAfter(9)).toBe(false);
});

test("an acknowledgement of what was never sent counts for what was", () => {
  const outbox = box();
  outbox.attach(fakeSocket(), 0);
  outbox.send(message);
  outbox.acknowledge(1_000);
  outbox.send(message);
  expect(outbox.keepsAfter(1)).toBe(true);
});

test("makes the producer wait when the client is away and enough is kept for it", async () => {
  const outbox = box();
  while (await isSettled(outbox.room())) outbox.send(message);
  expect(outbox.bytes).toBeLessThan(1_200);
  const socket = fakeSocket();
  const room = outbox.room();
  outbox.attach(socket, 0);
  for (let i = 0; i < 10; i++) socket.drain();
  expect(await isSettled(room)).toBe(true);
  expect(socket.sent).toEqual(Array.from({ length: outbox.lastSeq }, (_, i) => i + 1));
});

test("reports a client that takes nothing, and not one that is merely slow", async () => {
  let stalled = 0;
  const outbox = box(() => stalled++);
  const socket = fakeSocket();
  outbox.attach(socket, 0);
  for (let i = 0; i < 40; i++) outbox.send(message);
  void outbox.room();
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.drain();
  }
  expect(stalled).toBe(0);
  await expect.poll(() => stalled).toBe(1);
});

test("lets everybody go when it is closed", async () => {
  const outbox = box();
  for (let i = 0; i < 40; i++) outbox.send(message);
  const room = outbox.room();
  outbox.close();
  await room;
  expect(outbox.bytes).toBe(0);
});
