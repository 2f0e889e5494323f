/** Detections of the checklist, by the file of their query. */
export const DETECTIONS = ['file-system-volume', 'out-of-hours-writes', 'repeated-403'] as const;
export type Detection = (typeof DETECTIONS)[number];

/** A value that stands in front of a query; a length of time in milliseconds. */
export type RuleValue = number | string | readonly string[] | Readonly<Record<string, string>>;

/** The text of a rule that is a released query with values in front of it. */
export interface RuleText {
  readonly detection: Detection;
  readonly values: Readonly<Record<string, RuleValue>>;
}

/** Every value that each query needs, and takes no other: one more could put a table of its own in the log's place. */
const NAMES: Readonly<Record<Detection, readonly string[]>> = {
  'file-system-volume': [
    'expected',
    'lookback',
    'maximumCalls',
    'maximumCallsOverCallers',
    'maximumDirectories',
    'maximumDirectoriesOverCallers',
    'servers',
    'tools',
    'zone',
  ],
  'out-of-hours-writes': ['closes', 'expected', 'lookback', 'opens', 'writeVerbs', 'zone'],
  'repeated-403': [
    'categories',
    'expected',
    'lookback',
    'maximumOverCallers',
    'maximumOverServers',
    'maximumRefusals',
    'privilegedScopes',
    'privilegedWeight',
    'zone',
  ],
};

/**
 * Which released query a rule's text is, but for comments and the values in front of it; undefined where it is none, be
 * the difference one letter: a person compares then.
 */
export function recogniseRule(query: string, released: Readonly<Record<Detection, string>>): RuleText | undefined {
  const text = withoutComments(query);
  for (const detection of DETECTIONS) {
    if (!isText(query, released[detection])) continue;
    const body = withoutComments(released[detection]);
    const values = valuesIn(text.slice(0, text.length - body.length));
    if (values === undefined) return undefined;
    const names = Object.keys(values).sort();
    return names.join() === NAMES[detection].join() ? { detection, values } : undefined;
  }
  return undefined;
}

/** Whether a rule's text is a released one with something in front of it, whatever that is. */
export function isText(query: string, released: string): boolean {
  return `\n${withoutComments(query)}`.endsWith(`\n${withoutComments(released)}`);
}

/** The text of a recognised rule as it looks back over so many days, whatever its own look-back is. */
export function lookingBack(query: string, days: number): string {
  return withoutComments(query).replace(/\blet\s+lookback\s*=[^;]+;/, `let lookback = ${days}d;`);
}

/** What `file-system-volume.kql` makes of the moments at which a limit is passed, of each caller, and of both at last. */
const OF_AN_HOUR = 'directories = max(directories) by over, caller, at = bin(at, 1h)';
const OF_A_CALLER = 'summarize upn = max(iff(over == "callers", "", caller_upn_s)) by over, caller';
const TOLD = 'hour = format_datetime(at, "yyyy-MM-dd HH:mm"), calls, directories';

/**
 * The text with two columns more: when the limit was passed first in the hour, which is the moment that the rule’s own sums
 * say, and whether the caller calls nothing but the canary. A text of another detection stays as it is.
 */
export function tellingCrossings(text: string): string {
  if (![OF_AN_HOUR, OF_A_CALLER, TOLD].every((line) => text.includes(line))) return text;
  return text
    .replace(OF_AN_HOUR, OF_AN_HOUR.replace(' by', ', crossed = min(at) by'))
    .replace(OF_A_CALLER, OF_A_CALLER.replace(' by', ', canary = min(iff(mcp_server_s =~ "canary", 1, 0)) by'))
    .replace(TOLD, `${TOLD}, crossed, canary`);
}

/** Lines without those that are comments as a whole, and without what an editor leaves at their ends. */
function withoutComments(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  return lines.filter((line) => line !== '' && !line.trimStart().startsWith('//')).join('\n');
}

const LET = /^\s*let\s+(\w+)\s*=\s*/;

/** `let name = value;` over and over, each name once; undefined where anything else stands there. */
function valuesIn(head: string): Record<string, RuleValue> | undefined {
  const values: Record<string, RuleValue> = {};
  let rest = head;
  while (rest.trim() !== '') {
    const match = LET.exec(rest);
    if (match === null) return undefined;
    const [opening, name = ''] = match;
    if (Object.hasOwn(values, name)) return undefined;
    const value = valueAt(rest.slice(opening.length));
    if (value === undefined) return undefined;
    values[name] = value.value;
    rest = rest.slice(opening.length + value.length);
  }
  return values;
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

function valueAt(text: string): { readonly value: RuleValue; readonly length: number } | undefined {
  const plain = /^(?:(\d+)([dhms])?|"([^"\\\r\n]*)")\s*;/.exec(text);
  if (plain !== null) {
    const [{ length }, digits, unit, quoted] = plain;
    const value = quoted ?? Number(digits) * (unit === undefined ? 1 : (UNITS[unit] ?? Number.NaN));
    return { value, length };
  }
  const [opening] = /^dynamic\(/.exec(text) ?? [];
  if (opening === undefined) return undefined;
  // A bracket may stand in a text: it ends where what stands before it is JSON.
  for (let end = text.indexOf(')'); end !== -1; end = text.indexOf(')', end + 1)) {
    const value = listOrBag(text.slice(opening.length, end));
    const [semicolon] = /^\)\s*;/.exec(text.slice(end)) ?? [];
    if (value !== undefined && semicolon !== undefined) return { value, length: end + semicolon.length };
  }
  return undefined;
}

function listOrBag(json: string): readonly string[] | Readonly<Record<string, string>> | undefined {
  const value = parsed(json);
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.values(value).every((each) => typeof each === 'string')
    ? (value as readonly string[] | Readonly<Record<string, string>>)
    : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
