import { type Chance, chanceOf } from '../../../truth/firm/random.ts';

/**
 * Tool calls with which somebody might make two parsers read two things: most of them ordinary but for one or two
 * places. The same seed makes the same messages.
 */
export function strangeMessages(count: number, seed: number): readonly string[] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => message(chance));
}

/** The key as another parser may take it for the same: by case, by Unicode's folding, by what it cuts or decodes. */
const DISGUISES: readonly ((key: string, chance: Chance) => string)[] = [
  (key) => JSON.stringify(key),
  (key) => JSON.stringify(key.toUpperCase()),
  (key) => JSON.stringify(key.slice(0, 1).toUpperCase() + key.slice(1)),
  (key) => JSON.stringify(key.replace('s', '\u017f')),
  (key) => JSON.stringify(key.replace('s', '\u017f').replace('k', '\u212a')).replace('\u017f', '\\u017f'),
  (key) => JSON.stringify(`${key}\0`),
  (key) => JSON.stringify(`${key} `),
  (key) => JSON.stringify(`\ufeff${key}`),
  (key) => JSON.stringify(`${key}\u200b`),
  (key) => `'${key}'`,
  (key) => key,
  escapedSomewhere,
];

function escapedSomewhere(key: string, chance: Chance): string {
  const at = chance.between(0, key.length - 1);
  const code = key.charCodeAt(at).toString(16).padStart(4, '0');
  return `"${key.slice(0, at)}\\u${chance.is(0.5) ? code : code.toUpperCase()}${key.slice(at + 1)}"`;
}

const SPACES = ['', ' ', '\n', '\t\r', '/* */', '//\n', '\u00a0', '\f', '\ufeff'];
const VALUES = [
  '0',
  '-1.5e3',
  '01',
  '+1',
  '.5',
  '0x1F',
  'NaN',
  'undefined',
  'True',
  '"a\nb"',
  '"\\ud800"',
  '"\\x41"',
  "'a'",
  '[1,]',
  '[,1]',
  '{}',
  'null',
];
const TOOLS = ['list_issues', 'get_issue', 'delete_file', 'create_issue', 'read_file'];
const NAMES = [
  'path',
  'uri',
  'repo',
  'owner',
  'secret_name',
  'filePath',
  'file_path',
  'source',
  'dir',
  'fileNames',
  'body',
  'limit',
];

interface Member {
  readonly key: string;
  readonly value: string;
}

function message(chance: Chance): string {
  // How often something is odd: in a third of the messages nothing is.
  const odd = chance.pick([0, 0.02, 0.08]);
  const is = (): boolean => chance.is(odd);
  const keyed = (key: string): string => (is() ? chance.pick(DISGUISES)(key, chance) : JSON.stringify(key));
  const space = (): string => (is() ? chance.pick(SPACES) : '');
  const object = (members: readonly Member[]): string => {
    const shown = members.filter(() => !is() || chance.is(0.5));
    const text = shown
      .map(({ key, value }) => `${space()}${key}${space()}:${space()}${value}${space()}`)
      .join(is() ? chance.pick([',,', ';', ' ']) : ',');
    return `{${text}${is() ? ',' : ''}}`;
  };
  /** Some members stand twice, under the same key or a disguise of it, in either order. */
  const members = (base: readonly (readonly [string, () => string])[]): readonly Member[] =>
    base.flatMap(([key, value]) => {
      const one = { key: keyed(key), value: is() ? chance.pick(VALUES) : value() };
      if (!is()) return [one];
      const other = { key: chance.pick(DISGUISES)(key, chance), value: value() };
      return chance.is(0.5) ? [one, other] : [other, one];
    });
  const call = (): string => {
    const args = (): string => {
      const names = NAMES.filter(() => chance.is(0.25));
      return object(
        members(
          names.map(
            (name) =>
              [
                name,
                () =>
                  chance.is(0.2) ? '["/a","/b"]' : JSON.stringify(`/${chance.pick(TOOLS)}/${chance.between(0, 8)}`),
              ] as const,
          ),
        ),
      );
    };
    const params = (): string => {
      const more = is()
        ? ([
            [chance.pick(['task', 'requestState', '_meta', 'extra', 'roots']), () => chance.pick(['{}', '"x"'])],
          ] as const)
        : [];
      return object(members([['name', () => JSON.stringify(chance.pick(TOOLS))], ['arguments', args], ...more]));
    };
    const method = (): string =>
      is()
        ? chance.pick(['"tools/list"', '"ping"', '"TOOLS/CALL"', '"tools\\/call"', '"tools/call\\u0000"'])
        : '"tools/call"';
    return object(
      members([
        ['jsonrpc', () => '"2.0"'],
        ['id', () => '1'],
        ['method', method],
        ['params', params],
      ]),
    );
  };
  const whole = is() ? `[${call()}]` : call();
  return `${space()}${whole}${space()}${is() ? chance.pick([call(), 'x', ',', '}', '\0']) : ''}`;
}
