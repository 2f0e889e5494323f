import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherOrganisations } from '../../../../src/steps/runner-credentials/rules/github/other-organisations.ts';
import { webUrl } from '../../../../src/steps/runner-credentials/rules/github/web-url.ts';

test('people look at the host of the API without its api', () => {
  assert.equal(webUrl('https://api.github.com', '/acme'), 'https://github.com/acme');
  assert.equal(webUrl('https://git.api.example/api/v3', '/acme'), 'https://git.api.example/acme');
});

test('an organisation in which nobody looks is named, an enterprise is none', () => {
  const seen = (login: string, type: string, suspended = false) =>
    ({ login, type, suspended }) as Parameters<typeof otherOrganisations>[1]['items'][number];
  const line = otherOrganisations(['Acme'], {
    items: [seen('acme', 'Organization'), seen('Other', 'Organization'), seen('x', 'Enterprise')],
  });
  assert.equal(line?.state, 'not-examined');
  assert.match(line?.detail ?? '', /does not name Other,/);
  assert.match(
    otherOrganisations([], { items: [seen('old', 'Organization', true)] })?.detail ?? '',
    /suspended \(old\)/,
  );
  assert.match(otherOrganisations([], { items: [seen('ann', 'User')] })?.detail ?? '', /no organisation \(ann\)/);
  assert.equal(
    otherOrganisations(['acme'], { items: [seen('acme', 'Organization'), seen('x', 'Enterprise')] })?.state,
    'complete',
  );
});
