import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrchestrationContext } from 'durable-functions';
import { NO_SCOPE } from '../../activities/case/person/identify-leaver.ts';
import type { FileReportInput } from '../../activities/case/report/filed-report.ts';
import { offboardLeaver } from '../../orchestrations/offboard-leaver.ts';
import type { OffboardLeaverInput } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import type { Oid } from '../../src/people/oid.ts';

const person: Leaver = { oid: '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35' as Oid, state: 'active', github: [], devops: [] };
const caseId = makeCaseId(person.oid, 1);
const at = '2026-11-23T09:00:00.000Z';
const input: OffboardLeaverInput = {
  caseId,
  person,
  row: {
    ...{ oid: person.oid, caseId, n: 1, instanceId: `case-${caseId}`, mode: 'apply', state: 'running', merged: [] },
    ...{ trigger: 'api', reason: 'A test', requestedBy: person.oid, requestedAt: at, openedAt: at },
  },
  policy: { attempts: 1, retryDelayMs: 1, window: 20, verifyIntervalMs: 1, verifyDeadlineMs: 1 },
};
const ref = { container: 'work', name: 'x', sha256: '0'.repeat(64), bytes: 1 } as const;
const partOf = (step: string) => ({ step, ref, findings: 0, coverage: 'complete' });

const COMPLETE = { ok: true, value: partOf('containment') };

interface Called {
  readonly name: string;
  readonly input: unknown;
}

/** What the report is made of, where the directory says of the person what the test says. `shown`: what progress said. */
function reportWhere(read: unknown, contained: unknown = COMPLETE, shown: unknown[] = []): FileReportInput {
  let report: FileReportInput | undefined;
  const answers: Readonly<Record<string, (asked: unknown) => unknown>> = {
    containLeaver: () => contained,
    identifyLeaver: () => ({ ok: true, value: { leaver: person, parts: [], scope: NO_SCOPE } }),
    discoverUnit: () => ({ ok: true, value: { parts: [], crashed: [] } }),
    makePlan: () => ({ ok: true, value: { plan: ref, hash: ref.sha256, steps: [] } }),
    verifyCase: () => ({ ok: true, value: { ...partOf('verification'), pending: 0 } }),
    readPersonAgain: () => read,
    fileReport: (asked) => {
      report = asked as FileReportInput;
      return { ok: true, value: {} };
    },
  };
  const answer = ({ name, input: asked }: Called): unknown =>
    answers[name]?.(asked) ?? { ok: true, value: partOf('verification') };
  const call = (name: string, asked: unknown): Called => ({ name, input: asked });
  const df = {
    instanceId: 'case',
    currentUtcDateTime: new Date(at),
    setCustomStatus: (status: unknown) => shown.push(status),
    callActivity: call,
    callSubOrchestrator: call,
    Task: { all: (calls: readonly Called[]) => calls },
  };
  const running = offboardLeaver.handler({ df } as unknown as OrchestrationContext, input);
  let turn = running.next();
  while (turn.done !== true) turn = running.next((turn.value as unknown as readonly Called[]).map(answer));
  assert.ok(report);
  return report;
}

test('a last reading of the person that breaks is told: nothing else says that nobody knows whether they left', () => {
  const failure = { code: 'unexpected', message: 'the worker was lost' };
  const { crashed, stopped } = reportWhere({ ok: false, error: failure });
  assert.deepEqual([crashed, stopped], [[{ step: 'verification', failure }], undefined]);
});

test('one that says that they still leave adds nothing', () => {
  const { crashed, stopped, parts } = reportWhere({ ok: true, value: { verdict: 'leaving', readAt: at } });
  assert.deepEqual([crashed, stopped, parts.some(({ step }) => step === 'consent')], [[], undefined, false]);
});

for (const [what, contained, shown] of [
  ['was done', COMPLETE, ['running', 'done']],
  ['was refused', { ok: true, value: { ...partOf('containment'), coverage: 'partial' } }, ['running', 'failed']],
  [
    'comes again',
    { ok: true, value: { ...partOf('containment'), coverage: 'partial', tryAgainAfterMs: 0 } },
    ['running', 'waiting', 'failed'],
  ],
  ['broke', { ok: false, error: { code: 'unexpected', message: 'it broke' } }, ['running', 'waiting', 'failed']],
] as const) {
  test(`containment that ${what} is shown as that at once, and as done only where it is`, () => {
    const all: { readonly steps: { readonly containment?: string } }[] = [];
    reportWhere({ ok: true, value: { verdict: 'leaving' } }, contained, all);
    const states = all.flatMap(({ steps: { containment } }) => containment ?? []);
    assert.deepEqual(
      states.filter((state, index) => state !== states[index - 1]),
      shown,
    );
  });
}
