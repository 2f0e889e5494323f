import { coverageOf, NOTHING_READ } from '../../../src/cases/coverage-of.ts';
import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import type { Config } from '../../../src/config.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { text } from '../../../src/shapes/primitives.ts';
import {
  fineGrainedTokenFinding,
  ssoCredentialFinding,
} from '../../../src/steps/runner-credentials/rules/github/credential-findings.ts';
import { runnerFinding } from '../../../src/steps/runner-credentials/rules/github/runner-finding.ts';
import { AskAgainSchema, type AskedAgain, askedAgain, fileAskedAgain } from '../../verification/asked-again.ts';
import { leaversFineGrainedTokens } from './leavers-credentials.ts';

/** Whether a credential or a runner of the leaver opens the organisation after the cut. */
export const askOrganisationAgain = defineActivity(
  'askOrganisationAgain',
  { input: AskAgainSchema.extend({ organisation: text }), output: StepPartRefSchema },
  (input, { vendors, settings }) =>
    fileAskedAgain(vendors, input, () => ask(vendors, settings, input.leaver, input.organisation)),
);

async function ask(
  vendors: Pick<Vendors, 'github'>,
  { GITHUB_API_ENDPOINT: endpoint }: Pick<Config, 'GITHUB_API_ENDPOINT'>,
  leaver: Leaver,
  organisation: string,
): Promise<AskedAgain> {
  const source = askedAgain(`github/${organisation}`);
  const client = await vendors.github.organisation('reader', organisation);
  if (!client.ok) {
    return { findings: [], coverage: [coverageOf(source, NOTHING_READ, [client.failure])], failures: [client.failure] };
  }
  const [runners, tokens, ...credentials] = await Promise.all([
    client.value.listRunners({ organisation }),
    leaversFineGrainedTokens(client.value, leaver.github),
    ...leaver.github.map(({ login }) => client.value.listSsoCredentials(login)),
  ]);
  const failures = [
    runners.failure,
    tokens.failure,
    // Without single sign-on there is no such list, which discovery has said.
    ...credentials.map(({ failure }) => (failure?.kind === 'not-found' ? undefined : failure)),
  ];
  const authorised = credentials.flatMap(({ items }) => items);
  const count = runners.items.length + tokens.items.length + authorised.length;
  return {
    findings: [
      ...runners.items.flatMap((runner) => runnerFinding(runner, { organisation }, leaver, endpoint) ?? []),
      ...tokens.items.map((token) => fineGrainedTokenFinding(token, organisation, endpoint)),
      ...authorised.map((credential) => ssoCredentialFinding(credential, organisation, endpoint)),
    ],
    coverage: [coverageOf(source, { count, unit: 'runners and credentials' }, failures)],
    failures,
  };
}
