// Loaded into every Node of a test that asks who is called (no-telemetry.test.ts): writes down where each socket connects,
// which names are looked up, and which requests are made.
const { appendFileSync } = require("node:fs");
const net = require("node:net");
const dns = require("node:dns");
const dgram = require("node:dgram");

const file = process.env.RECORD_CONNECTIONS;
const note = (what, where) => appendFileSync(file, `${JSON.stringify([what, String(where)])}\n`);

if (file) {
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...args) {
    // Node passes its own arguments on as one list.
    const [first, second] = Array.isArray(args[0]) ? args[0] : args;
    const { path, host, port } = typeof first === "object" ? first : { port: first, host: second };
    note("connect", path ?? `${typeof host === "string" ? host : "localhost"}:${port}`);
    return connect.apply(this, args);
  };
  for (const api of [dns, dns.promises]) {
    const { lookup } = api;
    api.lookup = (name, ...rest) => {
      note("lookup", name);
      return lookup(name, ...rest);
    };
  }
  const { send } = dgram.Socket.prototype;
  dgram.Socket.prototype.send = function (...args) {
    note("datagram", args.slice(1, 5).join(" "));
    return send.apply(this, args);
  };
}
