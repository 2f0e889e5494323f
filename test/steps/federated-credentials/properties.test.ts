import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Relation, VERDICTS } from '../../../src/steps/federated-credentials/rules/relation.ts';
import { fc } from '../../support/properties.ts';
import { ISSUER, leaver, letters, reference, relate, relateExpression, tail } from './properties/world.ts';

const relateSubject = (subject: string): Relation => relate({ subject });

/** `alice` with the case of some letters turned. */
const anyCase = fc
  .array(fc.boolean(), { minLength: 5, maxLength: 5 })
  .map((upper) => [...'alice'].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''));

test('an owner that merely contains the login is never the leaver', () => {
  fc.assert(
    fc.property(letters, letters, tail, (before, after, end) => {
      fc.pre(before + after !== '');
      const relation = relateSubject(`repo:${before}alice${after}/tool:${end}`);
      assert.notEqual(relation.verdict, 'references-leaver');
      const flexible = relateExpression(`claims['sub'] matches 'repo:${before}alice${after}/*'`);
      assert.ok(!['references-leaver', 'can-match-leaver'].includes(flexible.verdict));
    }),
  );
});

test('a login counts whatever its case', () => {
  fc.assert(
    fc.property(anyCase, tail, (login, end) => {
      assert.equal(relateSubject(`repo:${login}/tool:${end}`).verdict, 'references-leaver');
      assert.equal(relateExpression(`claims['sub'] matches 'repo:${login}/*'`).verdict, 'references-leaver');
    }),
  );
});

test('where a subject carries an id, the id alone decides', () => {
  fc.assert(
    fc.property(fc.nat(), letters, tail, (id, name, end) => {
      fc.pre(name !== '');
      const relation = relateSubject(`repo:${name}@${id}/tool@5:${end}`);
      assert.equal(relation.verdict === 'references-leaver', id === leaver.id);
      const recycled = relateSubject(`repo:alice@${id}/tool@5:${end}`);
      assert.equal(recycled.verdict === 'references-leaver', id === leaver.id);
    }),
  );
});

const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...":@/*?%3A'[]claims repoalice111".split('')), maxLength: 80 }),
);

test('every text has a verdict', () => {
  fc.assert(
    fc.property(nastyText, nastyText, nastyText, fc.boolean(), (issuer, text, name, flexible) => {
      const trust = flexible ? { expression: text } : { subject: text };
      for (const from of [issuer, ISSUER, 'https://gitlab.com', 'https://app.terraform.io']) {
        const relation = relate(trust, {}, name, from);
        assert.ok(VERDICTS.includes(relation.verdict));
        assert.ok(relation.why.length > 0);
      }
    }),
  );
});

/** What GitHub puts into the claims of one run: everything that an attacker can choose is chosen. */
interface Run {
  readonly owner: string;
  readonly ownerId: number;
  readonly repo: string;
  readonly repoId: number;
  readonly immutable: boolean;
  readonly environment: string;
  readonly actor: string;
  /** Of the reusable workflow that the job calls; its own repository where it calls none. */
  readonly calls: string | undefined;
}

/** The claims of a token by name, `%3A` for `:` inside values, as GitHub documents them. */
function claimsOf(run: Run): Record<string, string> {
  const { owner, ownerId, repo, repoId } = run;
  const own = `${owner}/${repo}/.github/workflows/ci.yml@refs/heads/main`;
  const plain: Record<string, string> = {
    repo: run.immutable ? `${owner}@${ownerId}/${repo}@${repoId}` : `${owner}/${repo}`,
    repository: `${owner}/${repo}`,
    repository_owner: owner,
    repository_owner_id: String(ownerId),
    repository_id: String(repoId),
    repository_visibility: 'private',
    environment: run.environment,
    ref: 'refs/heads/main',
    actor: run.actor,
    workflow_ref: own,
    job_workflow_ref: run.calls ?? own,
    run_number: '7',
    sha: 'abc',
    repo_property_team: 'platform',
    enterprise: 'theirs',
  };
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, value.replaceAll(':', '%3A')]));
}

