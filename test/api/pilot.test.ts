import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerFailure } from '../../src/api/problems/answer-failure.ts';
import { getPilot } from '../../src/api/routes/pilot.ts';
import { OffboardingError } from '../../src/errors.ts';

const RECORD = readFileSync(join(import.meta.dirname, '../../local/tenant/behave/records/proved.json'), 'utf8');

test('a pilot that files its record while somebody asks for it is filed, and has not failed', async () => {
  let filed: string | undefined;
  const asked = JSON.stringify({ pilotId: 'pilot-1', at: '2026-11-30T12:00:00.000Z' });
  const storage = {
    listNames: async () => ['pilots/asked/pilot-1.json'],
    getText: async (container: string) => (container === 'work' ? asked : filed),
  };
  // It ends at the very moment at which the engine is asked.
  const readRun = async () => {
    filed = RECORD;
    return { runtimeStatus: 'Completed' };
  };
  const answer = await getPilot.handle({} as never, { vendors: { storage }, readRun } as never);
  assert.ok('value' in answer);
  const { state } = answer.value as { readonly state: string };
  assert.deepEqual([answer.status, state], [200, 'filed']);
});

test('a pilot of which the engine does not say how it stands is not called failed', async () => {
  const asked = JSON.stringify({ pilotId: 'pilot-1', at: '2026-11-30T12:00:00.000Z' });
  const storage = {
    listNames: async () => ['pilots/asked/pilot-1.json'],
    getText: async (container: string) => (container === 'work' ? asked : undefined),
  };
  const readRun = () => Promise.reject(new OffboardingError('deadline-passed', 'Nobody answered.'));
  const log = { info: () => {}, warn: () => {}, error: () => {}, invocationId: '1' };
  const answer = await answerFailure(log, async () => {
    await getPilot.handle({} as never, { vendors: { storage }, readRun } as never);
    return new Response();
  });
  assert.equal(answer.status, 503);
});
