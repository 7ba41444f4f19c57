/** Counts for Prometheus, in its text format. @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface Metrics {
  /** Adds to a counter. @param labels e.g. `{ outcome: "success" }`; values come from a closed list, never from clients. */
  count(name: CounterName, by?: number, labels?: Readonly<Record<string, string>>): void;
  /** Notes how long a query took, in seconds. */
  observeQuery(seconds: number): void;
  /** @param gauges what is true now. */
  text(gauges: Readonly<Record<GaugeName, number>>): string;
}

const counters = {
  claude_queries_total: "Queries that have ended, by outcome.",
  claude_messages_received_total: "Messages from clients.",
  claude_messages_sent_total: "Messages to clients.",
  claude_errors_total: "Errors that clients were told, by code.",
  claude_connections_total: "Connections that were accepted.",
  claude_slow_readers_total: "Clients that were disconnected because they did not read.",
  claude_resumed_total: "Clients that came back and were sent what they had missed.",
  claude_cost_usd_total: "What the queries cost, in US dollars.",
  claude_tokens_total: "Tokens of the queries, by kind.",
} as const;

const gauges = {
  claude_connections: "Connections that are open.",
  claude_queries_running: "Queries that run.",
  claude_queries_queued: "Queries that wait for a place.",
  claude_clients_away: "Clients that are gone and may still come back.",
  process_resident_memory_bytes: "Memory of the server's process.",
} as const;

export type CounterName = keyof typeof counters;
export type GaugeName = keyof typeof gauges;

/** Upper bounds in seconds: from an answer of one line to a long piece of work. */
const BUCKETS = [0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800] as const;

export function createMetrics(): Metrics {
  const values = new Map<CounterName, Map<string, number>>();
  const durations: number[] = BUCKETS.map(() => 0);
  let queries = 0;
  let totalSeconds = 0;

  return {
    count(name, by = 1, labels = {}) {
      const key = labelText(labels);
      const series = values.get(name) ?? new Map<string, number>();
      series.set(key, (series.get(key) ?? 0) + by);
      values.set(name, series);
    },
    observeQuery(seconds) {
      queries++;
      totalSeconds += seconds;
      for (const [i, bound] of BUCKETS.entries()) if (seconds <= bound) durations[i]!++;
    },
    text(now) {
      const lines: string[] = [];
      for (const [name, help] of Object.entries(counters)) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
        const series = values.get(name as CounterName);
        if (!series) lines.push(`${name} 0`);
        else for (const [labels, value] of series) lines.push(`${name}${labels} ${value}`);
      }
      for (const [name, help] of Object.entries(gauges)) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${now[name as GaugeName]}`);
      }
      const histogram = "claude_query_duration_seconds";
      lines.push(`# HELP ${histogram} How long queries took.`, `# TYPE ${histogram} histogram`);
      for (const [i, bound] of BUCKETS.entries()) {
        lines.push(`${histogram}_bucket{le="${bound}"} ${durations[i]}`);
      }
      lines.push(`${histogram}_bucket{le="+Inf"} ${queries}`);
      lines.push(`${histogram}_sum ${totalSeconds}`, `${histogram}_count ${queries}`);
      return `${lines.join("\n")}\n`;
    },
  };
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => {
    const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
    return `${name}="${escaped}"`;
  });
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}
