import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileExposure } from '../../../activities/exposure/file-exposure.ts';
import { readExposurePart } from '../../../activities/exposure/read-part.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { EXPOSURE_METRIC } from '../../../src/exposure/company-figures.ts';
import { KEPT, keptExposure } from '../../../src/exposure/kept.ts';
import { partName } from '../../../src/exposure/part.ts';
import type { RemedyClass } from '../../../src/exposure/path.ts';
import {
  FORECAST,
  type ReadExposureWorld,
  shows,
  startReadExposure,
  type Whole,
  wordsOf,
} from './read-exposure-world.ts';

let app: ReadExposureWorld['app'];
let states: ReadExposureWorld['states'];
let context: ReadExposureWorld['context'];
let storage: ReadExposureWorld['storage'];
let PARTS: ReadExposureWorld['PARTS'];
let sweepRepositories: ReadExposureWorld['sweepRepositories'];
let readParts: ReadExposureWorld['readParts'];
let planOfCase: ReadExposureWorld['planOfCase'];
before(async () => {
  ({ app, states, context, storage, PARTS, sweepRepositories, readParts, planOfCase } = await startReadExposure());
});
after(() => app.stop());

test('what is forecast of the leaver is what the later plan has remedies for, by place and by who ends it', async () => {
  await sweepRepositories(new Date().toISOString());
  const kept = await readParts(new Date().toISOString());
  const paths = kept.people[WORLD.leaver.oid] ?? [];
  const { plan, findings, unread } = await planOfCase();
  const declared = new Set(
    findings.flatMap(({ kind, resource }) => (kind === 'declared-in-terraform' ? [resource.id] : [])),
  );
  const planned = plan.remedies.flatMap(({ findingId, remedy }) =>
    findings.flatMap((finding) =>
      finding.id === findingId && FORECAST.has(finding.kind) && finding.status !== 'nothing-to-do'
        ? [{ words: wordsOf(finding), remedy, isDeclared: declared.has(finding.resource.id) }]
        : [],
    ),
  );
  assert.ok(planned.length >= 20, String(planned.length));
  for (const { words } of planned)
    assert.equal(paths.filter((path) => shows(path, words)).length, 1, `${words.join(', ')} is one path`);
  for (const path of paths) {
    const own = planned.filter(({ words }) => shows(path, words));
    assert.ok(own.length > 0, `${path.title} is in no plan; not read: ${unread.join('\n')}`);
    const risks: RemedyClass = own.every(({ remedy }) => remedy.risk === 'safe') ? 'automatic' : 'approval';
    assert.equal(path.remedy.class, own.some(({ isDeclared }) => isDeclared) ? 'code-change' : risks, path.title);
  }
});

test('each list has its owner’s things alone, nobody else’s id, and what belongs to nobody proved is nobody’s', async () => {
  const { people, linked, notRead } = (await keptExposure(storage)) as Whole;
  const oids = states.entra.users.where(() => true).map(({ id }) => id.toLowerCase());
  assert.deepEqual(
    Object.keys(people).filter((oid) => !oids.includes(oid)),
    [],
  );
  for (const [owner, paths] of Object.entries(people)) {
    const text = JSON.stringify(paths);
    for (const other of oids) assert.ok(other === owner || !text.includes(other), `${owner} is shown ${other}`);
  }
  const trusts = (oid: string) => (people[oid] ?? []).filter(({ kind }) => kind === 'federated-credential');
  const [ana, ben] = WORLD.colleagues;
  // A credential on her personal repository, and one on his.
  for (const { oid, githubLogin } of [ana, ben]) {
    if (!linked.includes(oid)) continue;
    assert.ok(trusts(oid).every(({ where }) => where.includes(githubLogin)));
  }
  assert.ok(linked.includes(WORLD.leaver.oid));
  assert.match(JSON.stringify(notRead), /personal-tokens/);
});

test('nothing but object ids and paths is kept: the parts are empty, and the day has the numbers that are shown', async () => {
  const kept = (await keptExposure(storage)) as Whole;
  for (const part of PARTS)
    assert.match((await storage.getText('inventory', partName(part, kept.readAt))) ?? '', /"holdings":\[\]/);
  const [day, ...more] = await storage.listMetric(EXPOSURE_METRIC, '2000-01-01');
  assert.deepEqual([day?.state, more], ['at-least', []]);
  const shown = kept.published.bands.flatMap(({ band, people }) => (people === null ? [] : [[band, people]]));
  assert.deepEqual(day?.terms, Object.fromEntries(shown));
});

test('a part that could not be read is told, and the paths of the others stand', async () => {
  const kept = await readParts(
    new Date().toISOString(),
    PARTS.filter((part) => part !== 'github' && part !== 'azure-devops' && !part.startsWith('subscription:')),
  );
  assert.deepEqual(
    kept.notRead.filter(({ reason }) => reason === 'error').map(({ source }) => source.split(':')[0]),
    ['github', 'azure-devops', ...app.config.SUBSCRIPTION_IDS.map(() => 'subscription')],
  );
  assert.ok(
    kept.notRead.some(({ reason, source }) => reason === 'no-data' && source === 'entra/application-credentials'),
  );
  const kinds = new Set(kept.people[WORLD.leaver.oid]?.map(({ kind }) => kind));
  assert.deepEqual([...kinds], ['delegated-grant']);
});

