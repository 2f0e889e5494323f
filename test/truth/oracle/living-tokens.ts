import { type Firm, type Item, ownedByLeaver, personOf, rightMark } from '../firm/firm.ts';
import type { GitHubVariable } from '../firm/items/github.ts';
import type { Held } from '../firm/items/held.ts';
import type { PlatformRight } from '../firm/items/platform.ts';
import { identityOf, type LivingPath, type Need } from './living-path.ts';
import { devopsAt, devopsTokenOf, type TenantStates } from './rows.ts';

/** How reports name a variable: by the place that it is deleted from. */
export function variableId({ organisation, repository, environment, name }: GitHubVariable): string {
  const place = repository === undefined ? organisation : `${organisation}/${repository}`;
  return `${environment === undefined ? '' : `environment ${environment} of `}${place}#${name}`;
}

/** A token of the leaver that stands somewhere, as long as it opens something. */
export function livingToken(
  firm: Firm,
  states: TenantStates,
  item: Item,
  held: Held,
  needs: readonly Need[],
  marks: readonly (readonly string[])[],
): LivingPath[] {
  if (!ownedByLeaver(firm, held.owner)) return [];
  const listed = firm.items.find(({ key }) => key === held.listedAs);
  if (listed !== undefined && !lives(states, listed)) return [];
  // Where nothing tells whose it is, the organisation's one finding about unowned tokens names the place.
  const organisation =
    item.kind === 'platform-token'
      ? item.at === 'container'
        ? 'azure'
        : 'gateway'
      : 'organisation' in item
        ? item.organisation
        : devopsAt(item);
  const place =
    item.kind === 'platform-token' && item.at === 'policy'
      ? `fragment f-${item.key}`
      : item.kind === 'workflow'
        ? item.file
        : item.kind === 'agent'
          ? item.name
          : held.name;
  return [
    {
      item,
      what: `${held.format} of the leaver in ${held.name}`,
      needs,
      marks: [...marks, ['unowned-tokens', organisation, place]],
      told: 'open',
    },
  ];
}

function lives(states: TenantStates, item: Item): boolean {
  if (item.kind === 'sso-credential') {
    const row = states.github.organisations.get(item.organisation)?.credentials.get(String(item.id));
    return row !== undefined && row.revokedFrom === undefined;
  }
  if (item.kind === 'devops-token') {
    const row = devopsTokenOf(states, item);
    return row !== undefined && row.revokedAt === undefined && item.expired !== true;
  }
  return true;
}

export function livingWorkflow(
  firm: Firm,
  states: TenantStates,
  item: Extract<Item, { readonly kind: 'workflow' }>,
): LivingPath[] {
  const { organisation, repository, file } = item;
  const row = states.github.repositories
    .get(`${organisation}/${repository}`)
    ?.workflows.all()
    .find(({ path }) => path.endsWith(`/${file}`));
  const marks = [[repository, file]];
  const texts = `github/workflow-files:${organisation}`;
  const awake = item.archived !== true && row?.state === 'active';
  const ranAs = item.ranAs[0];
  const next = item.runsNextAs ?? ranAs;
  return [
    ...(awake && item.cron !== undefined && next === firm.leaver
      ? [
          {
            item,
            what: `schedule ${repository}/${file} runs as the leaver`,
            needs: [identityOf(firm), texts, `github/schedules:${organisation}`],
            marks,
            told: 'open' as const,
          },
        ]
      : []),
    ...(awake && item.uses !== undefined && ownedByLeaver(firm, item.uses.owner)
      ? [
          {
            item,
            what: `${repository}/${file} runs ${item.uses.text}`,
            needs: [identityOf(firm), texts, 'github/workflow-uses'],
            marks: [[repository, item.uses.text.replace(/@.*$/, '')]],
            told: 'open' as const,
          },
        ]
      : []),
    ...(item.holds === undefined ? [] : livingToken(firm, states, item, item.holds, [texts], marks)),
  ];
}

/** A right of the leaver's on the platform, as long as it may ever give something again. */
export function livingRight(firm: Firm, { arm }: TenantStates, item: PlatformRight): LivingPath[] {
  const leaver = personOf(firm, firm.leaver);
  if (item.person !== firm.leaver) return [];
  const mark = rightMark(item, leaver);
  const isThere = (rows: readonly { readonly id: string }[]): boolean => rows.some(({ id }) => id.endsWith(mark));
  const path = (need: string, marks: string): LivingPath[] => [
    { item, what: `${item.right} of the leaver`, needs: [need], marks: [[marks]], told: 'open' },
  ];
  switch (item.right) {
    case 'azure-role':
    case 'eligible-role': {
      // Of an account that is deleted for good nobody is ever given the object id again.
      if (firm.leaving.state === 'gone') return [];
      const held = item.right === 'azure-role';
      return path(held ? 'azure/role-assignments' : 'azure/eligible-roles', mark);
    }
    case 'vault':
      return firm.leaving.state === 'gone' ? [] : path('azure/key-vault-access', mark);
    case 'subscription-key': {
      const row = arm.gatewayObjects.all().find(({ id }) => id.endsWith(mark));
      return row?.properties.state === 'active' ? path('gateway/subscription-keys', mark) : [];
    }
    case 'kept-sign-in':
      return isThere(arm.gatewayObjects.all()) ? path('gateway/credential-manager', mark) : [];
    default:
      return item.right satisfies never;
  }
}
