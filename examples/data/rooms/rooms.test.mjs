import assert from "node:assert/strict";
import test from "node:test";
import { byStart, clock, firstGap, overlaps } from "./rooms.mjs";

const standUp = { start: 540, end: 555 };
const lunch = { start: 720, end: 780 };

test("two bookings at the same time overlap", () => {
  assert.equal(overlaps(standUp, { start: 550, end: 600 }), true);
  assert.equal(overlaps(standUp, lunch), false);
});

test("bookings are put in order", () => {
  assert.deepEqual(byStart([lunch, standUp]), [standUp, lunch]);
});

test("the first gap is after the stand-up", () => {
  assert.deepEqual(firstGap([standUp, lunch], 60), { start: 555, end: 615 });
});

test("a time is written for people", () => {
  assert.equal(clock(630), "10:30");
});
