import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissionsOf, type SourceDefinition, scopesOf } from '../../../src/steps/define-source.ts';
import { SIGNING } from '../../../src/steps/github-account.ts';
import { DEVOPS_SOURCES } from '../../../src/steps/runner-credentials/sources/azure-devops.ts';
import { comparedByName } from '../../../src/steps/runner-credentials/sources/compared-by-name.ts';
import { GITHUB_SOURCES } from '../../../src/steps/runner-credentials/sources/github.ts';
import { LIMITS } from '../../../src/steps/runner-credentials/sources/github-limits.ts';
import { CI_SOURCES } from '../../../src/steps/runner-credentials/sources/index.ts';
import { MACHINE_SOURCES } from '../../../src/steps/runner-credentials/sources/machines.ts';
import { PLATFORM_SOURCES } from '../../../src/steps/runner-credentials/sources/platform.ts';
import { runnerCredentials } from '../../../src/steps/runner-credentials/step.ts';

const readIn = (sources: readonly SourceDefinition[]) => sources.filter(({ examined }) => examined === 'always');
const isLimit = ({ examined }: SourceDefinition) => typeof examined === 'object' && 'not' in examined;

test('the places of the step are those of its vendors, and every remedy closes what is found at one', () => {
  const all = [GITHUB_SOURCES, DEVOPS_SOURCES, PLATFORM_SOURCES, MACHINE_SOURCES].flatMap((each): string[] =>
    each.map(({ id }) => id),
  );
  assert.deepEqual(
    CI_SOURCES.map(({ id }) => id),
    all,
  );
  assert.equal(runnerCredentials.sources, CI_SOURCES);
  const closed = new Set(CI_SOURCES.flatMap(({ remedies = [] }: SourceDefinition) => remedies));
  assert.deepEqual([...closed].sort(), runnerCredentials.remedies.map(({ kind }) => kind).sort());
});

test('what is read on GitHub takes signing in, and organisations that a setting names', () => {
  for (const source of readIn(GITHUB_SOURCES)) {
    assert.ok(permissionsOf(source).includes(SIGNING), source.id);
    assert.ok(scopesOf(source).includes('GITHUB_ORGANISATIONS'), source.id);
  }
});

test('what is looked up by the leaver’s account says nothing without it', () => {
  for (const id of ['fine-grained-tokens', 'sso-credentials', 'schedules', 'membership', 'deploy-keys', 'audit-log']) {
    const source = GITHUB_SOURCES.find((each) => each.id === `github/${id}`) as SourceDefinition | undefined;
    assert.deepEqual(
      source?.restsOn?.map((each) => each.id),
      ['identity/github'],
      id,
    );
  }
});

test('machines are compared with the names that the directory has of the person', () => {
  const USERS = 'reader/graph/User.Read.All';
  assert.deepEqual(comparedByName({ permissions: ['x'] }).permissions, [USERS, 'x']);
  const compared = [...GITHUB_SOURCES, ...DEVOPS_SOURCES].filter(({ permissions }) => permissions.includes(USERS));
  assert.deepEqual(
    compared.map(({ id }) => id),
    [
      ...['github/repository-runners', 'github/organisation-runners', 'github/invitations', 'github/runner-groups'],
      ...['azure-devops/agents', 'azure-devops/deployment-agents', 'azure-devops/environment-machines'],
    ],
  );
});

test('what is read in Azure DevOps is read with scopes of the reader alone', () => {
  for (const source of readIn(DEVOPS_SOURCES)) {
    assert.equal(source.scope, 'DEVOPS_ORGANISATIONS', source.id);
    assert.ok(source.permissions.length > 0, source.id);
    assert.ok(
      source.permissions.every((permission) => /^reader\//.test(permission) && !/write|manage$/.test(permission)),
      source.id,
    );
  }
});

test('the platform is read where there is a gateway, and containers where subscriptions are named', () => {
  for (const source of readIn(PLATFORM_SOURCES)) {
    const where = source.id.startsWith('gateway/') ? 'DENY_LIST_NAMED_VALUES' : 'SUBSCRIPTION_IDS';
    assert.deepEqual(scopesOf(source), [where], source.id);
  }
});

test('what nobody can read says what to do by hand, and a machine’s word never makes its disk read', () => {
  const limits = [...LIMITS, ...MACHINE_SOURCES, ...(DEVOPS_SOURCES as readonly SourceDefinition[]).filter(isLimit)];
  assert.ok(LIMITS.every(({ id }) => id.startsWith('github/')));
  assert.ok(LIMITS.every(({ id }) => GITHUB_SOURCES.some((each) => each.id === id)));
  for (const { id, examined, permissions } of limits) {
    assert.ok(typeof examined === 'object' && 'not' in examined && examined.not === 'no-interface', id);
    assert.match(examined.why, /\.$/, id);
    assert.deepEqual(permissions, [], id);
  }
});
