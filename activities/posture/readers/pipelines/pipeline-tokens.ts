import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { Gap } from '../../../../src/posture/reading.ts';
import type { PipelineToken } from '../../../../src/posture/readings/pipelines/pipeline-tokens.ts';
import { startsServer } from '../../../../src/posture/server-commands.ts';
import type { RepositoryFacts } from '../../../runner-credentials/github/facts/repository-source.ts';
import { REPOSITORY_SOURCES } from '../../../runner-credentials/github/facts/repository-sources.ts';
import { InventoryBatchSchema, latestIndex } from '../../../runner-credentials/github/inventory/inventory-index.ts';
import { readWorkflowTexts } from '../../../runner-credentials/github/repositories/read-workflow-texts.ts';
import type { Reader, ReadFault } from '../../reader.ts';

type Context = Parameters<Reader>[0];
type Gaps = readonly Omit<Gap, 'source'>[];
/** What the sweep files is a day old at the most where it runs. */
const STALE_MS = 2 * 86_400_000;

interface Holding {
  readonly repository: RepositoryFacts['repository'];
  readonly tokens: readonly Pick<PipelineToken, 'token' | 'type'>[];
}

/**
 * Personal tokens that the last sweep knows in repositories, and of those repositories whether a workflow calls the
 * gateway or starts a server.
 */
export const readPipelineTokens: Reader = async (context) => {
  const read = await Promise.all(context.settings.GITHUB_ORGANISATIONS.map((each) => placesIn(context, each)));
  const devops = context.settings.DEVOPS_ORGANISATIONS.map((each) => ({
    reason: 'no-data' as const,
    detail: `Pipelines of Azure DevOps (${each}) are not looked through for personal tokens.`,
  }));
  return {
    facts: { places: read.flatMap(({ places }) => places) },
    failures: read.flatMap(({ failures }) => failures),
    gaps: [...read.flatMap(({ gaps }) => gaps), ...devops],
  };
};

async function placesIn(
  context: Context,
  organisation: string,
): Promise<{
  readonly places: readonly PipelineToken[];
  readonly failures: readonly ReadFault[];
  readonly gaps: Gaps;
}> {
  const { holding, gaps } = await knownTokens(context, organisation);
  if (holding.length === 0) return { places: [], failures: [], gaps };
  const connected = await context.vendors.github.organisation('reader', organisation);
  if (!connected.ok) return { places: [], failures: [faultOf(organisation, connected.failure)], gaps };
  const client = connected.value;
  const repositories = holding.map(({ repository }) => repository);
  const contents = await client.readRepositoryContents(repositories.map(({ nodeId }) => nodeId));
  const { texts, failures } = await readWorkflowTexts(client, repositories, contents);
  const gateway = gatewayHosts(context.settings);
  return {
    places: holding.flatMap(({ repository, tokens }) => {
      const own = texts.filter((each) => each.repository === repository).map(({ text }) => text.toLowerCase());
      const calls = own.some((text) => gateway.some((host) => text.includes(host)));
      const does = calls ? 'calls-gateway' : own.some(startsServer) ? 'starts-server' : undefined;
      if (does === undefined) return [];
      return tokens.map((token) => ({ organisation, repository: repository.name, ...token, does }));
    }),
    failures: failures.map(({ repository, failure }) => faultOf(`${organisation}/${repository.name}`, failure)),
    gaps,
  };
}

function faultOf(which: string, failure: VendorFailure): ReadFault {
  return { which, failure };
}

/** Names under which workflows find the gateway. */
function gatewayHosts({ GATEWAY_URL, GATEWAY_APIM_ID }: Context['settings']): string[] {
  const name = GATEWAY_APIM_ID?.split('/').at(-1);
  return [
    ...(GATEWAY_URL === undefined ? [] : [new URL(GATEWAY_URL).host]),
    ...(name === undefined ? [] : [`${name}.azure-api.net`]),
  ].map((host) => host.toLowerCase());
}

/** Repositories in which the last sweep found tokens of people: in workflows, in other files of CI, and in variables. */
async function knownTokens(
  { vendors: { storage }, now }: Context,
  organisation: string,
): Promise<{ readonly holding: readonly Holding[]; readonly gaps: Gaps }> {
  const index = await latestIndex(storage, organisation);
  if (index === undefined) {
    const detail = `No sweep has read the repositories of ${organisation} yet.`;
    return { holding: [], gaps: [{ reason: 'no-data', detail }] };
  }
  const [holding, gaps]: [Holding[], Gaps[number][]] = [[], []];
  if (now().getTime() - Date.parse(index.at) > STALE_MS) {
    const detail = `The repositories of ${organisation} were last read by the sweep of ${index.at}.`;
    gaps.push({ reason: 'partial', detail });
  }
  const unread = new Map<string, string>();
  for (const { ref } of index.batches) {
    // One document in memory at a time, however many there are.
    const batch = await storage.getParsed(ref, InventoryBatchSchema).catch(() => undefined);
    if (batch === undefined) {
      gaps.push({
        reason: 'unreadable',
        detail: `A part of the sweep of ${organisation} cannot be read: ${ref.name}.`,
      });
      continue;
    }
    holding.push(...batch.facts.flatMap(holdingOf));
    for (const { source, state, detail = state } of batch.coverage) {
      if (HOLD_TOKENS.test(source) && state !== 'complete') unread.set(source, detail);
    }
  }
  for (const [source, detail] of unread) gaps.push({ reason: 'partial', detail: `${source}: ${detail}` });
  return { holding, gaps };
}

/** The sources in which tokens stand. */
const HOLD_TOKENS = /^github\/([a-z]+-)?(variables|workflow-files|ci-files)\b/;

/** Nothing of an archived repository runs. */
function holdingOf(facts: RepositoryFacts): Holding[] {
  if (facts.repository.archived) return [];
  const personal = REPOSITORY_SOURCES.flatMap((source) => source.tokensOf(facts)).flatMap(({ hit }) =>
    hit.holder === 'personal' ? [{ token: hit.sha256.slice(0, 16), type: hit.type }] : [],
  );
  const tokens = [...new Map(personal.map((each) => [each.token, each])).values()];
  return tokens.length === 0 ? [] : [{ repository: facts.repository, tokens }];
}
