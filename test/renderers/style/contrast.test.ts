import { expect, test } from "vitest";
import { PAGE_STYLE } from "../../../renderers/page/page-style.js";
import { RESPONSE_STYLE } from "../../../renderers/style/response-style.js";

type Rgb = readonly [number, number, number];

const rgb = (hex: string): Rgb => {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex;
  return [1, 3, 5].map((i) => Number.parseInt(full.slice(i, i + 2), 16)) as unknown as Rgb;
};
const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((c, i) => c * share + b[i]! * (1 - share)) as unknown as Rgb;

/** @see https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = (color: Rgb): number => {
    const [r, g, b2] = color.map((c) =>
      c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b2!;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Colours of text: `color:`, the hues and the tones; each as [light, dark]. */
const textColors = [
  ...`${RESPONSE_STYLE}\n${PAGE_STYLE}`.matchAll(
    /(?:[{;]color|--cn-(?:hue|ink|soft|ok|bad|warn)|--ink):light-dark\((#\w+),(#\w+)\)/g,
  ),
].map((match) => [match[1]!, match[2]!] as const);

/** Papers that text stands on: the page, code boxes, and lines of a diff. */
const papers = { light: ["#ffffff", "#f6f8fa"], dark: ["#111418", "#1a1f25"] } as const;

test("text stands out from its paper as WCAG AA asks, in both themes", () => {
  expect(textColors.length).toBeGreaterThan(30);
  for (const [light, dark] of textColors) {
    for (const paper of papers.light)
      expect.soft(contrast(rgb(light), rgb(paper)), `${light} on ${paper}`).toBeGreaterThanOrEqual(4.5);
    for (const paper of papers.dark)
      expect.soft(contrast(rgb(dark), rgb(paper)), `${dark} on ${paper}`).toBeGreaterThanOrEqual(4.5);
  }
});

test("names of panels stand out from the tint of their own hue", () => {
  const hues = [...RESPONSE_STYLE.matchAll(/--cn-hue:light-dark\((#\w+),(#\w+)\)/g)];
  for (const [, light, dark] of hues) {
    expect
      .soft(contrast(rgb(light!), mix(rgb(light!), rgb("#ffffff"), 0.06)), light)
      .toBeGreaterThanOrEqual(4.5);
    expect
      .soft(contrast(rgb(dark!), mix(rgb(dark!), rgb("#111418"), 0.14)), dark)
      .toBeGreaterThanOrEqual(4.5);
  }
});

test("code stands out from the changed lines of a diff, plain text from the marks in them", () => {
  const backgrounds = [
    ...RESPONSE_STYLE.matchAll(/\.cn-(?:add|del)[^{]*\{background(?:-color)?:light-dark\((#\w+),(#\w+)\)/g),
  ];
  const code = [
    ...RESPONSE_STYLE.matchAll(/\.cn\.cn\.cn \.highlight :is\([^{]*\{color:light-dark\((#\w+),(#\w+)\)/g),
  ];
  expect(backgrounds).toHaveLength(4);
  expect(code.length).toBeGreaterThan(5);
  expect(RESPONSE_STYLE).toContain(".cn-mark span{color:inherit}");
  for (const [rule, light, dark] of backgrounds) {
    if (rule.includes("cn-mark")) {
      expect.soft(contrast(rgb("#1f2328"), rgb(light!)), light).toBeGreaterThanOrEqual(4.5);
      expect.soft(contrast(rgb("#e6e9ed"), rgb(dark!)), dark).toBeGreaterThanOrEqual(4.5);
      continue;
    }
    for (const [, lightCode, darkCode] of code) {
      expect
        .soft(contrast(rgb(lightCode!), rgb(light!)), `${lightCode} on ${light}`)
        .toBeGreaterThanOrEqual(4.5);
      expect.soft(contrast(rgb(darkCode!), rgb(dark!)), `${darkCode} on ${dark}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});
