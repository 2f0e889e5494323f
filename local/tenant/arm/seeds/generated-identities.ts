import type { Scale } from '../../seeds/seed-context.ts';
import { WORLD } from '../../seeds/world.ts';
import type { ArmCredential } from '../state-identities.ts';
import type { SeededIdentity } from './case-study-identities.ts';

/** Azure allows no more federated credentials under one identity. */
const MOST_CREDENTIALS = 20;
/** One identity in so many trusts the leaver as well. */
const LEAVER_EVERY = 15;

/** Further pipeline identities, spread over both subscriptions, for tenants of any size. */
export function generatedIdentities({ identities, credentialsPerIdentity }: Scale): SeededIdentity[] {
  const subscriptions = Object.values(WORLD.subscriptions);
  return Array.from({ length: identities }, (_, index) => {
    const number = String(index + 1).padStart(4, '0');
    return {
      subscriptionId: subscriptions[index % subscriptions.length] ?? WORLD.subscriptions.platform,
      resourceGroup: `rg-service-${number}`,
      name: `id-service-${number}`,
      oldCase: index % 3 === 0,
      credentials: Array.from({ length: Math.min(credentialsPerIdentity, MOST_CREDENTIALS) }, (_, at) =>
        credentialOf(number, at, index % LEAVER_EVERY === 0 && at === 0),
      ),
    };
  });
}

function credentialOf(number: string, at: number, leavers: boolean): ArmCredential {
  const owner = leavers ? WORLD.leaver.githubLogin : WORLD.github.organisation;
  return {
    name: `github-${at + 1}`,
    issuer: 'https://token.actions.githubusercontent.com',
    subject: `repo:${owner}/service-${number}:environment:stage-${at + 1}`,
    audiences: ['api://AzureADTokenExchange'],
  };
}
