import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pinnedSubjects } from '../../../../src/posture/readings/pipelines/pinned-subjects.ts';
import { serviceConnections } from '../../../../src/posture/readings/pipelines/service-connections.ts';
import { workflowSecrets } from '../../../../src/posture/readings/pipelines/workflow-secrets.ts';
import { isDeclared } from '../../support/declared-reading.ts';

test('federated credentials: what each comes to, and what guards that', () => {
  const credential = {
    ...{ id: 'applications/a/federatedIdentityCredentials/b', name: 'main', holder: 'pipelines', appId: 'a' },
    ...{ issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:acme/web:ref:refs/heads/main' },
    ...{ pin: 'branch' as const, guard: { state: 'guarded' as const, what: 'branch' as const, says: 'a ruleset' } },
  };
  const { pin: _, ...unpinned } = credential;
  isDeclared(pinnedSubjects, { credentials: [credential] }, [
    { credentials: [unpinned] },
    { credentials: [{ ...credential, pin: 'tag' }] },
    { credentials: [{ ...credential, guard: { ...credential.guard, state: 'fine' } }] },
  ]);
  assert.equal(pinnedSubjects.weekly, true, 'GitHub is asked of each repository');
});

test('service connections: how they sign in, and never with what', () => {
  const connection = {
    ...{ organisation: 'acme', project: 'web', id: 'c', name: 'to-azure', page: 'https://dev.azure.com/acme/web' },
    ...{ scheme: 'serviceprincipal', authentication: 'spnkey', appId: 'a' },
  };
  isDeclared(serviceConnections, { connections: [connection] }, [
    { connections: [{ ...connection, scheme: undefined }] },
    { connections: [{ ...connection, serviceprincipalkey: 'x' }] },
  ]);
  assert.equal(serviceConnections.weekly, undefined, 'it is read every night');
});

test('secrets of workflows: where they are used and kept, by their names', () => {
  const use = {
    ...{
      organisation: 'acme',
      repository: 'web',
      path: '.github/workflows/x.yml',
      line: 7,
      page: 'https://github.com',
    },
    ...{ key: 'creds', secret: 'AZURE_CREDENTIALS' },
  };
  const stored = { organisation: 'acme', name: 'AZURE_CREDENTIALS', telling: true, page: 'https://github.com' };
  isDeclared(workflowSecrets, { uses: [use], stored: [stored], names: 12 }, [
    { uses: [{ ...use, line: -1 }] },
    { uses: [{ ...use, value: 'x' }] },
    { stored: [{ ...stored, telling: 'yes' }] },
    { names: undefined },
  ]);
  assert.equal(workflowSecrets.weekly, true);
});
