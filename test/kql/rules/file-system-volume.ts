import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolCall } from '../../../local/tenant/logs/state.ts';
import { fc } from '../../support/properties.ts';
import { defaultAudit, EXPECTED, tunedAudit } from '../support/deployed-audit.ts';
import { ANA, BEN, many, PIPELINE, resultOf, rule, uploaded } from '../support/run-rule.ts';

const audit = await defaultAudit();
const run = rule(audit, 'file-system-volume');
const tunedRules = await tunedAudit();
const tuned = rule(tunedRules, 'file-system-volume');
const MORNING = '2026-10-15T09:00:00Z';
const NOON = '2026-10-15T10:00:00Z';
const UPN = 'ana@northwind-capital.example';

const reported = (rows: ReturnType<typeof many>, now = NOON) =>
  run(rows, now).map(({ caller, hour, calls, directories }) => ({ caller, hour, calls, directories }));

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

test('the tools of today’s reference server are known by what the gateway took them for, whatever they are called', () => {
  for (const tool of ['read_text_file', 'read_multiple_files', 'directory_tree', 'list_directory_with_sizes', 'peek']) {
    assert.equal(reported(many(101, MORNING, () => ({ tool, toolClass: 'read' })))[0]?.calls, 101, tool);
    assert.equal(reported(many(101, MORNING, () => ({ tool, toolClass: 'secrets' })))[0]?.calls, 101, tool);
  }
});

test('rows from before the gateway logged a class are known by the names of tools', () => {
  const older = (tool: string) => reported(many(101, MORNING, () => ({ tool, toolClass: '' }))).length;
  for (const tool of ['read_file', 'read_text_file', 'read_media_file', 'list_directory', 'search_files']) {
    assert.equal(older(tool), 1, tool);
  }
  assert.deepEqual([older('write_file'), older('peek'), older('[unread]')], [0, 0, 0]);
});

test('refused calls read nothing, and a hundred read among them are not one more', () => {
  for (const status of [401, 403, 404, 429, 500]) {
    assert.deepEqual(reported(many(200, MORNING, () => ({ status }))), [], String(status));
    const rows = [...many(100, MORNING), ...many(1, '2026-10-15T09:30:00Z', () => ({ status }))];
    assert.deepEqual(reported(rows), [], String(status));
  }
  assert.equal(reported(many(101, MORNING, () => ({ status: 202 }))).length, 1);
});

test('what the gateway writes of arguments has the same directories: path=, paths= with several, and [none]', () => {
  const files = (index: number) => ({ resource: `path=/d/${index}/f` });
  assert.deepEqual(reported(many(20, MORNING, files)), []);
  assert.equal(reported(many(21, MORNING, files))[0]?.directories, 21);
  const several = Array.from({ length: 21 }, (_, index) => `/d/${index}/f`).join(', ');
  const call = (resource: string) => many(1, MORNING, () => ({ tool: 'read_multiple_files', resource }));
  assert.equal(reported(call(`paths=${several}`))[0]?.directories, 21);
  const twenty = many(20, MORNING, (index) => ({ resource: `path=/d/${index}/f` }));
  // The same directory as it was written before, and calls about nothing.
  assert.deepEqual(reported([...twenty, ...many(1, MORNING, () => ({ resource: '/d/3/g' }))]), []);
  const about = (resource: string) => many(1, MORNING, () => ({ tool: 'list_allowed_directories', resource }));
  assert.deepEqual(reported([...twenty, ...about('[none]')]), []);
  assert.equal(reported([...twenty, ...about('path=/e')])[0]?.directories, 21);
});

