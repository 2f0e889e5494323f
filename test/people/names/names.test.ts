import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountSign, commonAccountSign, withoutNameOf } from '../../../src/people/names/account-signs.ts';
import { carriesName } from '../../../src/people/names/carries-name.ts';
import { camelSplit, folded, withoutDigits } from '../../../src/people/names/folded-words.ts';
import { LONGEST_NAME } from '../../../src/people/names/leaver-names.ts';
import { spellingsOf } from '../../../src/people/names/name-spellings.ts';
import { isPlain, isWord } from '../../../src/people/names/plain-words.ts';
import {
  fullNamesOf,
  latinNamesOf,
  type NamedPerson,
  spellable,
  wholeNamesOf,
} from '../../../src/people/names/whole-names.ts';

const called = (displayName: string, more: Partial<NamedPerson> = {}): NamedPerson => ({
  ...{ displayName, github: [] },
  ...more,
});
const login = (name: string): Pick<NamedPerson, 'github'> => ({
  github: [{ login: name, id: 1, source: 'github', confidence: 'proved' }],
});
const ALEX = called('Alex Moreau', { userPrincipalName: 'alex.moreau@corp.example' });

test('accents, ligatures and letters of the north are written as on machines', () => {
  const words: readonly (readonly [string, string])[] = [
    ['Müller', 'muller'],
    ['Strauß', 'strauss'],
    ['Łukasz', 'lukasz'],
    ['Søren', 'soren'],
    ['Ærø', 'aero'],
    ['Đorđe', 'dorde'],
    ['Þóra', 'thora'],
    ['Cœur', 'coeur'],
    ['Yıldız', 'yildiz'],
    ['İnci', 'inci'],
    ['Zoe\u0308', 'zoe'],
  ];
  for (const [written, plain] of words) assert.equal(folded(written), plain, written);
});

test('a word in camel case is two, and digits at its ends are no part of a name', () => {
  assert.deepEqual(['AlexMoreau', 'alexMoreauPat', 'ALEX', 'éÉa'].map(camelSplit), [
    'Alex Moreau',
    'alex Moreau Pat',
    'ALEX',
    'é Éa',
  ]);
  assert.deepEqual(['amoreau1', '01amoreau02', 'moreau9', 'a1b', 'a1b2', '42', '', 'moreau'].map(withoutDigits), [
    'amoreau',
    'amoreau',
    'moreau',
    'a1b',
    'a1b',
    '',
    '',
    'moreau',
  ]);
});

test('a word says what a machine is, also with a number; a name does not', () => {
  for (const word of ['laptop', 'pc7', '42', 'x64', 'runner', '01build']) assert.ok(isPlain(word), word);
  for (const word of ['amoreau', 'laptops', 'pct', '4moreau']) assert.ok(!isPlain(word), word);
});

test('a word is a name by itself, with a number, or glued to what the machine is', () => {
  for (const word of ['amoreau', 'amoreau1', '02amoreau', 'amoreaupc', 'macamoreau', 'amoreaulaptop2'])
    assert.ok(isWord(word, 'amoreau'), word);
  for (const word of [undefined, '', 'amorea', 'amoreaux', 'amoreausilva', 'kamoreau', 'amoreau1x'])
    assert.ok(!isWord(word, 'amoreau'), word);
  for (const word of ['samoreau', 'samoreau2']) assert.ok(!isWord(word, 'amoreau'), `${word} is Sam Moreau`);
  assert.ok(isWord('max', 'max'));
  assert.ok(isWord('alexpc', 'alex'));
  assert.ok(!isWord('maxpc', 'max'), 'three letters glued to a word are any word');
});

