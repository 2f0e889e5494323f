import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { REDELIVERIES } from '../../../local/host/engine/redelivery.ts';
import { type CrashedCase, changesIn, crashCase, type KillPoint, told } from '../../crash/crash-case.ts';
import { assertSameAsCalm } from '../../crash/same-as-calm.ts';
import { shortForm } from '../../support/short-form.ts';

/** Each time the vendor has done it, and the app dies before it hears so. */
const POINTS: Readonly<Record<string, KillPoint>> = {
  'the gateway took the deny list': ({ vendor, method }) => vendor === 'arm' && ['PUT', 'PATCH'].includes(method),
  'discovery was half done': ({ vendor, path }) => vendor === 'github' && path.includes('/graphql'),
  'Azure deleted a federated credential': ({ vendor, method }) => vendor === 'arm' && method === 'DELETE',
  'GitHub queued a revocation': ({ vendor, method, path }) =>
    vendor === 'github' && method === 'POST' && path.includes('/personal-access-tokens'),
  'GitHub opened the issue': ({ vendor, method, path }) =>
    vendor === 'github' && method === 'POST' && path.endsWith('/issues'),
};

/** What a case leaves that nothing disturbs. */
let calm: CrashedCase;
before(async () => {
  calm = await crashCase([]);
});

/** Offboards the leaver while every activity is delivered again: beside itself, after its result, after the end. */
async function deliveredTwice(): Promise<{ readonly twice: CrashedCase; readonly logs: readonly string[] }> {
  const logs: string[] = [];
  const everythingCameAgain = Promise.withResolvers<void>();
  const onLog = (line: string): void => {
    logs.push(line);
    if (line.includes('"Every activity was delivered again after the end."')) everythingCameAgain.resolve();
  };
  const twice = await crashCase([], { deliverTwice: REDELIVERIES, onLog }, () => everythingCameAgain.promise);
  return { twice, logs };
}

test('a case whose activities are all delivered again, overlapping and late, leaves what one leaves whose are not', async () => {
  const { twice, logs } = await deliveredTwice();
  assert.deepEqual(told(twice), told(calm));
  assert.equal(twice.report.outcome, calm.report.outcome);
  // One case, and nothing beside what its manifest seals.
  assert.deepEqual(namesIn(twice), namesIn(calm));
  assert.deepEqual(
    logs.filter((line) => /"level":"(warning|error|critical)"/.test(line)),
    [],
  );
  assert.deepEqual([twice.tenant.issues.length, twice.tenant.messages], [1, 1]);
  assert.deepEqual(
    twice.tenant.issues.map(({ title }) => title),
    calm.tenant.issues.map(({ title }) => title),
  );
  assert.deepEqual(twice.tenant.denyLists, calm.tenant.denyLists);
  // Two at once may both ask a vendor for the same removal, which says yes to both; neither asks for another.
  const [asked, expected] = [new Set(changesIn(twice)), new Set(changesIn(calm))];
  assert.ok(expected.size > 20);
  assert.deepEqual(asked, expected);
});

test('an app that is killed at one point after the other of a case finishes it as if nothing had been: nothing cut twice, one report, one issue', async () => {
  const points = shortForm(Object.values(POINTS));
  const stormy = await crashCase(points);
  assert.equal(stormy.kills, points.length);
  assert.ok(changesIn(calm).length > 20);
  assertSameAsCalm(stormy, calm);
  assert.deepEqual([stormy.tenant.issues.length, stormy.tenant.messages], [1, 1]);
});

/** The evidence, without ids that contain digests of tokens, and without which key signed: each vault has its own. */
function namesIn({ evidence }: CrashedCase): string[] {
  return evidence.map((name) => name.replace(/\/R-\w+/, '/R').replace(/\/keys\/.+/, '/keys/')).sort();
}
