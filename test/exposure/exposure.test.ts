import assert from 'node:assert/strict';
import { test } from 'node:test';
import { companyFigures, EXPOSURE_METRIC, figuresOfDay, firstKeptDay } from '../../src/exposure/company-figures.ts';
import { bandOf, countPeople } from '../../src/exposure/count-people.ts';
import { HoldingSchema } from '../../src/exposure/holding.ts';
import { KEPT, type KeptExposure, keptExposure } from '../../src/exposure/kept.ts';
import { ownList } from '../../src/exposure/own-list.ts';
import { NOTHING_READ, PartIdSchema, PartSchema, partName, partsOf } from '../../src/exposure/part.ts';
import { type ExposurePath, ExposurePathSchema, PATH_KINDS, SURVIVING_KINDS } from '../../src/exposure/path.ts';
import { BandCellSchema, PublishedSchema } from '../../src/exposure/published.ts';

const AT = '2026-11-23T04:10:00.000Z';
const OID = '0e000000-0000-4000-8000-000000000001';
const gap = { reason: 'throttled', source: 'github/deploy-keys:acme', detail: '429 for acme/secret-plans' } as const;
const path = (more: Partial<ExposurePath> & { readonly by?: ExposurePath['remedy']['class'] } = {}): ExposurePath => {
  const { by = 'automatic', ...rest } = more;
  return {
    ...{
      id: 'X-0123456789ab',
      kind: 'deploy-key',
      title: 'A deploy key',
      where: 'acme/a',
      survives: true,
      why: 'It does.',
    },
    ...{ remedy: { class: by, todo: 'Delete it.' }, ...rest },
  };
};
const kept = (more: Partial<KeptExposure> = {}): KeptExposure => ({
  ...{ schemaVersion: '1.0', readAt: AT, notRead: [], linked: [OID], people: {} },
  ...more,
});
const published = (people: number | null) => ({
  bands: [
    { band: '0', people: 50, suppressed: false } as const,
    { band: 'more', people, suppressed: people === null } as const,
  ],
  kinds: [{ kind: 'schedule', people, suppressed: people === null } as const],
});

test('people are counted by how many of their paths survive, in bands', () => {
  assert.deepEqual([0, 1, 2, 3, 5, 6, 100].map(bandOf), ['0', '1-2', '1-2', '3-5', '3-5', 'more', 'more']);
  const grant = path({ kind: 'delegated-grant', survives: false });
  const people = [[], [grant], [path(), path(), grant], [path({ kind: 'schedule' }), path(), path()]];
  const { bands, kinds } = countPeople(people, true);
  assert.deepEqual(bands, { '0': 2, '1-2': 1, '3-5': 1, more: 0 });
  assert.deepEqual([kinds['deploy-key'], kinds.schedule, kinds['delegated-grant']], [2, 1, 0]);
});

test('where not everybody is known, nobody says how many have nothing', () => {
  assert.equal(countPeople([[], [path()]], false).bands['0'], undefined);
  assert.equal(countPeople([[], [path()]], false).bands['1-2'], 1);
});

test('a consent is shown, and hides no number', () => {
  assert.deepEqual(
    PATH_KINDS.filter((kind) => !(SURVIVING_KINDS as readonly string[]).includes(kind)),
    ['delegated-grant'],
  );
});

test('a person sees their own paths alone, what survives and is hardest to mend first', () => {
  const own = [
    path({ id: 'X-000000000001', where: 'z' }),
    path({ id: 'X-000000000002', survives: false, by: 'human' }),
    path({ id: 'X-000000000003', where: 'b', by: 'human' }),
    path({ id: 'X-000000000004', where: 'a', by: 'human' }),
    path({ id: 'X-000000000005', by: 'code-change' }),
    path({ id: 'X-000000000006', by: 'approval' }),
  ];
  const list = ownList(
    { ...kept(), people: { [OID]: own, other: [path({ id: 'X-00000000000f' })] } },
    OID.toUpperCase(),
  );
  assert.deepEqual(
    list.paths.map(({ id }) => id.at(-1)),
    ['4', '3', '5', '6', '1', '2'],
  );
  assert.deepEqual([list.state, list.surviving, list.notRead], ['exact', 5, []]);
});

test('a list is all there is only where everything was read, the person was seen, and their account is known', () => {
  const state = (more: Partial<KeptExposure>, people = { [OID]: [] }) => {
    const { state: told, notRead } = ownList({ ...kept(more), people }, OID);
    return [told, ...notRead.map(({ source }) => source)];
  };
  assert.deepEqual(state({}), ['exact']);
  assert.deepEqual(state({ linked: [] }), ['at-least', 'github/accounts']);
  assert.deepEqual(state({}, {} as { [OID]: [] }), ['at-least', 'entra/users']);
  assert.deepEqual(state({ notRead: [gap] }), ['at-least', gap.source]);
});

