/**
 * Rules of the product, each broken on purpose: the campaign has to notice, or it proves nothing about that rule.
 * A break changes the sources as they are loaded (`break-hook.ts`); nothing is written. It names a function and what
 * becomes of it, so that it outlives what happens inside; or, where a rule is no function, a text and what stands in its
 * place. `breaks.test.ts` tells when one no longer applies.
 */
export interface Break {
  readonly name: string;
  /** What the product does wrong then. */
  readonly sentence: string;
  readonly edits: readonly Edit[];
}

export type Edit = { readonly file: string } & (
  | { readonly text: string; readonly becomes: string }
  /** An expression of the whole function as it was and of its arguments. */
  | { readonly function: string; readonly becomes: string }
);

const FIRST_TWO =
  'async (whole, ...args) => { const list = await whole(...args); return { ...list, items: list.items.slice(0, 2) }; }';
const AS_COMPLETE =
  "(whole, ...args) => { const { detail, missingPermission, ...line } = whole(...args); return { ...line, state: 'complete' }; }";
/** Of an organisation that is not the first: everything is read, and nothing is found. */
const NOTHING_ELSEWHERE =
  'async (whole, vendors, settings, organisation, ...args) => { const scan = await whole(vendors, settings, organisation, ...args); return organisation === settings.DEVOPS_ORGANISATIONS[0] ? scan : { ...scan, findings: [], ...(scan.located === undefined ? {} : { located: [] }) }; }';

