// The clients of the benchmark, in a process of their own: each asks one question after the other, and notes how long after
// its making each message arrived. Prints the delays in milliseconds as JSON.
import { WebSocket } from "ws";

const [url, connections, seconds] = process.argv.slice(2);
const until = Date.now() + Number(seconds) * 1000;
const delays = [];
let messages = 0;

await Promise.all(
  Array.from(
    { length: Number(connections) },
    () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(url);
        const ask = () => socket.send(JSON.stringify({ type: "query", prompt: "Count" }));
        socket.on("error", reject);
        socket.on("message", (data) => {
          const arrivedAt = performance.timeOrigin + performance.now();
          const message = JSON.parse(String(data));
          if (message.type === "connection_established") ask();
          if (message.data?.made_at !== undefined) delays.push(arrivedAt - message.data.made_at);
          messages++;
          if (message.type !== "query_end") return;
          if (Date.now() < until) ask();
          else {
            socket.close(1000);
            resolve();
          }
        });
      }),
  ),
);
process.stdout.write(JSON.stringify({ delays, messages }));
