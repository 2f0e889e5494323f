import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { findTokens } from '../../src/credentials/detector/detect-tokens.ts';
import type { FoundToken } from '../../src/credentials/detector/token-hit.ts';
import { explainedBySignOn, type Known, type Ownership, ownershipOf } from '../../src/credentials/ownership.ts';
import type { CredentialPlace } from '../../src/credentials/whose-place.ts';
import type { GitHubAccount } from '../../src/people/leaver.ts';
import { parseOid } from '../../src/people/oid.ts';
import { attributeAgent } from '../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import {
  capabilityPlace,
  pipelineVariablePlace,
} from '../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';
import { attributeRunner } from '../../src/steps/runner-credentials/rules/github/runners/attribute-runner.ts';
import { variablePlace, workflowPlace } from '../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import type { TokenPlace } from '../../src/steps/runner-credentials/rules/tokens/token-place.ts';

const mint = makeTokenMint();
const oid = parseOid(WORLD.leaver.oid);
if (oid === undefined) throw new Error('the id is no GUID');
const [ana] = WORLD.colleagues;
const account: GitHubAccount = { login: 'amoreau', id: 1, source: 'test', confidence: 'proved' };
const leaver = {
  oid,
  displayName: 'Alex Moreau',
  userPrincipalName: 'alex.moreau@corp.example',
  mail: 'a.moreau@corp.example',
  github: [account],
  devops: [{ organisation: 'northwind', descriptor: 'aad.leaver', source: 'test', confidence: 'proved' as const }],
};
const tenantId = WORLD.tenantId;
const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
const elsewhere = '00000000-0000-4000-8000-00000000beef';
const nobody: Known = { leaver, tenantId, credentials: [] };

function tokenIn(text: string): FoundToken {
  const [found, ...more] = findTokens(text);
  assert.ok(found !== undefined && more.length === 0, 'exactly one token stands in the text');
  return found;
}

/** A neutral place, and ways to make it the leaver's. */
const plain: CredentialPlace = { variable: 'TOKEN', container: { what: 'pipeline', names: ['nightly'] } };
const verdict = (text: string, place: CredentialPlace = plain, known: Known = nobody): Ownership['owner'] =>
  ownershipOf(tokenIn(text), place, known).owner;

/** Where a credential may stand, as the scans of both vendors describe it. None of it may change the answer. */
const endpoint = 'https://api.github.example';
const repository = { organisation: 'acme', repository: 'payments-api' };
const resource = { system: 'azure-devops', type: 'test', id: 'northwind/1' } as const;
const made = { resource, writtenBy: [], lastEditedBy: [], evidence: {} };
const PLACES: readonly TokenPlace[] = [
  variablePlace({ type: 'organisation', organisation: 'acme' }, { name: 'TOKEN' }, endpoint),
  variablePlace({ type: 'repository', ...repository }, { name: 'TOKEN' }, endpoint),
  variablePlace({ type: 'environment', ...repository, environment: 'production' }, { name: 'TOKEN' }, endpoint),
  workflowPlace({ ...repository, path: '.github/workflows/nightly.yml' }, endpoint),
  pipelineVariablePlace({ ...made, kind: 'token-in-pipeline-variable', what: 'pipeline', name: 'nightly' }, 'TOKEN'),
  pipelineVariablePlace({ ...made, kind: 'token-in-variable-group', what: 'variable group', name: 'legacy' }, 'TOKEN'),
  capabilityPlace(resource, { name: 'build-07', enabled: true }, 'TOKEN', false),
];

/** What in a place points to somebody. */
const SITUATIONS = {
  nothing: {},
  'a variable named after the leaver': { variable: 'ALEX_MOREAU_TOKEN' },
  'a variable named after somebody alike': { variable: 'AMOREAU_SILVA_TOKEN' },
  'made by the leaver': { writtenBy: ['aad.leaver'] },
  'made by somebody with the leaver’s sign-in name': { writtenBy: ['aad.other', 'Alex.Moreau@corp.example'] },
  'made by a colleague': { writtenBy: ['aad.ana', 'ana@corp.example'], lastEditedBy: ['aad.ana'] },
  'made by a colleague, edited last by the leaver': { writtenBy: ['aad.ana'], lastEditedBy: ['aad.leaver'] },
  'the leaver’s machine': { onLeaversMachine: true },
  'beside a token of the leaver': { besideLeavers: true },
} satisfies Record<string, Partial<CredentialPlace>>;
type Situation = keyof typeof SITUATIONS;

