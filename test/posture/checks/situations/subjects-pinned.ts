import { seedArm } from '../../../../local/tenant/arm/vendor.ts';
import { seededGuid } from '../../../../local/tenant/entra/directory.ts';
import { emptyEntra } from '../../../../local/tenant/entra/state/state.ts';
import { makeEnvironment } from '../../../../local/tenant/github/state/state-actions.ts';
import { makeRepository, type Repository } from '../../../../local/tenant/github/state/state-repository.ts';
import { seedGitHub } from '../../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { seedVault } from '../../../../local/tenant/vault/vendor.ts';
import { seedContext } from '../../../support/seed-context.ts';
import { deployGatewayApps, PIPELINE } from '../../support/gateway-firm.ts';

const seed = seedContext();
export const entra = emptyEntra();
export const arm = seedArm(seed);
export const vault = seedVault(seed);
export const github = seedGitHub(seed, vault);

const { organisation } = WORLD.github;
export const REPO = `repo:${organisation}@90017/shop@880901`;
export const GITHUB = 'https://token.actions.githubusercontent.com';
export const registration = seededGuid(`registration ${PIPELINE.appId}`);
export let shop: Repository;

export const reset = () => {
  deployGatewayApps(entra);
  entra.federatedCredentials.clear();
  arm.identities.clear();
  github.repositories.clear();
  shop = github.repositories.add(makeRepository(organisation, 'shop', 880_901));
  shop.rules.set('main', [{ type: 'pull_request', rulesetId: 1 }]);
  shop.environments.add(makeEnvironment('prod', 7001));
};

export const trust =
  (more: { readonly subject?: string; readonly expression?: string; readonly issuer?: string; readonly id?: string }) =>
  () => {
    const { subject = null, expression, issuer = GITHUB, id = 'fic' } = more;
    entra.federatedCredentials.add({
      ...{ id, applicationId: registration, name: id, issuer, audiences: ['api://AzureADTokenExchange'] },
      ...{ description: null, subject },
      claimsMatchingExpression: expression === undefined ? null : { value: expression, languageVersion: 1 },
    });
  };
export const onMain = trust({ subject: `${REPO}:ref:refs/heads/main` });
export const onProd = trust({ subject: `${REPO}:environment:prod` });
const protects = (protection: Parameters<Repository['protection']['set']>[1]) => () => {
  onMain();
  shop.rules.clear();
  shop.protection.set('main', protection);
};
export const deploysFrom = (branchPolicy: 'protected' | readonly string[]) => () => {
  onProd();
  shop.environments.patch('prod', { branchPolicy });
};

