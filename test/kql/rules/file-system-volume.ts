import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties.ts';
import { ANA, BEN, many, resultOf, uploaded } from '../support/run-rule.ts';
import { audit, MORNING, NOON, reported, run } from './file-system-volume/world.ts';
import './file-system-volume/what-is-read.ts';
import './file-system-volume/callers.ts';

const UPN = 'ana@northwind-capital.example';

test('the 101st reading call of an hour is reported, the 100th is not', () => {
  assert.deepEqual(reported(many(100, MORNING)), []);
  assert.deepEqual(run(many(101, MORNING), NOON), [
    { caller: ANA, upn: UPN, hour: '2026-10-15 09:00', calls: 101, directories: 1 },
  ]);
});

test('the 21st directory of an hour is reported, the 20th is not', () => {
  const files = (index: number) => ({ resource: `/d/${index}/file` });
  assert.deepEqual(reported(many(20, MORNING, files)), []);
  assert.deepEqual(reported(many(21, MORNING, files)), [
    { caller: ANA, hour: '2026-10-15 09:00', calls: 21, directories: 21 },
  ]);
});

test('the root is a directory, and what is about no path is in none', () => {
  const listed = { tool: 'list_directory', resource: '/' };
  for (const [last, directories] of [
    [{ resource: '/file' }, 21],
    [listed, 21],
    [{ resource: String.raw`\file` }, 21],
    [{ resource: '' }, undefined],
    [{ ...listed, resource: '' }, undefined],
  ] as const) {
    const rows = many(21, MORNING, (index) => (index === 20 ? last : { resource: `/d/${index}/file` }));
    assert.equal(reported(rows)[0]?.directories, directories, JSON.stringify(last));
  }
  const root = ['/file', '/other', '/'].flatMap((resource) => many(1, MORNING, () => ({ resource })));
  assert.deepEqual(
    reported([...root, ...many(19, NOON.replace('10:00', '09:30'), (index) => ({ resource: `/d/${index}/f` }))]),
    [],
  );
});

test('directories are counted, not files, and a directory’s own listing is that directory', () => {
  const rows = [
    ...many(60, MORNING, (index) => ({ resource: `/d/e/${index}` })),
    ...many(10, MORNING, (index) => ({ tool: 'list_directory', resource: index % 2 === 0 ? '/d/e' : '/d/e/' })),
    ...many(31, MORNING, (index) => ({
      tool: 'search_files',
      resource: '/d/e',
      at: new Date(Date.parse(MORNING) + index),
    })),
  ];
  assert.deepEqual(reported(rows), [{ caller: ANA, hour: '2026-10-15 09:00', calls: 101, directories: 1 }]);
});

test('what is asked about files lies in their directory', () => {
  const about = (index: number) => ({ tool: 'get_file_info', resource: `path=/d/e/${index}` });
  assert.deepEqual(reported(many(100, MORNING, about)), []);
  assert.equal(reported(many(101, MORNING, about))[0]?.directories, 1);
});

test('Windows paths have directories too', () => {
  const rows = many(21, MORNING, (index) => ({ resource: String.raw`C:\documents\d${index}\file` }));
  assert.equal(reported(rows)[0]?.directories, 21);
});

test('a hundred calls each by two callers, through another server, or that write are nothing', () => {
  const half = (index: number) => index % 2 === 0;
  assert.deepEqual(reported(many(200, MORNING, (index) => ({ oid: half(index) ? ANA : BEN }))), []);
  assert.deepEqual(reported(many(200, MORNING, () => ({ server: 'github' }))), []);
  assert.deepEqual(reported(many(200, MORNING, () => ({ tool: 'write_file' }))), []);
  assert.deepEqual(reported(many(200, MORNING, () => ({ tool: '[answer]', toolClass: 'read' }))), []);
});