export const BREAKS: readonly Break[] = [
  {
    name: 'complete-on-refusal',
    sentence: 'What was refused, or failed, is called complete.',
    edits: [{ file: 'src/cases/coverage/coverage-of.ts', function: 'coverageOf', becomes: AS_COMPLETE }],
  },
  {
    name: 'open-is-closed',
    sentence: 'What waits for a person keeps nothing from being clear.',
    edits: [
      {
        file: 'src/cases/outcome.ts',
        function: 'findingOutcome',
        becomes: "(whole, finding) => (whole(finding) === 'attention' ? 'clear' : whole(finding))",
      },
    ],
  },
  {
    name: 'gaps-are-no-gaps',
    sentence: 'A source that was not read to its end keeps nothing from being clear.',
    edits: [{ file: 'src/cases/coverage/coverage.ts', function: 'isGap', becomes: '() => false' }],
  },
  {
    name: 'two-rows-of-graph',
    sentence: 'Of Graph’s lists two rows are looked at.',
    edits: [{ file: 'src/connectors/graph/call/list-all.ts', function: 'listAll', becomes: FIRST_TWO }],
  },
  {
    name: 'one-row-of-azure',
    sentence: 'Of Azure’s lists one row is looked at.',
    edits: [{ file: 'src/connectors/arm/read-pages.ts', function: 'readPages', becomes: FIRST_TWO.replace('2', '1') }],
  },
  {
    name: 'two-rows-of-azure-devops',
    sentence: 'Of Azure DevOps’ lists two rows are looked at.',
    edits: [{ file: 'src/connectors/azure-devops/list-all.ts', function: 'listAll', becomes: FIRST_TWO }],
  },
  {
    name: 'one-row-of-github',
    sentence: 'Of GitHub’s lists one row is looked at.',
    edits: [{ file: 'src/connectors/github/call/list.ts', function: 'list', becomes: FIRST_TWO.replace('2', '1') }],
  },
  {
    name: 'keys-without-author-are-nobodys',
    sentence: 'A deploy key of which GitHub names no author keeps nothing from being clear.',
    edits: [
      {
        file: 'src/steps/runner-credentials/rules/github/tokens/deploy-key-finding.ts',
        function: 'authorless',
        becomes: '() => false',
      },
    ],
  },
  {
    name: 'deploy-keys-unjudged',
    sentence: 'Whoever added a deploy key is not compared with the leaver.',
    edits: [
      {
        file: 'src/steps/runner-credentials/rules/github/tokens/deploy-key-finding.ts',
        function: 'deployKeyFinding',
        becomes: '() => undefined',
      },
    ],
  },
  {
    name: 'id-beside-login-ignored',
    sentence: 'A credential that names a login with somebody else’s id is the leaver’s.',
    edits: [
      {
        file: 'src/steps/federated-credentials/rules/subject/subject.ts',
        text: "return /^\\d+$/.test(text) ? { id: text.replace(/^0+(?=\\d)/, '') } : {};",
        becomes: 'return {};',
      },
    ],
  },
  {
    name: 'logins-that-begin-alike',
    sentence: 'A login that begins like the leaver’s is the leaver’s.',
    edits: [
      {
        file: 'src/people/evidence/github-owner.ts',
        function: 'sameLogin',
        becomes: '(whole, left, right) => left !== undefined && left.toLowerCase().startsWith(right.toLowerCase())',
      },
    ],
  },
  {
    name: 'wildcards-accepted',
    sentence: 'A pattern that covers the leaver among others is called unrelated.',
    edits: [
      {
        file: 'src/steps/federated-credentials/rules/subject/wildcard.ts',
        function: 'hasWildcard',
        becomes: '() => false',
      },
    ],
  },
  {
    name: 'actors-ignored',
    sentence: 'A credential that names the actor is called unrelated.',
    edits: [
      {
        file: 'src/steps/federated-credentials/rules/relate-credential.ts',
        function: 'relateCredential',
        becomes:
          "(whole, { subject, ...rest }, ...more) => whole(subject === undefined ? rest : { ...rest, subject: subject.replace(/:actor:.*/, '') }, ...more)",
      },
    ],
  },
  {
    name: 'app-registrations-skipped',
    sentence: 'Federated credentials of app registrations are listed and not looked at.',
    edits: [
      {
        file: 'src/connectors/graph/applications/applications.ts',
        function: 'listApplicationCredentials',
        becomes:
          'async (whole, ...args) => { const list = await whole(...args); return { ...list, items: list.items.map((item) => ({ ...item, credentials: [] })) }; }',
      },
    ],
  },
  {
    name: 'production-unknown',
    sentence: 'Nothing is production, so that everything is removed without asking.',
    edits: [
      {
        file: 'src/steps/federated-credentials/rules/owner-traits.ts',
        function: 'traitsOf',
        becomes: '(whole, ...args) => ({ ...whole(...args), servesProduction: false })',
      },
    ],
  },
  {
    name: 'others-sign-on-credentials',
    sentence: 'Everybody’s single sign-on credentials are the leaver’s.',
    edits: [
      {
        file: 'activities/runner-credentials/sign-on-credentials.ts',
        function: 'leaversSsoCredentials',
        becomes:
          'async (whole, client, all, [account]) => account === undefined ? whole(client, all, []) : { ...all, items: all.items.map((item) => ({ item, account })) }',
      },
    ],
  },
  {
    name: 'azure-devops-by-name',
    sentence: 'In Azure DevOps a user with the leaver’s name is the leaver, whatever the object id.',
    edits: [
      {
        file: 'src/people/evidence/devops-evidence.ts',
        function: 'devOpsEvidence',
        becomes:
          '(whole, person, user, how) => whole(person, user.principalName?.toLowerCase() === person.userPrincipalName?.toLowerCase() ? { ...user, originId: person.oid } : user, how)',
      },
    ],
  },
  {
    name: 'names-are-proof',
    sentence: 'Whoever signs in under a name of the leaver is the leaver, whatever says otherwise.',
    edits: [
      {
        file: 'src/people/evidence/evidence.ts',
        function: 'confidenceOf',
        becomes:
          "(whole, evidence) => whole(evidence.filter(({ code }) => !code.startsWith('X')).map((each) => (/^(S1|W1)$/.test(each.code) ? { code: 'P1' } : each)))",
      },
    ],
  },
  {
    name: 'contradictions-ignored',
    sentence: 'That an account is proved to be another’s counts for nothing.',
    edits: [
      {
        file: 'src/people/evidence/evidence.ts',
        function: 'confidenceOf',
        becomes: "(whole, evidence) => whole(evidence.filter(({ code }) => !code.startsWith('X')))",
      },
    ],
  },
  {
    name: 'state-not-compared',
    sentence: 'What changed since it was judged is cut all the same.',
    edits: [{ file: 'src/cases/decisions/expected-state.ts', function: 'changesSince', becomes: '() => []' }],
  },
  {
    name: 'person-not-read-again',
    sentence: 'Who came back in the middle of the case is cut.',
    edits: [{ file: 'src/cases/denied/person-returned.ts', function: 'whyReturned', becomes: '() => undefined' }],
  },
  {
    name: 'projection-drops-an-id',
    sentence: 'Who is written on the deny list takes the place of somebody else.',
    edits: [
      {
        file: 'src/cases/denied/project-denied.ts',
        function: 'projectDenied',
        becomes:
          '(whole, rows, listed, mark, now, urgent) => { const all = whole(rows, listed, mark, now, urgent); const other = [...listed.oids].find((oid) => !urgent?.has(oid)); return { ...all, drop: other === undefined ? all.drop : [...all.drop, other] }; }',
      },
    ],
  },
  {
    name: 'unknown-issuers-accepted',
    sentence: 'An issuer that nobody named is taken for the firm’s.',
    edits: [
      {
        file: 'src/steps/federated-credentials/rules/other-trust.ts',
        text: "return { verdict: 'unknown-issuer', rule: 'issuer-not-known', why };",
        becomes: 'return OWN;',
      },
      {
        file: 'src/steps/federated-credentials/rules/other-trust.ts',
        text: "return { verdict: 'can-match-leaver', rule: 'issuer-of-leaver', why, login: whose.account.login };",
        becomes: 'return OWN;',
      },
    ],
  },
  {
    name: 'anybodys-claims-accepted',
    sentence: 'A claim that anybody can produce is taken for a restriction to the firm.',
    edits: [
      {
        file: 'src/steps/federated-credentials/rules/subject/github-trust.ts',
        function: 'judgeGitHub',
        becomes:
          "(whole, ...args) => { const found = whole(...args); return found.verdict === 'anybody-can-satisfy' ? { ...found, verdict: 'unrelated' } : found; }",
      },
    ],
  },
  {
    name: 'one-reading-of-a-moving-list',
    sentence: 'A list that moved while it was paged is taken for whole.',
    edits: [
      {
        file: 'src/connectors/paging/settle.ts',
        text: '? last.pages === 1',
        becomes: '? true',
      },
    ],
  },
  {
    name: 'first-of-merged-coverage',
    sentence: 'Of several readings of one source the first says how it went.',
    edits: [
      {
        file: 'src/report/build/merge-coverage.ts',
        text: 'const state = worstCoverage([a.state, b.state]);',
        becomes: 'const state = a.state;',
      },
    ],
  },
  {
    name: 'unattributed-calls-ignored',
    sentence: 'Calls that nobody can be named for count as read.',
    edits: [
      {
        file: 'src/steps/activity-audit/rules/verdict/weighed-reading.ts',
        function: 'weighed',
        becomes: '(whole, reading) => ({ ...whole(reading), unattributed: 0 })',
      },
    ],
  },
  {
    name: 'last-day-of-the-request-ignored',
    sentence: 'The last day that HR or an operator knows counts for nothing.',
    edits: [
      {
        file: 'src/steps/activity-audit/rules/calendar/audit-window.ts',
        function: 'auditWindow',
        becomes: '(whole, { lastDay, ...leaver }, ...rest) => whole(leaver, ...rest)',
      },
    ],
  },
  {
    name: 'foreign-code-ignored',
    sentence: 'Nobody looks at whose actions workflows run.',
    edits: [
      {
        file: 'src/steps/runner-credentials/rules/code/code-references.ts',
        function: 'codeReferences',
        becomes: '() => []',
      },
    ],
  },
  {
    name: 'nameless-is-complete',
    sentence: 'Machines are complete although no name of the leaver is known to compare with.',
    edits: [
      {
        file: 'activities/runner-credentials/compared-with.ts',
        function: 'comparedWith',
        becomes: '(whole, leaver, machines, line) => line',
      },
    ],
  },
  {
    name: 'revoked-is-dead',
    sentence: 'A revoked Azure DevOps token is taken to be dead at once.',
    edits: [
      {
        file: 'src/steps/runner-credentials/remedies/azure-devops/revoke-devops-token.ts',
        text: "livesOn: () => ({ minutes: 60, why: 'Azure DevOps may honour a revoked token for up to an hour.' }),",
        becomes: "livesOn: 'nothing',",
      },
    ],
  },
  {
    name: 'blame-ignored',
    sentence: 'Who changed a schedule since its last run is not asked.',
    edits: [
      {
        file: 'src/steps/runner-credentials/rules/github/workflows/next-actor.ts',
        function: 'nextActor',
        becomes: '(whole, run, change, leaver) => whole(run, undefined, leaver)',
      },
    ],
  },
  {
    name: 'deny-list-drops-an-id',
    sentence: 'With each id that is added the oldest one leaves the deny list.',
    edits: [
      {
        file: 'src/connectors/gateway/deny-list-value.ts',
        function: 'withOid',
        becomes: "(whole, value, oid) => ',none,' + oid + ','",
      },
    ],
  },
  {
    name: 'audit-a-day-short',
    sentence: 'The person is taken to have left a day later than they did.',
    edits: [
      {
        file: 'src/steps/activity-audit/rules/calendar/audit-window.ts',
        function: 'auditWindow',
        becomes:
          '(whole, leaver, ...rest) => whole(leaver.leaveAt === undefined ? leaver : { ...leaver, leaveAt: new Date(Date.parse(leaver.leaveAt) + 86400000).toISOString() }, ...rest)',
      },
    ],
  },
  {
    name: 'machines-need-two-signs',
    sentence: 'A machine with one sign towards the leaver is nobody’s business.',
    edits: [
      {
        file: 'src/steps/runner-credentials/rules/github/runners/attribute-runner.ts',
        function: 'attributeRunner',
        becomes:
          "(whole, ...args) => { const found = whole(...args); return found.verdict === 'maybe' ? { ...found, verdict: 'unrelated' } : found; }",
      },
    ],
  },
  {
    name: 'schedules-sleep',
    sentence: 'A schedule that is active is taken for a disabled one.',
    edits: [
      {
        file: 'activities/runner-credentials/github/facts/schedules/schedules.ts',
        text: "workflow.value.state !== 'active'",
        becomes: "workflow.value.state === 'active'",
      },
    ],
  },
  {
    name: 'environments-forgotten',
    sentence: 'Variables of environments are not asked for, and called complete.',
    edits: [
      {
        file: 'activities/runner-credentials/github/facts/variables.ts',
        text: 'contents?.environments ?? []',
        becomes: '[]',
      },
    ],
  },
  {
    name: 'nothing-is-decoded',
    sentence: 'Tokens in base64 are not seen.',
    edits: [{ file: 'src/credentials/detector/decoded-views.ts', function: 'decodedViews', becomes: '() => []' }],
  },
  {
    name: 'one-value-of-many',
    sentence: 'Of a variable group and a pipeline one variable is looked at.',
    edits: [
      {
        file: 'activities/runner-credentials/azure-devops/scans/scan-variables.ts',
        text: 'return Object.entries(holder.variables ?? {}).map(',
        becomes: 'return Object.entries(holder.variables ?? {}).slice(0, 1).map(',
      },
    ],
  },
  {
    name: 'small-tokens-ignored',
    sentence: 'Azure DevOps tokens that may not do everything are left alone.',
    edits: [
      {
        file: 'activities/runner-credentials/azure-devops/scans/scan-personal-tokens.ts',
        text: 'tokens.items.filter((token) => works(token, now))',
        becomes: "tokens.items.filter((token) => works(token, now) && token.scope === 'app_token')",
      },
    ],
  },
  {
    name: 'repeats-open-cases',
    sentence: 'A request that is delivered again is a new one.',
    edits: [
      {
        file: 'src/intake/rules/decide-intake.ts',
        text: "if (repeated !== undefined) return { kind: 'duplicate', caseId: repeated.caseId };",
        becomes: '',
      },
    ],
  },
  {
    name: 'one-devops-organisation',
    sentence: 'Of several Azure DevOps organisations the first is looked at, and the others are called complete.',
    edits: [
      {
        file: 'activities/runner-credentials/azure-devops/scans/scan-agents.ts',
        function: 'scanAgents',
        becomes: NOTHING_ELSEWHERE,
      },
      {
        file: 'activities/runner-credentials/azure-devops/scans/scan-variables.ts',
        function: 'scanVariables',
        becomes: NOTHING_ELSEWHERE,
      },
      {
        file: 'activities/runner-credentials/azure-devops/scans/scan-personal-tokens.ts',
        function: 'scanPersonalTokens',
        becomes: NOTHING_ELSEWHERE,
      },
    ],
  },
  {
    name: 'sweep-leaves-out',
    sentence: 'The sweep names no credential of single sign-on, and no consent.',
    edits: [
      {
        file: 'src/sweep/find-orphans.ts',
        function: 'findOrphans',
        becomes:
          "(whole, people, credentials, ...rest) => whole(people, credentials.filter(({ kind }) => kind === 'fine-grained-token'), ...rest)",
      },
    ],
  },
  {
    name: 'sweep-takes-all',
    sentence: 'To the sweep, what belongs to nobody provable is somebody’s who left.',
    edits: [
      {
        file: 'src/sweep/find-orphans.ts',
        function: 'findOrphans',
        becomes:
          '(whole, people, credentials, ...rest) => whole(people, credentials.map((each) => people[0] === undefined || rest[0].some((one) => one.login === each.owner.login || one.id === each.owner.accountId) ? each : { ...each, owner: { oid: people[0].oid } }), ...rest)',
      },
    ],
  },
  {
    name: 'groups-forgotten',
    sentence: 'Nobody is in a group.',
    edits: [
      {
        file: 'src/connectors/graph/people/group-members.ts',
        function: 'listGroupMembers',
        becomes: 'async (whole, ...args) => ({ ...(await whole(...args)), items: [] })',
      },
      // The list alone is not enough: Graph is asked for the leaver alone as well, and two answers that differ are told.
      {
        file: 'src/connectors/graph/people/group-members.ts',
        function: 'hasMember',
        becomes: 'async () => ({ ok: true, value: false })',
      },
    ],
  },
  ...(
    [
      [
        'roles-give-nothing',
        'No Azure role reaches the platform.',
        'consent/rules/azure/azure-role-findings.ts',
        'azureRoleFindings',
      ],
      ['vaults-let-nobody-in', 'No vault lets anybody in.', 'consent/rules/azure/vault-findings.ts', 'vaultFindings'],
      [
        'keys-are-nobodys',
        'No user of the gateway is anybody’s.',
        'consent/rules/gateway-user-findings.ts',
        'gatewayUserFindings',
      ],
      [
        'backends-hold-nothing',
        'No backend has a credential.',
        'runner-credentials/rules/platform/token-places.ts',
        'backendTexts',
      ],
      [
        'containers-hold-nothing',
        'No container has a credential.',
        'runner-credentials/rules/platform/token-places.ts',
        'containerTexts',
      ],
    ] as const
  ).map(([name, sentence, file, rule]) => ({
    name,
    sentence,
    edits: [{ file: `src/steps/${file}`, function: rule, becomes: '() => []' }],
  })),
  {
    name: 'anybodys-sign-in',
    sentence: 'An access policy is the leaver’s, whomever it names.',
    edits: [
      {
        file: 'src/steps/runner-credentials/rules/platform/access-policy-findings.ts',
        text: 'policy.objectId === leaver.oid && ',
        becomes: '',
      },
    ],
  },
];
