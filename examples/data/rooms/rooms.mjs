// Bookings of a meeting room. Times are minutes since midnight; `end` is the first that is free.

/** Whether two bookings claim the room at the same time. */
export function overlaps(a, b) {
  return a.start <= b.end && b.start <= a.end;
}

/** The bookings in the order in which they begin. The list that is given stays as it is. */
export function byStart(bookings) {
  return bookings.sort((a, b) => a.start - b.start);
}

/** The first time that is free for so many minutes between `from` and `to`, or undefined. */
export function firstGap(bookings, minutes, from = 540, to = 1020) {
  let free = from;
  for (const { start, end } of byStart(bookings)) {
    if (start - free >= minutes) return { start: free, end: free + minutes };
    free = end;
  }
  return to - free >= minutes ? { start: free, end: free + minutes } : undefined;
}

/** A time for people: 545 is "9:05". */
export function clock(time) {
  return `${Math.floor(time / 60)}:${time % 60}`;
}
