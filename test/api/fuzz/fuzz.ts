import assert from 'node:assert/strict';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { fc } from '../../support/properties.ts';
import { faultOfAnswer, halfMade, strangeQuery, WAIT_FOR_PAUSE } from './judge.ts';
import { requestOfAny } from './requests.ts';
import type { Caller, World } from './world.ts';

/** Requests after which the rows are looked at. */
const BETWEEN_LOOKS = 50;

/**
 * Sends requests of every kind, one after the other, to an app that goes on from each.
 * @returns answers by operation and status. @throws at the first fault
 */
export async function fuzz(
  world: World,
  filters: string[],
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Promise<ReadonlyMap<string, number>> {
  const answers = new Map<string, number>();
  const { storage } = openVendors(world.app.config);
  let sent = 0;
  const caller = fc.constantFrom<Caller>('operator', 'approver');
  await fc.assert(
    fc.asyncProperty(requestOfAny(world.known), caller, async (request, by) => {
      const { calls } = world.app.tenant;
      calls.length = 0;
      world.app.logged.length = 0;
      filters.length = 0;
      const isPaused = WAIT_FOR_PAUSE.includes(request.operation) && (await storage.readPause()) !== undefined;
      const answer = await world.ask(request, by);
      const fault = faultOfAnswer(world, request, answer, isPaused);
      assert.equal(fault, undefined);
      const graph = calls.filter(({ vendor }) => vendor === 'graph').map(({ path }) => path);
      assert.equal(strangeQuery(graph, filters), undefined, 'a query that the app does not build');
      const what = `${request.operation} ${answer.status}`;
      answers.set(what, (answers.get(what) ?? 0) + 1);
      sent += 1;
      if (sent % BETWEEN_LOOKS === 0) assert.deepEqual(await halfMade(world), []);
    }),
    { seed, numRuns: runs },
  );
  assert.deepEqual(await halfMade(world), []);
  return answers;
}
