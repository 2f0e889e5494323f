import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { counted } from '../../src/cases/words/wording.ts';
import type { GitHubOrganisation } from '../../src/connectors/github/index.ts';
import { failed } from '../../src/connectors/result.ts';
import type { Holding } from '../../src/exposure/holding.ts';
import type { Part } from '../../src/exposure/part.ts';
import type { Gap } from '../../src/posture/reading.ts';
import { mergeCoverage } from '../../src/report/build/merge-coverage.ts';
import { gapOf } from '../posture/make-read.ts';
import { deployKeys } from '../runner-credentials/github/facts/deploy-keys.ts';
import type { Judging, RepositoryFacts } from '../runner-credentials/github/facts/repository-source.ts';
import { REPOSITORY_SOURCES } from '../runner-credentials/github/facts/repository-sources.ts';
import { InventoryBatchSchema, latestIndex } from '../runner-credentials/github/inventory/inventory-index.ts';
import { organisationVariables } from '../runner-credentials/github/organisation/organisation-variables.ts';
import type { LocatedTokens } from '../runner-credentials/judge-located.ts';
import { everybodysOwners } from '../sweep/inventory/everybodys-owners.ts';
import { asLeaver } from './as-leaver.ts';
import { deployKeyHoldings } from './deploy-keys-of-people.ts';
import type { Owners } from './owners.ts';
import type { PartReading } from './part-reading.ts';
import { scheduleHoldings } from './schedules-of-people.ts';
import { tokenHoldings } from './tokens-of-people.ts';

export interface OfRepositories {
  readonly holdings: readonly Holding[];
  readonly uses: Part['uses'];
  readonly gaps: readonly Gap[];
}
const NOTHING: OfRepositories = { holdings: [], uses: [], gaps: [] };

/** Sources of the inventory in which a person’s credentials stand. */
const TOKENS = ['repository-variables', 'environment-variables', 'workflow-files', 'ci-files'];
const LOOKED_IN = [...TOKENS, deployKeys.what, 'schedules'];
/** The sweep reads the repositories anew every hour. */
const STALE_MS = 2 * 86_400_000;

/** What the last sweep filed of every repository, whose of it is whose: no repository is read for it again. */
export async function repositoriesOfPeople(context: PartReading, owners: Owners): Promise<OfRepositories> {
  const read = await Promise.all(
    context.settings.GITHUB_ORGANISATIONS.map((organisation) => inOrganisation(context, organisation, owners)),
  );
  return {
    holdings: read.flatMap(({ holdings }) => holdings),
    uses: read.flatMap(({ uses }) => uses),
    gaps: read.flatMap(({ gaps }) => gaps),
  };
}

async function inOrganisation(context: PartReading, organisation: string, owners: Owners): Promise<OfRepositories> {
  const { vendors, settings, at } = context;
  const source = `github/inventory:${organisation}`;
  const connected = await vendors.github.organisation('reader', organisation);
  if (!connected.ok)
    return { ...NOTHING, gaps: [gapOf('github/inventory')({ which: organisation, failure: connected.failure })] };
  const client = connected.value;
  const index = await latestIndex(vendors.storage, organisation);
  if (index === undefined) {
    const detail = `No sweep has read the repositories of ${organisation} yet.`;
    return { ...NOTHING, gaps: [{ reason: 'no-data', source, detail }] };
  }
  const judging = judgingNobody(organisation, settings.GITHUB_API_ENDPOINT);
  const [facts, lines]: [RepositoryFacts[], Coverage[]] = [[], []];
  for (const { ref } of index.batches) {
    const batch = await vendors.storage.getParsed(ref, InventoryBatchSchema);
    facts.push(...batch.facts);
    lines.push(...batch.coverage);
  }
  const judged = await Promise.all(
    REPOSITORY_SOURCES.filter(({ what }) => TOKENS.includes(what)).map((each) => each.judge(facts, judging)),
  );
  const variables = await ownVariables(context, client);
  const places = [...judged.flatMap((each): readonly LocatedTokens[] => each.places ?? []), ...variables.places];
  const tokens = tokenHoldings(context, organisation, places, owners);
  const keys = deployKeyHoldings(settings.GITHUB_API_ENDPOINT, organisation, facts, owners);
  const schedules = await scheduleHoldings(context, client, facts, owners);
  const stale = Date.parse(at) - Date.parse(index.at) > STALE_MS;
  const old: Gap = {
    reason: 'partial',
    source,
    detail: `The repositories of ${organisation} were read last at ${index.at}.`,
  };
  return {
    holdings: [...tokens, ...keys.holdings, ...schedules.holdings],
    uses: judged.flatMap(({ uses = [] }) => uses),
    gaps: [
      ...(stale ? [old] : []),
      ...(await unseenRepositories(client, facts)),
      ...mergeCoverage([...lines.filter(isLookedIn), ...variables.coverage], 'added').flatMap(gapOfLine),
      ...keys.gaps,
      ...schedules.gaps,
    ],
  };
}

async function ownVariables(context: PartReading, client: GitHubOrganisation) {
  const listed = await client.listVariables({ type: 'organisation', organisation: client.name });
  const ownersOf = everybodysOwners(context.at, context);
  return organisationVariables(client.name, listed, client.apiEndpoint, ownersOf);
}

/** Facts are judged for nobody: what comes of it is where tokens stand, and what runs with what. */
function judgingNobody(organisation: string, apiEndpoint: string): Judging {
  const message = 'Nobody is asked about.';
  return {
    ...{ organisation, apiEndpoint, registered: [], addedKeys: [] },
    leaver: asLeaver('' as Judging['leaver']['oid'], {}),
    workflow: async () => failed({ kind: 'not-found', status: 404, message }),
    owners: async () => ({
      owners: { firm: [], names: new Map(), repositories: new Map() },
      coverage: [],
      failures: [],
    }),
  };
}

/** Repositories that are there now, and that the sweep did not read. */
async function unseenRepositories(client: GitHubOrganisation, facts: readonly RepositoryFacts[]): Promise<Gap[]> {
  const source = `github/repositories:${client.name}`;
  const [listed, installation] = await Promise.all([client.listOrganisationRepositories(), client.refreshed()]);
  const known = new Set(facts.map(({ repository }) => repository.id));
  const unread = listed.items.filter(({ id }) => !known.has(id)).length;
  const failures = [listed.failure, installation.ok ? undefined : installation.failure];
  const selected = installation.ok && installation.value.repositorySelection !== 'all';
  const some = 'The GitHub App is installed on selected repositories; the others are invisible to it.';
  return [
    ...failures.flatMap((failure) =>
      failure === undefined ? [] : [gapOf('github/repositories')({ which: client.name, failure })],
    ),
    ...(selected
      ? [{ reason: 'denied' as const, source, detail: some, missingPermission: 'installation on all repositories' }]
      : []),
    ...(unread > 0
      ? [
          {
            reason: 'partial' as const,
            source,
            detail: `${counted(unread, 'repository', 'repositories')} were not read by the last sweep.`,
          },
        ]
      : []),
  ];
}

const isLookedIn = ({ source }: Coverage): boolean => LOOKED_IN.some((what) => source.startsWith(`github/${what}:`));

const REASONS = { partial: 'partial', denied: 'denied' } as const;

function gapOfLine({ source, state, detail = 'It was not read.', missingPermission }: Coverage): Gap[] {
  if (state === 'complete') return [];
  const reason = state === 'partial' || state === 'denied' ? REASONS[state] : 'unavailable';
  return [{ reason, source, detail, ...(missingPermission === undefined ? {} : { missingPermission }) }];
}
