/** Sizes of parcels: longest side in cm, weight in kg, price in cents. */
const sizes = [
  { name: "S", side: 35, weight: 2, cents: 399 },
  { name: "M", side: 60, weight: 5, cents: 599 },
  { name: "L", side: 120, weight: 31.5, cents: 1099 },
];

/** From so many parcels on there is a discount. */
const MANY = 10;

/**
 * What it costs to send a number of equal parcels, in cents: the smallest size that
 * fits, a tenth off from ten parcels on, rounded to whole cents.
 *
 * @throws {RangeError} for a parcel that no size fits, and for half a parcel or none.
 */
export function price({ side, weight }, count = 1) {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`${count} parcels`);
  const size = sizes.find((each) => side <= each.side && weight <= each.weight);
  if (!size) throw new RangeError(`${side} cm and ${weight} kg is too much`);
  const cents = size.cents * count;
  return count >= MANY ? Math.round(cents * 0.9) : cents;
}
