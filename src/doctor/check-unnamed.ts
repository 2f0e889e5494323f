import type { CoverageDecisions } from '../cases/coverage-decisions.ts';
import type { Config } from '../config.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { CATALOGUE } from '../steps/catalogue.ts';
import { otherSubscriptions } from '../steps/federated-credentials/rules/other-subscriptions.ts';
import { decided } from '../steps/unread-line.ts';
import type { DoctorCheck } from './diagnosis.ts';

/** Whether the settings name every subscription that the reader sees, or the firm decided that they need not. */
export async function checkUnnamed(
  vendors: Pick<Vendors, 'azure'>,
  settings: Pick<Config, 'SUBSCRIPTION_IDS'>,
  decisions: CoverageDecisions,
  now: Date,
): Promise<DoctorCheck[]> {
  const told = otherSubscriptions(settings.SUBSCRIPTION_IDS, await vendors.azure.listSubscriptions());
  if (told === undefined) return [];
  const source = Object.values(CATALOGUE)
    .flat()
    .find(({ id }) => id === told.source);
  const { state, detail = '', exemption } = decided(told, decisions, now.toISOString(), source);
  const check = 'other-subscriptions';
  switch (state) {
    case 'complete':
      return [{ check, state: 'passes', detail }];
    case 'exempt':
      return [{ check, state: 'passes', detail: `${detail} Exempt by ${exemption?.by ?? 'the firm'}.` }];
    case 'not-examined':
      return [
        {
          check,
          state: 'fails',
          detail,
          whatToDo: `Name the others in SUBSCRIPTION_IDS, or exempt ${told.source} in EXEMPT_SOURCES.`,
        },
      ];
    default:
      return [{ check, state: 'could-not-check', detail }];
  }
}
