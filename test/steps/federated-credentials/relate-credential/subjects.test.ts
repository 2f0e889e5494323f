import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rule, Verdict } from '../../../../src/steps/federated-credentials/rules/relation.ts';
import { relate } from './world.ts';

const subjects: readonly (readonly [subject: string, Verdict, Rule])[] = [
  ['repo:alice/tool:ref:refs/heads/main', 'references-leaver', 'repository-owner-login'],
  ['repo:Alice/tool:environment:prod', 'references-leaver', 'repository-owner-login'],
  ['repo:alice@111/tool@5:pull_request', 'references-leaver', 'repository-owner-id'],
  ['repo:old-nick@111/tool@5:ref:refs/heads/main', 'references-leaver', 'repository-owner-id'],
  ['repo:alice@222/tool@9:ref:refs/heads/main', 'recycled-name', 'recycled-name'],
  ['repo:alice@222/tool@9:actor:alice', 'recycled-name', 'recycled-name'],
  ['repo:alice_acme/tool:ref:refs/heads/main', 'owner-not-resolved', 'unresolved-name'],
  ['repository_owner:alice', 'references-leaver', 'repository-owner-login'],
  ['repository_owner:alice:repository_owner_id:222', 'recycled-name', 'recycled-name'],
  ['repository_owner:old-nick:repository_owner_id:111', 'references-leaver', 'repository-owner-id'],
  ['repository_owner_id:111', 'references-leaver', 'repository-owner-id'],
  ['repository_owner_id:1110', 'outside-owner', 'other-owner'],
  ['actor:alice', 'references-leaver', 'actor-login'],
  ['actor_id:111', 'references-leaver', 'actor-id'],
  ['repo:corp/api:actor:alice', 'references-leaver', 'actor-login'],
  ['repo:corp@900/api@5:actor:alice', 'references-leaver', 'actor-login'],
  ['repo:corp/api:ref:refs/heads/main:actor:bob', 'unrelated', 'other-party'],
  ['job_workflow_ref:alice/wf/.github/workflows/x.yml@refs/heads/main', 'references-leaver', 'workflow-owner-login'],
  [
    'repo:corp/api:ref:refs/heads/main:job_workflow_ref:corp/alice/.github/workflows/d.yml@refs/heads/main',
    'mentions-leaver',
    'name-in-text',
  ],
  ['repo:alice-corp/api:ref:refs/heads/main', 'outside-owner', 'other-owner'],
  ['repo:alice-111/api:ref:refs/heads/main', 'outside-owner', 'other-owner'],
  ['repo:corp/alice:ref:refs/heads/main', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/alice-dotfiles:ref:refs/heads/main', 'unrelated', 'other-party'],
  ['repo:corp/api:environment:alice', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/api:environment:alice%3Adev', 'mentions-leaver', 'name-in-text'],
  ['environment:alice%3Adev', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo:corp/api:ref:refs/heads/alice/feature-x', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/api:ref:refs/tags/alice', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/api:ref:refs/heads/malice', 'unrelated', 'other-party'],
  // What ties a token to the firm, in every claim that can.
  ['repo:CORP/api:environment:prod', 'unrelated', 'other-party'],
  ['repo:corp@900/api@5:environment:prod', 'unrelated', 'other-party'],
  ['repository_owner:corp', 'unrelated', 'other-party'],
  ['repository_owner_id:900', 'unrelated', 'other-party'],
  ['repository_id:5', 'unrelated', 'other-party'],
  ['environment:prod:repository_owner_id:900', 'unrelated', 'other-party'],
  ['workflow_ref:corp/api/.github/workflows/x.yml@refs/heads/main', 'unrelated', 'other-party'],
  ['job_workflow_ref:corp/flows/.github/workflows/x.yml@refs/heads/main', 'unrelated', 'other-party'],
  ['enterprise:corp-inc:environment:prod', 'unrelated', 'other-party'],
  // What ties it to nobody.
  ['job_workflow_ref:corp/open/.github/workflows/x.yml@refs/heads/main', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['job_workflow_ref:corp/unseen/.github/workflows/x.yml@main', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['enterprise:somebody-inc', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['actor:bob', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repository_visibility:private', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo_property_team:platform', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['run_number:7', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['sha:7d865e959b2466918c9863afca942d0fb89d7c9a', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['jti:1', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['a_claim_of_tomorrow:corp', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['ref:refs/heads/main', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo:*', 'can-match-leaver', 'wildcard-covers-owner'],
  ['repo:corp*', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo:corp*/api:environment:prod', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo%3Acorp/api%3Aenvironment%3Aprod', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['environment:repo:corp/api', 'anybody-can-satisfy', 'owner-not-restricted'],
  // Whose a name is, where it is none of the firm’s.
  ['repo:corp@901/api@5:environment:prod', 'outside-owner', 'other-owner'],
  ['repo:corp%2Fapi:environment:prod', 'owner-not-resolved', 'unresolved-name'],
  ['repo:bob/tool:ref:refs/heads/main', 'outside-owner', 'other-owner'],
  ['repo:ghost/tool:ref:refs/heads/main', 'unclaimed-owner', 'unclaimed-name'],
  ['repo:Ghost/tool:ref:refs/heads/main', 'unclaimed-owner', 'unclaimed-name'],
  ['repo:corp/api:job_workflow_ref:ghost/w/.github/workflows/x.yml@main', 'unclaimed-owner', 'unclaimed-name'],
  ['repo:corp/api:job_workflow_ref:hashicorp/w/.github/workflows/x.yml@main', 'unrelated', 'other-party'],
  ['repository_id:6', 'references-leaver', 'repository-id'],
  ['repository_id:7', 'outside-owner', 'other-owner'],
  ['repository_id:8', 'owner-not-resolved', 'repository-id'],
];

for (const [subject, verdict, rule] of subjects) {
  test(`subject ${subject}: ${verdict} by ${rule}`, () => {
    const relation = relate({ subject });
    assert.deepEqual([relation.verdict, relation.rule], [verdict, rule]);
  });
}
