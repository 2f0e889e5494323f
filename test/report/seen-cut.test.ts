import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSED_CALL } from '../../src/cases/denied/passed-call.ts';
import type { Finding } from '../../src/cases/finding.ts';
import type { ReadBack } from '../../src/cases/remedies/read-back.ts';
import type { Action, Remedy } from '../../src/cases/remedies/remedy.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import { denyIdentity } from '../../src/steps/federated-credentials/remedies/deny-identity.ts';
import { identityTokens } from '../../src/steps/federated-credentials/rules/identity-tokens.ts';
import type { StepName } from '../../src/steps/registry.ts';
import { action, CASE_ID, emptyCase, finding, OID, part, readBack, verification, withRemedy } from './sample-case.ts';

type Cut = Finding & { readonly remedy: Remedy };

const cutOf = (step: StepName, call: Remedy['call']): Cut => withRemedy(finding(step, 'found', call.kind), { call });

/** What lives on for a while after it was cut, over all vendors. */
const LIVING: readonly (readonly [StepName, Cut])[] = [
  [
    'federated-credentials',
    cutOf('federated-credentials', {
      kind: 'delete-federated-credential',
      name: 'github',
      id: 'github',
      parent: { type: 'managed-identity', subscriptionId: 's', resourceGroup: 'r', name: 'id-a', resourceId: '/x' },
      expected: { issuer: 'i', subject: 's', expression: null, audiences: [] },
    }),
  ],
  [
    'runner-credentials',
    cutOf('runner-credentials', {
      kind: 'revoke-devops-token',
      organisation: 'o',
      descriptor: 'd',
      authorizationId: 'a',
      expected: { owner: null },
    }),
  ],
];

interface Seen {
  readonly acts: Partial<Action>;
  readonly reads: readonly ReadBack['state'][];
}

function reportOf(step: StepName, found: readonly Finding[], acts: readonly Action[], reads: readonly ReadBack[]) {
  const base = emptyCase();
  const parts = base.parts
    .filter((each) => each.step !== step && each.step !== 'verification')
    .concat(part(step, { findings: found }), verification(reads));
  return buildReport({ ...base, parts, actions: acts });
}

const said = ({ residual, summary }: Report) => ({
  residual: residual.length,
  cut: summary.cut.length,
  waits: summary.next.some(({ text }) => text.startsWith('Wait')),
});

const NOT_SEEN: Readonly<Record<string, Seen>> = {
  'the cut failed': { acts: { result: 'failed', error: '403' }, reads: [] },
  'the target had changed': { acts: { result: 'changed' }, reads: [] },
  'nobody read it again': { acts: {}, reads: [] },
  'it could not be read again': { acts: {}, reads: ['could-not-check'] },
  'it could not be read again after the vendor had queued it': {
    acts: { result: 'queued' },
    reads: ['could-not-check'],
  },
  'it is still there': { acts: {}, reads: ['present'] },
  'it was read before the remedy': { acts: { at: '2026-11-23T09:59:00.000Z' }, reads: ['gone'] },
};
for (const [step, found] of LIVING) {
  for (const [what, { acts, reads }] of Object.entries(NOT_SEEN)) {
    test(`${found.remedy.call.kind}: ${what}: nothing is told as cut, and nothing as ending by itself`, () => {
      const report = reportOf(
        step,
        [found],
        [action(found, acts)],
        reads.map((state) => readBack(found, state)),
      );
      assert.deepEqual(said(report), { residual: 0, cut: 0, waits: false });
      assert.ok(report.steps.every(({ findings }) => findings.every(({ residual }) => residual === undefined)));
    });
  }
  for (const [acts, state] of [
    [{}, 'gone'],
    [{ result: 'nothing-to-do' }, 'gone'],
    [{ result: 'queued' }, 'present'],
  ] as const) {
    test(`${found.remedy.call.kind} ${JSON.stringify(acts)}, then ${state}: it is cut, and what lives on ends by itself`, () => {
      const report = reportOf(step, [found], [action(found, acts)], [readBack(found, state)]);
      assert.deepEqual(said(report), { residual: 1, cut: 1, waits: true });
    });
  }
}

/** Tokens of the identity of which the first trust above is cut. */
const tokens = identityTokens(
  CASE_ID,
  {
    oid: OID,
    name: 'id-a',
    parent: '/x',
    cut: ['github'],
    otherTrusts: ['main'],
    roles: 0,
    calls: 0,
    isProtected: false,
    isRefusable: true,
    tokenMinutes: 1440,
  },
  new Date('2026-11-23T09:00:00Z'),
);
for (const [what, { acts, reads }] of Object.entries(NOT_SEEN)) {
  test(`${what}: nothing says when the identity’s tokens end`, () => {
    const [, trust] = LIVING[0] ?? [];
    assert.ok(trust);
    const report = reportOf(
      'federated-credentials',
      [trust, tokens],
      [action(trust, acts)],
      reads.map((state) => readBack(trust, state)),
    );
    assert.deepEqual([report.residual, said(report).waits], [[], false]);
  });
}

