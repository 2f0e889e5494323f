import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { emptyWebhook } from '../../local/tenant/webhook/vendor.ts';
import { contain } from '../../src/cases/denied/contain.ts';
import { makeDenialId } from '../../src/cases/ids.ts';
import type { Config } from '../../src/config.ts';
import { enqueueMessages, enqueueOfDenial } from '../../src/outbox/enqueue.ts';
import { OID } from '../report/sample-case.ts';
import {
  app,
  clock,
  endOf,
  everything,
  ingestion,
  issues,
  now,
  reset,
  round,
  runningCase,
  statesOf,
  teams,
  webhook,
} from './deliver-messages/world.ts';

after(() => app.stop());

beforeEach(reset);

test('the end of a case is told to all four channels, once, as the incident that it is and with a link', async () => {
  const row = await runningCase();
  const before = issues().length;
  await endOf(row);
  await endOf(row);
  assert.equal(await round(), 4);
  assert.equal(await round(), 0);
  assert.deepEqual(
    await statesOf(row.caseId),
    ['issue', 'log', 'teams', 'webhook'].map((each) => `${each} incident told`),
  );
  const link = `https://console.northwind.example/#/cases/${row.caseId}`;
  const issue = issues().at(-1);
  assert.equal(issues().length, before + 1);
  assert.equal(issue?.title, 'Incident: offboarding of Alex Moreau: incomplete');
  assert.match(issue?.body ?? '', /^- \[ \] \*\*Runner credentials\*\*: Approve or reject: /m);
  assert.ok(issue?.body.includes(link));
  const [message] = teams.messages;
  const card = message?.card as { body: { text?: string }[]; actions: { url: string }[] };
  assert.equal(card.body[0]?.text, 'Incident');
  assert.equal(card.actions[0]?.url, link);
  assert.equal(teams.messages.length, 1);
  const [event] = webhook.events;
  assert.ok(event !== undefined);
  const { type, data } = event.event as { type: string; data: { caseId: string; incident: boolean; link: string } };
  assert.deepEqual([type, data.caseId, data.incident, data.link], ['case.incident', row.caseId, true, link]);
  assert.equal((event.event as { data: { revision?: number } }).data.revision, 1);
  assert.doesNotMatch(JSON.stringify(event), /Moreau/);
  assert.deepEqual(
    ingestion.cases.map(({ CaseId, Moment, Incident, Outcome }) => [CaseId, Moment, Incident, Outcome]),
    [[row.caseId, 'incident', true, 'incomplete']],
  );
});

test('an issue that people work with stays as they left it, and one of a failed containment becomes that of the end', async () => {
  const row = await runningCase();
  const before = issues().length;
  const at = now().toISOString();
  await enqueueMessages(app.context.vendors, everything, { row, moments: ['containment-failed'], at });
  await round();
  assert.match(issues().at(-1)?.title ?? '', /^Containment failed/);
  await endOf(row);
  await round();
  const issue = issues().at(-1);
  assert.ok(issue !== undefined && issues().length === before + 1);
  assert.match(issue.title, /^Incident: offboarding/);
  Object.assign(issue, { body: issue.body.replaceAll('- [ ]', '- [x]'), state: 'closed' });
  const ticked = issue.body;
  await endOf(row);
  await round();
  assert.deepEqual([issues().at(-1)?.body, issues().length], [ticked, before + 1]);
});

test('of a plan nobody is told, but who asked for plans', async () => {
  const [quiet, told] = [await runningCase({ mode: 'plan' }), await runningCase({ mode: 'plan' })];
  await endOf(quiet);
  assert.deepEqual(await statesOf(quiet.caseId), []);
  const settings: Config = { ...everything, PLANS_TOLD_TO: ['teams'] };
  await endOf(told, settings);
  assert.equal(await round(settings), 1);
  assert.deepEqual(await statesOf(told.caseId), ['teams incident told']);
});

test('who has another secret is refused by the receiver, and the secret stands in no message', async () => {
  const settings: Config = {
    ...everything,
    ISSUE_MOMENTS: [],
    TEAMS_MOMENTS: [],
    LOG_MOMENTS: [],
    WEBHOOK_SECRET: emptyWebhook().secret,
  };
  const row = await runningCase();
  await endOf(row, settings);
  assert.equal(await round(settings), 0);
  assert.deepEqual([webhook.events.length, await statesOf(row.caseId)], [0, ['webhook incident waiting']]);
  assert.doesNotMatch(JSON.stringify(app.context.lines), /whsec_/);
});

test('a containment without a case is told to all four channels under its own id and link, and not once it is another', async () => {
  const { storage } = app.context.vendors;
  // What other tests left.
  await round();
  for (const sent of [teams.messages, webhook.events, ingestion.cases]) sent.length = 0;
  const before = issues().length;
  const at = now().toISOString();
  const said = { kind: 'person', by: WORLD.operator.oid, why: 'Calls at night' } as const;
  const until = new Date(clock.ms + 86_400_000).toISOString();
  const { row } = await storage.changeDenied(OID, (found) => contain(found, { ...said, oid: OID, at, until }));
  assert.ok(row);
  const revision = row.generation;
  for (let twice = 0; twice < 2; twice += 1)
    await enqueueOfDenial({ storage }, everything, { id: makeDenialId(OID), moment: 'contained', revision, at });
  assert.equal(await round(), 4);
  assert.equal(await round(), 0);
  const [event] = webhook.events as { body?: unknown }[];
  const told = JSON.stringify([event, teams.messages, ingestion.cases, issues().at(-1)]);
  for (const part of ['denied.contained', `denied-${OID}`, `https://console.northwind.example/#/denied/${OID}`])
    assert.ok(told.includes(part), part);
  assert.doesNotMatch(told, /Calls at night|Alex/);
  assert.equal(issues().length, before + 1);

  // Extended before the warning was told: it is true no longer.
  await enqueueOfDenial({ storage }, everything, {
    id: makeDenialId(OID),
    moment: 'containment-ends-soon',
    revision,
    at,
  });
  const later = new Date(clock.ms + 172_800_000).toISOString();
  await storage.changeDenied(OID, (found) => contain(found, { ...said, oid: OID, at, until: later }));
  assert.equal(await round(), 0);
  const states = (await storage.messagesOf(makeDenialId(OID))).map(({ moment, state }) => `${moment} ${state}`);
  assert.equal(states.filter((each) => each === 'containment-ends-soon void').length, 4);
});
