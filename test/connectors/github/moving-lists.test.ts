import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { Paging } from '../../../local/tenant/github/paging.ts';
import { listRunners } from '../../../src/connectors/github/actions/runners.ts';
import { listVariables } from '../../../src/connectors/github/actions/variables.ts';
import { gitHubClient } from '../../../src/connectors/github/call/client.ts';
import { listFineGrainedTokens, listSsoCredentials } from '../../../src/connectors/github/credentials/credentials.ts';
import { organisationPeople } from '../../../src/connectors/github/people/external-identities.ts';
import { listVerifiedMails } from '../../../src/connectors/github/people/verified-mails.ts';
import { listOrganisationRepositories } from '../../../src/connectors/github/repositories/repositories.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import { ORGANISATION, startCaseStudyGitHub } from '../../activities/runner-credentials/github/case-study.ts';
import { fc } from '../../support/properties.ts';

const { app, state, organisation } = await startCaseStudyGitHub({ repositories: 120 });
after(() => app.stop());
const connected = await gitHubClient(app.config, 'reader', ORGANISATION);
assert.ok(connected.ok);
const reader = connected.value;

const runner = (id: number) =>
  ({ id, name: `build-${id}`, os: 'linux', status: 'online', busy: false, labels: [] }) as const;
for (let id = 1_001; id <= 1_200; id += 1) organisation.runners.add(runner(id));
for (let id = 20_001; id <= 20_200; id += 1) {
  organisation.credentials.add({ id, login: `person-${id}`, type: 'SSH key', fingerprint: `SHA256:${id}` });
  organisation.tokens.add({ id, tokenId: id, name: `token-${id}`, ownerId: 1 });
}
for (let id = 30_001; id <= 30_250; id += 1) {
  state.users.add({ id, login: `octo-${id}`, name: 'Octo' });
  organisation.members.add(id);
  if (id % 2 === 0) organisation.identities?.push({ guid: `row-${id}`, nameId: `octo-${id}@firm.example`, userId: id });
}
beforeEach(() => {
  state.paging = {};
});

/** Every list that GitHub gives us in pages. */
const LISTS: Readonly<Record<string, () => Promise<Listing<unknown>>>> = {
  runners: () => listRunners(reader, { organisation: ORGANISATION }),
  variables: () => listVariables(reader, { type: 'organisation', organisation: ORGANISATION }),
  'single sign-on credentials': () => listSsoCredentials(reader),
  'fine-grained tokens': () => listFineGrainedTokens(reader),
  repositories: () => listOrganisationRepositories(reader),
  'verified mails': () => listVerifiedMails(reader),
  people: async () => {
    const answer = await organisationPeople(reader);
    if (!answer.ok) return { items: [], failure: answer.failure };
    const { members, identities, failure } = answer.value;
    return { items: [...members, ...identities], ...(failure && { failure }) };
  },
};
const GRAPHQL = ['repositories', 'people', 'verified mails'];
const ANNOUNCED = ['runners', 'variables', ...GRAPHQL];

const FAULTS: Readonly<Record<string, Paging>> = {
  'pages after the first are empty': { empty: true },
  'pages repeat the last row of the page before': { repeats: true },
};
for (const [name, read] of Object.entries(LISTS)) {
  test(`${name} that stand still are read to the end`, async () => {
    const { items, failure } = await read();
    assert.equal(failure, undefined);
    assert.ok(items.length > 30);
  });
  for (const [fault, paging] of Object.entries(FAULTS)) {
    test(`${name} are not whole where ${fault}`, async () => {
      state.paging = paging;
      const { items, failure } = await read();
      assert.equal(failure?.kind, 'unavailable');
      assert.ok(items.length > 0);
    });
  }
}
// Pages of GraphQL have no Link.
for (const [name, read] of Object.entries(LISTS).filter(([each]) => !GRAPHQL.includes(each))) {
  test(`${name} are read to the end although no page says that there is another`, async () => {
    const { items } = await read();
    state.paging = { linkless: true };
    const again = await read();
    assert.deepEqual([again.items.length, again.failure], [items.length, undefined]);
  });
}
for (const name of ANNOUNCED) {
  for (const [lie, announces] of [
    ['more', (total: number) => total + 3],
    ['fewer', (total: number) => total - 3],
  ] as const) {
    test(`${name} of which ${lie} are announced than come are not whole`, async () => {
      state.paging = { announces };
      const { items, failure } = (await LISTS[name]?.()) ?? { items: [] };
      assert.equal(failure?.kind, 'unavailable');
      assert.ok(items.length > 30);
    });
  }
}