export const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['`repo:o@1/r@2:ref:refs/heads/main`', onMain, 'pass'],
  ['the same without ids', trust({ subject: `repo:${organisation}/shop:ref:refs/heads/main` }), 'pass'],
  [
    'the organisation in capitals',
    trust({ subject: `repo:${organisation.toUpperCase()}/SHOP:ref:refs/heads/main` }),
    'pass',
  ],
  [
    'the branch has the older protection',
    () => {
      onMain();
      shop.rules.clear();
      shop.protection.set('main', { reviews: true });
    },
    'pass',
  ],
  [
    'it is protected, and nobody reviews',
    () => {
      onMain();
      shop.rules.set('main', [{ type: 'deletion', rulesetId: 1 }]);
      shop.protection.set('main', { reviews: false });
    },
    'fail: unprotected-branch fic',
  ],
  [
    'a ruleset asks for pull requests, and for nobody’s approval',
    () => {
      onMain();
      shop.rules.set('main', [{ type: 'pull_request', rulesetId: 1, approvals: 0 }]);
    },
    'fail: unprotected-branch fic',
  ],
  [
    'the same, and a second ruleset asks for an approval',
    () => {
      onMain();
      shop.rules.set('main', [
        { type: 'pull_request', rulesetId: 1, approvals: 0 },
        { type: 'pull_request', rulesetId: 2 },
      ]);
    },
    'pass',
  ],
  [
    'a ruleset asks for the approval of code owners alone',
    () => {
      onMain();
      shop.rules.set('main', [{ type: 'pull_request', rulesetId: 1, approvals: 0, codeOwners: true }]);
    },
    'unknown: partial',
  ],
  [
    'a merge queue takes what nobody approved',
    () => {
      onMain();
      shop.rules.set('main', [{ type: 'merge_queue', rulesetId: 1 }]);
    },
    'fail: unprotected-branch fic',
  ],
  [
    'the older protection asks for nobody’s approval',
    protects({ reviews: true, approvals: 0 }),
    'fail: unprotected-branch fic',
  ],
  ['it asks for code owners alone', protects({ reviews: true, approvals: 0, codeOwners: true }), 'unknown: partial'],
  [
    'it asks for a review, which somebody may pass by',
    protects({ reviews: true, bypass: ['ada'] }),
    'unknown: partial',
  ],
  ['it lets one person push, whom nobody reviews', protects({ reviews: false, pushers: ['ada'] }), 'unknown: partial'],
  ['it lets no person push', protects({ reviews: false, pushers: [] }), 'pass'],
  [
    'a branch with a slash that nothing protects',
    trust({ subject: `${REPO}:ref:refs/heads/release/1` }),
    'fail: unprotected-branch fic',
  ],
  ['`environment:prod` open', onProd, 'fail: open-environment fic'],
  [
    'it takes protected branches',
    () => {
      deploysFrom('protected')();
      shop.protection.set('main', { reviews: true });
    },
    'pass',
  ],
  [
    'it takes protected branches, and none is',
    () => {
      deploysFrom('protected')();
      shop.rules.clear();
    },
    'fail: open-environment fic',
  ],
  [
    'it takes protected branches, and one of them anybody may push to',
    () => {
      deploysFrom('protected')();
      shop.protection.set('main', { reviews: true });
      shop.protection.set('dev', { reviews: false });
    },
    'fail: open-environment fic',
  ],
  ['it takes protected branches, and rulesets alone protect any', deploysFrom('protected'), 'unknown: partial'],
  ['it takes one branch', deploysFrom(['main']), 'pass'],
  ['it takes a branch that nothing protects', deploysFrom(['main', 'dev']), 'fail: unprotected-branch fic'],
  ['it takes a pattern', deploysFrom(['main', 'release/*']), 'fail: open-environment fic'],
  [
    'an environment that is not there yet',
    trust({ subject: `${REPO}:environment:soon` }),
    'fail: open-environment fic',
  ],
  ["`matches 'repo:o/*'`", trust({ expression: "claims['sub'] matches 'repo:o/*'" }), 'fail: wildcard-subject fic'],
  [
    'a tag by a wildcard',
    trust({ expression: `claims['sub'] matches '${REPO}:ref:refs/tags/v*'` }),
    'fail: wildcard-subject fic',
  ],
  ['an expression for one branch', trust({ expression: `claims['sub'] eq '${REPO}:ref:refs/heads/main'` }), 'pass'],
  [
    'an expression that is not understood',
    trust({ expression: "claims['sub'] like 'repo:o/r'" }),
    'unknown: unreadable',
  ],
  ['pull requests', trust({ subject: `${REPO}:pull_request` }), 'fail: pull-request-subject fic'],
  ['the bare repository', trust({ subject: REPO }), 'fail: whole-repository fic'],
  ['a tag', trust({ subject: `${REPO}:ref:refs/tags/v1` }), 'unknown: unreadable'],
  [
    'another issuer',
    trust({ subject: 'organization:o:project:p', issuer: 'https://app.terraform.io' }),
    'unknown: unreadable',
  ],
  ['somebody else’s organisation', trust({ subject: 'repo:else/where:ref:refs/heads/main' }), 'unknown: partial'],
  [
    'a repository that is not there',
    trust({ subject: `repo:${organisation}/gone:ref:refs/heads/main` }),
    'unknown: unavailable',
  ],
  ['an application of another tenant', () => void entra.applications.delete(registration), 'unknown: partial'],
  ['a holder that no list shows', () => void entra.servicePrincipals.delete(PIPELINE.principalId), 'unknown: partial'],
  ['nobody is trusted', () => {}, 'not-applicable'],
];
