import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import { formatOf } from '../../../../src/credentials/detector/formats.ts';
import type { Ownership } from '../../../../src/credentials/ownership.ts';
import { ssoCredentialFindingId } from '../../../../src/steps/runner-credentials/rules/github/tokens/credential-findings.ts';
import { namedFinding } from '../../../../src/steps/runner-credentials/rules/tokens/named-place-finding.ts';
import { openFinding, overFinding } from '../../../../src/steps/runner-credentials/rules/tokens/one-token-finding.ts';
import { known } from '../token-findings-world.ts';
import { END, LEAVERS, LIKELY, place, REVOCABLE, remedy, token } from '../tokens-world.ts';

const DELETION = { remedy: remedy('delete-variable'), words: 'A person decides to delete it.' };
const LISTED: Ownership = { ...LEAVERS, proof: 'sign-on-list', listed: [{ organisation: 'acme', credentialId: 7 }] };
const { revoke } = formatOf('github-classic');
const ID = findingId('runner-credentials', 'token-in-variable', 'acme/api#TOKEN:aa');
const FACTS = {
  ...{ variable: 'TOKEN', tokenType: 'github-classic', holder: 'personal', checksum: 'valid' },
  ...{ sha256: 'aa', lastFour: '1234' },
};
const WHERE = { id: ID, step: 'runner-credentials', kind: 'token-in-variable', resource: place().resource };

test('a token of the leaver’s that single sign-on lists is taken out of its place, and rests on the list', () => {
  const told = openFinding(place({ ...REVOCABLE, deletion: DELETION, evidence: { scope: 'all' } }), token(LISTED));
  assert.deepEqual(told, {
    ...WHERE,
    title: 'The leaver’s token (github-classic) stands in variable TOKEN of acme/api',
    evidence: { ...FACTS, owner: 'leaver', because: ['it names them'], proof: 'sign-on-list', scope: 'all' },
    restsOn: { credentials: [ssoCredentialFindingId('acme', 7)], proved: true },
    severity: 'critical',
    status: 'awaiting-decision',
    reason: `Whoever runs a job there acts as the leaver: it names them. ${revoke} A person decides to delete it.`,
    remedy: DELETION.remedy,
  });
});

test('one that ends by itself says when, and one that is likely theirs is revoked as a person decides', () => {
  assert.deepEqual(openFinding(place({ ...REVOCABLE, deletion: DELETION }), token(LIKELY, {}, END)), {
    ...WHERE,
    title: 'A token that is likely the leaver’s (github-classic) stands in variable TOKEN of acme/api',
    evidence: { ...FACTS, owner: 'likely', because: ['a sign'], expires: END.toISOString() },
    severity: 'high',
    residual: {
      until: END.toISOString(),
      why: 'The token ends then, whosever it is: nothing proves that it is the leaver’s.',
    },
    status: 'awaiting-decision',
    reason:
      'Nothing proves whose it is, but it points to the leaver: a sign. GitHub revokes it by its value and cannot bring it back. Whose it is is not proved, so a person decides. Delete the variable.',
    remedy: remedy('revoke-found-token'),
  });
});

test('one that is proved theirs, and that nothing withdraws, is revoked by its value', () => {
  const told = openFinding(place({ ...REVOCABLE, deletion: DELETION }), token(LEAVERS));
  assert.match(told.reason, /cannot bring it back\. What uses it stops, so a person decides\. Delete the variable\.$/);
});

test('what only a person can do is told with how the token is revoked where it was issued', () => {
  assert.equal(
    openFinding(place({ status: 'needs-code-change' }), token(LEAVERS)).reason,
    `Whoever runs a job there acts as the leaver: it names them. ${revoke} Delete the variable.`,
  );
});

test('a token that has ended says when, whosever it is', () => {
  const whose = { container: { what: 'repository', names: ['api'] } };
  const { variable: _, ...facts } = FACTS;
  assert.deepEqual(overFinding(place({ ...REVOCABLE, whose }), token(LISTED, {}, END)), {
    ...WHERE,
    title: 'The leaver’s token (github-classic) stands in variable TOKEN of acme/api',
    evidence: {
      ...{ ...facts, owner: 'leaver', because: ['it names them'] },
      ...{ proof: 'sign-on-list', expires: END.toISOString() },
    },
    restsOn: { credentials: [ssoCredentialFindingId('acme', 7)], proved: true },
    severity: 'info',
    status: 'nothing-to-do',
    reason: `It ended at ${END.toISOString()}. Delete the variable.`,
  });
});

test('a place that is named after the leaver is told whole, and one among others is nobody’s', () => {
  const named = (variable: string) =>
    namedFinding(place({ whose: { variable, container: { what: 'x', names: [] } }, evidence: { secret: true } }), {
      ...known,
      leaver: { ...known.leaver, displayName: 'Alex Moreau' },
    });
  assert.deepEqual(named('ALEX_MOREAU_TOKEN'), [
    {
      id: findingId('runner-credentials', 'named-after-leaver', 'acme/api#TOKEN'),
      step: 'runner-credentials',
      kind: 'named-after-leaver',
      title: 'ALEX_MOREAU_TOKEN is named after the leaver: variable TOKEN of acme/api',
      resource: place().resource,
      severity: 'medium',
      status: 'manual-action',
      reason:
        'No token of a known format can be read in ALEX_MOREAU_TOKEN, which proves nothing: formats change, and secrets are hidden. Ask the team that uses it what it is, and replace it if the leaver had it.',
      evidence: { secret: true, variable: 'ALEX_MOREAU_TOKEN', owner: 'unknown' },
    },
  ]);
  assert.deepEqual(named('ALEX_MOREAU_SILVA_TOKEN'), []);
});
