import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ipRange, isWithin, overlap } from '../../../src/posture/network/ip-range.ts';
import { openings } from '../../../src/posture/network/security-rules.ts';

const range = (text: string) => ipRange(text) ?? assert.fail(`${text} is a range`);

test('ranges of both families, by their first and their last address', () => {
  assert.ok(isWithin(range('10.40.1.7'), range('10.40.1.0/24')));
  assert.ok(isWithin(range('10.40.1.9/30'), range('10.40.1.8/30')));
  assert.ok(!isWithin(range('10.40.0.0/16'), range('10.40.1.0/24')));
  assert.ok(overlap(range('10.40.0.0/16'), range('10.40.1.0/24')));
  assert.ok(!overlap(range('10.41.0.0/16'), range('10.40.1.0/24')));
  assert.ok(isWithin(range('fd00::1:5'), range('fd00::/64')));
  assert.ok(!isWithin(range('fd01::5'), range('fd00:0:0:0::/64')));
  assert.ok(!isWithin(range('0.0.0.5'), range('::/0')));
  for (const text of ['*', 'Internet', '10.40.1.0/33', '10.40.1', '']) assert.equal(ipRange(text), undefined);
});

const DENY_ALL = [4096, 'Deny', '*', '*', '*'] as const;
type Written = readonly [
  priority: number,
  access: string,
  source: string,
  destination: string,
  port: string,
  more?: Record<string, unknown>,
];
const SITUATIONS: readonly (readonly [situation: string, rules: readonly Written[], said: string])[] = [
  ['the gateway and nobody else', [[100, 'Allow', '10.40.1.0/24', '10.40.0.0/24', '8080'], DENY_ALL], ''],
  ['one machine of the gateway’s subnet', [[100, 'Allow', '10.40.1.4', '*', '*'], DENY_ALL], ''],
  ['the platform’s rule for neighbours', [[65_000, 'Allow', 'VirtualNetwork', 'VirtualNetwork', '*']], '65000'],
  ['the same behind a refusal of all', [DENY_ALL, [65_000, 'Allow', 'VirtualNetwork', '*', '*']], ''],
  [
    'behind a refusal of one protocol',
    [
      [4096, 'Deny', '*', '*', '*', { protocol: 'Udp' }],
      [65_000, 'Allow', '*', '*', '*'],
    ],
    '65000',
  ],
  [
    'behind a refusal of what comes from one port',
    [
      [4096, 'Deny', '*', '*', '*', { sourcePorts: ['1024'] }],
      [65_000, 'Allow', '*', '*', '*'],
    ],
    '65000',
  ],
  [
    'behind a refusal of one port',
    [
      [4096, 'Deny', '*', '*', '22'],
      [65_000, 'Allow', '*', '*', '*'],
    ],
    '65000',
  ],
  [
    'behind a refusal that comes later',
    [
      [200, 'Deny', '*', '*', '*'],
      [100, 'Allow', '10.50.0.0/16', '*', '22'],
    ],
    '100',
  ],
  [
    'behind a refusal of just that',
    [[90, 'Deny', '10.0.0.0/8', '10.40.0.0/16', '1-100'], [100, 'Allow', '10.50.0.0/16', '*', '22'], DENY_ALL],
    '',
  ],
  ['another network', [[100, 'Allow', '10.50.0.0/16', '10.40.0.0/24', '8080'], DENY_ALL], '100'],
  ['more than the gateway’s subnet', [[100, 'Allow', '10.40.0.0/16', '*', '8080'], DENY_ALL], '100'],
  ['everybody, written as a range', [[100, 'Allow', '0.0.0.0/0', '*', '8080'], DENY_ALL], '100'],
  ['the internet', [[100, 'Allow', 'Internet', '*', '8080'], DENY_ALL], '100'],
  ['Azure’s probes', [[100, 'Allow', 'AzureLoadBalancer', '*', '*'], DENY_ALL], ''],
  ['something for another subnet', [[100, 'Allow', '*', '10.60.0.0/24', '*'], DENY_ALL], ''],
  ['outbound', [[100, 'Allow', '*', '*', '*', { direction: 'Outbound' }], DENY_ALL], ''],
  ['a group of applications', [[100, 'Allow', '/subscriptions/1/asg', '*', '*'], DENY_ALL], '100 unclear'],
];
const open = (rules: readonly Written[], callers = ['10.40.1.0/24']): string =>
  openings(
    rules.map(([priority, access, source, destination, port, more]) => ({
      name: String(priority),
      direction: 'Inbound',
      protocol: '*',
      sourcePorts: ['*'],
      ...{ priority, access, sources: [source], destinations: [destination], ports: [port] },
      ...more,
    })),
    ['10.40.0.0/24'],
    callers.map(range),
  )
    .map(({ rule, unclear }) => `${rule.name}${unclear ? ' unclear' : ''}`)
    .join(', ');
for (const [situation, rules, said] of SITUATIONS) {
  test(`${situation}: ${said === '' ? 'nobody else' : `rule ${said}`}`, () => {
    assert.equal(open(rules), said);
  });
}

test('where it is not known from where the gateway calls, of ranges nothing is said, and of everybody it is', () => {
  assert.equal(open([[100, 'Allow', '10.50.0.0/16', '*', '*'], DENY_ALL], []), '');
  assert.equal(open([[100, 'Allow', '*', '*', '*'], DENY_ALL], []), '100');
});
