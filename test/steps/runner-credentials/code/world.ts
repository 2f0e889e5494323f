import type { GitHubOwners, NameHolder } from '../../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../../src/people/leaver.ts';
import type { CodeReference } from '../../../../src/steps/runner-credentials/rules/code/code-reference.ts';
import { codeReferences } from '../../../../src/steps/runner-credentials/rules/code/code-references.ts';
import { foreignCodeOf } from '../../../../src/steps/runner-credentials/rules/code/foreign-code.ts';

export const alice: GitHubAccount = { login: 'alice', id: 111, source: 'test', confidence: 'proved' };
const NAMES: readonly (readonly [string, NameHolder])[] = [
  ['alice', { state: 'held', id: 111, login: 'alice' }],
  ['corp', { state: 'held', id: 900, login: 'corp' }],
  ['vendor', { state: 'held', id: 304, login: 'vendor' }],
  ['ghost', { state: 'unclaimed' }],
];
export const OWNERS: GitHubOwners = {
  firm: [{ login: 'corp', id: 900 }],
  names: new Map(NAMES),
  repositories: new Map(),
};

export const WORKFLOW = '.github/workflows/ci.yml';
export const file = (text: string, path = WORKFLOW) => ({
  organisation: 'corp',
  repository: 'api',
  path,
  references: codeReferences(path, text),
});
export const judge = (text: string, path = WORKFLOW, owners = OWNERS, accounts = [alice]) =>
  foreignCodeOf(file(text, path), owners, accounts).map(({ kind, owner }) => [kind, owner]);

/** A reference in a line: `?` where it may be something else, `!` where it is handed all secrets. */
export const inShort = ({ how, host, owner, written, perhaps, inheritsSecrets }: CodeReference): string =>
  `${how}${perhaps === true ? '?' : ''}${inheritsSecrets === true ? '!' : ''} ${host} ${owner}: ${written}`;
