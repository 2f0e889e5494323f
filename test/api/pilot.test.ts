import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { getPilot } from '../../src/api/routes/pilot.ts';

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
