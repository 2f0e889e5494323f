/** What stays open, because asking would change something, or takes what the reader does not hold. */
export interface NotProbed {
  readonly question: string;
  readonly why: string;
  /** How it can be found out all the same, and what the product does until then. */
  readonly instead: string;
}

const NOT_HELD = 'It takes a permission that the reader does not hold, and a pilot takes none that cases do not need.';
const WRITES = 'Only a call that changes something answers it.';

/** What no probe asks. */
export const NOT_PROBED: readonly NotProbed[] = [
  {
    question: 'May an App read an enterprise’s SSO and SCIM?',
    why: 'It takes the permission “Enterprise SCIM” and the enterprise’s name, and the app has neither.',
    instead:
      'Identities of an enterprise count as not read; verified addresses, the provisioning log and answers tell.',
  },
  {
    question: 'May an App list the organisation’s Codespaces secrets and agent variables?',
    why: NOT_HELD,
    instead: 'Both are named in every report as not examined.',
  },
  {
    question: 'Which permission does POST …/credential-authorizations/{login}/revoke take?',
    why: WRITES,
    instead: 'Credentials are revoked by id, whose permission is documented.',
  },
  {
    question: 'Can grants and roles of a deleted user be deleted?',
    why: WRITES,
    instead: 'A case tries it and reads back; who comes back is read again.',
  },
  {
    question: 'Which least permission does revokeSignInSessions take, and does it answer 200 or 204?',
    why: WRITES,
    instead: 'Takes either; the doctor looks at the roles in the token.',
  },
  {
    question: 'Does Graph publish `deleted` at a soft deletion?',
    why: 'Somebody would have to be deleted.',
    instead: 'Takes either kind of event, and reconciles with the list of changes.',
  },
  {
    question: 'May a service principal revoke tokens of Azure DevOps?',
    why: `${WRITES} Reading them is asked.`,
    instead: 'The doctor asks to revoke an empty list; the first case tells.',
  },
  {
    question: 'Does an open stream end once somebody is denied at the gateway?',
    why: 'Somebody would have to be denied while they call.',
    instead: 'Counts as a residual that lives on.',
  },
  {
    question: 'How long does a named value take to reach the gateway, and how long may it be?',
    why: WRITES,
    instead: 'Residuals say minutes; the list is laid out below the documented limit.',
  },
  {
    question: 'Do runners of a repository go on where the policy forbids new ones?',
    why: 'A policy would have to be changed.',
    instead: 'Lists the runners of every repository, whatever the policy is.',
  },
  {
    question: 'Do deploy keys, collaborators and portal subscriptions end at once?',
    why: WRITES,
    instead: 'Each is read back after the cut.',
  },
  {
    question: 'Are renames of personal accounts in any log of the firm?',
    why: 'Somebody would have to rename their account.',
    instead: 'Accounts are held by number; a login counts as claimable by anybody.',
  },
  {
    question: 'Do schedules of Azure DevOps run as the project’s build identity?',
    why: 'No field that the reader sees says it.',
    instead: 'Their credentials are looked for like anybody’s.',
  },
  {
    question: 'Are deployment pools and environments hidden that nobody told of?',
    why: 'What is hidden is in no list.',
    instead: 'Compare devops-environment-machines with a project that is known to have machines.',
  },
  {
    question: 'How does the gateway log refused calls and traces, and how are its alerts counted?',
    why: 'The reader may ask the audit table alone.',
    instead: 'Look into the workspace by hand; no case rests on it.',
  },
  {
    question:
      'Are paths that App Service authentication leaves open matched exactly, and does it refuse anonymous callers?',
    why: 'It is the app’s own front, which a call from inside does not pass.',
    instead: 'Every call is checked in the app as well.',
  },
  {
    question: 'Who set a secret of a vault, and which user delegation SAS were issued?',
    why: 'Only the vault’s and the account’s own logs tell, if they are kept.',
    instead: 'Reports say so; rotate what the leaver could read.',
  },
];
