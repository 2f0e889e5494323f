import type { CaseId } from '../../src/cases/ids.ts';
import { hasGateway } from '../../src/config/config-optional.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Holding } from '../../src/exposure/holding.ts';
import { ofApplication, ofGrant } from '../../src/exposure/words.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import type { Gap } from '../../src/posture/reading.ts';
import { grantFindings } from '../../src/steps/consent/rules/grant-findings.ts';
import { workloadFindings } from '../../src/steps/consent/rules/workloads/workload-findings.ts';
import { tiesTo, type Workload, workloadsOf } from '../../src/steps/consent/rules/workloads/workloads.ts';
import { type ReadWorkloads, readWorkloads } from '../consent/read-workloads.ts';
import { gapOf } from '../posture/make-read.ts';
import { asLeaver } from './as-leaver.ts';
import type { PartOf, PartReading } from './part-reading.ts';

/** Who works here, who consented to what at the gateway, and who owns an application that gets in there. */
export async function directoryOfPeople(context: PartReading): Promise<PartOf> {
  const { vendors, settings, now } = context;
  const [users, workloads, gateway] = await Promise.all([
    vendors.graph.listUsers(),
    readWorkloads(vendors, settings.GATEWAY_APP_ID),
    vendors.graph.findServicePrincipal(settings.GATEWAY_APP_ID),
  ]);
  const grants = gateway.ok
    ? await vendors.graph.listGrants('resourceId', gateway.value.id)
    : { items: [], failure: gateway.failure };
  const working = users.items.filter(({ state, agent }) => state === 'active' && agent !== true);
  const gap = (source: string, failures: readonly (VendorFailure | undefined)[]): Gap[] =>
    failures.flatMap((failure) => (failure === undefined ? [] : [gapOf(source)({ failure })]));
  const names = new Map(workloads.objects.map(({ id, name }) => [id.toLowerCase(), name]));
  const consents = grants.items.flatMap((grant): Holding[] => {
    const owner = grant.principalId === null ? undefined : parseOid(grant.principalId);
    if (owner === undefined || !gateway.ok) return [];
    const of = (id: string): string => names.get(id.toLowerCase()) ?? id;
    const findings = grantFindings([grant], { oid: owner }, gateway.value.id, { of });
    const words = ofGrant(of(grant.clientId));
    return [{ owner, kind: 'delegated-grant', marks: [`grant ${grant.id}`], ...words, findings }];
  });
  return {
    people: users.failure === undefined ? working.map(({ oid }) => oid) : null,
    holdings: [...consents, ...applicationsOfPeople(context, workloads, new Set(working.map(({ oid }) => oid)), now())],
    gaps: [
      ...gap('entra/users', [users.failure]),
      ...gap('entra/gateway-grants', [grants.failure]),
      ...gap('entra/owned-applications', [...workloads.objectFailures, ...workloads.roleFailures]),
    ],
  };
}

/** What signs in to the gateway as nobody, by the people who own it: they may have kept its secret. */
function applicationsOfPeople(
  { settings, at }: PartReading,
  { objects, roles }: Pick<ReadWorkloads, 'objects' | 'roles'>,
  working: ReadonlySet<Oid>,
  now: Date,
): Holding[] {
  const reaching = workloadsOf(objects, roles, now).filter(
    (each) => each.roles.length > 0 && each.credentials.length > 0,
  );
  return reaching.flatMap((workload) => {
    const owners = new Set(workload.objects.flatMap((object) => object.owners).flatMap((id) => parseOid(id) ?? []));
    return [...owners]
      .filter((owner) => working.has(owner))
      .flatMap((owner) => holdingOf(workload, owner, { caseId: `exposure ${at}`, isRefusable: hasGateway(settings) }));
  });
}

function holdingOf(
  workload: Workload,
  owner: Oid,
  { caseId, isRefusable }: { readonly caseId: string; readonly isRefusable: boolean },
): Holding[] {
  const leaver = asLeaver(owner, {});
  const ties = tiesTo(workload, leaver, []);
  const [first] = workload.objects;
  if (ties === undefined || first === undefined) return [];
  const context = { caseId: caseId as CaseId, leaver, isRefusable, present: new Set<string>() };
  // To own it is no path: it takes a sign-in to add another secret.
  const findings = workloadFindings(workload, ties, context).filter(({ kind }) => ENDS.has(kind));
  const url = `https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/${first.appId}`;
  return [
    {
      owner,
      kind: 'application-secret',
      marks: [`application ${first.appId}`],
      ...ofApplication(workload.name, first.appId, workload.credentials.length, url),
      findings,
    },
  ];
}

const ENDS = new Set(['application-credentials-perhaps', 'workload-role']);
