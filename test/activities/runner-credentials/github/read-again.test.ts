import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readAgain } from '../../../../activities/runner-credentials/github/facts/read-again.ts';
import { readingOf } from '../../../../activities/runner-credentials/github/facts/reading.ts';
import type { RepositoryFacts } from '../../../../activities/runner-credentials/github/facts/repository-source.ts';
import { readRepositoryFacts } from '../../../../activities/runner-credentials/github/facts/repository-sources.ts';
import { ownersFor } from '../../../../activities/runner-credentials/github/repositories/read-repositories.ts';
import { push } from '../../../../local/tenant/github/repositories/push.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import { fc } from '../../../support/properties.ts';
import { shortForm } from '../../../support/short-form.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from './case-study.ts';
import { changesIn } from './read-again-changes.ts';

const study = await startCaseStudyGitHub({ repositories: 8 });
const { app, state, organisation } = study;
after(() => app.stop());

const connected = await app.context.vendors.github.organisation('reader', ORGANISATION);
assert.ok(connected.ok);
const client = connected.value;
const { CHANGES, later, furnish, furnished, restore } = changesIn(study);
let cases = 1_000;

async function repositories() {
  const { items } = await client.listOrganisationRepositories();
  return items.map(({ changedAt: _, ...repository }) => repository);
}

/** One pass over the organisation: by what an earlier one filed, or whole. What is filed went through JSON. */
async function pass(before?: readonly RepositoryFacts[]): Promise<readonly RepositoryFacts[]> {
  cases += 1;
  const ownersOf = ownersFor({ caseId: makeCaseId(LEAVER.oid, cases), leaver: { ...LEAVER, github: [] } }, app.context);
  const reading = readingOf(client, await repositories(), ownersOf, app.context.now());
  if (before === undefined) return readRepositoryFacts(reading);
  const filed = JSON.parse(JSON.stringify(before)) as readonly RepositoryFacts[];
  const known = new Map(filed.map((facts) => [facts.repository.nodeId, facts]));
  return readAgain(reading, ({ nodeId }) => known.get(nodeId), ownersOf);
}

/** What counts of facts: when and by which ETag they were read does not, nor does a credential that is listed no more. */
function told(facts: readonly RepositoryFacts[]): unknown {
  const listed = new Set(organisation.credentials.all().map(({ id }) => id));
  const text = JSON.stringify(facts, (key, value: unknown) => {
    if (key === 'readAt' || key === 'etags') return undefined;
    if (key !== 'alike' || !Array.isArray(value)) return value;
    return value.filter(({ credentialId }: { credentialId: number }) => listed.has(credentialId));
  });
  return JSON.parse(text);
}

const one = furnished();
let last = await pass();

// In the short form every third one; the random ones below take from all of them.
for (const [what, apply] of shortForm(Object.entries(CHANGES))) {
  test(`after ${what}, a pass knows what a whole reading knows`, async () => {
    const refuses = what === 'a permission that is missing';
    const repository = what === 'a repository less' ? furnished() : one;
    // A list of several pages is always read anew, and would hide what an ETag does.
    if (repository.variables.size > 25) repository.variables.clear();
    if (repository.variables.size === 0 || repository.runners.size === 0) furnish(repository);
    for (const n of refuses ? [0, 1, 2, 3, 4] : [0]) {
      apply(repository, n);
      last = await pass(last);
      assert.deepEqual(told(last), told(await pass()));
      if (!refuses) continue;
      // What was refused is not taken over.
      restore();
      last = await pass(last);
      assert.deepEqual(told(last), told(await pass()));
    }
  });
}

test('a file that could not be read is read again although the commit is the same', async () => {
  const repository = furnished();
  const { limits } = state;
  const { blobBytes } = limits;
  // Of the workflows' files everything was read: what lacks is another file of CI.
  push(repository, {
    path: 'Dockerfile',
    text: `# ${'x'.repeat(2_000)}\nFROM amoreau/tools\n`,
    authorId: 44,
    at: later(),
  });
  limits.blobBytes = 1_000;
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: new RegExp(`/${repository.name}/git/blobs/`),
    effect: { kind: 'answer', status: 500 },
  });
  const failed = await pass();
  lift();
  limits.blobBytes = blobBytes;
  assert.deepEqual(told(await pass(failed)), told(await pass()));
  state.repositories.delete(`${ORGANISATION}/${repository.name}`);
});

const change = fc.record({
  what: fc.constantFrom(...Object.keys(CHANGES)),
  where: fc.nat(),
  n: fc.nat({ max: 1_000 }),
});

test('whatever changes between two passes, the second knows what a whole reading knows', async () => {
  furnished();
  const passes = fc.array(fc.array(change, { minLength: 3, maxLength: 6 }), { minLength: 2, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(passes, async (all) => {
      let known = await pass();
      for (const changes of all) {
        for (const { what, where, n } of changes) {
          const repositories = state.repositories.all();
          const repository = repositories[where % repositories.length];
          if (repository !== undefined) CHANGES[what]?.(repository, n);
        }
        known = await pass(known);
        assert.deepEqual(told(known), told(await pass()));
        restore();
      }
    }),
    { numRuns: 4 },
  );
});

test('a pass over what has not changed costs nothing of the hour’s REST requests', async () => {
  restore();
  const known = await pass();
  const again = await pass(known);
  const from = app.tenant.calls.length;
  await pass(again);
  const made = app.tenant.calls
    .slice(from)
    .filter(({ vendor, path }) => vendor === 'github' && path.startsWith('/repos/'));
  // A list of several pages has no ETag that stands for all of it.
  const several = state.repositories.all().filter(({ variables }) => variables.size > 30).length;
  const paid = made.filter(({ status }) => status !== 304);
  assert.ok(made.length > 20);
  assert.ok(
    paid.every(({ path }) => path.includes('/variables')),
    paid.map(({ path }) => path).join('\n'),
  );
  assert.ok(paid.length <= several * 6, `${paid.length} of ${made.length} with ${several} long lists`);
});
