// One turn in a process of its own, by the SDK that the first argument names; figures as a JSON line on stdout.
const [sdk, module, optionsJson] = process.argv.slice(2);
const { prompt, warm, ...options } = JSON.parse(optionsJson);

const { query, prewarm } = await import(module);
const start = {
  ours: () => query({ prompt, options: { mode: "live", ...options } }),
  official: () => query({ prompt, options }),
}[sdk];

const spare = warm ? prewarm({ mode: "live", ...options }) : undefined;
await spare?.ready;
const cpuBefore = process.cpuUsage();
const begin = performance.now();
let firstMessageMs;
let firstAnswerMs;
let messages = 0;
let events = 0;
for await (const message of start()) {
  messages++;
  firstMessageMs ??= performance.now() - begin;
  if (message.type === "stream_event") {
    events++;
    firstAnswerMs ??= performance.now() - begin;
  }
}
const totalMs = performance.now() - begin;
const cpu = process.cpuUsage(cpuBefore);
const maxRssMb = process.resourceUsage().maxRSS / 1024;
await spare?.close();
const cpuMs = (cpu.user + cpu.system) / 1000;
console.error(JSON.stringify(cpu));
{
  const fs = await import("node:fs");
  console.error(
    fs
      .readdirSync("/proc/self/task")
      .map((t) => {
        const s = fs.readFileSync(`/proc/self/task/${t}/schedstat`, "latin1").split(" ");
        return (Number(s[0]) / 1e6).toFixed(0) + "ms/" + s[2].trim() + "sw";
      })
      .join(" "),
  );
}
console.log(JSON.stringify({ firstMessageMs, firstAnswerMs, totalMs, messages, events, cpuMs, maxRssMb }));
process.exit(0);