test('neither the log nor the history of the reading has a number of people or of things: both have more readers', async () => {
  const said: unknown[] = [];
  const info = (message: string, fields: object = {}) => void said.push([message, Object.keys(fields).toSorted()]);
  const of = { ...context, log: { ...context.log, info } };
  const at = new Date().toISOString();
  assert.deepEqual(await readExposurePart.handler({ at, part: 'azure-devops' }, of), { gaps: 2 });
  const told = await fileExposure.handler({ at, parts: ['azure-devops'] }, of);
  assert.deepEqual(Object.keys(told), ['gaps']);
  assert.deepEqual(said, [
    ['a part of exposure was read', ['gaps', 'part']],
    ['what everybody holds was read', ['gaps']],
  ]);
});

test('a reading that begins while another goes on spoils neither, and the later one stands', async () => {
  const [early, late] = ['2026-11-30T08:00:00.000Z', '2026-11-30T08:01:00.000Z'];
  const file = (at: string) => fileExposure.handler({ at, parts: ['entra'] }, context);
  for (const at of [early, late]) await readExposurePart.handler({ at, part: 'entra' }, context);
  await storage.replaceLatest(KEPT, {
    ...((await keptExposure(storage)) as Whole),
    readAt: '2026-11-30T04:40:00.000Z',
  });
  assert.deepEqual(await file(late), { gaps: 0 });
  assert.deepEqual(await file(early), { gaps: 0 });
  const { readAt, notRead } = (await keptExposure(storage)) as Whole;
  assert.deepEqual([readAt, notRead], [late, []]);
});

test('a second delivery of the putting together finds the parts empty, and keeps what the first one filed', async () => {
  const kept = await readParts('2026-12-01T08:00:00.000Z', ['entra', 'applications']);
  assert.ok(Object.keys(kept.people).length > 0);
  await fileExposure.handler({ at: kept.readAt, parts: [...PARTS] }, context);
  assert.deepEqual(await keptExposure(storage), kept);
});

test('what is not turned on is not kept: no list for figures alone, no figures for lists alone, and neither once it is off', async () => {
  const having = (EXPOSURE: ('own' | 'company')[]) => ({ ...context, settings: { ...context.settings, EXPOSURE } });
  const only = async (at: string, EXPOSURE: ('own' | 'company')[]) =>
    readParts(at, ['entra'], having(EXPOSURE) as never);
  const figures = await only('2026-12-07T04:40:00.000Z', ['company']);
  assert.deepEqual([figures.people, figures.linked, figures.published.bands.length], [undefined, [], 4]);
  const lists = await only('2026-12-14T04:40:00.000Z', ['own']);
  assert.deepEqual([Object.keys(lists.people).length > 0, lists.published], [true, undefined]);
  // It was turned off while a reading went on.
  const off = '2026-12-21T04:40:00.000Z';
  await readExposurePart.handler({ at: off, part: 'entra' }, context);
  const after = await only(off, []);
  assert.equal(after.readAt, lists.readAt);
  assert.match((await storage.getText('inventory', partName('entra', off))) ?? '', /"holdings":\[\],.*"people":null/);
});

test('no account’s name stands in what could not be read: whoever reads the figures sees that', async () => {
  const lift = app.tenant.faults.add({
    ...{ vendor: 'github', path: /^\/(api\/v3\/)?users\//, effect: { kind: 'answer', status: 500 } },
  });
  const { notRead } = await readParts('2026-12-28T04:40:00.000Z', ['github', 'applications']).finally(lift);
  const untold = notRead.filter(({ source }) => source === 'entra/application-credentials');
  assert.deepEqual(untold, [
    {
      ...{ reason: 'unavailable', source: 'entra/application-credentials' },
      detail: 'GitHub did not say of every name in a federated credential whose it is.',
    },
  ]);
});

test('of a connection that somebody changed since, its maker is not told that the credential in it is theirs', async () => {
  const [connection] = states.devops.connections.where(({ name }) => name === 'registry');
  assert.ok(connection);
  const { modifiedBy } = connection;
  connection.modifiedBy = { ...modifiedBy, descriptor: 'msa.c29tZWJvZHk' };
  const { people } = await readParts('2027-01-04T04:40:00.000Z', ['azure-devops', 'entra']);
  connection.modifiedBy = modifiedBy;
  const titles = Object.values(people).flatMap((paths) => paths.map(({ title }) => title));
  const told = titles.filter((title) => title.startsWith('The service connection registry'));
  assert.deepEqual(told, ['The service connection registry, which you made and somebody changed since']);
});