/** What the token is, and what is known of it. */
const HOLDERS: Readonly<Record<string, () => { readonly text: string; readonly known?: Known }>> = {
  ...Object.fromEntries(
    (
      [
        'github-classic',
        'github-oauth',
        'github-fine-grained',
        'azure-devops',
        'azure-devops-legacy',
        'anthropic-oauth',
      ] as const
    ).map((kind) => [`a person’s ${kind}`, () => ({ text: mint.mint(kind) })]),
  ),
  ...Object.fromEntries(
    (['npm', 'aws-access-key', 'openai'] as const).map((kind) => [
      `anybody’s ${kind}`,
      () => ({ text: mint.mint(kind) }),
    ]),
  ),
  'a JWT that names nobody': () => ({ text: mint.jwt({ aud: 'x' }) }),
  'a service’s github-installation': () => ({ text: mint.mint('github-installation') }),
  'a service’s entra-client-secret': () => ({ text: mint.mint('entra-client-secret') }),
  'a service’s azure-sas': () => ({ text: mint.sas({}) }),
  'a service’s JWT': () => ({ text: mint.jwt({ idtyp: 'app', oid: elsewhere, iss }) }),
  'the leaver’s JWT by object id': () => ({ text: mint.jwt({ oid: oid.toUpperCase(), iss }) }),
  'the leaver’s SAS by object id': () => ({ text: mint.sas({ skoid: oid, sktid: tenantId }) }),
  'the leaver’s JWT by UPN': () => ({ text: mint.jwt({ upn: 'Alex.Moreau@corp.example' }) }),
  'the leaver’s github-classic by its list': () => listed('amoreau'),
  'a colleague’s JWT by object id': () => ({
    text: mint.jwt({ oid: ana.oid, iss, upn: 'alex.moreau@corp.example' }),
  }),
  'a colleague’s SAS by object id': () => ({ text: mint.sas({ skoid: ana.oid, sktid: tenantId }) }),
  'a colleague’s github-classic by its list': () => listed('amoreau-silva'),
  'a JWT by a colleague’s UPN': () => ({ text: mint.jwt({ upn: 'ana@corp.example' }) }),
  'a JWT of another tenant': () => ({ text: mint.jwt({ oid: ana.oid, iss: iss.replace(tenantId, elsewhere) }) }),
};

function listed(login: string): { readonly text: string; readonly known: Known } {
  const text = mint.mint('github-classic');
  const held = login === account.login ? { ownerId: account.id } : {};
  const credential = { organisation: 'acme', credentialId: 7, login, tokenLastEight: text.slice(-8), ...held };
  return { text, known: { ...nobody, credentials: [credential] } };
}

/** The table: what each holder is in each situation. A row that says one word says it for all of them. */
const BY_SIGNS: Readonly<Record<Situation, Ownership['owner']>> = {
  nothing: 'unknown',
  'a variable named after the leaver': 'likely',
  'a variable named after somebody alike': 'unknown',
  'made by the leaver': 'likely',
  'made by somebody with the leaver’s sign-in name': 'likely',
  'made by a colleague': 'unknown',
  'made by a colleague, edited last by the leaver': 'unknown',
  'the leaver’s machine': 'likely',
  'beside a token of the leaver': 'unknown',
};

function expected(holder: string, situation: Situation): Ownership['owner'] {
  if (holder === 'the leaver’s JWT by UPN') return 'likely';
  if (holder === 'a JWT by a colleague’s UPN') return 'unknown';
  if (holder.startsWith('the leaver’s')) return 'leaver';
  if (holder.startsWith('a colleague’s')) return 'someone-else';
  if (holder.startsWith('a service’s')) return 'service';
  return BY_SIGNS[situation];
}

