import { type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

/** What the scripted Messages API answers when the first-run notebook is recorded. */
export const scriptedWelcome: readonly ScriptedConversation[] = [
  {
    when: /What can I do in this notebook\?/,
    replies: [
      text(
        "1. **Compute.** Cells are TypeScript, checked before they run. `cities` is an array already, with three rows.\n" +
          '2. **Ask.** `await claude("…")` goes on with this conversation. I see the names and types of your variables, and look at values when I need them.\n' +
          "3. **Get values.** `claude.ask(prompt, schema)` returns data, not prose:\n\n" +
          '   ```ts\n   const names = await claude.ask("Three cities", z.array(z.string()));\n   names.map((name) => name.length); // string[] is known to the compiler\n   ```\n\n' +
          "4. **Let me work.** I can read files, edit them and run commands. Before anything is changed or run, the cell asks you.",
      ),
      toolUse("StructuredOutput", {
        value: [
          { city: "Bergen", days: 3, pack: ["rain jacket", "wool socks", "a book for the funicular"] },
          { city: "Turin", days: 2, pack: ["sunglasses", "shoes for arcades"] },
        ],
      }),
      text("Bergen has 239 days with rain, Turin 81."),
      text(
        "Three days in Bergen, and the rain has stopped twice, both times while I was indoors. The fish soup makes up for it.",
      ),
    ],
  },
];
