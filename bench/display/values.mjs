// Plain JavaScript: Node and Deno's kernel both load it.

/** How often each value is shown; the first time, with what has to be loaded for it, is a figure of its own. */
const ROUNDS = 7;

/** The values that are shown, by name, made with apache-arrow. */
export const values = {
  "Arrow table, 10,000,000 rows": (arrow) =>
    arrow.tableFromArrays({
      n: Int32Array.from({ length: 10_000_000 }, (_, i) => i),
      x: new Float64Array(10_000_000),
    }),
  "Arrow table, 2,000 columns": (arrow) =>
    arrow.tableFromArrays(
      Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`c${i}`, new Float64Array(1_000)])),
    ),
  "1,000,000 records": () => Array.from({ length: 1_000_000 }, (_, i) => ({ id: i, name: `n${i}` })),
  "Vega-Lite chart, 5,000 points": () => ({
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    data: { values: Array.from({ length: 5_000 }, (_, i) => ({ x: i, y: Math.sin(i / 100) })) },
    mark: "point",
    encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } },
  }),
};

/**
 * How long it takes to make the bundle of each value, and how large it is.
 *
 * @param format a value → its MIME bundle, or a promise of it
 * @returns by the value's name: ms of the first time, median ms of the others, bytes and media types
 */
export async function measure(format, arrow) {
  const figures = {};
  for (const [name, make] of Object.entries(values)) {
    const value = make(arrow);
    const times = [];
    let bundle = {};
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      bundle = await format(value);
      times.push(performance.now() - start);
    }
    const [firstMs, ...others] = times;
    const ms = others.sort((a, b) => a - b)[Math.floor(others.length / 2)];
    const bytes = new TextEncoder().encode(JSON.stringify(bundle)).length;
    figures[name] = { firstMs, ms, bytes, types: Object.keys(bundle) };
  }
  return figures;
}