test('a name of the directory is put in order, without what stands in brackets, in each spelling of its accents', () => {
  assert.deepEqual(fullNamesOf('Moreau, Alex (External)'), [['alex', 'moreau']]);
  assert.deepEqual(fullNamesOf('Jörg Müller'), [
    ['jorg', 'muller'],
    ['joerg', 'mueller'],
  ]);
  assert.deepEqual(fullNamesOf('ÅKE MÜLLER')[1], ['aake', 'mueller']);
  assert.deepEqual(fullNamesOf('Jean-Luc Picard'), [['jean', 'luc', 'picard']]);
  assert.equal(spellable('x'.repeat(LONGEST_NAME + 9)).length, LONGEST_NAME);
  assert.equal(spellable(undefined), '');
});

test('only what the directory wrote is a sure name; other letters are one of several ways to write it', () => {
  const ivan = wholeNamesOf(called('Иван Петров'));
  assert.deepEqual(
    ivan.filter(({ sure }) => sure).map(({ full }) => full.join(' ')),
    [folded('Иван Петров')],
  );
  assert.ok(ivan.some(({ full, sure }) => !sure && full.join(' ') === 'ivan petrov'));
  assert.deepEqual(latinNamesOf('Alex Moreau'), []);
  assert.deepEqual(wholeNamesOf(ALEX), [{ full: ['alex', 'moreau'], sure: true }]);
  assert.equal(wholeNamesOf(ALEX), wholeNamesOf(ALEX), 'made once');
});

/** The spellings of somebody that read like this: whole or not, given name alone or not. */
const spelled = (person: NamedPerson, text: string) =>
  spellingsOf(person)
    .filter(({ words }) => words.join(' ') === text)
    .map(({ whole, given, common }) =>
      [whole ? 'whole' : 'part', given && 'given', common && 'common'].filter(Boolean),
    );

test('only given and family name together, or the firm’s own word, are a whole name', () => {
  const jean = called('Jean-Luc Picard');
  const situations: readonly (readonly [NamedPerson, text: string, expected: readonly string[]])[] = [
    [called('Alex Moreau'), 'alex moreau', ['whole']],
    [called('Alex Moreau'), 'moreau alex', ['whole']],
    [called('Alex Moreau'), 'moreau', ['part']],
    [called('Alex Moreau'), 'amoreau', ['part']],
    [called('Alex Moreau'), 'moreaua', ['part']],
    [called('Alex Moreau'), 'alexm', ['part']],
    [called('Alex Moreau'), 'alex', ['part', 'given']],
    [jean, 'jlpicard', ['part']],
    [jean, 'jeanluc', ['part']],
    [jean, 'jlp', ['part', 'common']],
    [called('Bo Li'), 'bol', []],
    [called('Alexander Moreau'), 'sasha', ['part', 'common']],
    [called('Alexander Moreau'), 'sasha moreau', ['part']],
  ];
  for (const [person, text, expected] of situations) {
    assert.deepEqual(spelled(person, text)[0] ?? [], expected, `${person.displayName}: ${text}`);
  }
});

test('a login is whole only where the directory gives the same: its holder may have chosen a service’s', () => {
  const wholeAs = (name: string): boolean =>
    spelled(called('Alex Moreau', login(name)), name)
      .flat()
      .includes('whole');
  assert.ok(wholeAs('amoreau'));
  assert.ok(!wholeAs('jenkins'));
});

test('no single letter is anybody’s name', () => {
  assert.ok(spellingsOf(called('X Y', login('z'))).every(({ words }) => words.join('').length > 1));
});

