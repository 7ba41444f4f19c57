/** A program that runs queries until it is killed: reads `{prompts, options}` from stdin, writes a line for each that has begun to answer. */
import { text } from "node:stream/consumers";
import { isAssistantMessage, isStreamEvent, type QueryOptions, query } from "../../../src/index.js";

const { prompts, options } = JSON.parse(await text(process.stdin)) as {
  prompts: string[];
  options: QueryOptions;
};

await Promise.all(
  prompts.map(async (prompt) => {
    let begun = false;
    for await (const message of query(prompt, options)) {
      if (begun || !(isStreamEvent(message) || isAssistantMessage(message))) continue;
      begun = true;
      console.log(prompt);
    }
  }),
);
