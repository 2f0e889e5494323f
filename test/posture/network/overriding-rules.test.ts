import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ipRange } from '../../../src/posture/network/ip-range.ts';
import { openings } from '../../../src/posture/network/security-rules.ts';

type Rule = Parameters<typeof openings>[0][number];
const OTHERS = '10.50.0.0/16';
const GROUP = '/subscriptions/1/asg';
const range = (text: string) => ipRange(text) ?? assert.fail(`${text} is a range`);
const rule = (more: Partial<Rule> = {}): Rule => ({
  ...{ name: 'r', priority: 100, direction: 'Inbound', access: 'Allow', protocol: '*', sourcePorts: ['*'] },
  ...{ sources: [OTHERS], destinations: ['*'], ports: ['*'], ...more },
});
const open = (rules: readonly Rule[], prefixes = ['10.40.0.0/24'], callers = ['10.40.2.0/24', '10.40.1.0/24']) =>
  openings(rules, prefixes, callers.map(range));

const REFUSALS: readonly (readonly [refusal: Partial<Rule>, rule: Partial<Rule>, overrides: boolean])[] = [
  [{}, {}, true],
  [{ priority: 100 }, {}, false],
  [{ access: 'DENY', protocol: 'Any', sources: ['ANY'], destinations: ['Any'], ports: ['any'] }, {}, true],
  [{ sourcePorts: ['22', 'Any'] }, {}, true],
  [{ direction: 'Outbound' }, {}, false],
  [{ protocol: 'TCP' }, { protocol: 'Tcp' }, true],
  [{ protocol: 'Tcp' }, { protocol: 'Udp' }, false],
  [{ sources: ['internet'] }, { sources: ['Internet'] }, true],
  [{ sources: ['Storage'] }, { sources: ['Internet'] }, false],
  [{ sources: [OTHERS] }, { sources: ['Internet'] }, false],
  [{ sources: ['Internet'] }, {}, false],
  [{ sources: [OTHERS] }, { sources: [OTHERS, '10.60.0.0/16'] }, false],
  [{ sources: ['10.70.0.0/16', '10.60.0.0/16', OTHERS] }, { sources: [OTHERS, '10.60.0.0/16'] }, true],
  [{ destinations: ['10.40.0.4'] }, { destinations: ['10.40.0.5'] }, false],
  [{ destinations: ['10.40.0.9', '10.40.0.4'] }, { destinations: ['10.40.0.4'] }, true],
  [{ destinations: ['10.40.0.4'] }, { destinations: ['10.40.0.4', '10.40.0.5'] }, false],
  [{ destinations: ['10.40.0.0/25'] }, {}, false],
  [{ destinations: ['Internet', '10.99.0.0/16', '10.40.0.0/24'] }, {}, true],
  [{ ports: ['8000-8100'] }, { ports: ['8000-8100'] }, true],
  [{ ports: ['22-100'] }, { ports: ['22'] }, true],
  [{ ports: ['10-22'] }, { ports: ['20-22'] }, true],
  [{ ports: ['10-21'] }, { ports: ['20-22'] }, false],
  [{ ports: ['21-30'] }, { ports: ['20-22'] }, false],
  [{ ports: ['0-65535'] }, {}, true],
  [{ ports: ['1-65535'] }, {}, false],
  [{ ports: ['0-65534'] }, {}, false],
  [{ ports: ['443', '22'] }, { ports: ['22', '443'] }, true],
  [{ ports: ['22'] }, { ports: ['22', '443'] }, false],
];
for (const [refusal, allowed, overrides] of REFUSALS) {
  const [said, of] = [refusal, allowed].map((each) => JSON.stringify(each));
  test(`a refusal ${said} ${overrides ? 'overrides' : 'leaves open'} a rule ${of}`, () => {
    const earlier = rule({ name: 'refusal', priority: 90, access: 'Deny', sources: ['*'], ...refusal });
    const later = rule(allowed);
    assert.equal(open([earlier, later]).length, overrides ? 0 : 1);
    assert.equal(open([later, rule({ ...earlier, priority: 4_096 })]).length, 1, 'never one that comes later');
  });
}

test('whom a rule lets in besides the gateway is told, and nobody who may', () => {
  const mixed = rule({ sources: ['10.40.1.4', OTHERS, '10.40.2.4', 'AZURELOADBALANCER'] });
  assert.deepEqual(open([mixed], ['?', '10.40.0.0/24']), [{ rule: mixed, sources: [OTHERS], unclear: false }]);
  const [first, second] = [rule({ access: 'ALLOW', direction: 'INBOUND' }), rule({ name: 's', priority: 200 })];
  assert.deepEqual(
    open([second, first]).map((each) => each.rule),
    [first, second],
  );
});

test('what a group of applications lets in, or is let into, nobody can say, unless others are named besides', () => {
  const unclear = (more: Partial<Rule>) => open([rule(more)]).map((each) => each.unclear);
  assert.deepEqual(unclear({ sources: [GROUP] }), [true]);
  assert.deepEqual(unclear({ sources: [GROUP, OTHERS] }), [false]);
  assert.deepEqual(unclear({ destinations: [GROUP] }), [true]);
  assert.deepEqual(unclear({ destinations: [GROUP, '*'] }), [false]);
});

test('a subnet of two ranges is open as soon as one of them is, and one without a range always', () => {
  const two = ['10.30.0.0/24', '10.40.0.0/24'];
  const refusal = rule({ priority: 90, access: 'Deny', sources: ['*'], destinations: ['10.40.0.0/24'] });
  assert.equal(open([rule({ destinations: ['10.60.0.0/24', '10.40.0.4'] })], two).length, 1);
  assert.equal(open([rule({ destinations: ['10.60.0.0/24'] })], two).length, 0);
  assert.equal(open([rule({ destinations: ['10.60.0.0/24'] })], []).length, 1);
  assert.equal(open([refusal, rule()], two).length, 1);
  assert.equal(open([refusal, rule()], []).length, 1);
  assert.equal(open([{ ...refusal, destinations: two }, rule()], two).length, 0);
});
