import { coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import { counted } from '../../../../src/cases/words/wording.ts';
import type { Config } from '../../../../src/config.ts';
import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import {
  connectionFinding,
  holdsPersonal,
  type ListedConnection,
} from '../../../../src/steps/runner-credentials/rules/azure-devops/connection-finding.ts';
import { makerOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/maker.ts';
import type { ConnectionUseRead } from '../../../../src/steps/runner-credentials/rules/azure-devops/pipeline-use.ts';
import type { Registrars } from '../../../../src/steps/runner-credentials/rules/azure-devops/registrars.ts';
import { type Accounts, accountGap } from '../account-gap.ts';
import { inProjects, type Projects, withoutProjects } from '../read-projects.ts';
import { IN_FLIGHT, type TokenScan } from '../scan.ts';

/**
 * Service connections that hold what the leaver entered, and which pipelines used each of them last. Nobody can read
 * the credential itself.
 */
export async function scanConnections(
  { devops }: Pick<Vendors, 'devops'>,
  { DEVOPS_ENDPOINT }: Pick<Config, 'DEVOPS_ENDPOINT'>,
  projects: Projects,
  leaver: Leaver,
  known: Accounts,
  registrars: Registrars,
): Promise<TokenScan> {
  const { organisation } = projects;
  const { accounts } = known;
  const source = `azure-devops/service-connections:${organisation}`;
  const none = withoutProjects(projects, [source]);
  if (none !== undefined) return { findings: [], located: [], uses: [], coverage: none, failures: [] };
  const list = await inProjects({ devops }, projects, 'service connections', async (project) => {
    const connections = await devops.listServiceConnections(organisation, project);
    const own = { projectId: project.id, project: project.name };
    return { ...connections, items: connections.items.map((one): ListedConnection => ({ ...one, ...own })) };
  });
  const every = [...Map.groupBy(list.items, ({ id }) => id).values()];
  const theirs = every.flatMap((listed) => {
    const [first] = listed;
    if (first === undefined) return [];
    const finding = connectionFinding(organisation, DEVOPS_ENDPOINT, first, accounts, leaver);
    if (finding === undefined) return [];
    const writtenAt = registrars.ofConnection(first);
    const evidence = { ...finding.evidence, ...(writtenAt === undefined ? {} : { writtenByLeaverAt: writtenAt }) };
    return [{ listed, finding: { ...finding, evidence } }];
  });
  const used = await mapBounded(theirs, IN_FLIGHT, ({ listed }) =>
    usesOf({ devops }, DEVOPS_ENDPOINT, organisation, listed),
  );
  const failures: readonly VendorFailure[] = [...list.failures, ...used.flatMap((each) => each.failures)];
  const services = every.filter(
    ([one]) => one !== undefined && !holdsPersonal(one) && makerOf(one.createdBy, accounts, leaver) !== undefined,
  ).length;
  const note =
    services === 0 ? undefined : `The leaver made ${counted(services, 'other')} that holds a service’s credential.`;
  const line = coverageOfList(source, 'service connections', { items: every, failures }, note);
  return {
    findings: theirs.map(({ finding }, at) => ({
      ...finding,
      evidence: { ...finding.evidence, ...used[at]?.evidence },
    })),
    located: [],
    uses: used.flatMap(({ uses }) => uses),
    coverage: [accountGap(line, known)],
    failures,
    ...(list.slowDownMs === undefined ? {} : { slowDownMs: list.slowDownMs }),
  };
}

interface Used {
  readonly uses: readonly ConnectionUseRead[];
  readonly failures: readonly VendorFailure[];
  readonly evidence: { readonly lastUsed: string | null };
}

/** Who used a connection last, in every project that has it. */
async function usesOf(
  { devops }: Pick<Vendors, 'devops'>,
  webUrl: string,
  organisation: string,
  listed: readonly ListedConnection[],
): Promise<Used> {
  const histories = await Promise.all(
    listed.map(async ({ id, projectId, project }) => ({
      project,
      history: await devops.listConnectionUses(organisation, projectId, id),
    })),
  );
  const times = histories.flatMap(({ history }) =>
    history.items.flatMap(({ finishTime, startTime }) => finishTime ?? startTime ?? []),
  );
  return {
    uses: histories.flatMap(({ project, history }) =>
      history.items.map(({ definition }): ConnectionUseRead => {
        const definitionId = definition?.id ?? null;
        const page = `${webUrl}/${organisation}/${encodeURIComponent(project)}/_build?definitionId=${definitionId}`;
        return {
          kind: 'azure-devops-connection',
          organisation,
          connectionId: listed[0]?.id ?? '',
          definitionId,
          name: definition?.name ?? null,
          ...(definitionId === null ? {} : { url: page }),
        };
      }),
    ),
    failures: histories.flatMap(({ history }) => history.failure ?? []),
    evidence: { lastUsed: times.toSorted((one, other) => Date.parse(other) - Date.parse(one))[0] ?? null },
  };
}
