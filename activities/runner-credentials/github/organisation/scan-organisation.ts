import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import { AboutSchema, DiscoveredSchema } from '../../../../src/cases/discovery.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { type ActivityContext, defineActivity } from '../../../../src/durable/activity.ts';
import type { Shaped } from '../../../../src/durable/shapes.ts';
import { isKnown, type Leaver } from '../../../../src/people/leaver.ts';
import { text } from '../../../../src/shapes/primitives.ts';
import { departureOf } from '../../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import type { FiledPart } from '../../../../src/steps/registry.ts';
import { otherOrganisations } from '../../../../src/steps/runner-credentials/rules/github/other-organisations.ts';
import { runnerFinding } from '../../../../src/steps/runner-credentials/rules/github/runners/runner-finding.ts';
import {
  fineGrainedTokenFinding,
  ssoCredentialFinding,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/credential-findings.ts';
import { secretFindings } from '../../../../src/steps/runner-credentials/rules/github/tokens/secret-finding.ts';
import { usedAfterDeparture } from '../../../../src/steps/runner-credentials/rules/used-after-departure.ts';
import { fileStepResult } from '../../../case/report/file-step-result.ts';
import { tryAgainAfter } from '../../../case/try-again-after.ts';
import { comparedWith } from '../../compared-with.ts';
import { judgeLocated } from '../../judge-located.ts';
import { inventoryCoverage } from '../../machines/inventory-coverage.ts';
import { leaversSsoCredentials, signOnCredentials } from '../../sign-on-credentials.ts';
import { noAccountCoverage, notedWithoutAccount, withoutAccount } from '../log/no-account-coverage.ts';
import { leaversSecrets, secretAuthorsCoverage } from '../log/secret-authors.ts';
import { FURTHER_SOURCES, readFurther } from '../repositories/read-further.ts';
import { ownersFor } from '../repositories/read-repositories.ts';
import { listedRunner } from '../runners/listed-runner.ts';
import { leaversRegistrations, registrationsCoverage } from '../runners/registrations.ts';
import { leaversFineGrainedTokens } from './leavers-credentials.ts';
import { organisationVariables } from './organisation-variables.ts';

const InputSchema = AboutSchema.extend({ organisation: text });
type ScanOrganisationInput = Shaped<typeof InputSchema>;

const SOURCES = [
  ['organisation-variables', 'variables'],
  ['organisation-runners', 'runners'],
  ['fine-grained-tokens', 'tokens'],
  ['sso-credentials', 'credentials'],
] as const;

/** What stands at the level of the organisation: variables, runners, and the leaver's credentials. */
export const scanOrganisation = defineActivity(
  'scanOrganisation',
  { input: InputSchema, output: DiscoveredSchema },
  async (input, context) => {
    const [{ part, failures }, others] = await Promise.all([scan(input, context), unnamed(input, context)]);
    context.log.info('organisation scanned', { organisation: input.organisation, findings: part.findings.length });
    const whole = { ...part, coverage: [...part.coverage, ...others.coverage] };
    return fileStepResult(context.vendors, input.caseId, whole, tryAgainAfter([...failures, others.failure]));
  },
);

/** Organisations that no setting names: asked once in a case, with the first of those that one does. */
async function unnamed(
  { organisation }: Pick<ScanOrganisationInput, 'organisation'>,
  { vendors, settings }: Pick<ActivityContext, 'vendors' | 'settings'>,
): Promise<{ readonly coverage: readonly Coverage[]; readonly failure?: VendorFailure | undefined }> {
  const named = settings.GITHUB_ORGANISATIONS;
  if (organisation !== named[0]) return { coverage: [] };
  const installed = await vendors.github.listInstallations('reader');
  return { coverage: [otherOrganisations(named, installed) ?? []].flat(), failure: installed.failure };
}

async function scan(
  { caseId, leaver, organisation }: ScanOrganisationInput,
  context: ActivityContext,
): Promise<{ part: FiledPart; failures: VendorFailure[] }> {
  const { vendors, settings } = context;
  const connected = await vendors.github.organisation('reader', organisation);
  if (!connected.ok) {
    const inLog = [
      ['runner-registrations', 'registrations'],
      ['secret-authors', 'writings'],
    ] as const;
    const coverage = [...SOURCES, ...inLog, ...FURTHER_SOURCES].map(([what, unit]) =>
      coverageOf(`github/${what}:${organisation}`, { count: 0, unit }, [connected.failure]),
    );
    return { part: partOf([], coverage), failures: [connected.failure] };
  }
  const client = connected.value;
  const [variables, runners, tokens, everybodys, registered, secrets] = await Promise.all([
    client.listVariables({ type: 'organisation', organisation }),
    client.listRunners({ organisation }),
    leaversFineGrainedTokens(client, leaver.github),
    signOnCredentials(client, caseId, leaver.github),
    leaversRegistrations(client, leaver),
    leaversSecrets(client, leaver),
  ]);

  const credentials = await leaversSsoCredentials(client, everybodys, leaver.github);
  const apiEndpoint = settings.GITHUB_API_ENDPOINT;
  const rule = {
    timeZone: settings.BUSINESS_TIME_ZONE,
    tokenLifetimeMinutes: settings.ACCESS_TOKEN_LIFETIME_MINUTES,
  };
  const ownersOf = ownersFor({ caseId, leaver }, context);
  const own = await organisationVariables(organisation, variables, apiEndpoint, ownersOf);
  const read = notedWithoutAccount(own.coverage[0], leaver);
  const judged = await judgeLocated({ caseId, leaver, system: 'github', organisation }, context, own, ownersOf);
  const theirs = new Set(leaver.github.map(({ login }) => login.toLowerCase()));
  const logins = [...new Set(everybodys.items.map(({ login }) => login))];
  const colleagues = logins.filter((login) => !theirs.has(login.toLowerCase()));
  const known = { leaver, registered: registered.items, colleagues };
  const further = await readFurther(client, known, departureOf(leaver, rule.timeZone, rule.tokenLifetimeMinutes));
  const machines = [...runners.items.map(listedRunner), ...further.machines];
  const told = await inventoryCoverage({ vendor: 'github', organisation, machines }, context);
  const findings = [
    ...judged.findings,
    ...runners.items.flatMap((runner) => runnerFinding(runner, { organisation }, known, apiEndpoint) ?? []),
    ...tokens.items.map(({ item, account }) => fineGrainedTokenFinding(item, organisation, apiEndpoint, account)),
    ...secretFindings(organisation, secrets.items, apiEndpoint),
    ...credentials.items.map(({ item, account }) => ssoCredentialFinding(item, organisation, apiEndpoint, account)),
    ...further.findings,
  ];
  const coverage = [
    read,
    comparedWith(leaver, 'runner', withoutAccount(coverageOfList(organisation, SOURCES[1], runners), leaver)),
    ...registrationsCoverage(organisation, registered, leaver),
    ...secretAuthorsCoverage(organisation, secrets, leaver),
    personal(organisation, SOURCES[2], tokens, leaver),
    signOn(organisation, credentials, leaver),
    ...told.coverage,
    ...further.coverage,
  ];
  return {
    part: partOf(
      findings.map((finding) => usedAfterDeparture(finding, leaver, rule)),
      coverage,
    ),
    failures: [
      ...[variables, runners, registered, secrets, tokens, credentials].flatMap(({ failure }) => failure ?? []),
      ...judged.failures,
      ...further.failures,
      ...told.failures,
    ],
  };
}

type Source = (typeof SOURCES)[number];

function coverageOfList(organisation: string, [what, unit]: Source, { items, failure }: Listing<unknown>): Coverage {
  return coverageOf(
    `github/${what}:${organisation}`,
    { count: items.length, unit },
    failure === undefined ? [] : [failure],
  );
}

function personal(organisation: string, source: Source, list: Listing<unknown>, leaver: Leaver): Coverage {
  if (leaver.github.some(isKnown)) return coverageOfList(organisation, source, list);
  return noAccountCoverage(`github/${source[0]}:${organisation}`, source[1], leaver);
}

function signOn(organisation: string, credentials: Listing<unknown>, leaver: Leaver): Coverage {
  const coverage = personal(organisation, SOURCES[3], credentials, leaver);
  if (credentials.failure?.kind !== 'not-found') return coverage;
  const detail =
    `${organisation} has no single sign-on of its own, so that GitHub lists neither classic tokens nor SSH keys. ` +
    'Suspend the account, or remove it from the organisation.';
  return { ...coverage, state: 'unavailable', detail };
}

function partOf(findings: FiledPart['findings'], coverage: FiledPart['coverage']): FiledPart {
  return { step: 'runner-credentials', findings, coverage, actions: [] };
}
