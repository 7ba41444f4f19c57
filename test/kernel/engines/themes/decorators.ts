import type { Theme } from "../scenario.js";

export const decorators: Theme = {
  title: "Decorators",
  scenarios: [
    {
      title: "standard decorators on members get their context",
      steps: [
        'const seen: string[] = []; function dec(t: any, c: { kind: string; name: any }) { seen.push(c.kind + ":" + String(c.name)) }',
        "class De { @dec p = 1; @dec m() {} }",
        ["seen.sort().join()", "field:p,method:m"],
      ],
    },
    {
      title: "a standard class decorator can replace the class, and an initialiser runs",
      steps: [
        "function named(name: string) { return <C extends new (...a: any[]) => object>(c: C, ctx: ClassDecoratorContext) => { ctx.addInitializer(function () { (this as any).label = name }); return c } }",
        "@named('box') class Bx { v = 1 }",
        ["(Bx as any).label + new Bx().v", "box1"],
      ],
    },
    {
      title: "a standard method decorator wraps the method, typed",
      steps: [
        "function twice<This, A extends unknown[]>(f: (this: This, ...a: A) => number, _: ClassMethodDecoratorContext) { return function (this: This, ...a: A): number { return 2 * f.call(this, ...a) } }",
        ["class Calc { @twice add(a: number, b: number) { return a + b } }; new Calc().add(1, 2)", 6],
        { code: "class Bad { @twice say() { return 'no number' } }", errors: ["1270|1241|2345"] },
      ],
    },
    {
      title: "accessor fields work",
      steps: [
        ["class Acc { accessor z = 3 }; new Acc().z", 3],
        ["new Acc().z + 1", 4],
      ],
    },
  ],
};

export const legacyDecorators: Theme = {
  title: "Decorators by experimentalDecorators",
  compilerOptions: { experimentalDecorators: true },
  scenarios: [
    {
      title: "legacy decorators get target and key where tsconfig.json asks for them",
      steps: [
        "const keys: string[] = []; const mark = (target: object, key: string) => { keys.push(key) }",
        "class Leg { @mark a = 1; @mark b() {} }",
        ["keys", ["a", "b"]],
        ["new Leg().a", 1],
      ],
    },
    {
      title: "a legacy parameter decorator and a decorator factory work",
      steps: [
        "const at: number[] = []; const param = (_t: object, _k: string | undefined, i: number) => { at.push(i) }; const tag = (t: string) => (c: Function) => { (c as any).tag = t }",
        "@tag('t') class Pd { m(a: number, @param b: number) { return a + b } }",
        ["[at[0], (Pd as any).tag, new Pd().m(1, 2)]", [1, "t", 3]],
      ],
    },
  ],
};
