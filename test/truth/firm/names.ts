import type { Chance } from './random.ts';

const GIVEN = ['Alex', 'Alexandra', 'Ana', 'Ann', 'Daniel', 'Daniela', 'Li', 'Noor', 'Max', 'Zoë'] as const;
const FIRST = ['Bra', 'Cor', 'Del', 'Fen', 'Gru', 'Hal', 'Jor', 'Kel', 'Lun', 'Mor', 'Nev', 'Ost', 'Pas', 'Rud', 'Tav'];
const MIDDLE = ['a', 'e', 'i', 'o', 'ami', 'eri', 'ola', 'uno', 'ibe', 'and'];
const LAST = ['berg', 'croft', 'dal', 'gren', 'man', 'nes', 'reau', 'sen', 'ton', 'vik'];

export interface FullName {
  readonly given: string;
  readonly family: string;
}

/** Names of a firm: few families, so that people are called alike, and none of another firm's. */
export function namesOf(chance: Chance, count: number): FullName[] {
  const family = (): string => `${chance.pick(FIRST)}${chance.pick(MIDDLE)}${chance.pick(LAST)}`;
  const first = family();
  const families = [first, `${first}-Silva`, family(), `O'${family()}`, first];
  return Array.from({ length: count }, () => ({ given: chance.pick(GIVEN), family: chance.pick(families) }));
}

/** `alex.moreau`, without what an address may not hold. */
export function addressOf({ given, family }: FullName): string {
  return `${plain(given)}.${plain(family)}`;
}

/** `amoreau`, as GitHub lets people be called. */
export function loginOf({ given, family }: FullName): string {
  return `${plain(given).slice(0, 1)}${plain(family)}`;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^A-Za-z-]/g, '')
    .toLowerCase();
}

/** What people write where any text may stand. */
export function oddText(chance: Chance): string {
  return chance.pick([
    'it\'s "quoted"',
    '<img src=x onerror=alert(1)>',
    'left\u202eright\u2066inner\u2069',
    'line\nbreak\tand tab',
    '名前 🛠️',
    '$' + '{{ secrets.X }} {{7*7}} %s %00',
    `'; DROP TABLE cases; --`,
    'x'.repeat(10_000),
    '\u0000\u0007',
    '../../etc/passwd',
  ]);
}