test('sixty calls before the full hour and sixty after it are 120 within an hour', () => {
  const rows = [...many(60, '2026-10-15T08:50:00Z'), ...many(60, '2026-10-15T09:00:00Z')];
  assert.deepEqual(reported(rows), [{ caller: ANA, hour: '2026-10-15 09:00', calls: 120, directories: 1 }]);
  const files = (offset: number) => (index: number) => ({ resource: `/d/${index + offset}/f` });
  const places = [...many(11, '2026-10-15T08:58:00Z', files(0)), ...many(11, '2026-10-15T09:00:00Z', files(11))];
  assert.equal(reported(places)[0]?.directories, 22);
});

test('a call counts for sixty minutes to the millisecond, and a directory from when the caller was last there', () => {
  const one = (at: string, resource = '/d/f') => many(1, at, () => ({ resource }));
  const rest = many(100, '2026-10-15T09:20:00Z');
  const last = rest.at(-1)?.timestamp_t;
  assert.ok(last instanceof Date);
  const before = (ms: number) => new Date(last.getTime() - 3_600_000 + ms).toISOString();
  assert.deepEqual(reported([...one(before(0)), ...rest]), []);
  assert.equal(reported([...one(before(1)), ...rest])[0]?.calls, 101);

  const others = many(20, '2026-10-15T09:40:00Z', (index) => ({ resource: `/d/${index}/f` }));
  const end = others.at(-1)?.timestamp_t;
  assert.ok(end instanceof Date);
  const first = (ms: number, resource: string) => one(new Date(end.getTime() - 3_600_000 + ms).toISOString(), resource);
  assert.deepEqual(reported([...first(0, '/e/f'), ...others]), []);
  assert.equal(reported([...first(1, '/e/f'), ...others])[0]?.directories, 21);
  // Of those who return to a directory it counts once, and from the last time on.
  assert.deepEqual(reported([...first(1, '/d/3/f'), ...others]), []);
  assert.equal(reported([...first(-9, '/e/f'), ...first(9, '/e/g'), ...others])[0]?.directories, 21);
});

test('hours of a long reading are one report each, and calls that end are none', () => {
  const rows = many(660, '2026-10-15T08:30:00Z');
  assert.deepEqual(
    reported(rows, '2026-10-15T11:00:00Z').map(({ hour, calls }) => [hour, calls]),
    [
      ['2026-10-15 08:00', 180],
      ['2026-10-15 09:00', 360],
      ['2026-10-15 10:00', 360],
    ],
  );
  assert.deepEqual(
    reported(many(120, '2026-10-15T08:30:00Z')).map(({ hour }) => hour),
    ['2026-10-15 08:00'],
  );
});

test('on any rows, the sums are those of the sixty minutes before each call', () => {
  const calls = fc.record({ second: fc.integer({ min: 0, max: 9_000 }), place: fc.integer({ min: 0, max: 29 }) });
  const limits = audit.alerts.get('file-system-volume')?.query ?? '';
  const low = limits
    .replace('maximumCalls = 100', 'maximumCalls = 8')
    .replace('maximumDirectories = 20', 'maximumDirectories = 5');
  fc.assert(
    fc.property(fc.array(calls, { maxLength: 40 }), (all) => {
      const start = Date.parse(MORNING);
      const rows = all.map(({ second, place }) =>
        uploaded({ at: new Date(start + second * 1_000), resource: `/d/${place}/f` }),
      );
      const expected = new Map<string, { calls: number; directories: number }>();
      for (const { second } of all) {
        const within = all.filter((other) => other.second <= second && other.second > second - 3_600);
        const found = { calls: within.length, directories: new Set(within.map(({ place }) => place)).size };
        if (found.calls <= 8 && found.directories <= 5) continue;
        const hour = new Date(start + second * 1_000).toISOString().slice(0, 13).replace('T', ' ');
        const most = expected.get(hour) ?? { calls: 0, directories: 0 };
        expected.set(hour, {
          calls: Math.max(most.calls, found.calls),
          directories: Math.max(most.directories, found.directories),
        });
      }
      const answer = resultOf(low, audit.schema, rows, new Date(start + 9_100_000));
      assert.deepEqual(
        answer.map(({ hour, calls, directories }) => [String(hour), { calls, directories }]).sort(),
        [...expected].map(([hour, most]) => [`${hour}:00`, most]).sort(),
      );
    }),
    { numRuns: 60 },
  );
});
