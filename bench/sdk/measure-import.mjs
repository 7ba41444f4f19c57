// In a process of its own: how long importing the module named by the argument takes, and how much memory that needs.
const before = process.memoryUsage().rss;
const start = performance.now();
await import(process.argv[2]);
const importMs = performance.now() - start;
console.log(JSON.stringify({ importMs, rssMb: (process.memoryUsage().rss - before) / 2 ** 20 }));
