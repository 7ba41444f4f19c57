import { type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

const facts = [
  {
    fact: "Maps work without a network, up to 12 regions on the phone",
    quote: "Maps work without a network: up to 12 regions can be kept on the phone",
  },
  { fact: "Routes can avoid cobblestones", quote: "Routes avoid cobblestones, if one wants to" },
  {
    fact: "The app starts in 0.8 seconds instead of 2.1",
    quote: "The app starts in 0.8 seconds, before it was 2.1",
  },
];

/** What the scripted Messages API answers when the notebook on conversations and a chain is recorded: the text fits in the second round. */
export const scriptedNewsletter: readonly ScriptedConversation[] = [
  {
    when: /What of this matters most to people who ride a bicycle/,
    replies: [
      text(
        "**Maps without a network**, by far: people get lost where there is none.\n\n" +
          "| what | for whom |\n| --- | --- |\n" +
          "| maps on the phone | everybody who leaves town |\n" +
          "| no cobblestones | narrow tyres, trailers, sore backs |\n" +
          "| a quick start | who stands at a crossing, phone in hand |\n" +
          "| long tours keep their last stop | few, but it made them angry |\n\n" +
          "What the app needs to run belongs at the end.",
      ),
      text("Maps that work where there is no network."),
      text(
        "For a shop it is the cobblestones: fewer broken spokes. Customers can load their region while the saddle is being set.",
      ),
    ],
  },
  {
    when: /Choose what belongs into a newsletter/,
    replies: [toolUse("StructuredOutput", { value: facts }), text("Three; the repair concerns few.")],
  },
  {
    when: /Write a newsletter of these facts/,
    replies: [
      text(
        "Good news for everybody who rides beyond the last house: the maps of Pedal now work without a network, and you can keep up to 12 regions on your phone. " +
          "If you would rather not be shaken, let your routes avoid cobblestones. And when you only want to look something up at a crossing: the app starts in 0.8 seconds instead of 2.1.",
      ),
    ],
  },
  {
    when: /Say this in 200 characters[\s\S]*Good news/,
    replies: [
      text(
        "Beyond the last house you need no network any more: Pedal keeps up to 12 regions on your phone. Routes can avoid cobblestones, so that nothing shakes, and at a crossing the app is there in 0.8 seconds instead of 2.1.",
      ),
    ],
  },
  {
    when: /Say this in 200 characters[\s\S]*Beyond the last house/,
    replies: [
      text(
        "Maps without a network: keep up to 12 regions on your phone. Routes avoid cobblestones if you like, and Pedal starts in 0.8 seconds instead of 2.1.",
      ),
    ],
  },
  {
    when: /Translate into German:/,
    replies: [
      text(
        "Karten ohne Netz: bis zu 12 Regionen auf dem Telefon. Auf Wunsch meiden Routen Kopfsteinpflaster, und Pedal startet in 0,8 statt 2,1 Sekunden.",
      ),
    ],
  },
  {
    when: /Translate into French:/,
    replies: [
      text(
        "Des cartes sans réseau : jusqu'à 12 régions sur le téléphone. Les itinéraires évitent les pavés si vous le souhaitez, et Pedal démarre en 0,8 seconde au lieu de 2,1.",
      ),
    ],
  },
];
