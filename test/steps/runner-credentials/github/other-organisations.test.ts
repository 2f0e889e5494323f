import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherOrganisations } from '../../../../src/steps/runner-credentials/rules/github/other-organisations.ts';
import { reviewerFinding } from '../../../../src/steps/runner-credentials/rules/github/reviewer-finding.ts';
import { webUrl } from '../../../../src/steps/runner-credentials/rules/github/web-url.ts';

test('what GitHub calls an account is read whatever its capitals, and an organisation is called by its name', () => {
  const line = (type: string, suspended = false) =>
    otherOrganisations(['acme'], {
      items: [
        { login: 'acme', type: 'Organization', suspended: false },
        { login: 'other', type, suspended },
      ],
    });
  const detail = (...given: Parameters<typeof line>) => line(...given)?.detail?.replace(/, which.*/, '');
  assert.equal(detail('ORGANIZATION'), 'GITHUB_ORGANISATIONS does not name other');
  assert.equal(detail('organization', true), 'GITHUB_ORGANISATIONS does not name suspended (other)');
  assert.equal(detail('User'), 'GITHUB_ORGANISATIONS does not name an account that is no organisation (other)');
  assert.equal(line('Enterprise')?.state, 'complete');
  assert.deepEqual(line('ENTERPRISE')?.looked, { asked: 1, count: 1, unit: 'organisations' });
});

test('a host that has api within its name keeps it', () => {
  assert.equal(webUrl('https://git.api.corp.example', '/x'), 'https://git.api.corp.example/x');
});

test('who else may approve a deployment is counted without the leaver', () => {
  const account = { login: 'alice', id: 7, source: 'test', confidence: 'proved' } as const;
  const review = (reviewers: number[]) =>
    reviewerFinding(
      { environment: 'prod', reviewers },
      { organisation: 'acme', repository: 'pay' },
      { github: [account] },
      'https://api.github.com',
    );
  assert.deepEqual(review([8, 7, 9])?.evidence, { login: 'alice', otherReviewers: 2 });
  assert.deepEqual(review([7])?.evidence, { login: 'alice', otherReviewers: 0 });
});