describe('whose a token is, at every vendor and in every place', () => {
  for (const [holder, make] of Object.entries(HOLDERS)) {
    for (const situation of Object.keys(SITUATIONS) as Situation[]) {
      test(`${holder}, ${situation}: ${expected(holder, situation)}`, () => {
        const { text, known = nobody } = make();
        const answers = PLACES.map(({ words, whose }) => {
          const place = { ...whose, ...SITUATIONS[situation] };
          const { reasons, ...answer } = ownershipOf(tokenIn(`TOKEN=${text}`), place, known);
          assert.ok(reasons.length > 0 && reasons.every((reason) => reason.length > 10), `${words} gives its reasons`);
          assert.ok(!reasons.some((reason) => reason.includes(text.slice(-8))), 'no reason holds a piece of the token');
          return { words, answer };
        });
        for (const { words, answer } of answers) {
          assert.deepEqual(answer, answers[0]?.answer, `${words} is like every other place`);
        }
        assert.equal(answers[0]?.answer.owner, expected(holder, situation));
      });
    }
  }
});

test('no name in any place, and no number of names, is proof', () => {
  const everywhere: CredentialPlace = {
    variable: 'AMOREAU_TOKEN',
    container: { what: 'variable group', names: ['alex.moreau', 'amoreau'] },
    writtenBy: ['aad.leaver', 'alex.moreau@corp.example'],
    lastEditedBy: ['aad.leaver'],
    onLeaversMachine: true,
  };
  for (const kind of [...PLANTED_KINDS, ...FOREIGN_KINDS]) {
    if (kind === 'jwt') continue;
    assert.notEqual(verdict(mint.mint(kind), everywhere), 'leaver', kind);
  }
  const claims = { upn: 'alex.moreau@corp.example', email: 'a.moreau@corp.example', preferred_username: 'amoreau' };
  assert.equal(verdict(mint.jwt(claims), everywhere), 'likely');
});

describe('a claim that names somebody, with a domain or without', () => {
  const here = { ...leaver, onPremises: { samAccountName: 'am0042', domain: 'ad.nordwind.local' } };
  for (const [name, owner] of [
    ['amoreau', 'likely'],
    ['CORP\\amoreau', 'likely'],
    ['AD\\am0042', 'likely'],
    ['a.moreau@corp.example', 'likely'],
    ['OTHERCORP\\amoreau', 'unknown'],
    ['amoreau@other.example', 'unknown'],
    ['live.com#amoreau@mail.example', 'unknown'],
  ] as const) {
    test(`${name}: ${owner}, with a sign towards the leaver`, () => {
      const token = tokenIn(mint.jwt({ iss: 'https://sso.example', unique_name: name }));
      const answer = ownershipOf(token, plain, { ...nobody, leaver: here });
      assert.equal(answer.owner, owner);
      if (answer.owner === 'unknown') assert.equal(answer.pointsToLeaver, true);
    });
  }

  test('names somebody else: it speaks against the leaver', () => {
    const token = tokenIn(mint.jwt({ iss: 'https://sso.example', unique_name: 'CORP\\bokafor' }));
    const answer = ownershipOf(token, plain, nobody);
    assert.ok(answer.owner === 'unknown' && !answer.pointsToLeaver);
  });
});

test('no format is dropped: where nothing points to anybody, the owner is unknown or a service', () => {
  for (const kind of [...PLANTED_KINDS, ...FOREIGN_KINDS]) {
    if (kind === 'jwt') continue;
    assert.match(verdict(`export X=${mint.mint(kind)}`), /^(?:unknown|service)$/, kind);
  }
});

test('a service’s token is in the leaver’s hands on the leaver’s machine, where the leaver wrote, and under the leaver’s name', () => {
  const text = mint.mint('entra-client-secret');
  const held = (situation: Situation): boolean => {
    const answer = ownershipOf(tokenIn(text), { ...plain, ...SITUATIONS[situation] }, nobody);
    return answer.owner === 'service' && answer.inLeaversHands;
  };
  const situations = Object.keys(SITUATIONS) as Situation[];
  assert.deepEqual(
    situations.filter((situation) => !held(situation)),
    ['nothing', 'a variable named after somebody alike', 'made by a colleague'],
  );
});

