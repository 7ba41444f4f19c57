import type { Theme } from "../scenario.js";

export const byDefault: Theme = {
  title: "Checks without a tsconfig.json",
  scenarios: [
    {
      title: "the DOM's names are unknown by default",
      steps: [
        { code: "document.title", errors: ["2304|2584 at 1:1"], says: /Node, not in a browser/ },
        { code: "let el: HTMLElement", errors: ["2304"] },
        ["typeof fetch + typeof URL + typeof structuredClone", "functionfunctionfunction"],
      ],
    },
    {
      title: "missing annotations and possible nulls are no errors by default",
      steps: [["function loose(x) { return x }; let nothing: string = null; loose(nothing)", null]],
    },
    {
      title: "unused and deprecated code is no error",
      steps: ["/** @deprecated */ function oldf() { return 1 }; const unusedv = 1", ["oldf()", 1]],
    },
  ],
};

export const withDom: Theme = {
  title: "The DOM by tsconfig.json",
  compilerOptions: { lib: ["esnext", "dom", "dom.iterable"] },
  scenarios: [
    {
      title: "the DOM's types are known where tsconfig.json names its library",
      steps: [
        ["const title = (d: Document): string => d.title; title({ title: 't' } as Document)", "t"],
        { code: "const bad = (e: HTMLInputElement): number => e.value", errors: ["2322"] },
        { complete: "function f(e: HTMLElement) { e.addEvent‸ }", offers: ["addEventListener"] },
        { code: "document.title", throws: /ReferenceError/ },
      ],
    },
  ],
};

export const strict: Theme = {
  title: "strict by tsconfig.json",
  compilerOptions: { strict: true },
  files: {
    "node_modules/plain-js/package.json": '{ "name": "plain-js", "version": "1.0.0", "main": "index.js" }',
    "node_modules/plain-js/index.js": "exports.x = 1",
  },
  scenarios: [
    {
      title: "null and missing annotations are errors",
      steps: [
        { code: "const sn: string = null", errors: ["2322 at 1:7"] },
        { code: "let imp = (a) => a", errors: ["7006 at 1:12"] },
      ],
    },
    {
      title: "possible nulls of earlier variables must be dealt with",
      steps: [
        "let maybe: string | undefined = Math.random() > 2 ? undefined : 'x'",
        { code: "maybe.length", errors: ["18048|2532 at 1:1"] },
        ["maybe?.length", 1],
        ["if (maybe) { maybe.length } maybe!.toUpperCase()", "X"],
      ],
    },
    {
      title: "what a catch clause gives is unknown",
      steps: [{ code: "try { throw 1 } catch (e) { e.message }", errors: ["18046|2571 at 1:29"] }],
    },
    {
      title: "a package without types is an error that says how to get them",
      steps: [{ code: 'import { x } from "plain-js"', errors: ["7016 at 1:19"], says: /@types\/plain-js/ }],
    },
    {
      title: "fields must be initialised, and functions are compared by their parameters",
      steps: [
        { code: "class Un { name: string }", errors: ["2564 at 1:12"] },
        { code: "const f: (a: string | number) => void = (a: string) => {}", errors: ["2322 at 1:7"] },
      ],
    },
  ],
};

export const finer: Theme = {
  title: "Finer options by tsconfig.json",
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitReturns: true,
    noPropertyAccessFromIndexSignature: true,
  },
  files: { "base/readme.txt": "" },
  scenarios: [
    {
      title: "noUncheckedIndexedAccess, exactOptionalPropertyTypes and noImplicitReturns count in cells",
      steps: [
        "const list = [1, 2]",
        { code: "list[0].toFixed()", errors: ["2532 at 1:1"] },
        { code: "const o: { a?: number } = { a: undefined }", errors: ["2375"] },
        { code: "function half(x: number) { if (x > 1) return 1 }", errors: ["7030"] },
        { code: "const m: { [k: string]: number } = {}; m.key", errors: ["4111"] },
        ["list[0]!.toFixed()", "1"],
      ],
    },
  ],
};

export const extended: Theme = {
  title: "A tsconfig.json that extends another",
  files: {
    "tsconfig.json":
      '{\n  // Comments and a trailing comma are fine.\n  "extends": "./base.json",\n  "files": ["nowhere.ts"],\n  "compilerOptions": { "noEmit": false, "outDir": "elsewhere", "module": "commonjs", },\n}',
    "base.json": '{ "compilerOptions": { "strictNullChecks": true } }',
  },
  scenarios: [
    {
      title: "options of the file it extends count, and what it says of modules and output does not",
      steps: [
        { code: "const sn: string = null", errors: ["2322"] },
        ["const loose = (a) => a; await loose(1)", 1],
        ["import.meta.url.startsWith('file:')", true],
      ],
    },
  ],
};

export const wrongConfig: Theme = {
  title: "A tsconfig.json that cannot be read",
  files: { "tsconfig.json": '{ "compilerOptions": { "strict": tru, "lib": ["es1999"], "target": 7 } ' },
  scenarios: [
    {
      title: "cells run all the same",
      steps: [
        ["1 + 1", 2],
        { code: "const s: string = 1", errors: ["2322"] },
        ["[1].map((n) => n + 1)", [2]],
      ],
    },
  ],
};
