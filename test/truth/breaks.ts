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

export const BREAKS: readonly Break[] = [
  {
    name: 'complete-on-refusal',
    sentence: 'What was refused, or failed, is called complete.',
    edits: [{ file: 'src/cases/coverage-of.ts', function: 'coverageOf', becomes: AS_COMPLETE }],
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
    edits: [{ file: 'src/cases/coverage.ts', function: 'isGap', becomes: '() => false' }],
  },
  {
    name: 'two-rows-of-graph',
    sentence: 'Of Graph’s lists two rows are looked at.',
    edits: [{ file: 'src/connectors/graph/list-all.ts', function: 'listAll', becomes: FIRST_TWO }],
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
    name: 'two-rows-of-github',
    sentence: 'Of GitHub’s lists two rows are looked at.',
    edits: [{ file: 'src/connectors/github/ask.ts', function: 'list', becomes: FIRST_TWO }],
  },
  {
    name: 'id-beside-login-ignored',
    sentence: 'A credential that names a login with somebody else’s id is the leaver’s.',
    edits: [
      {
        file: 'src/steps/federated-credentials/rules/subject.ts',
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
        file: 'src/steps/federated-credentials/rules/relate-subject.ts',
        function: 'sameLogin',
        becomes: '(whole, left, right) => left !== undefined && left.toLowerCase().startsWith(right.toLowerCase())',
      },
    ],
  },
  {
    name: 'wildcards-accepted',
    sentence: 'A pattern that covers the leaver among others is called unrelated.',
    edits: [
      { file: 'src/steps/federated-credentials/rules/wildcard.ts', function: 'hasWildcard', becomes: '() => false' },
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
        file: 'src/connectors/graph/applications.ts',
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
        file: 'activities/runner-credentials/github/leavers-credentials.ts',
        function: 'leaversSsoCredentials',
        becomes: 'async (whole, client, everybodys) => everybodys',
      },
    ],
  },
  {
    name: 'azure-devops-by-name',
    sentence: 'In Azure DevOps a user with the leaver’s name is the leaver, whatever the object id.',
    edits: [
      {
        file: 'activities/case/resolve-devops-accounts.ts',
        text: 'user.originId?.toLowerCase() === oid',
        becomes: 'user.principalName?.toLowerCase() === userPrincipalName?.toLowerCase()',
      },
    ],
  },
  {
    name: 'sign-on-by-part-of-name',
    sentence: 'Whoever has the leaver’s given name is the leaver on GitHub.',
    edits: [
      {
        file: 'activities/case/resolve-github-accounts.ts',
        text: 'name.toLowerCase() === wanted',
        becomes: "name.toLowerCase().split('.')[0] === wanted.split('.')[0]",
      },
      {
        file: 'activities/case/resolve-github-accounts.ts',
        text: 'connected.value.externalIdentities(upn)',
        becomes: 'connected.value.externalIdentities(null)',
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
        file: 'src/steps/activity-audit/rules/audit-window.ts',
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
        file: 'src/steps/runner-credentials/rules/github/attribute-runner.ts',
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
        file: 'activities/runner-credentials/github/read-schedules.ts',
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
        file: 'activities/runner-credentials/github/read-variables.ts',
        text: 'contents.get(nodeId)?.environments ?? []',
        becomes: '[]',
      },
    ],
  },
  {
    name: 'nothing-is-decoded',
    sentence: 'Tokens in base64 are not seen.',
    edits: [{ file: 'src/credentials/detector/encoded-runs.ts', function: 'encodedRuns', becomes: '() => []' }],
  },
  {
    name: 'one-value-of-many',
    sentence: 'Of a variable group and a pipeline one variable is looked at.',
    edits: [
      {
        file: 'activities/runner-credentials/azure-devops/scan-variables.ts',
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
        file: 'activities/runner-credentials/azure-devops/scan-personal-tokens.ts',
        text: 'tokens.items.filter((token) => works(token, now))',
        becomes: "tokens.items.filter((token) => works(token, now) && token.scope === 'app_token')",
      },
    ],
  },
  {
    name: 'groups-forgotten',
    sentence: 'Nobody is in a group.',
    edits: [
      {
        file: 'src/connectors/graph/group-members.ts',
        function: 'listGroupMembers',
        becomes: 'async (whole, ...args) => ({ ...(await whole(...args)), items: [] })',
      },
    ],
  },
];