test('an application’s token that names the leaver is in the leaver’s hands', () => {
  const token = tokenIn(mint.jwt({ idtyp: 'app', upn: 'alex.moreau@corp.example' }));
  const answer = ownershipOf(token, plain, nobody);
  assert.deepEqual([answer.owner, answer.owner === 'service' && answer.inLeaversHands], ['service', true]);
  const other = ownershipOf(tokenIn(mint.jwt({ idtyp: 'app', upn: 'ana@corp.example' })), plain, nobody);
  assert.equal(other.owner === 'service' && other.inLeaversHands, false);
});

test('the last eight characters prove nothing about another vendor’s token', () => {
  const text = mint.mint('azure-devops');
  const credentials = [
    { organisation: 'acme', credentialId: 7, login: 'amoreau-silva', tokenLastEight: text.slice(-8) },
  ];
  assert.equal(verdict(text, plain, { ...nobody, credentials }), 'unknown');
  assert.deepEqual(
    [explainedBySignOn([tokenIn(text)]), explainedBySignOn([tokenIn(mint.mint('github-oauth'))])],
    [false, true],
  );
});

test('a listed token is the leaver’s only as surely as the account is', () => {
  const text = mint.mint('github-classic');
  const credential = { organisation: 'acme', credentialId: 7, login: 'AMoreau', tokenLastEight: text.slice(-8) };
  const own = { ...credential, ownerId: account.id };
  const other = { ...credential, credentialId: 8, login: 'amoreau-silva' };
  const asked = (confidence: GitHubAccount['confidence'], credentials: Known['credentials']) =>
    verdict(text, plain, { ...nobody, leaver: { ...leaver, github: [{ ...account, confidence }] }, credentials });
  assert.equal(asked('proved', [own]), 'leaver');
  assert.equal(asked('likely', [own]), 'likely');
  assert.equal(asked('weak', [own]), 'likely');
  assert.equal(asked('proved', [other, own]), 'likely');
  // The login is the leaver's of before, and by its number the account is somebody who claimed it since.
  assert.notEqual(asked('proved', [credential]), 'leaver');
  assert.equal(asked('proved', [other]), 'someone-else');
});

test('an object id of another tenant, or of none, proves nobody else', () => {
  assert.equal(verdict(mint.jwt({ oid: ana.oid })), 'unknown');
  assert.equal(verdict(mint.jwt({ oid: ana.oid, tid: tenantId, iss: 'https://idp.of-the-leaver.example' })), 'unknown');
  assert.equal(verdict(mint.sas({ skoid: ana.oid, sktid: elsewhere })), 'unknown');
  assert.equal(verdict(mint.jwt({ oid: ana.oid, iss: `https://sts.windows.net/${tenantId}/` })), 'someone-else');
  assert.equal(
    verdict(mint.jwt({ oid: ana.oid, iss: iss.replace(tenantId, elsewhere), email: 'a.moreau@corp.example' })),
    'likely',
  );
});

test('what is known of a found token never holds the token', () => {
  for (const kind of [...PLANTED_KINDS, ...FOREIGN_KINDS]) {
    const value = mint.mint(kind);
    const found = tokenIn(`before ${value} after`);
    assert.equal(JSON.stringify(found).includes(value), false);
    assert.equal(found.lastEight, value.slice(-8));
  }
});

test('what a token says of itself is told without the secrets that somebody wrote into it', () => {
  const inside = mint.mint('github-classic');
  // The one inside is found as well; what is asked here is what the token around it says.
  const around = findTokens(mint.jwt({ email: `${inside}@corp.example` })).find(({ hit }) => hit.type === 'jwt');
  assert.ok(around !== undefined);
  const { reasons } = ownershipOf(around, plain, nobody);
  assert.ok(!reasons.some((reason) => reason.includes(inside.slice(4))));
  assert.ok(reasons.some((reason) => reason.includes('its claim email names')));
  // What is no object id is no proof either.
  assert.equal(verdict(mint.jwt({ oid: 'somebody', iss })), 'unknown');
});

