import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DurableClient } from 'durable-functions';
import { instanceIdOf } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { lastSignOf } from '../../../src/intake/instance-of.ts';
import { parseOid } from '../../../src/people/oid.ts';

const oid = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(oid !== undefined);
const caseId = makeCaseId(oid, 1);

/** An engine without a unit of the case. */
const client = {
  getStatus: () => Promise.reject(new Error('HTTP 404')),
} satisfies Partial<DurableClient> as Partial<DurableClient> as DurableClient;

const storageWith = (written: Readonly<Record<string, number>>): Pick<Vendors, 'storage'> => {
  const newestBelow: Vendors['storage']['newestBelow'] = async (_, prefix) => {
    const below = Object.entries(written).flatMap(([name, at]) => (name.startsWith(prefix) ? [at] : []));
    return below.length === 0 ? undefined : Math.max(...below);
  };
  return { storage: { newestBelow } as Partial<Vendors['storage']> as Vendors['storage'] };
};

test('what a case filed and what it counted are signs of work, and what another one did is none', async () => {
  const sign = (written: Readonly<Record<string, number>>): Promise<number | undefined> =>
    lastSignOf(storageWith(written), client, { caseId, instanceId: instanceIdOf(caseId) });
  assert.equal(await sign({ [`${caseId}/consent/1.json`]: 7 }), 7);
  assert.equal(await sign({ [`${caseId}/consent/1.json`]: 7, [`progress/${caseId}/of/1.json`]: 9 }), 9);
  assert.equal(
    await sign({ [`${makeCaseId(oid, 2)}/consent/1.json`]: 7, [`progress/${makeCaseId(oid, 11)}/of`]: 9 }),
    undefined,
  );
});
