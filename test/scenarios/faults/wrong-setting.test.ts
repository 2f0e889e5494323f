import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { userEvents } from '../../../local/tenant/entra/people/user-event.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { deliverEvent } from '../support/deliver-event.ts';
import { startFastStack } from '../support/fast-stack.ts';

const stack = await startFastStack({ settings: { BUSINESS_TIME_ZONE: 'Mars/Olympus', RETRY_DELAY_MS: 'soon' } });
after(() => stack.stop());

const FAULTS = '2 faults in the app settings: BUSINESS_TIME_ZONE: not an IANA time zone; RETRY_DELAY_MS: ';

/** The app's log comes by a pipe, a moment after the answer; the test's own time limit ends the wait. */
async function untilSaid(category: string): Promise<void> {
  while (!stack.logs.some((line) => line.includes(category) && line.includes(FAULTS))) await delay(10);
}

test('an app with a wrong setting says which when it starts, and has its functions all the same', async () => {
  await untilSaid('');
  const status = await stack.api('/api/health');
  assert.equal(status.status, 503);
  const body = (await status.json()) as { type: string; detail: string };
  assert.equal(body.type, 'urn:mcp-offboarding:problem:unavailable');
  assert.match(body.detail, /^The app’s settings have faults\. The log says why/);
  assert.doesNotMatch(body.detail, /BUSINESS_TIME_ZONE|Mars/);
});

for (const [name, path] of [
  ['listCases', '/api/cases'],
  ['getDoctor', '/api/doctor'],
] as const) {
  test(`${name} answers that the settings have faults, and its log says which`, async () => {
    assert.equal((await stack.api(path)).status, 503);
    await untilSaid(`Function.${name}`);
  });
}

test('an event is not acknowledged, so that it comes again', async () => {
  const event = userEvents(stack.tenant.core)({ changeType: 'updated', userId: WORLD.leaver.oid });
  assert.equal(await deliverEvent(stack, event), 500);
  await untilSaid('Function.entraEvents');
});
