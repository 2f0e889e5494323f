import type { Detection } from './rule-text.ts';

/** Values of a rule as they are kept: of whom is expected, how many. */
export type KeptValues = Readonly<Record<string, number | string | readonly string[]>>;

const HOUR = 3_600_000;

type Limit =
  | { readonly kind: 'at-most' | 'at-least'; readonly than: number }
  | { readonly kind: 'holds'; readonly all: readonly string[] };

const atMost = (than: number): Limit => ({ kind: 'at-most', than });
const atLeast = (than: number): Limit => ({ kind: 'at-least', than });
const holds = (...all: readonly string[]): Limit => ({ kind: 'holds', all });

/**
 * The limits that are released, which a firm may make stricter: the defaults of infra/modules/audit, and a test holds
 * the two equal.
 */
const RELEASED: Readonly<Record<Detection, Readonly<Record<string, Limit>>>> = {
  'file-system-volume': {
    lookback: atLeast(3 * HOUR),
    maximumCalls: atMost(100),
    maximumDirectories: atMost(20),
    maximumCallsOverCallers: atMost(500),
    maximumDirectoriesOverCallers: atMost(100),
    servers: holds('filesystem'),
    tools: holds(
      'read_file',
      'read_text_file',
      'read_media_file',
      'read_multiple_files',
      'get_file_info',
      'list_directory',
      'list_directory_with_sizes',
      'directory_tree',
      'search_files',
    ),
  },
  'out-of-hours-writes': {
    lookback: atLeast(24 * HOUR),
    opens: atLeast(7),
    closes: atMost(20),
    writeVerbs: holds('create', 'update', 'delete', 'write', 'edit', 'move', 'push', 'merge', 'add', 'fork'),
  },
  'repeated-403': {
    lookback: atLeast(HOUR),
    maximumRefusals: atMost(5),
    maximumOverServers: atMost(10),
    maximumOverCallers: atMost(30),
    privilegedScopes: holds('mcp.tools.admin', 'mcp.tools.secrets'),
    privilegedWeight: atLeast(2),
  },
};

/** Which values of a rule let more pass than what is released, each in a phrase. */
export function weakerThanReleased(detection: Detection, values: KeptValues, timeZone: string): string[] {
  const weaker = Object.entries(RELEASED[detection]).flatMap(([name, limit]) => {
    const value = values[name];
    switch (limit.kind) {
      case 'at-most':
        return typeof value === 'number' && value <= limit.than ? [] : [`${name} is ${value}, above ${limit.than}`];
      case 'at-least':
        return typeof value === 'number' && value >= limit.than ? [] : [`${name} is ${value}, below ${limit.than}`];
      case 'holds': {
        const listed = new Set((Array.isArray(value) ? value : []).map((each: string) => each.toLowerCase()));
        const lacks = limit.all.filter((each) => !listed.has(each));
        return lacks.length === 0 ? [] : [`${name} lacks ${lacks.join(', ')}`];
      }
      default:
        return limit satisfies never;
    }
  });
  // Only there does the clock decide what is reported at all.
  const elsewhere = detection === 'out-of-hours-writes' && values.zone !== timeZone;
  return elsewhere ? [...weaker, `zone is ${String(values.zone)}, and the firm’s is ${timeZone}`] : weaker;
}
