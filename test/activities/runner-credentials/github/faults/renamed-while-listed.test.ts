import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { renameAccount } from '../../../../../local/tenant/github/people/people.ts';
import { WORLD } from '../../../../../local/tenant/seeds/world.ts';
import { startCaseStudyGitHub } from '../case-study.ts';

const { app, state, scanAll } = await startCaseStudyGitHub({ repositories: 2, storage: true });
after(() => app.stop());
const { githubId, githubLogin } = WORLD.leaver;
const CREDENTIALS = ['fine-grained-token', 'sso-credential'];

for (const claimedBy of [undefined, 9]) {
  const words = claimedBy === undefined ? 'is free' : 'is somebody else’s';
  test(`credentials of an account that was renamed since it was identified, and whose login ${words}, are found`, async () => {
    const before = await scanAll();
    renameAccount(state, githubId, 'zz-top', claimedBy);
    try {
      const { findings, coverage } = await scanAll();
      const found = (all: typeof findings) => all.filter(({ kind }) => CREDENTIALS.includes(kind)).map(({ id }) => id);
      assert.equal(found(before.findings).length, 6);
      assert.deepEqual(found(findings).sort(), found(before.findings).sort());
      const lines = coverage.filter(({ source }) => /fine-grained-tokens|sso-credentials/.test(source));
      assert.deepEqual(
        lines.map((line) => line.state),
        ['complete', 'complete'],
      );
    } finally {
      if (claimedBy !== undefined) state.users.delete(String(claimedBy));
      renameAccount(state, githubId, githubLogin);
    }
  });
}
