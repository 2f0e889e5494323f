import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { BEHAVIOUR, behave } from '../../../local/tenant/behave/behave-as.ts';
import { sceneOf } from '../../../local/tenant/behave/scene.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { reasonOf } from '../../../src/doctor/pilot/probe.ts';
import { type PilotAnswer, PilotAnswerSchema, PilotRecordSchema } from '../../../src/doctor/pilot/record.ts';
import { fieldsAmong } from '../../../src/doctor/pilot/rows.ts';
import { fc } from '../../support/properties.ts';
import { pilotWorld } from './world.ts';

const world = await pilotWorld();
after(world.close);
const { study } = world;
const { tenant, states } = study;
const scene = sceneOf(study, tenant.faults);

/** Every text in the tenant that names somebody or something: whatever is no word of a vendor's own. */
function planted(): readonly string[] {
  const texts = new Set<string>();
  const gather = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value);
    else if (value instanceof Map || value instanceof Set) for (const each of value) gather(each);
    else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) gather(each);
  };
  gather(tenant.vendors.map((vendor) => vendor.snapshot()));
  gather(WORLD);
  gather(states.github.organisations.all());
  gather(states.entra.users.all());
  gather(states.devops.users.all());
  return [...texts].filter((text) => text.length >= 6 && /[\d@ .]|[A-Z].*[a-z]/.test(text));
}

/** The words that a record may hold, so that a planted text that is one of them tells nothing. */
const wordsIn = (answers: readonly PilotAnswer[]): ReadonlySet<string> =>
  new Set(answers.flatMap(({ probe, answer, fields = {} }) => [probe, answer, ...Object.keys(fields)]));

function assertClean(answers: readonly PilotAnswer[]): void {
  const allowed = wordsIn(answers);
  const text = JSON.stringify(answers.map(({ couldNotAsk, ...each }) => [each, couldNotAsk?.kind]));
  for (const secret of planted()) {
    if (!allowed.has(secret)) assert.ok(!text.includes(secret), `the record holds ${secret}`);
  }
}

test('whatever the tenant answers, nothing that stands in it is in the record', async () => {
  const marker = `planted-${randomUUID()}`;
  const token = study.mint.mint('github-classic');
  const { leaver } = WORLD;
  const organisation = states.github.organisations.get(WORLD.github.organisation);
  assert.ok(organisation);
  states.entra.users.patch(leaver.oid, { displayName: `${marker} ${token}` });
  organisation.auditLog?.push({
    ...{ id: marker, action: 'org.sso_response', actorId: leaver.githubId, at: new Date() },
    more: { [marker]: token, external_identity_nameid: leaver.userPrincipalName },
  });
  await fc.assert(
    fc.asyncProperty(
      fc.record(
        Object.fromEntries(
          Object.entries(BEHAVIOUR).map(([probe, answers]) => [probe, fc.constantFrom(...Object.keys(answers))]),
        ),
      ),
      async (wanted) => {
        tenant.faults.clear();
        for (const [probe, answer] of Object.entries(wanted)) behave(scene, probe, answer);
        const answers = await world.ask();
        assertClean(answers);
        const text = JSON.stringify(answers);
        assert.ok(!text.includes(marker) && !text.includes(token));
        assert.ok(!world.lines.some((line) => line.includes(token)));
      },
    ),
    { numRuns: 4 },
  );
});

test('a failure keeps its kind, status and permission, and none of the vendor’s words', () => {
  const message = 'alex.moreau@northwind-capital.example may not';
  const told = reasonOf({ kind: 'denied', status: 403, missingPermission: 'members=read', message });
  assert.deepEqual(told, { kind: 'denied', status: 403, permission: 'members=read' });
  assert.deepEqual(reasonOf({ kind: 'unavailable', tryAgainAfterMs: 0, message }), { kind: 'unavailable' });
});

test('names of fields are those that were looked for', () => {
  const row = { id: 1, 'alex.moreau@firm.example': 'x', meta: {}, emails: [], active: true, externalId: null };
  assert.deepEqual(fieldsAmong(row, ['id', 'meta', 'emails', 'active', 'externalId', 'login']), {
    ...{ id: 'number', meta: 'object', emails: 'list', active: 'boolean', externalId: 'null' },
  });
});

test('the schema takes nothing but words, counts and names of fields', () => {
  const good = { probe: 'github-name-id', place: 'github-1', answer: 'mail' };
  assert.ok(PilotAnswerSchema.safeParse(good).success);
  for (const bad of [
    { ...good, place: 'github-northwind' },
    { ...good, answer: 'alex.moreau@firm.example' },
    { ...good, detail: 'anything' },
    { ...good, counts: { 'alex.moreau': 1 } },
    { ...good, fields: { 'alex@firm.example': 'a text' } },
    { ...good, couldNotAsk: { kind: 'denied', message: 'Alex may not' } },
    { ...good, couldNotAsk: { kind: 'denied', permission: 'alex@firm.example' } },
  ]) {
    assert.ok(!PilotAnswerSchema.safeParse(bad).success, JSON.stringify(bad));
  }
  assert.ok(!PilotRecordSchema.safeParse({ format: 'mcp-offboarding-pilot', version: 2 }).success);
});