const KEYS = Object.keys(
  claimsOf({
    owner: '',
    ownerId: 0,
    repo: '',
    repoId: 0,
    immutable: false,
    environment: '',
    actor: '',
    calls: undefined,
  }),
);

const name = fc.constantFrom('api', 'tool', 'corp', 'x');
/** Anybody but the firm: the leaver, strangers, and whoever registers a name that begins like the firm’s. */
const attacker = fc.constantFrom(['alice', 111], ['bob', 303], ['corp-x', 777], ['corpx', 778], ['zed', 779]);
const run = fc
  .record({
    who: attacker,
    repo: name,
    immutable: fc.boolean(),
    environment: fc.constantFrom('production', 'repo:corp/api', 'corp', 'x:repository_owner:corp'),
    actor: fc.constantFrom('alice', 'bob', 'carol', 'zed'),
    calls: fc.constantFrom(undefined, 'corp/open/.github/workflows/w.yml@refs/heads/main'),
  })
  .map(
    ({ who: [owner, ownerId], ...rest }): Run => ({
      owner: String(owner),
      ownerId: Number(ownerId),
      repoId: 4_242,
      ...rest,
    }),
  );
/** A template of the attacker’s own: GitHub lets every owner choose the claims of the subject, and their order. */
const template = fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 });

const subjectOf = (claims: Record<string, string>, keys: readonly string[]): string =>
  keys.map((key) => `${key}:${claims[key]}`).join(':');

/** A trust that was made from a token, so that many of them fit one: exact, or with runs replaced by wildcards. */
const holes = fc.array(fc.tuple(fc.nat(60), fc.nat(14), fc.constantFrom('*', '?', '*')), { maxLength: 2 });

test('whatever an owner outside of the firm can satisfy is a finding', () => {
  let satisfied = 0;
  fc.assert(
    fc.property(run, template, holes, fc.boolean(), fc.boolean(), (attack, keys, cuts, alsoWorkflow, upper) => {
      const claims = claimsOf(attack);
      const subject = subjectOf(claims, keys);
      const pattern = cuts.reduce(
        (text, [at, length, wildcard]) =>
          wildcard === '?' && at < text.length
            ? `${text.slice(0, at)}?${text.slice(at + 1)}`
            : `${text.slice(0, at)}*${text.slice(at + length)}`,
        subject,
      );
      const written = upper ? pattern.replace('alice', 'Alice').replace('bob', 'BOB') : pattern;
      const workflow = alsoWorkflow ? ` and claims['job_workflow_ref'] matches '${claims.job_workflow_ref}'` : '';
      // The oracle: Entra’s matching, written down a second time above, and taken without case to be safe.
      fc.pre(reference(written.toLowerCase(), subject.toLowerCase()));
      satisfied += 1;
      const flexible = relate({ expression: `claims['sub'] matches '${written}'${workflow}` });
      assert.notEqual(flexible.verdict, 'unrelated', `${written} lets ${subject} in`);
      assert.notEqual(flexible.verdict, 'mentions-leaver', `${written} lets ${subject} in`);
      const exact = relate({ subject: upper ? subject.replace('alice', 'ALICE') : subject });
      assert.ok(!['unrelated', 'mentions-leaver'].includes(exact.verdict), `${subject}: ${exact.verdict}`);
      const blind = relate({ expression: `claims['sub'] matches '${written}'${workflow}` }, { accounts: [] });
      assert.notEqual(blind.verdict, 'unrelated', `${written} lets ${subject} in, and no account is known`);
    }),
    { numRuns: 1_500, maxSkipsPerRun: 1_000 },
  );
  assert.ok(satisfied > 500);
});

test('what names a repository of the firm to its end is no finding, whatever stands behind it', () => {
  const tails = fc.constantFrom(':environment:production', ':ref:refs/heads/main', ':pull_request', ':*', '*', '/*');
  fc.assert(
    fc.property(fc.constantFrom('corp/', 'CORP/', 'corp@900/'), name, tails, (owner, repo, end) => {
      const { verdict } = relateExpression(`claims['sub'] matches 'repo:${owner}${repo}${end}'`);
      assert.equal(verdict, 'unrelated');
    }),
  );
});