test('a list that comes at once although it is longer than a page is not taken for whole where pages repeat it', async () => {
  state.paging = { atOnce: true };
  const { items, failure } = await listSsoCredentials(reader);
  assert.equal(failure?.kind, 'unavailable');
  assert.ok(items.length > 100);
});

test('five runners that end while pages are read hide no other', async () => {
  const ended = [1_001, 1_002, 1_003, 1_004, 1_005];
  state.paging = {
    moves: (path) => {
      if (path.includes('page=2')) for (const id of ended) organisation.runners.delete(String(id));
    },
  };
  const { items, failure } = await listRunners(reader, { organisation: ORGANISATION });
  assert.equal(failure, undefined);
  const read = new Set(items.map(({ id }) => id));
  assert.deepEqual(
    organisation.runners.all().filter(({ id }) => !read.has(id)),
    [],
  );
});

test('a member who leaves while people are listed hides no other, and no other’s identity', async () => {
  const left = [30_001, 30_002, 30_003, 30_004];
  const rows = organisation.identities ?? [];
  state.paging = {
    moves: (path) => {
      if (!path.startsWith('/graphql') || path.endsWith('after=')) return;
      for (const id of left) organisation.members.delete(id);
      organisation.identities = rows.filter(({ userId }) => userId === undefined || !left.includes(userId));
    },
  };
  const answer = await organisationPeople(reader);
  assert.ok(answer.ok && answer.value.failure === undefined);
  const members = new Set(answer.value.members.map(({ id }) => id));
  const linked = new Set(answer.value.identities.map(({ guid }) => guid));
  assert.deepEqual(
    [...organisation.members].filter((id) => !members.has(id)),
    [],
  );
  assert.deepEqual(
    organisation.identities?.filter(({ guid }) => !linked.has(guid)),
    [],
  );
});

const ODD = fc.oneof(
  fc.constantFrom(null, undefined, true, 7, -1.5, '', [], {}, [null], '\u202Egpj.exe', '<b onclick="x">', `"'\``),
  fc.constant('x'.repeat(10_000)),
  fc.anything(),
);
for (const [name, read] of Object.entries(LISTS)) {
  test(`an odd value anywhere in a row of ${name} costs no other row, and is told`, async () => {
    const { items } = await read();
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.nat(30), ODD, async (index, field, odd) => {
        const value = JSON.parse(JSON.stringify(odd ?? null)) as unknown;
        state.paging = {
          oddRow: (row, at) => {
            if (at !== index || typeof row !== 'object' || row === null) return row;
            const names = Object.keys(row).filter((key) => key !== '__typename');
            const member = names[field % (names.length + 1)];
            return member === undefined ? value : { ...row, [member]: value };
          },
        };
        const again = await read();
        if (again.failure === undefined) assert.equal(again.items.length, items.length);
        // People are two lists, in each of which the row is odd.
        else
          assert.ok(
            again.items.length >= items.length - (name === 'people' ? 2 : 1),
            `${again.items.length} of ${items.length}`,
          );
      }),
      // Octokit's parser of JSON calls it.
      { numRuns: 12, examples: [[0, 0, { toString: 0 }]] },
    );
  });
}
