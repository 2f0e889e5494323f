import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { PROBES } from '../../src/doctor/pilot/probes.ts';
import { PilotRecordSchema } from '../../src/doctor/pilot/record.ts';
import { startFastStack } from './support/fast-stack.ts';

const stack = await startFastStack();
after(() => stack.stop());

const ADMINISTER = ['Offboarding.Administer'];
const ask = () => stack.api('/api/pilot', {}, ADMINISTER);
const begin = () =>
  stack.api(
    '/api/pilot',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'Before the first case' }),
    },
    ADMINISTER,
  );

interface View {
  readonly pilotId: string;
  readonly state: string;
  readonly record?: unknown;
}

test('an administrator asks for a pilot, and reads its record once it is filed', async () => {
  assert.equal((await ask()).status, 404);
  assert.equal((await stack.api('/api/pilot', {}, ['Offboarding.Operate'])).status, 403);
  const begun = await begin();
  assert.equal(begun.status, 202);
  const { pilotId } = (await begun.json()) as View;
  let view = (await (await ask()).json()) as View;
  for (let turn = 0; view.state === 'running' && turn < 600; turn += 1) {
    await delay(200);
    view = (await (await ask()).json()) as View;
  }
  assert.deepEqual([view.pilotId, view.state], [pilotId, 'filed'], stack.logs.slice(-10).join('\n'));
  const record = PilotRecordSchema.parse(view.record);
  const asked = new Set(record.answers.map(({ probe }) => probe));
  assert.equal(asked.size, Object.values(PROBES).flat().length);
  assert.deepEqual(
    record.answers.filter(({ couldNotAsk }) => couldNotAsk !== undefined),
    [],
  );
});