test('a call for several documents counts as many, and as many as the gateway says where it could not write them all', () => {
  const call = (resource: string, count = 1) => many(count, MORNING, () => ({ tool: 'read_multiple_files', resource }));
  const paths = (count: number) =>
    `path=/d; paths=${Array.from({ length: count }, (_, index) => `/d/${index}`).join(', ')}`;
  assert.deepEqual(reported(call(paths(100))), []);
  assert.equal(reported(call(paths(101)))[0]?.calls, 101);
  assert.equal(reported(call('paths=/d/./././f, /d/g... [100 in all]; owner=x'))[0]?.calls, 100);
  assert.deepEqual(reported(call('paths=/d/f, /d/g... [20 in all]', 5).slice(0, 1)), []);
  // Two lists add up, and items of a list in any argument are told apart.
  assert.equal(reported(call(`${paths(60)}; file_path=/d/a, /d/b... [41 in all]`))[0]?.calls, 101);
  const roots = Array.from({ length: 101 }, (_, index) => `/d/${index}`).join(', ');
  assert.equal(reported(call(`path=${roots}`))[0]?.calls, 101);
  assert.deepEqual(reported(many(100, MORNING, () => ({ resource: 'path=/d/Moreau, Alex.pdf' }))), []);
  assert.equal(reported(call(paths(2), 51))[0]?.calls, 102);
});

test('documents of a list that the log has no room for may each lie in a directory of their own', () => {
  const listed = (inAll: number, first = '/d/f, /d/g') =>
    reported(
      many(1, MORNING, () => ({ tool: 'read_multiple_files', resource: `paths=${first}... [${inAll} in all]` })),
    );
  // One for both that are seen, of which the last may be cut, and so is one of its own; and those that are not seen.
  assert.deepEqual(listed(20), []);
  assert.deepEqual(listed(21)[0]?.directories, 21);
  assert.deepEqual(listed(20, `/d/${'./'.repeat(240)}`), []);
  assert.deepEqual(listed(21, `/d/${'./'.repeat(240)}`)[0]?.directories, 21);
});

test('a call that names documents by an argument each counts as many, those that the gateway left out too', () => {
  const calls = (resource: string) => reported(many(1, MORNING, () => ({ resource })))[0]?.calls;
  const each = (count: number) => Array.from({ length: count }, (_, index) => `path=/d/${index}`).join('; ');
  assert.equal(calls(each(100)), undefined);
  assert.equal(calls(each(101)), 101);
  assert.equal(calls(`${each(90)}; [11 more]`), 101);
  assert.equal(calls(`repo=x; ${each(90)}; [10 more]`), undefined);
  assert.equal(calls('path=/d/f; owner=x; [19 more]'), undefined);
  assert.equal(Number(calls('x_paths=/d/f, /d/g... [cut]')) > 100, true);
});

test('what the items of a list say of its number does not count', () => {
  const items = Array.from({ length: 101 }, (_, index) => `/d/${index}`);
  for (const said of ['[0 in all]', '[1 in all]', '... [1 in all]', '[99999999999999999999 in all]']) {
    for (const list of [
      [`/d/x ${said}`, ...items],
      [...items, `/d/x ${said}`],
    ]) {
      const resource = `paths=${list.join(', ')}`;
      assert.equal(reported(many(1, MORNING, () => ({ resource })))[0]?.calls, 102, said);
    }
  }
});

// A semicolon is written as three characters, and what looks like a credential is cut out with what follows it.
for (const [how, resource] of [
  ['semicolons that push it out', `paths=/a${'%3B'.repeat(199)}... [540 characters]`],
  ['a key that is cut out', 'paths=/d/[private key]'],
  ['a key that is cut out up to a dash', 'paths=/d/[private key]-x, /d/y'],
  ['a key that is cut out as the detector names it', 'paths=/d/[private-key token]'],
  ['a service account’s key', 'paths=/d/[gcp-service-account-key token]'],
  ['a code that takes the comma along', 'paths=/d/x?code=[redacted] /d/y'],
  ['a token that takes the comma along', 'paths=/d/x?sig=[azure-sas token] /d/y'],
  ['a password in quotation marks', 'paths=/d/"password": "[redacted]'],
  ['a cookie', 'paths=/d/cookie: [redacted] /d/x'],
  ['a key in another argument', 'uri=[private key]'],
  ['more than the table takes', `uri=${'a'.repeat(600)}; path=/d… [cut, 9000 characters]`],
] as const) {
  test(`what lost its number by ${how} is more than anybody may read`, () => {
    assert.ok(Number(reported(many(1, MORNING, () => ({ resource })))[0]?.calls) > 100);
  });
}

