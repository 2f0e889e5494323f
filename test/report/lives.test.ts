import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../src/cases/finding.ts';
import type { Remedy, RemedyCall } from '../../src/cases/remedies/remedy.ts';
import { buildReport, type ReportInput } from '../../src/report/build/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import { identityTokens } from '../../src/steps/federated-credentials/rules/identity-tokens.ts';
import { action, CASE_ID, emptyCase, finding, OID, part, readBack, verification, withRemedy } from './sample-case.ts';

type Cut = Finding & { readonly remedy: Remedy };

const PARENT = '/subscriptions/1/resourcegroups/rg/providers/microsoft.managedidentity/userassignedidentities/id-a';

/** A trust in the leaver of the managed identity id-a. */
function trust(name: string): Cut {
  return withRemedy(finding('federated-credentials', 'references-leaver', name), {
    call: {
      kind: 'delete-federated-credential',
      name,
      id: name,
      expected: { issuer: 'https://i.example', subject: `repo:amoreau/${name}`, expression: null, audiences: ['a'] },
      parent: {
        type: 'managed-identity',
        subscriptionId: '1',
        resourceGroup: 'rg',
        name: 'id-a',
        resourceId: PARENT.toUpperCase(),
      },
    },
  });
}

/** The finding about the tokens of id-a, as discovery filed it before anything was cut. */
function tokens(cut: readonly string[]): Finding {
  const use = { oid: OID, name: 'id-a', parent: PARENT, cut, otherTrusts: ['others'], roles: 0, calls: 0 } as const;
  return identityTokens(
    CASE_ID,
    { ...use, isProtected: false, isRefusable: true, tokenMinutes: 1440 },
    new Date('2026-11-23T09:38:00Z'),
  );
}

function reportOf(
  step: 'federated-credentials' | 'runner-credentials',
  input: Partial<ReportInput>,
  found: Finding[],
): Report {
  const base = emptyCase();
  return buildReport({
    ...base,
    parts: base.parts
      .filter(({ step: name }) => name !== step && name !== 'verification')
      .concat(
        part(step, { findings: found }),
        verification(found.flatMap((each) => (each.remedy === undefined ? [] : [readBack({ remedy: each.remedy })]))),
      ),
    ...input,
  });
}

test('the tokens of an identity end once, 24 hours and 10 minutes after the last of its trusts was cut', () => {
  const [one, two] = [trust('one'), trust('two')];
  const report = reportOf(
    'federated-credentials',
    { actions: [action(one), action(two, { at: '2026-11-23T09:39:50.000Z' })] },
    [one, two, tokens(['one', 'two'])],
  );
  assert.deepEqual(
    report.residual.map(({ title, until }) => [title, until]),
    [['Tokens of id-a that were issued before the leaver’s trust was cut', '2026-11-24T09:49:50.000Z']],
  );
  const told = report.steps.flatMap(({ findings }) => findings.flatMap(({ residual }) => residual?.until ?? []));
  assert.deepEqual([...new Set(told)], ['2026-11-24T09:49:50.000Z'], 'and each finding says the same time');
  assert.match(report.summary.next.map(({ text }) => text).join(' '), /Wait: 1 access path ends/);
});

test('tokens of an identity whose trust could not be cut end at no known time', () => {
  const one = trust('one');
  const failed = action(one, { result: 'failed', error: 'Azure answered 403.' });
  const report = reportOf('federated-credentials', { actions: [failed] }, [one, tokens(['one'])]);
  assert.deepEqual([report.outcome, report.residual], ['failed', []]);
  assert.ok(report.steps.every(({ findings }) => findings.every(({ residual }) => residual === undefined)));
});

/** A token of the given digest in a place; it ends by itself. */
const stands = (place: string, sha256: string): Finding =>
  finding('runner-credentials', 'token-in-variable', place, {
    evidence: { sha256 },
    residual: { until: '2026-11-24T00:00:00.000Z', why: 'The token ends then.' },
  });

test('one token in two places is one access that ends, and another token another', () => {
  const report = reportOf('runner-credentials', {}, [stands('a', 'x'), stands('b', 'x'), stands('c', 'y')]);
  assert.deepEqual(
    report.residual.map(({ title }) => title).sort(),
    ['a still gives access., and in 1 more place', 'c still gives access.'].sort(),
  );
});

const call = {
  kind: 'revoke-devops-token',
  organisation: 'o',
  descriptor: 'd',
  authorizationId: 'a',
  expected: { owner: null },
} satisfies RemedyCall;
const pat = withRemedy(finding('runner-credentials', 'devops-token', 'laptop'), { call });

/** A place that holds the revoked token, or may. */
const place = (proved: boolean): Finding =>
  finding('runner-credentials', 'token-in-variable', 'PAT', { restsOn: { credentials: [pat.id], proved } });

test('a revoked token is told once, and not once more for the place where it stands', () => {
  const report = reportOf('runner-credentials', { actions: [action(pat)] }, [pat, place(true)]);
  assert.deepEqual(
    report.residual.map(({ findingId }) => findingId),
    [pat.id],
  );
});

test('a token that lost single sign-on alone is not said to have ended', () => {
  const sso = withRemedy(finding('runner-credentials', 'sso-credential', 'laptop'), {
    call: {
      kind: 'revoke-sso-credential',
      organisation: 'o',
      credentialId: 1,
      ownerId: 1,
      login: 'a',
      expected: { type: 'personal access token', fingerprint: null, lastFour: null },
    },
  });
  const where = { ...place(true), restsOn: { credentials: [sso.id], proved: true } };
  const report = reportOf('runner-credentials', { actions: [action(sso)] }, [sso, where]);
  const told = report.steps.flatMap(({ findings }) => findings).find(({ id }) => id === where.id);
  assert.match(told?.reason ?? '', /opens nothing of the organisation any more. It has not ended/);
});

test('of a token that only may be the revoked one no end is promised', () => {
  const report = reportOf('runner-credentials', { actions: [action(pat)] }, [pat, place(false)]);
  const told = report.steps.flatMap(({ findings }) => findings).find(({ id }) => id === place(false).id);
  assert.equal(told?.residual, undefined);
  assert.match(
    told?.reason ?? '',
    /If this is one of them, it opens nothing any more.* If it still works then, it is another one/,
  );
  assert.deepEqual(
    report.residual.map(({ findingId }) => findingId),
    [pat.id],
  );
});
