import { expect, test } from "vitest";
import { parseServerAddress } from "../../../kernel/remote/server-address.js";

test.each([
  ["http://127.0.0.1:8888", "http://127.0.0.1:8888/", ""],
  ["https://hub.example/user/ann", "https://hub.example/user/ann/", ""],
  ["http://127.0.0.1:8888/lab?token=abc", "http://127.0.0.1:8888/", "abc"],
  ["http://127.0.0.1:8888/lab/tree/a/b.ipynb?token=abc#x", "http://127.0.0.1:8888/", "abc"],
  ["http://127.0.0.1:8888/tree", "http://127.0.0.1:8888/", ""],
  ["http://127.0.0.1:8888/base/", "http://127.0.0.1:8888/base/", ""],
  ["http://[::1]:8888/?token=a%20b", "http://[::1]:8888/", "a b"],
])("reads %s as people have it", (text, baseUrl, token) => {
  expect(parseServerAddress(text)).toEqual({ baseUrl, token });
});

test("an address's own token goes before one for all", () => {
  expect(parseServerAddress("http://h/?token=own", "all").token).toBe("own");
  expect(parseServerAddress("http://h/", "all").token).toBe("all");
});

test.each(["", "127.0.0.1:8888", "ftp://h/", "localhost", "http://", "file:///etc/passwd"])(
  "%j is no address, and the error says how one looks",
  (text) => {
    expect(() => parseServerAddress(text)).toThrow(
      expect.objectContaining({
        code: "server-address",
        hints: ["Write it like `http://127.0.0.1:8888/`"],
      }),
    );
  },
);

test.each(["https://ann:secret@hub.example/", "//ann:secret@hub/?token=secret", "nothing?token=secret"])(
  "an error about %s does not repeat what may be a secret",
  (text) => {
    const message = (() => {
      try {
        parseServerAddress(text);
        return "";
      } catch (error) {
        return String(error);
      }
    })();
    expect(message).not.toBe("");
    expect(message).not.toContain("secret");
  },
);