test('what a vendor said of a list that was not read is told to nobody', () => {
  const detail = (reason: 'partial' | 'throttled') =>
    ownList({ ...kept({ notRead: [{ ...gap, reason }] }), people: { [OID]: [] } }, OID).notRead[0]?.detail ?? '';
  assert.match(detail('throttled'), /github\/deploy-keys:acme was not read/);
  assert.match(detail('partial'), /was read in part/);
  assert.doesNotMatch(detail('throttled'), /secret-plans|429/);
});

test('a day of figures keeps what is shown, and nothing that is withheld', () => {
  assert.equal(EXPOSURE_METRIC, 'exposure');
  assert.deepEqual(figuresOfDay(kept({ published: published(null) })), {
    ...{ day: '2026-11-23', state: 'exact', terms: { '0': 50 } },
  });
  assert.deepEqual(figuresOfDay(kept({ published: published(6), notRead: [gap] })), {
    ...{ day: '2026-11-23', state: 'at-least', terms: { '0': 50, more: 6 } },
  });
  assert.deepEqual(figuresOfDay(kept()).terms, {});
  assert.equal(firstKeptDay(AT), '2024-11-22');
});

test('figures of the firm say what is withheld, also of earlier days, and a state that is not known is no exact one', () => {
  const days = [
    { day: '2026-11-21', state: 'exact', terms: { '0': 48, '1-2': 7, '3-5': 6, more: 5 } },
    { day: '2026-11-22', state: 'what is this', terms: { '0': 48 } },
  ];
  const { state, trend, bands } = companyFigures({ ...kept(), published: published(null) }, days);
  assert.equal(state, 'exact');
  assert.deepEqual(bands[1], { band: 'more', people: null, suppressed: true });
  assert.deepEqual(
    trend.map((each) => [each.state, each.bands.map(({ people }) => people)]),
    [
      ['exact', [48, 7, 6, 5]],
      ['at-least', [48, null, null, null]],
    ],
  );
  assert.deepEqual(trend[1]?.bands.slice(0, 2), [
    { band: '0', people: 48, suppressed: false },
    { band: '1-2', people: null, suppressed: true },
  ]);
  assert.equal(companyFigures({ ...kept({ notRead: [gap] }), published: published(6) }, []).state, 'at-least');
});

test('what was read last is read as it was kept, or there is none', async () => {
  const files = (text: string | undefined) => ({
    getText: async (_: 'inventory', name: string) => (name === KEPT ? text : assert.fail(name)),
  });
  const one = kept({ people: { [OID]: [path()] }, published: published(null) });
  assert.equal(await keptExposure(files(undefined)), undefined);
  assert.deepEqual(await keptExposure(files(JSON.stringify(one))), one);
  await assert.rejects(keptExposure(files(JSON.stringify({ ...one, names: ['Alex'] }))), /names/);
});

test('GitHub is read first, whose accounts the others ask for; each part has a place of its own', () => {
  const subscription = 'a0000000-0000-4000-8000-000000000001';
  assert.deepEqual(partsOf([subscription]), [
    ['github'],
    ['entra', 'azure-devops', 'applications', `subscription:${subscription}`],
  ]);
  for (const part of partsOf([subscription]).flat()) assert.ok(PartIdSchema.safeParse(part).success, part);
  for (const part of ['gitlab', 'subscription:', 'subscription:../x', 'xgithub', 'github/x'])
    assert.ok(!PartIdSchema.safeParse(part).success, part);
  assert.equal(partName(`subscription:${subscription}`, AT), `exposure/parts/${AT}/subscription-${subscription}.json`);
  assert.equal(PartSchema.parse({ ...NOTHING_READ, at: AT }).people, null, 'nobody knows who works here');
});

test('a holding is somebody’s, known by a mark, and what is published names nobody', () => {
  const { id: _, remedy: __, ...words } = path();
  const holding = { ...words, owner: OID, marks: ['key 7'], todo: 'Delete it.', findings: [] };
  assert.deepEqual(HoldingSchema.parse(holding), holding);
  for (const broken of [{ marks: [] }, { owner: 'alex' }, { kind: 'key' }, { token: 'x' }])
    assert.ok(!HoldingSchema.safeParse({ ...holding, ...broken }).success, JSON.stringify(broken));
  assert.ok(!ExposurePathSchema.safeParse({ ...path(), owner: OID }).success);
  for (const id of ['X-0123456789abc', 'x-0123456789ab', 'aX-0123456789ab'])
    assert.ok(!ExposurePathSchema.safeParse({ ...path(), id }).success, id);
  const twice = { ...holding, marks: ['key 7', 'key 8'] };
  assert.deepEqual(HoldingSchema.parse(twice), twice);
  assert.ok(PublishedSchema.safeParse(published(null)).success);
  for (const broken of [{ people: -1 }, { people: 1.5 }, { band: '6+' }, { oid: OID }])
    assert.ok(!BandCellSchema.safeParse({ ...published(6).bands[0], ...broken }).success, JSON.stringify(broken));
});
