/** Media types that need a program to show, and what a reader of the page is told instead. */
const NOTES: readonly (readonly [types: RegExp, note: string])[] = [
  [
    /^application\/vnd\.plotly\./,
    "a Plotly chart, which needs its script: it came without a picture, so its text is shown",
  ],
  [
    /^application\/vnd\.vega(?:lite)?\./,
    "a Vega chart, which needs its script: it came without its SVG, so its text is shown",
  ],
  [/^application\/vnd\.jupyter\.widget-view\+json$/, "a widget, which needs its kernel: its text is shown"],
  [/^application\/(?:x-)?javascript$/, "a script, which does not run here: its text is shown"],
  [/^(?:audio|video)\//, "sound or film, which this page does not hold"],
  [/^application\/pdf$/, "a PDF, which this page does not hold"],
];

/** Media types that the page shows, or that only repeat what it shows. */
const SHOWN =
  /^(?:text\/(?:plain|html|markdown|latex)|application\/json|image\/(?:svg\+xml|png|jpeg|gif|webp)|application\/vnd\.claude-notebook\..*)$/;

/** What is lost of a value that came in these media types when its plain text is shown; undefined for nothing. */
export function unshownNote(mediaTypes: readonly string[]): string | undefined {
  const lost = mediaTypes.filter((type) => !SHOWN.test(type));
  if (lost.length === 0) return undefined;
  const known = NOTES.find(([types]) => lost.some((type) => types.test(type)));
  return known?.[1] ?? `output of type ${lost.join(", ")}, which this page cannot show`;
}
