import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredSecret, WorkflowSecretUse } from '../../../src/posture/readings/pipelines/workflow-secrets.ts';
import { idleSecrets, signIns } from '../../../src/posture/secrets/judge-workflow-secrets.ts';

const PAGE = 'https://github.com/acme/a';
const use = (more: Partial<WorkflowSecretUse> = {}): WorkflowSecretUse => ({
  ...{
    organisation: 'acme',
    repository: 'a',
    path: 'x.yml',
    line: 7,
    key: 'creds',
    page: PAGE,
    secret: 'One',
    ...more,
  },
});
const stored = (more: Partial<StoredSecret> = {}): StoredSecret => ({
  ...{ organisation: 'acme', repository: 'a', name: 'ONE', telling: true, page: PAGE, ...more },
});
const { repository: _, ...ofOrganisation } = stored();

test('a sign-in is told with its line, with who keeps the secret, and with what deletes it there', () => {
  const kept = [stored(), stored({ environment: 'prod' }), ofOrganisation, stored({ name: 'TWO' })];
  assert.deepEqual(signIns({ uses: [use()], stored: kept }), [
    {
      ...{ reason: 'workflow-signs-in-with-secret', resource: 'github/acme/a/x.yml#creds=One' },
      says: 'acme/a/x.yml:7 signs in with the secret One as creds.',
      evidence: {
        ...{ resource: 'acme/a/x.yml:7', call: 'workflow files, default branch' },
        shows: {
          ...{ key: 'creds', secret: 'One' },
          kept_by: ['acme/a', 'environment prod of acme/a', 'the organisation acme'],
        },
      },
      remedy: {
        ...{
          todo: 'Sign in with a federated credential (permissions: id-token: write), then delete the secret.',
          link: PAGE,
        },
        command:
          'gh secret delete ONE --repo acme/a && gh secret delete ONE --repo acme/a --env prod && gh secret delete ONE --org acme',
      },
    },
  ]);
  const { secret: __, ...unnamed } = use();
  const [handed] = signIns({ uses: [unnamed], stored: kept });
  assert.deepEqual(
    [handed?.resource, handed?.says, handed?.evidence.shows, 'command' in (handed?.remedy ?? {})],
    [
      ...['github/acme/a/x.yml#creds', 'acme/a/x.yml:7 signs in with a stored secret as creds.'],
      ...[{ key: 'creds', secret: 'not named there', kept_by: [] }, false],
    ],
  );
});

test('a secret with which nothing signs in is told by where it is kept, and by what names it', () => {
  const idle = (one: StoredSecret, uses: readonly WorkflowSecretUse[] = []) => idleSecrets({ uses, stored: [one] });
  const unused = `keeps a secret called ONE, which no workflow of a default branch uses: delete it, or look who does (${PAGE}).`;
  assert.deepEqual(idle(stored({ environment: 'prod' })), [
    { reason: 'no-data', resource: 'github/acme/a/prod/secrets#ONE', detail: `Environment prod of acme/a ${unused}` },
  ]);
  assert.deepEqual(idle(ofOrganisation), [
    { reason: 'no-data', resource: 'github/acme/secrets#ONE', detail: `The organisation acme ${unused}` },
  ]);
  const detail = `Acme/a keeps a secret called ONE, which acme/a/y.yml:3 uses in a way that does not tell whether it signs in (${PAGE}).`;
  assert.deepEqual(idle(stored({ named: 'acme/a/y.yml:3' })), [
    { reason: 'unreadable', resource: 'github/acme/a/secrets#ONE', detail },
  ]);
  const { secret: __, ...unnamed } = use();
  const uses = [unnamed, use({ secret: 'OTHER' }), use({ organisation: 'b' })];
  assert.equal(idle(stored(), uses).length, 1);
  assert.equal(idle(stored(), [...uses, use()]).length, 0);
});
