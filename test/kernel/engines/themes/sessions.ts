import type { Theme } from "../scenario.js";

const chain = Array.from({ length: 17 }, (_, i) => i + 1).map(
  (n) => `const h${n} = { ...h${n - 1}, n: h${n - 1}.n + 1, t: "q" as string | null }; let k${n} = [h${n}.n]`,
);

export const sessions: Theme = {
  title: "Variables from cell to cell",
  scenarios: [
    {
      title: "a variable that a later cell assigns is seen by earlier functions, and the other way round",
      steps: [
        "let n = 1; const inc = () => { n++; return n }",
        ["inc(); n", 2],
        ["n = 10; inc()", 11],
        ["n", 11],
      ],
    },
    {
      title: "assignment operators work on an earlier variable",
      steps: ["let a = 1", ["a += 2; a++; a", 4], ["a ??= 9; a", 4], ["--a; a", 3]],
    },
    {
      title: "an earlier variable can be the variable of a loop",
      steps: [
        "let fo = 0; let fk = ''",
        ["for (fo of [1, 2, 3]) {}; fo", 3],
        ["for (fk in { x: 1 }) {} fk", "x"],
      ],
    },
    {
      title: "an earlier variable can be assigned by destructuring",
      steps: [
        "let p = 1, q = 2",
        "[p, q] = [q, p]",
        ["[p, q]", [2, 1]],
        ["({ p, r: q = 7 } = { p: 5 } as { p: number; r?: number }); [p, q]", [5, 7]],
      ],
    },
    {
      title: "an earlier variable works as a shorthand property",
      steps: ["let left = 1; const right = 2", ["({ left, right })", { left: 1, right: 2 }]],
    },
    {
      title: "an earlier constant cannot be assigned",
      steps: ["const c = 1", { code: "c = 2", errors: ["2588 at 1:1"] }, ["c", 1]],
    },
    {
      title: "an earlier variable keeps its declared type",
      steps: ['let s = "a"', { code: "// x\n  s = 5", errors: ["2322 at 2:3"] }, ["s", "a"]],
    },
    {
      title: "literal types of an earlier constant widen as in one file",
      steps: [
        'const x = 1; const u = Math.random() > 2 ? "a" : "b"',
        [
          'let y = x; y = 2; let v = u; v = "z"; const o = { q: x }; o.q = 5; const arr = [x]; arr.push(4); y + arr.length',
          4,
        ],
        { code: "const one: 2 = x", errors: ["2322"] },
      ],
    },
    {
      title: "an object as const stays readonly and literal",
      steps: [
        'const cfg = { mode: "fast", n: [1, 2] } as const',
        ['const md: "fast" = cfg.mode; md', "fast"],
        { code: "cfg.n.push(3)", errors: ["2339"] },
      ],
    },
    {
      title: "a timer sees what a later cell assigned",
      steps: [
        "let tv = 1; const seenT = new Promise<number>((r) => setTimeout(() => r(tv), 200))",
        "tv = 2",
        ["await seenT", 2],
      ],
    },
    {
      title: "a cell that throws keeps what it had set by then",
      steps: [
        { code: 'let pf = 1; pf = 2; throw new Error("x"); let nv = 3', throws: /x/ },
        ["pf", 2],
        "const nv = 'free'",
        ["nv", "free"],
      ],
    },
    {
      title: "a cell that throws before it redeclares a variable leaves the earlier value",
      steps: [
        "const kept = 'first'; let alsoKept = 1",
        { code: "if (kept.length > 0) throw new Error('early');\nlet alsoKept = 2", throws: /early/ },
        ["[kept, alsoKept]", ["first", 1]],
      ],
    },
    {
      title:
        "a cell that fails after an await keeps what it had set, and what it had not can be declared later",
      steps: [
        {
          code: "const a1 = await Promise.resolve(1); let b1 = a1 + 1; await Promise.reject(new Error('mid')); const c1 = 3",
          throws: /mid/,
        },
        ["[a1, b1]", [1, 2]],
        "const c1 = 5",
        ["c1", 5],
      ],
    },
    {
      title: "a cell that does not compile changes nothing",
      steps: [
        "let keep = 1",
        { code: 'const keep = "s"; keep.nope', errors: ["2339|2551"] },
        ["keep + 1", 2],
      ],
    },
    {
      title: "functions and classes of a cell that throws are there",
      steps: [
        { code: "throw new Error('at once'); function hoisted() { return 8 }", throws: /at once/ },
        ["hoisted()", 8],
        { code: "class Made { v = 1 }; const made = new Made(); (null as any).x", throws: /TypeError/ },
        ["new Made().v + made.v", 2],
      ],
    },
    {
      title: "the types of a chain of 20 dependent cells stay exact",
      steps: [
        'const h0 = { n: 0, s: "a" }',
        ...chain,
        ["h17.n", 17],
        { code: "h17.n.foo", errors: ["2339"] },
        ["k17.push(3); k17.length", 2],
        { complete: "h17.‸", offers: ["n", "s", "t"] },
        { code: "h17 = h0", errors: ["2588"] },
      ],
    },
    {
      title: "generic classes with constraints work over several cells",
      steps: [
        "class Repo<T extends { id: number }> { items: T[] = []; add(t: T) { this.items.push(t); return this } find(id: number) { return this.items.find((i) => i.id === id) } }",
        "interface Usr { id: number; n: string }",
        'const repo = new Repo<Usr>().add({ id: 1, n: "a" })',
        ["repo.find(1)!.n", "a"],
        { code: 'repo.add({ id: "x", n: "" })', errors: ["2322"] },
      ],
    },
    {
      title: "what %reset has forgotten is unknown to the checker and to the code, and can be declared anew",
      steps: [
        "const gone = 1; type Gone = string; class GoneClass {}",
        "%reset",
        { code: "gone", errors: ["2304|2552"] },
        { code: "let g: Gone", errors: ["2304|2552"] },
        { code: "new GoneClass()", errors: ["2304|2552"] },
        ["const gone = 'new'; gone", "new"],
      ],
    },
    {
      title: "code that is made up at run time does not see the variables of cells, nor spoil them",
      steps: ["const own = 1", ["(0, eval)('typeof own === \"undefined\" ? 1 : own')", 1], ["own", 1]],
    },
    {
      title: "variables of cells do not become properties of the global object",
      steps: [
        "let local = 1; var alsoLocal = 2; function localToo() {}",
        ["['local', 'alsoLocal', 'localToo'].filter((n) => n in globalThis)", []],
      ],
    },
    {
      title: "a variable whose type has no name anywhere keeps it",
      steps: [
        "const anon = { deep: { list: [{ a: 1, b: 'x' }], at: new Date(0) }, f: (n: number) => ({ n }) }",
        ["anon.deep.list[0]!.b + anon.f(2).n + anon.deep.at.getTime()", "x20"],
        { code: "anon.deep.list[0]!.c", errors: ["2339"] },
        { code: "anon.f('x')", errors: ["2345"] },
      ],
    },
    {
      title: "a narrowed variable is narrowed for its cell only",
      steps: [
        "let either: string | number = Math.random() > 2 ? 1 : 'text'",
        ["typeof either === 'string' ? either.length : 0", 4],
        { code: "either.length", errors: ["2339"] },
      ],
    },
    {
      title: "a hundred cells later everything is still there",
      steps: [
        "const first = 'still here'; let total = 0",
        ...Array.from({ length: 100 }, (_, i) => `total += ${i}; const cell${i} = total`),
        ["[first, total, cell0, cell99]", ["still here", 4950, 0, 4950]],
      ],
    },
  ],
};
