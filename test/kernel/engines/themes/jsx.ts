import type { Theme } from "../scenario.js";

const tags = "declare global { namespace JSX { interface IntrinsicElements { [name: string]: any } } }";

/** With a factory of one's own, as tsconfig names it. */
export const jsx: Theme = {
  title: "JSX",
  compilerOptions: { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Fragment" },
  scenarios: [
    {
      title: "an element calls the factory that tsconfig.json names",
      steps: [
        `${tags}\nconst h = (tag: any, props: any, ...kids: any[]): string => typeof tag === "function" ? tag({ ...props, kids }) : \`<\${tag}>\${kids.join("")}</\${tag}>\`; const Fragment = (p: any) => p.kids.join("")`,
        ["const word = 'x'; <b>{word}</b>", "<b>x</b>"],
        ["<><i>1</i><i>2</i></>", "<i>1</i><i>2</i>"],
        ["const Item = (p: { n: number }) => <li>{p.n}</li>; <Item n={3} />", "<li>3</li>"],
      ],
    },
    {
      title: "the properties of a component are checked",
      steps: [
        `${tags}\nconst h = (tag: any, props: any, ...kids: any[]): any => ({ tag, props, kids })`,
        "const Named = (p: { name: string }) => <p>{p.name}</p>",
        { code: "<Named name={5} />", errors: ["2322"] },
        { code: "<Named />", errors: ["2741"] },
      ],
    },
    {
      title: "a cell without JSX still takes < as less-than, type assertions and generics",
      steps: [
        ["const a = 1, b = 2; a < b", true],
        ["<number>(a as any) + 1", 2],
        ["const id = <T>(x: T) => x; id<string>('g')", "g"],
      ],
    },
  ],
};

export const jsxReact: Theme = {
  title: "JSX without a tsconfig.json",
  scenarios: [
    {
      title: "an element calls React.createElement where tsconfig.json says nothing",
      steps: [
        `${tags}\nconst React = { createElement: (tag: string, props: object | null, ...kids: unknown[]) => [tag, props, ...kids] }`,
        ['<a href="#">go</a>', ["a", { href: "#" }, "go"]],
        ["<br />", ["br", null]],
      ],
    },
  ],
};
