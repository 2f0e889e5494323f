import type { Coverage } from '../cases/coverage/coverage.ts';
import type { CoverageDecisions } from '../cases/coverage/coverage-decisions.ts';
import type { Config } from '../config.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { CATALOGUE } from '../steps/catalogue.ts';
import type { Scope } from '../steps/define-source.ts';
import { otherSubscriptions } from '../steps/federated-credentials/rules/other-subscriptions.ts';
import { otherOrganisations } from '../steps/runner-credentials/rules/github/other-organisations.ts';
import { decided } from '../steps/unread-line.ts';
import type { DoctorCheck } from './diagnosis.ts';

/** Whether the settings name every place that the app sees at a vendor, or the firm decided that they need not. */
export async function checkUnnamed(
  vendors: Pick<Vendors, 'azure' | 'github'>,
  { SUBSCRIPTION_IDS, GITHUB_ORGANISATIONS }: Pick<Config, 'GITHUB_ORGANISATIONS' | 'SUBSCRIPTION_IDS'>,
  decisions: CoverageDecisions,
  now: Date,
): Promise<DoctorCheck[]> {
  const [subscriptions, organisations] = await Promise.all([
    vendors.azure.listSubscriptions().then((listed) => otherSubscriptions(SUBSCRIPTION_IDS, listed)),
    // Whoever has no GitHub has no App either, whose key could be asked.
    GITHUB_ORGANISATIONS.length === 0
      ? undefined
      : vendors.github.listInstallations('reader').then((listed) => otherOrganisations(GITHUB_ORGANISATIONS, listed)),
  ]);
  return [
    ...checkOf('other-subscriptions', 'SUBSCRIPTION_IDS', subscriptions, decisions, now),
    ...checkOf('other-organisations', 'GITHUB_ORGANISATIONS', organisations, decisions, now),
  ];
}

function checkOf(
  check: string,
  setting: Scope,
  told: Coverage | undefined,
  decisions: CoverageDecisions,
  now: Date,
): DoctorCheck[] {
  if (told === undefined) return [];
  const source = Object.values(CATALOGUE)
    .flat()
    .find(({ id }) => id === told.source);
  const { state, detail = '', exemption } = decided(told, decisions, now.toISOString(), source);
  switch (state) {
    case 'complete':
      return [{ check, state: 'passes', detail }];
    case 'exempt':
      return [{ check, state: 'passes', detail: `${detail} Exempt by ${exemption?.by ?? 'the firm'}.` }];
    case 'not-examined': {
      const whatToDo = `Name the others in ${setting}, or exempt ${told.source} in EXEMPT_SOURCES.`;
      return [{ check, state: 'fails', detail, whatToDo }];
    }
    default:
      return [{ check, state: 'could-not-check', detail }];
  }
}