const denial = withRemedy(finding('federated-credentials', 'identity-tokens', 'id-a', { severity: 'high' }), {
  call: { kind: 'deny-identity', caseId: CASE_ID, oid: OID, name: 'id-a', minutes: 1440, expected: { oid: OID } },
});

for (const by of ['a1b2c3d4-0001-4000-8000-000000000001', 'undo', 'expiry']) {
  test(`an identity whose denial was released by ${by} is ${by === 'expiry' ? 'done with' : 'not told as denied'}`, async () => {
    const { call } = denial.remedy;
    const row = {
      state: 'released',
      caseId: CASE_ID,
      released: { at: '2026-11-23T09:39:00Z', by, why: 'the build must run' },
    };
    const vendors = {
      storage: { getDenied: async () => row },
      gateway: { isDenied: async () => ({ ok: true, value: false }) },
    };
    const read = await denyIdentity.read(vendors as never, denyIdentity.call.parse(call));
    assert.ok(read.ok);
    const detail = read.value.state === 'present' ? read.value.reopened : undefined;
    const seen = { ...readBack(denial, read.value.state), ...(detail === undefined ? {} : { detail }) };
    const report = reportOf('federated-credentials', [denial], [action(denial)], [seen]);
    if (by === 'expiry') return assert.equal(report.outcome, 'clear');
    assert.deepEqual([report.outcome, report.summary.cut], ['attention', []]);
    assert.match(
      report.summary.next[0]?.text ?? '',
      new RegExp(`released by ${by} .*The build must run|released by ${by} .*the build must run`),
    );
  });
}

for (const [what, status] of [
  ['only told', 'nothing-to-do'],
  ['done by a step', 'done'],
] as const) {
  test(`of what was ${what} the headline does not say that it was cut and read back`, () => {
    const group = finding('consent', 'group-app-role', 'g', { status });
    assert.match(reportOf('consent', [group], [], []).summary.headline, /^Nothing that was found is left to cut\. /);
    const open = reportOf('consent', [group, finding('consent', 'x', 'y')], [], []);
    assert.match(open.summary.headline, /^1 finding needs a person\. /);
  });
}

test('the headline counts what was cut and read back, and what ends by itself', () => {
  const [, trust] = LIVING[0] ?? [];
  assert.ok(trust);
  const findings = [trust, finding('federated-credentials', 'x', 'y')];
  const { headline } = reportOf('federated-credentials', findings, [action(trust)], [readBack(trust)]).summary;
  assert.match(
    headline,
    /^1 finding needs a person; 1 access path was cut and read back as gone; 1 access path ends without further action, the last at 2026-11-24 09:49 UTC\. /,
  );
});

test('where a call passed the gateway, nobody is told that it refuses the leaver', () => {
  const denied = finding('containment', 'gateway-deny-list', OID, {
    ...{ title: 'The gateway refuses Alex Moreau', severity: 'info', status: 'done' },
    resource: { system: 'gateway', type: 'namedValue', id: 'gw' },
  });
  const sessions = finding('containment', 'sign-in-sessions', OID, {
    ...{ title: 'Sign-in sessions of Alex Moreau are revoked', severity: 'info', status: 'done' },
  });
  const passed = finding('activity-audit', PASSED_CALL, OID, {
    ...{ title: 'The gateway let a call of the leaver pass', severity: 'critical', status: 'manual-action' },
    incident: true,
    resource: { system: 'gateway', type: 'tool-call', id: 'r-1' },
  });
  const base = emptyCase();
  const cutWith = (calls: readonly Finding[]) =>
    buildReport({
      ...base,
      parts: [
        ...base.parts.filter(({ step }) => step !== 'containment' && step !== 'activity-audit'),
        part('containment', { findings: [denied, sessions] }),
        part('activity-audit', { findings: calls }),
      ],
    }).summary;
  assert.match(cutWith([]).cut[0]?.text ?? '', /^The gateway refuses/);
  const { cut, headline, next } = cutWith([passed]);
  assert.deepEqual(
    cut.map(({ text }) => text),
    ['Sign-in sessions of Alex Moreau are revoked.'],
  );
  assert.match(
    headline,
    /^An incident: The gateway let a call of the leaver pass\. 1 finding needs a person, 1 of them critical\.$/,
  );
  assert.match(next[0]?.text ?? '', /let a call of the leaver pass/);
});
