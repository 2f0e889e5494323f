import { counted } from '../../src/cases/words/wording.ts';
import type { Holding } from '../../src/exposure/holding.ts';
import { ofConnection } from '../../src/exposure/words.ts';
import type { DevOpsAccount } from '../../src/people/leaver.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import type { Gap } from '../../src/posture/reading.ts';
import {
  connectionFinding,
  holdsPersonal,
  type ListedConnection,
} from '../../src/steps/runner-credentials/rules/azure-devops/connection-finding.ts';
import { gapOf } from '../posture/make-read.ts';
import { inProjects, readProjects } from '../runner-credentials/azure-devops/read-projects.ts';
import { asLeaver } from './as-leaver.ts';
import type { PartOf, PartReading } from './part-reading.ts';

interface Known {
  readonly oid: Oid;
  readonly account: DevOpsAccount;
}

/** Service connections that hold what a person entered, by who entered it last. */
export async function connectionsOfPeople(context: PartReading): Promise<PartOf> {
  const read = await Promise.all(context.settings.DEVOPS_ORGANISATIONS.map((each) => inOrganisation(context, each)));
  return { holdings: read.flatMap(({ holdings }) => holdings), gaps: read.flatMap(({ gaps }) => gaps) };
}

async function inOrganisation(
  { vendors, settings }: PartReading,
  organisation: string,
): Promise<{ readonly holdings: readonly Holding[]; readonly gaps: readonly Gap[] }> {
  const source = `azure-devops/service-connections:${organisation}`;
  const [users, projects] = await Promise.all([
    vendors.devops.listEntraUsers(organisation),
    readProjects(vendors, organisation),
  ]);
  const list = await inProjects(vendors, projects, 'service connections', async (project) => {
    const connections = await vendors.devops.listServiceConnections(organisation, project);
    const own = { projectId: project.id, project: project.name };
    return { ...connections, items: connections.items.map((one): ListedConnection => ({ ...one, ...own })) };
  });
  const tenant = settings.TENANT_ID.toLowerCase();
  const byDescriptor = new Map(
    users.items.flatMap(({ descriptor, origin, domain, originId }): [string, Known][] => {
      const oid = parseOid(originId ?? '');
      const ours = origin?.toLowerCase() === 'aad' && domain?.toLowerCase() === tenant;
      if (oid === undefined || !ours) return [];
      return [[descriptor, { oid, account: { organisation, descriptor, source: 'exposure', confidence: 'proved' } }]];
    }),
  );
  const personal = [...new Map(list.items.filter(holdsPersonal).map((each) => [each.id, each])).values()];
  const holdings = personal.flatMap((one): Holding[] => {
    const hand = one.modifiedBy ?? one.createdBy;
    const last = byDescriptor.get(hand?.descriptor ?? '');
    const known = last ?? byDescriptor.get(one.createdBy?.descriptor ?? '');
    if (known === undefined) return [];
    const leaver = asLeaver(known.oid, { devops: [known.account] });
    const finding = connectionFinding(organisation, vendors.devops.webUrl, one, [known.account], leaver);
    if (finding === undefined) return [];
    return [
      {
        owner: known.oid,
        kind: 'service-connection',
        marks: [`connection ${organisation.toLowerCase()}/${one.id.toLowerCase()}`],
        ...ofConnection(one.name, last !== undefined, `${organisation}/${one.project}`, finding.resource.url),
        findings: [finding],
      },
    ];
  });
  const untold = personal.filter(
    ({ createdBy, modifiedBy }) => createdBy?.descriptor == null && modifiedBy?.descriptor == null,
  ).length;
  const failures = [...list.failures, ...(users.failure === undefined ? [] : [users.failure])];
  const none = projects.items.length === 0 && failures.length === 0;
  return {
    holdings,
    gaps: [
      ...failures.map((failure) => gapOf('azure-devops/service-connections')({ which: organisation, failure })),
      ...(none
        ? [
            {
              reason: 'denied' as const,
              source,
              detail: `${organisation} shows the app no project.`,
              missingPermission: 'vso.project',
            },
          ]
        : []),
      ...(untold === 0
        ? []
        : [
            {
              reason: 'no-data' as const,
              source,
              detail: `Of ${counted(untold, 'service connection')} it is not told who entered what.`,
            },
          ]),
      ...NOT_BUILT.map(({ what, detail }) => ({
        reason: 'not-configured' as const,
        source: `azure-devops/${what}:${organisation}`,
        detail,
      })),
    ],
  };
}

/** What Azure DevOps tells of one person alone, or what takes a reading of every pipeline. */
const NOT_BUILT = [
  {
    what: 'personal-tokens',
    detail: 'Personal access tokens are listed for one person at a time, so that nobody’s are read.',
  },
  {
    what: 'pipelines',
    detail: 'Tokens in variables of pipelines, and schedules of pipelines, are read in a case alone.',
  },
];
