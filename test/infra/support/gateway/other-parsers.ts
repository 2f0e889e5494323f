/** A message as one of the parsers that stand behind gateways reads it; undefined: it refuses it. */
export interface OtherParser {
  readonly name: string;
  readonly read: (text: string) => Promise<Value | undefined>;
  /** The member that the parser takes for a field of that name. */
  readonly field: (value: Value | undefined, name: string) => Value | undefined;
}

/** Members in their order, all of those that stand twice. */
export type Value =
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Value])[] }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null };

/** JavaScript's own: strict, and the last of two equal keys counts. */
export const JSON_PARSE: OtherParser = {
  name: 'JSON.parse',
  read: async (text) => parsedBy(() => JSON.parse(text)),
  field: (value, name) => last(value, (key) => key === name),
};

/**
 * Like Go's encoding/json into a struct, and like what MCP's SDK for Go once was: keys are equal whose letters fold to
 * the same, and a NUL ends one. go.dev/pkg/encoding/json, github.com/advisories/GHSA-wvj2-96wp-fq3f, GHSA-q382-vc8q-7jhj
 */
export const GO_LIKE: OtherParser = {
  name: 'a parser that folds keys',
  read: async (text) => readStrict(text),
  field: (value, name) => last(value, (key) => fold(key) === fold(name)),
};

/** A parser that looks a path up in the text and is done: the first of two equal keys counts. github.com/tidwall/gjson */
export const FIRST_KEY: OtherParser = {
  name: 'a parser that takes the first key',
  read: async (text) => readStrict(text),
  field: (value, name) => (value?.kind === 'object' ? value.members.find(([key]) => key === name)?.[1] : undefined),
};

/** Newtonsoft's, which takes comments, single quotes and names without quotes, into a class: without case. */
export function newtonsoft(parse: (text: string) => Promise<string | null>): OtherParser {
  return {
    name: 'Newtonsoft',
    read: async (text) => {
      const json = await parse(text);
      return json === null ? undefined : readStrict(json);
    },
    field: (value, name) => last(value, (key) => key.toLowerCase() === name.toLowerCase()),
  };
}

function last(value: Value | undefined, is: (key: string) => boolean): Value | undefined {
  return value?.kind === 'object' ? value.members.findLast(([key]) => is(key))?.[1] : undefined;
}

function fold(key: string): string {
  const [before = ''] = key.split('\0');
  return before.toLowerCase().replaceAll('\u017f', 's').replaceAll('\u212a', 'k');
}

function parsedBy(parse: () => unknown): Value | undefined {
  try {
    return toValue(parse());
  } catch {
    return undefined;
  }
}

function toValue(json: unknown): Value {
  if (Array.isArray(json)) return { kind: 'array', items: json.map(toValue) };
  if (typeof json === 'object' && json !== null)
    return { kind: 'object', members: Object.entries(json).map(([key, value]) => [key, toValue(value)] as const) };
  return { kind: 'scalar', value: json as string | number | boolean | null };
}

const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/uy;

/** JSON as the standard has it, with every member that stands twice. */
function readStrict(text: string): Value | undefined {
  let at = 0;
  const next = (): string => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw new SyntaxError('not JSON');
    at = TOKEN.lastIndex;
    return match[1] ?? match[2] ?? match[3] ?? '';
  };
  const peek = (): string => {
    const before = at;
    const token = next();
    at = before;
    return token;
  };
  const value = (): Value => {
    const token = next();
    if (token === '{') return { kind: 'object', members: list('}', member) };
    if (token === '[') return { kind: 'array', items: list(']', value) };
    return { kind: 'scalar', value: JSON.parse(token) };
  };
  const member = (): readonly [string, Value] => {
    const key: unknown = JSON.parse(next());
    if (typeof key !== 'string' || next() !== ':') throw new SyntaxError('not a member');
    return [key, value()];
  };
  const list = <T>(end: string, item: () => T): T[] => {
    const items: T[] = [];
    if (peek() === end) {
      next();
      return items;
    }
    for (;;) {
      items.push(item());
      const token = next();
      if (token === end) return items;
      if (token !== ',') throw new SyntaxError('no comma');
    }
  };
  try {
    const read = value();
    return /^[ \t\r\n]*$/.test(text.slice(at)) ? read : undefined;
  } catch {
    return undefined;
  }
}
