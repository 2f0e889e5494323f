import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, test } from 'node:test';
import { casesOf } from '../../src/connectors/storage/cases/case-table.ts';
import { containerOf } from '../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveHrMessage } from '../../src/triggers/hr/hr-queue.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';
import { fc } from '../support/properties.ts';

const app = await startIntakeApp({ settings: { MAX_CASES_PER_HOUR: '1000', HR_QUEUE_MODE: 'apply' } });
after(() => app.stop());
const NOW = new Date('2026-11-23T12:00:00Z');

/** Few names for many people, so that they collide: the reader must not believe the directory to be tidy. */
interface Human {
  readonly oid: Oid;
  readonly userPrincipalName: string;
  readonly mail: string;
  readonly employeeId: string | undefined;
}
const MAILS = ['a@firm.example', 'b@firm.example', 'c@firm.example', 'd@firm.example'];
const NUMBERS = ['1001', '1002', '1003', '1004', '0'];
const upnOf = (index: number): string => `person${index}@firm.example`;

interface Said {
  readonly oid: string | undefined;
  readonly userPrincipalName: string | undefined;
  readonly mail: string | undefined;
  readonly employeeId: string | undefined;
}

/** What everybody can see who reads the message beside the list of people: who has all that is said. */
function meantBy(said: Said, humans: readonly Human[]): readonly Human[] {
  const same = (one: string | undefined, other: string | undefined): boolean =>
    one === undefined || one.toLowerCase() === other?.toLowerCase();
  return humans.filter(
    (human) =>
      same(said.oid, human.oid) &&
      same(said.userPrincipalName, human.userPrincipalName) &&
      same(said.mail, human.mail) &&
      same(said.employeeId, human.employeeId),
  );
}

test('of random messages each has one receipt, and no case is of anybody who is not the one that is meant', async () => {
  const seed = randomInt(2 ** 31);
  const [layout] = fc.sample(
    fc.array(
      fc.record({
        mail: fc.constantFrom(...MAILS),
        number: fc.constantFrom(...NUMBERS, undefined),
        gone: fc.boolean(),
      }),
      {
        minLength: 8,
        maxLength: 8,
      },
    ),
    { numRuns: 1, seed },
  );
  const humans: Human[] = [];
  for (const [index, { mail, number, gone }] of (layout ?? []).entries()) {
    const employeeId = number === undefined ? {} : { employeeId: number };
    const oid = app.hire({ userPrincipalName: upnOf(index), mail, ...employeeId });
    humans.push({ oid, userPrincipalName: upnOf(index), mail, employeeId: number });
    if (gone) await app.administrator.deleteUser(oid);
  }
  const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(some, { nil: undefined });
  const said = fc.record({
    oid: maybe(fc.constantFrom(...humans.map(({ oid }) => oid))),
    userPrincipalName: maybe(fc.nat(9).map(upnOf)),
    mail: maybe(fc.constantFrom(...MAILS, 'nobody@firm.example')),
    employeeId: maybe(fc.constantFrom(...NUMBERS, '9999')),
  });
  const messages = fc.sample(
    fc.record({
      person: said,
      broken: fc.nat(9),
      coded: fc.boolean(),
      times: fc.constantFrom(1, 1, 2),
      shout: fc.boolean(),
    }),
    { numRuns: 60, seed },
  );
  const before = await receipts();
  const mayHaveCase = new Set<string>();
  const expected = new Map<string, string | undefined>();
  const sent: { readonly id: string; readonly text: string; readonly person: Said }[] = [];
  for (const [index, { person, broken, coded, shout }] of messages.entries()) {
    const id = `random-${index}`;
    const loud = shout && person.mail !== undefined ? { ...person, mail: person.mail.toUpperCase() } : person;
    const message = {
      schemaVersion: broken === 0 ? 4 : 2,
      messageId: id,
      kind: 'leaver',
      leavingId: id,
      issuedAt: NOW.toISOString(),
      person: Object.fromEntries(Object.entries(loud).filter(([, value]) => value !== undefined)),
      lastDay: '2026-11-20',
      requestedBy: 'hr',
    };
    const json = JSON.stringify(message);
    const isNamed = Object.values(person).some((value) => value !== undefined);
    const meant = broken === 0 || !isNamed ? [] : meantBy(person, humans);
    const [only] = meant.length === 1 ? meant : [];
    expected.set(id, only?.oid);
    if (only !== undefined) mayHaveCase.add(only.oid);
    sent.push({ id, text: coded ? Buffer.from(json).toString('base64') : json, person });
  }
  const vendors = openVendors(app.config);
  // As the queue hands them on: some twice, a few at once.
  const deliveries = sent.flatMap(({ text }, index) => Array.from({ length: messages[index]?.times ?? 1 }, () => text));
  for (let from = 0; from < deliveries.length; from += 4)
    await Promise.all(
      deliveries
        .slice(from, from + 4)
        .map((text) => receiveHrMessage(vendors, app.config, text, app.start, app.log, () => NOW)),
    );
  const after = await receipts();
  assert.equal(after.size - before.size, sent.length, `seed ${seed}`);
  for (const { id, person } of sent) {
    const receipt = after.get(`${id}.json`);
    const told = `seed ${seed}: ${JSON.stringify(person)} → ${JSON.stringify(receipt)}`;
    const oid = expected.get(id);
    assert.equal(receipt?.status, oid === undefined ? 'rejected' : 'accepted', told);
    assert.equal(receipt?.caseId?.slice(0, 36), oid, told);
    if (oid === undefined) assert.ok((receipt?.faults.length ?? 0) > 0, told);
  }
  for (const { oid } of humans) {
    const cases = await casesOf(app.config, oid);
    assert.equal(cases.length > 0, mayHaveCase.has(oid), `seed ${seed}: ${oid}`);
  }
});

interface Receipt {
  readonly status: string;
  readonly faults: readonly string[];
  readonly caseId?: string;
}

async function receipts(): Promise<Map<string, Receipt>> {
  const container = containerOf(app.config, 'hr-receipts');
  const read = new Map<string, Receipt>();
  for await (const { name } of container.listBlobsFlat()) {
    const bytes = await container.getBlobClient(name).downloadToBuffer();
    read.set(name, JSON.parse(bytes.toString('utf8')) as Receipt);
  }
  return read;
}
