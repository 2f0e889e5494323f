import type { DurableClient } from 'durable-functions';
import type { CaseRow } from '../cases/case.ts';
import type { InstanceSeen } from '../cases/liveness.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { redactedStart } from '../credentials/redact-secrets.ts';
import { isErrorCode, passes } from '../errors.ts';
import { askEngine } from './ask-engine.ts';
import { isMissing } from './starting/start-case.ts';

/** What the engine says of an instance; undefined where it knows none. @throws where it does not answer */
export async function instanceOf(client: DurableClient, instanceId: string): Promise<InstanceSeen | undefined> {
  try {
    const { runtimeStatus, createdTime, lastUpdatedTime, output } = await askEngine('asking for an orchestration', () =>
      client.getStatus(instanceId, { showInput: false }),
    );
    const seen = {
      status: runtimeStatus,
      createdAt: new Date(createdTime).getTime(),
      updatedAt: new Date(lastUpdatedTime).getTime(),
    };
    return runtimeStatus === 'Failed' ? { ...seen, failure: failureIn(output) } : seen;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Names of a code, as `call` of the orchestrations puts it before the message of what failed. */
const CODE = /\(([a-z]+(?:-[a-z]+)*)\): /;

/**
 * What the engine says of an orchestration that another release began and this one would carry out in another way, or
 * has no function for any more. It is not the case's fault: begun anew, this release carries it out from its beginning
 * (github.com/Azure/durabletask, `NonDeterministicOrchestrationException` in TaskOrchestrationContext.cs;
 * github.com/Azure/azure-functions-durable-extension, `ThrowIfFunctionDoesNotExist` in DurableTaskExtension.cs).
 */
const BY_ANOTHER_RELEASE =
  /non-deterministic (?:workflow|orchestration)|^Orchestrator function '\w+' failed: The function '\w+' doesn.t exist/i;

function failureIn(output: unknown): NonNullable<InstanceSeen['failure']> {
  const text = typeof output === 'string' ? output : JSON.stringify(output ?? 'no reason was given');
  const code = CODE.exec(text)?.[1] ?? '';
  const changed = BY_ANOTHER_RELEASE.test(text);
  const begun = changed ? ' It was begun by another release of the app, which carries cases out in another way.' : '';
  return {
    why: `Its orchestration failed: ${redactedStart(text, 500)}${begun}`,
    passes: changed || (isErrorCode(code) && passes(code)),
  };
}

/** The units of a case have instances of their own, counted from 1, as `orchestrations/lib/calls.ts` names them. */
const UNIT = 'discoverUnit';
/** However many there are, the first ones that are at work are sign enough. */
const MOST_UNITS = 200;

/**
 * The last sign of work of a case beside its own instance, in milliseconds since the epoch: what its units filed and
 * counted, and when the engine last ran one of them; undefined where there is none.
 */
export async function lastSignOf(
  vendors: Pick<Vendors, 'storage'>,
  client: DurableClient,
  { caseId, instanceId }: Pick<CaseRow, 'caseId' | 'instanceId'>,
): Promise<number | undefined> {
  const signs = await Promise.all([
    vendors.storage.newestBelow('work', `${caseId}/`),
    vendors.storage.newestBelow('work', `progress/${caseId}/`),
    newestUnit(client, instanceId),
  ]);
  const known = signs.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

async function newestUnit(client: DurableClient, parent: string): Promise<number | undefined> {
  let newest: number | undefined;
  const parents = [parent];
  for (let looked = 0; looked < MOST_UNITS; ) {
    const above = parents.shift();
    if (above === undefined) break;
    for (let number = 1; looked < MOST_UNITS; number += 1, looked += 1) {
      const id = `${above}:${UNIT}:${number}`;
      const unit = await instanceOf(client, id);
      if (unit === undefined) break;
      parents.push(id);
      newest = Math.max(newest ?? 0, unit.updatedAt);
    }
    looked += 1;
  }
  return newest;
}
