import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leaverNames, namesLeaver } from '../../../../src/people/leaver-names.ts';
import { attributeAgent } from '../../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';

const names = leaverNames({
  userPrincipalName: 'alex.moreau@corp.example',
  mail: 'a.moreau@corp.example',
  github: [{ login: 'amoreau_nwc', id: 1, source: 'github', confidence: 'proved' }],
});
const verdict = (name: string, capabilities: Record<string, string> = {}): string =>
  attributeAgent({ name, capabilities }, names).verdict;

test('a person is known by UPN, mail and GitHub login, with and without the short code of a managed account', () => {
  assert.deepEqual([...names].sort(), ['a.moreau', 'alex.moreau', 'amoreau', 'amoreau_nwc']);
});

test('an agent that runs under the person’s account, on any system, is the person’s', () => {
  for (const capabilities of [
    { USER: 'amoreau' },
    { USERNAME: 'Alex.Moreau' },
    { USERNAME: 'CORP\\alex.moreau' },
    { USERNAME: 'AlexMoreau' },
    { HOME: '/home/alex.moreau@corp.example' },
    { LOGNAME: 'alex.moreau@corp.example' },
    { HOME: '/home/amoreau' },
    { HOME: '/Users/amoreau/' },
    { USERPROFILE: 'C:\\Users\\alex.moreau' },
    { 'Agent.HomeDirectory': '/home/amoreau/azagent' },
  ]) {
    assert.equal(
      verdict('build-07', capabilities as unknown as Record<string, string>),
      'leaver',
      JSON.stringify(capabilities),
    );
  }
});

test('a colleague whose name begins like the leaver’s keeps the agent', () => {
  const environment = {
    USER: 'amoreau-silva',
    HOME: '/home/amoreau-silva',
    'Agent.HomeDirectory': '/home/amoreau-silva/agent',
  };
  assert.equal(verdict('build-amoreau-silva', environment), 'not-leaver');
});

test('a path that only mentions the person is nobody’s home', () => {
  assert.equal(verdict('build', { HOME: '/srv/data/amoreau', PATH: '/home/amoreau/bin' }), 'not-leaver');
});

test('a name alone is a hint, not proof', () => {
  assert.equal(verdict('laptop-amoreau', { USER: 'azagent' }), 'perhaps');
  assert.equal(verdict('amoreau-laptop'), 'perhaps');
  assert.equal(verdict('laptop-amoreaux'), 'not-leaver');
});

test('a free text names the person only as a whole word', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{1,8}$/), fc.constantFrom(...names), (more, name) => {
      assert.ok(!namesLeaver(`${more}${name}`, new Set([name])));
      assert.ok(!namesLeaver(`${name}${more}`, new Set([name])));
      assert.ok(namesLeaver(`${more}-${name.toUpperCase()}`, new Set([name])));
    }),
  );
});