describe('situations that were answered wrongly before', () => {
  test('basic authentication of a listed token is told by the last eight characters of the token itself', () => {
    const { text, known } = listed('amoreau');
    const header = Buffer.from(`x-access-token:${text}`).toString('base64');
    assert.equal(verdict(`AUTHORIZATION: basic ${header}`, plain, known), 'leaver');
  });

  test('an npm token under a neutral name is a finding without an owner', () => {
    assert.equal(verdict(mint.mint('npm'), { variable: 'REGISTRY_AUTH', container: plain.container }), 'unknown');
  });

  test('a JWT of another issuer with the leaver’s address is likely the leaver’s', () => {
    assert.equal(verdict(mint.jwt({ iss: 'https://idp.example', email: 'alex.moreau@corp.example' })), 'likely');
  });

  test('a JWT that calls its holder like the leaver, on the leaver’s own agent, is likely the leaver’s', () => {
    const agent = { variable: 'KEYCLOAK', container: { what: 'agent', names: ['laptop'] }, onLeaversMachine: true };
    assert.equal(verdict(mint.jwt({ iss: 'https://sso.example', preferred_username: 'amoreau' }), agent), 'likely');
  });

  test('an npm token in a variable named after the leaver is likely the leaver’s', () => {
    assert.equal(verdict(mint.mint('npm'), { ...plain, variable: 'ALEX_MOREAU_NPM' }), 'likely');
  });

  test('a variable named after somebody whose name begins alike says nothing', () => {
    assert.equal(verdict(mint.mint('github-classic'), { ...plain, variable: 'AMOREAU_SILVA_TOKEN' }), 'unknown');
  });

  test('an agent that runs as AlexMoreau is alex.moreau’s', () => {
    const agent = { name: 'DESKTOP-7KCPLCO', capabilities: { USERNAME: 'AlexMoreau' } };
    assert.equal(attributeAgent(agent, leaver).verdict, 'leaver');
  });

  test('a runner named after a managed account without its short code, or after a sign-in name, may be the leaver’s', () => {
    const userPrincipalName = 'amoreau@corp.example';
    const named = { name: 'laptop-amoreau', customLabels: [] };
    const managed = { ...account, login: 'amoreau_acme' };
    for (const github of [[managed], []]) {
      assert.equal(attributeRunner(named, { displayName: 'Alex Moreau', userPrincipalName, github }).verdict, 'maybe');
    }
  });
});

describe('a token that single sign-on lists under a login that is not among the leaver’s accounts', () => {
  const token = mint.mint('github-classic');
  const listedAs = (login: string, github: readonly GitHubAccount[]): Ownership['owner'] => {
    const credentials = [{ organisation: 'acme', credentialId: 7, login, tokenLastEight: token.slice(-8) }];
    return verdict(token, plain, { ...nobody, leaver: { ...leaver, github: [...github] }, credentials });
  };
  test('is another person’s where the leaver’s account is proved', () => {
    assert.equal(listedAs('bwalter', [account]), 'someone-else');
  });
  test('may be the leaver’s where no account is known, or none is proved', () => {
    assert.equal(listedAs('bwalter', []), 'unknown');
    assert.equal(listedAs('bwalter', [{ ...account, confidence: 'weak' }]), 'unknown');
  });
  test('is likely the leaver’s where the login carries the leaver’s name, as a second account does', () => {
    assert.equal(listedAs('alex-moreau', [account]), 'likely');
    assert.equal(listedAs('alex-moreau', []), 'likely');
  });
  test('is another person’s where that account is proved to be theirs, whatever the login looks like', () => {
    const othersAccounts = [{ vendor: 'github', id: '9', login: 'Alex-Moreau', whose: 'It is Ana’s.' }] as const;
    const credentials = [
      { organisation: 'acme', credentialId: 7, login: 'alex-moreau', tokenLastEight: token.slice(-8) },
    ];
    assert.equal(
      verdict(token, plain, { ...nobody, leaver: { ...leaver, othersAccounts }, credentials }),
      'someone-else',
    );
  });
});