test('a name that looks like a credential, or a URL with one, is a path like another', () => {
  for (const resource of ['paths=/d/[redacted], /d/g', 'path=/d/x?token=[redacted]', 'path=/app/[id]/page.tsx']) {
    assert.deepEqual(reported(many(50, MORNING, () => ({ resource }))), [], resource);
  }
});

test('reading spread over callers is that of all', () => {
  const spread = (n: number, directories = 1) =>
    Array.from({ length: n }, (_, index) =>
      uploaded({
        at: new Date(Date.parse(MORNING) + index * 5_000),
        oid: `b0b0b0b0-0000-4000-8000-00000000000${index % 9}`,
        resource: `path=/d/${index % directories}/f`,
      }),
    );
  assert.deepEqual(reported(spread(500)), []);
  assert.deepEqual(run(spread(501), NOON), [
    { caller: 'all callers', upn: '', hour: '2026-10-15 09:00', calls: 501, directories: 1 },
  ]);
  assert.deepEqual(reported(spread(100, 100)), []);
  assert.equal(reported(spread(101, 101))[0]?.directories, 101);
});

test('the sum of all callers is not said where one caller’s is', () => {
  const rows = Array.from({ length: 600 }, (_, index) =>
    uploaded({ at: new Date(Date.parse(MORNING) + index * 5_000) }),
  );
  assert.deepEqual(
    reported(rows).map(({ caller, calls }) => [caller, calls]),
    [[ANA, 600]],
  );
});

test('a resource that is read without a tool is read, and lies in its directory', () => {
  const read = (index: number) => ({
    tool: '[resources/read]',
    toolClass: 'read',
    resource: `uri=file:///d/${index % 21}/f`,
  });
  assert.deepEqual(reported(many(20, MORNING, read)), []);
  assert.equal(reported(many(101, MORNING, read))[0]?.calls, 101);
  assert.equal(reported(many(21, MORNING, read))[0]?.directories, 21);
});

for (const slash of ['%2F', '%2f', '%5C', '%252F'])
  test(`a slash that is written ${slash} ends a directory too`, () => {
    const read = (index: number) => ({
      tool: '[resources/read]',
      toolClass: 'read',
      resource: `uri=file:///d${slash}${index}${slash}f`,
    });
    assert.equal(reported(many(21, MORNING, read))[0]?.directories, 21);
  });

test('paths that are too long for the log are taken for places of their own', () => {
  const cut = `path=/d${'/.'.repeat(280)}... [700 characters]`;
  assert.deepEqual(reported(many(20, MORNING, () => ({ resource: cut }))), []);
  assert.equal(reported(many(21, MORNING, () => ({ resource: cut })))[0]?.directories, 21);
});

test('calls without a valid token have no caller and are not added up', () => {
  assert.deepEqual(reported(many(200, MORNING, () => ({ oid: '', upn: '', status: 401 }))), []);
});

test('a pipeline that reads in bulk is reported as a person is', () => {
  const rows = many(101, MORNING, () => ({ oid: PIPELINE, upn: '' }));
  assert.deepEqual(reported(rows), [{ caller: PIPELINE, hour: '2026-10-15 09:00', calls: 101, directories: 1 }]);
});

test('an id in capitals or in braces is the same caller', () => {
  const rows = many(101, MORNING, (index) => ({ oid: [ANA, ANA.toUpperCase(), `{${ANA}}`][index % 3] ?? '' }));
  assert.deepEqual(reported(rows), [{ caller: ANA, hour: '2026-10-15 09:00', calls: 101, directories: 1 }]);
});

test('a batch that was delivered twice counts once', () => {
  const rows = many(60, MORNING);
  assert.deepEqual(reported([...rows, ...rows]), []);
  // Without a request id, calls of one instant and one resource cannot be told apart, those of two instants can.
  const anonymous = many(101, MORNING).map((row) => ({ ...row, apim_request_id_s: '' }));
  assert.equal(reported(anonymous)[0]?.calls, 101);
});

