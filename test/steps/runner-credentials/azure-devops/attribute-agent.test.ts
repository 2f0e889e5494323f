import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeAgent } from '../../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';

const LEAVER = {
  displayName: 'Alex Moreau',
  userPrincipalName: 'alex.moreau@corp.example',
  mail: 'a.moreau@corp.example',
  github: [{ login: 'amoreau_nwc', id: 1, source: 'github', confidence: 'proved' as const }],
};
const verdict = (name: string, capabilities: Readonly<Record<string, string>> = {}, leaver = LEAVER): string =>
  attributeAgent({ name, capabilities }, leaver).verdict;

const THEIRS: readonly Readonly<Record<string, string>>[] = [
  { USER: 'amoreau' },
  { USERNAME: 'Alex.Moreau' },
  { USERNAME: 'CORP\\alex.moreau' },
  { USERNAME: 'AlexMoreau' },
  { USERNAME: 'AzureAD\\AlexMoreau' },
  { HOME: '/home/alex.moreau@corp.example' },
  { HOME: '/home/corp.example/alex.moreau' },
  { LOGNAME: 'alex.moreau@corp.example' },
  { HOME: '/home/amoreau' },
  { HOME: '/Users/amoreau/' },
  { USERPROFILE: 'C:\\Users\\alex.moreau' },
  { USERPROFILE: 'C:\\Users\\AlexMoreau.CORP' },
  { 'Agent.HomeDirectory': '/home/amoreau/azagent' },
];
for (const capabilities of THEIRS) {
  test(`an agent with ${JSON.stringify(capabilities)} is the person’s`, () => {
    assert.equal(verdict('build-07', capabilities), 'leaver');
  });
}

test('a colleague whose name begins like the leaver’s keeps the agent, which is called after the account', () => {
  const environment = {
    USER: 'amoreau-silva',
    HOME: '/home/amoreau-silva',
    'Agent.HomeDirectory': '/home/amoreau-silva/agent',
  };
  assert.equal(verdict('build-amoreau-silva', environment), 'unrelated');
  assert.equal(verdict('build-amoreau-silva'), 'maybe');
});

for (const account of ['alex', 'adm-amoreau', 'amoreau-admin', 'azagent']) {
  test(`an agent that runs as ${account} keeps what its name says`, () => {
    assert.equal(verdict('laptop-alex-moreau', { USER: account }), 'maybe');
    assert.equal(verdict(`pc-${account}-moreau`, { USER: account }), 'maybe');
  });
}

test('a path that only mentions the person is nobody’s home', () => {
  assert.equal(verdict('build', { HOME: '/srv/data/amoreau', PATH: '/home/amoreau/bin' }), 'unrelated');
});

test('an account that carries a number, or is called like a login alone, may be the person’s', () => {
  assert.equal(verdict('build', { USER: 'alexmoreau2' }), 'maybe');
  const renamed = {
    ...LEAVER,
    github: [{ ...LEAVER.github[0], login: 'svc-build', id: 1, source: 'x', confidence: 'proved' as const }],
  };
  const shared = { USER: 'svc-build', HOME: '/home/svc-build', LOGNAME: 'svc-build' };
  assert.equal(verdict('svc-build', shared, renamed), 'maybe');
});

const HOMES: readonly (readonly [
  environment: Readonly<Record<string, string>>,
  verdict: ReturnType<typeof verdict>,
  score: number,
])[] = [
  [{ HOME: '/srv/home/amoreau' }, 'unrelated', 0],
  [{ home: '/HOME/amoreau' }, 'leaver', 3],
  [{ HOME: '/home/amoreau/alex.moreau' }, 'leaver', 3],
  [{ HOME: '/home/OTHERCORP/amoreau/' }, 'maybe', 1],
  [{ HOME: '/home/OTHERCORP/amoreau/agent' }, 'unrelated', 0],
  [{ HOME: '/home/other.example/amoreau/agent' }, 'maybe', 1],
  [{ HOME: '/home/CORP.example/amoreau/agent' }, 'leaver', 3],
  [{ USER: 'amoreau', USERDOMAIN: 'OTHERCORP', 'Agent.HomeDirectory': '/home/corp.example/svc' }, 'maybe', 1],
  [{ USER: 'amoreau', USERDOMAIN: 'OTHERCORP', HOME: '/home/corp.example/svc' }, 'leaver', 3],
  [{ USERPROFILE: 'C:\\Users\\AlexMoreau.000' }, 'leaver', 3],
  [{ USERPROFILE: 'C:\\Users\\AlexMoreau.0001' }, 'maybe', 1],
  [{ USERPROFILE: 'C:\\Users\\AlexMoreau.a000' }, 'maybe', 1],
  [{ USERPROFILE: 'C:\\Users\\AlexMoreau.BUILD-7', COMPUTERNAME: 'BUILD-7' }, 'leaver', 3],
  [{ HOME: '/home/AlexMoreau.CORP@other.example' }, 'unrelated', 0],
  [{ USERPROFILE: 'C:\\Users\\AlexMoreau.' }, 'leaver', 3],
  [{ USERPROFILE: 'C:\\Users\\alex.other' }, 'unrelated', 0],
];
for (const [environment, expected, score] of HOMES) {
  test(`by ${JSON.stringify(environment)} an agent is ${expected}, with ${score}`, () => {
    const owner = attributeAgent({ name: 'build', capabilities: environment }, LEAVER);
    assert.deepEqual([owner.verdict, owner.score], [expected, score]);
  });
}

test('a home below a domain that is not the firm’s says which, in lower case', () => {
  const why = (HOME: string) => attributeAgent({ name: 'build', capabilities: { HOME } }, LEAVER).signs[0]?.why;
  assert.match(
    why('/home/OTHER.Example/amoreau') ?? '',
    /, at other\.example, which is not known as a domain of the firm$/,
  );
  assert.match(why('C:\\Users\\AlexMoreau.0001') ?? '', / with a number$/);
});