test('an account is compared whole, and is more than a weak sign only by a name that the firm gave', () => {
  const situations: readonly (readonly [account: string, strength: string | undefined, person?: NamedPerson])[] = [
    ['alex.moreau', 'medium'],
    ['AlexMoreau', 'medium'],
    ['moreau_alex', 'medium'],
    ['amoreau', 'weak'],
    ['moreau', 'weak'],
    ['amoreau7', 'weak'],
    ['amoreau-silva', undefined],
    ['alex.moreau.silva', undefined],
    ['xalex.moreau', undefined],
    ['alex', undefined],
    ['am', undefined],
    ['jenkins', undefined],
    ['jenkins', 'weak', called('Alex Moreau', login('jenkins'))],
  ];
  for (const [account, strength, person = ALEX] of situations)
    assert.equal(accountSign(account, person)?.strength, strength, account);
  assert.equal(accountSign('amoreau7', ALEX)?.why, 'is the initial and family name with a number');
  assert.equal(accountSign('amoreau', ALEX)?.why, 'is the initial and family name');
  assert.equal(accountSign('lee', called('Bob Lee'))?.why, 'is the family name');
  assert.equal(commonAccountSign('lee', called('Bob Lee')), undefined);
});

test('a name that many have is a weak sign, and none where it says what kind of account it is', () => {
  assert.deepEqual(commonAccountSign('Alex2', ALEX), {
    strength: 'weak',
    why: 'is the given name, which many may have',
  });
  assert.equal(commonAccountSign('sasha', called('Alexander Moreau'))?.strength, 'weak');
  assert.equal(commonAccountSign('li', called('Bo Li'))?.strength, 'weak');
  for (const account of ['moreau', 'alexa', 'admin', ''])
    assert.equal(commonAccountSign(account, ALEX), undefined, account);
  assert.equal(commonAccountSign('test', called('Test User')), undefined);
  assert.equal(commonAccountSign('svc', called('Svc Moreau')), undefined);
});

test('the account of another person is taken out of a text, the leaver’s own is left', () => {
  const situations: readonly (readonly [account: string, text: string, left: string])[] = [
    ['amoreau-silva', 'build-amoreau-silva', 'build'],
    ['amoreau-silva', 'amoreau-silva-02', '02'],
    ['adm-amoreau', 'build-adm-amoreau', 'build-adm-amoreau'],
    ['alex.moreau', 'build-alex-moreau', 'build-alex-moreau'],
    ['amoreau', 'build-amoreau', 'build-amoreau'],
    ['amoreau-silva', 'build-amoreau', 'build-amoreau'],
  ];
  for (const [account, text, left] of situations) assert.equal(withoutNameOf(account, text, ALEX), left, text);
});

test('a variable carries somebody’s name, perhaps, or among other words', () => {
  const max = called('Max Weber');
  const situations: readonly (readonly [text: string, person: NamedPerson, expected: string])[] = [
    ['ALEX_MOREAU_TOKEN', ALEX, 'theirs'],
    ['AlexMoreauPat', ALEX, 'theirs'],
    ['MOREAU_TOKEN', ALEX, 'perhaps'],
    ['ALEX_GITHUB_PAT', ALEX, 'perhaps'],
    ['MAX_GITHUB_PAT', max, 'perhaps'],
    ['MAX_TOKENS', max, 'no'],
    ['MAX_RETRIES', max, 'no'],
    ['MOREAU_SILVA_TOKEN', ALEX, 'no'],
    ['PAYMENTS_TOKEN', ALEX, 'no'],
    ['BUILD_TOKEN', called('Build Server'), 'no'],
    ['ALEX_MOREAU_SILVA', ALEX, 'among-others'],
    ['ALEX_MOREAUS_TOKEN', ALEX, 'theirs'],
    ['ALEX_GITHUB_DEV', ALEX, 'perhaps'],
    ['ALEX_CONFIG', ALEX, 'no'],
    ['SASHA_CONFIG', called('Alexander Moreau'), 'no'],
    ['LEE_CONFIG', called('Bob Lee'), 'perhaps'],
    ['DELL_TOKEN', called('Dell Moreau'), 'no'],
    ['CLAUDE_TOKEN', called('Claude Moreau'), 'no'],
    ['OCTOCAT_TOKEN', called('Alex Moreau', login('octocat')), 'theirs'],
  ];
  for (const [text, person, expected] of situations) assert.equal(carriesName(text, person), expected, text);
});
