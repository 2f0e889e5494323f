import { fc } from '../../support/properties.ts';
import { oddText, oddValue, PROTOTYPE_NAMES, withMember } from './odd-values.ts';

/** Characters that a body may have; see docs/errors.md, `too-large`. */
const MOST = 65_536;

type Path = readonly (string | number)[];

/** A right body of which one or two values were replaced, left out or added to. */
export function changed(right: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'replace', 'replace', 'leave out', 'add'),
    name: fc.oneof(fc.constantFrom(...PROTOTYPE_NAMES, 'state', 'caseId', 'requestedBy'), oddText),
    value: oddValue,
  });
  return fc.tuple(right, fc.array(change, { minLength: 1, maxLength: 2 })).map(([body, changes]) => {
    let value = body;
    for (const { at, how, name, value: odd } of changes) {
      const paths = pathsIn(value);
      const path = paths[at % paths.length] ?? [];
      value = changedAt(value, path, (old) => {
        if (how === 'replace') return odd;
        if (how === 'leave out') return undefined;
        return Array.isArray(old) ? [...old, odd] : withMember(typeof old === 'object' ? (old ?? {}) : {}, name, odd);
      });
    }
    return JSON.stringify(value) ?? '';
  });
}

/** A text that is not quite the JSON of a right body. */
export function rawBody(right: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const json = right.map((value) => JSON.stringify(value));
  const around = fc.constantFrom(-1, 0, 1);
  return fc.oneof(
    json.map((text) => text.slice(0, -1)),
    json.map((text) => `\uFEFF${text}`),
    json.map((text) => text.replace(/^\{/, '{"reason":"first","__proto__":{"mode":"apply"},')),
    json.map((text) => `${text}${text}`),
    fc.tuple(json, around).map(([text, more]) => text.padEnd(MOST + more, ' ')),
    fc
      .tuple(json, around)
      .map(([text, more]) => text.replace(/\}$/, `,"x":"${'x'.repeat(Math.max(0, MOST - text.length - 7 + more))}"}`)),
    fc.constantFrom(
      '',
      ' ',
      'null',
      '[]',
      '1e999',
      '"text"',
      '{}',
      '{"reason":1e999}',
      '['.repeat(60_000),
      '{"a":'.repeat(12_000),
    ),
    oddText,
  );
}

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null || path.length > 5) return [path];
  const inside = Object.entries(value).flatMap(([name, each]) =>
    pathsIn(each, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return [path, ...inside];
}

/** A copy in which one place is another; a member that becomes undefined is gone. */
function changedAt(value: unknown, [first, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, at) => (at === first ? changedAt(each, rest, change) : each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === first ? changedAt(each, rest, change) : each]),
  );
}