test('an hour is reported again only while rows are added to it', () => {
  const rows = many(101, MORNING);
  assert.equal(run(rows, '2026-10-15T12:17:00Z').length, 1);
  assert.deepEqual(run(rows, '2026-10-15T12:18:00Z'), []);
});

test('an hour whose last rows arrive a day late, or three, is reported when they do', () => {
  const now = '2026-10-18T09:30:00Z';
  const dayLate = many(101, '2026-10-17T09:00:00Z', () => ({ ingestedAt: new Date('2026-10-18T09:00:00Z') }));
  assert.equal(reported(dayLate, now)[0]?.hour, '2026-10-17 09:00');
  const threeDaysLate = many(101, MORNING, () => ({ ingestedAt: new Date('2026-10-18T09:00:00Z') }));
  assert.equal(reported(threeDaysLate, now)[0]?.hour, '2026-10-15 09:00');
});

test('other limits, servers and tools can be set', () => {
  const calls = (n: number, tool: string, resource: (index: number) => string, server = 'documents') =>
    tuned(
      many(n, MORNING, (index) => ({ server, tool, toolClass: '', resource: resource(index) })),
      NOON,
    ).length;
  const file = (index: number) => `/d/${index}`;
  assert.deepEqual([calls(10, 'read_text_file', file), calls(11, 'read_text_file', file)], [0, 1]);
  assert.deepEqual([calls(2, 'directory_tree', file), calls(3, 'directory_tree', file)], [0, 1]);
  assert.equal(calls(11, 'read_file', file), 0);
  assert.equal(calls(11, 'read_text_file', file, 'filesystem'), 0);
  const spread = (n: number, directories: number) =>
    tuned(
      many(n, MORNING, (index) => ({
        oid: index % 2 === 0 ? ANA : BEN,
        server: 'documents',
        resource: `path=/d/${index % directories}/f`,
      })),
      NOON,
    ).length;
  assert.deepEqual([spread(15, 1), spread(16, 1)], [0, 1]);
  assert.deepEqual([spread(4, 4), spread(5, 5)], [0, 1]);
});

test('who is expected to read in bulk at a server is not reported for it, until the end of the last day of the entry', () => {
  const read = (from: string, call: Partial<ToolCall> = {}) =>
    tuned(
      many(11, from, () => ({ oid: EXPECTED, server: 'documents', ...call })),
      new Date(Date.parse(from) + 600_000),
    ).length;
  // In Kolkata the 15th ends at 18:30 UTC.
  assert.equal(read('2026-10-15T18:28:00Z'), 0);
  assert.equal(read('2026-10-15T18:28:10Z', { server: 'DOCUMENTS', oid: EXPECTED.toUpperCase() }), 0);
  assert.equal(read('2026-10-15T18:30:00Z'), 1);
  // Nor in the sum of all callers, until then.
  const all = (from: string) =>
    tuned(
      many(16, from, (index) => ({ oid: index < 8 ? EXPECTED : ANA, server: 'documents' })),
      new Date(Date.parse(from) + 600_000),
    ).map(({ caller }) => caller);
  assert.deepEqual([all('2026-10-15T18:27:00Z'), all('2026-10-15T18:30:00Z')], [[], ['all callers']]);
  // Another caller, and another server, at which the entry is for something else.
  assert.equal(read('2026-10-15T18:28:00Z', { oid: ANA }), 1);
  assert.equal(read('2026-10-15T18:28:00Z', { server: 'archive' }), 1);
});

test('the alert says whom it does not report, why, and until when', () => {
  assert.ok(
    tunedRules.alerts
      .get('file-system-volume')
      ?.description.endsWith(
        ` Not reported: ${EXPECTED} at Documents until 2026-10-15 (Nightly index of the document store).`,
      ),
  );
  assert.ok(!audit.alerts.get('file-system-volume')?.description.includes('Not reported'));
});
