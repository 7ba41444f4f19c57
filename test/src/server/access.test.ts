import { describe, expect, test } from "vitest";
import { accessRules, checkAccess } from "../../../src/server/access.js";

describe("who may use the server", () => {
  test.each(["localhost", "localhost:80", "127.0.0.1", "[::1]", "LOCALHOST"])(
    "on port 80, which browsers leave out, %s is this server",
    (host) => {
      const rules = accessRules("127.0.0.1", 80);
      checkAccess({ host }, rules);
      checkAccess({ host, origin: `http://${host}` }, rules);
    },
  );

  test("on another port, a name without it is not this server", () => {
    const rules = accessRules("127.0.0.1", 8000);
    checkAccess({ host: "localhost:8000", origin: "http://localhost:8000" }, rules);
    expect(() => checkAccess({ host: "localhost" }, rules)).toThrow("not this server");
    expect(() => checkAccess({ host: "localhost:8000", origin: "http://localhost" }, rules)).toThrow("Pages");
  });

  test("capitals, a default port and a slash at the end make no other name or origin", () => {
    const more = { hosts: ["Claude.Example.com"], origins: ["HTTPS://Claude.Example.com:443/"] };
    const rules = accessRules("127.0.0.1", 8000, more);
    checkAccess({ host: "claude.example.COM", origin: "https://claude.example.com" }, rules);
    checkAccess({ host: "claude.example.com:8000" }, rules);
    expect(() =>
      checkAccess({ host: "claude.example.com", origin: "http://claude.example.com" }, rules),
    ).toThrow();
    expect(() => checkAccess({ host: "other.example.com" }, rules)).toThrow();
  });
});
