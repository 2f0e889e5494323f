import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../src/cases/coverage/coverage-of.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';

const SOURCE = 'entra/service-principals';
const IN_FLIGHT = 4;

/** An application in the directory, by its app id in any case. */
interface AskedApplication {
  readonly appId: string;
  readonly name: string;
}

/** The object ids under which applications act. */
export interface AskedPrincipals {
  /** By app id in lower case. */
  readonly oids: ReadonlyMap<string, string>;
  /** Those for which Graph showed none, asked for twice. */
  readonly missing: readonly AskedApplication[];
  readonly failure?: VendorFailure;
}

/**
 * The service principals of applications. Whom the list leaves out is asked for alone: an empty answer would hide the
 * calls and the tokens of an application that let the leaver in.
 */
export async function servicePrincipalsOf(
  vendors: Pick<Vendors, 'graph'>,
  applications: readonly AskedApplication[],
): Promise<AskedPrincipals> {
  const asked = [...new Map(applications.map((each) => [each.appId.toLowerCase(), each])).values()];
  const { items, failure } = await vendors.graph.listServicePrincipals(
    'appId',
    asked.map(({ appId }) => appId.toLowerCase()),
  );
  const oids = new Map(items.map(({ id, appId }) => [appId.toLowerCase(), id.toLowerCase()]));
  if (failure !== undefined) return { oids, missing: [], failure };
  const left = asked.filter(({ appId }) => !oids.has(appId.toLowerCase()));
  const alone = await mapBounded(left, IN_FLIGHT, async (application) => ({
    application,
    answer: await vendors.graph.findServicePrincipal(application.appId),
  }));
  const failures: VendorFailure[] = [];
  const missing: AskedApplication[] = [];
  for (const { application, answer } of alone) {
    const key = application.appId.toLowerCase();
    if (answer.ok && answer.value.appId.toLowerCase() === key) oids.set(key, answer.value.id.toLowerCase());
    else if (answer.ok || answer.failure.kind === 'not-found') missing.push(application);
    else failures.push(answer.failure);
  }
  return { oids, missing, ...(failures[0] === undefined ? {} : { failure: failures[0] }) };
}

/** A line where the object id of somebody is not known; none where all are. */
export function coverageOfPrincipals(answers: readonly AskedPrincipals[]): Coverage[] {
  const failure = answers.find((answer) => answer.failure !== undefined)?.failure;
  const found = new Set(answers.flatMap(({ oids }) => [...oids.keys()]));
  const missing = new Map(answers.flatMap((answer) => answer.missing).map((each) => [each.appId.toLowerCase(), each]));
  const looked = { count: found.size, unit: 'service principals' };
  if (failure !== undefined) return [coverageOf(SOURCE, looked, [failure])];
  if (missing.size === 0) return [];
  const names = [...missing.values()].map(({ name, appId }) => `${name} (${appId})`).join(', ');
  const detail = `Graph shows no service principal of ${names}, which let the leaver in: under which object id it acts, or acted, is not known, so its calls were not audited and its tokens were not looked at. Look for it among the enterprise applications, the deleted ones too.`;
  return [{ source: SOURCE, state: 'partial', looked, detail }];
}
