import type { Coverage } from '../../../../cases/coverage/coverage.ts';
import { becauseOf, coverageOf } from '../../../../cases/coverage/coverage-of.ts';
import { counted } from '../../../../cases/words/wording.ts';
import type { OwnedObject } from '../../../../connectors/graph/applications/application-owners.ts';
import type { VendorFailure } from '../../../../connectors/result.ts';
import type { Leaver } from '../../../../people/leaver.ts';
import type { Authors, Workload } from './workloads.ts';

type Failures = readonly (VendorFailure | undefined)[];

/** What was read of workloads, as far as its lines tell. */
export interface WorkloadsSeen {
  readonly objects: readonly OwnedObject[];
  readonly objectFailures: Failures;
  readonly disputed: readonly string[];
  readonly roleFailures: Failures;
  readonly workloads: readonly Workload[];
  readonly authors: Authors;
  readonly leaver: Pick<Leaver, 'oid' | 'state' | 'blockedBy'>;
  /** Whether the same lists show another who is deleted among the owners. */
  readonly showsDeleted: boolean;
}

/** The lines about service principals with a role, owners, and secrets. */
export function workloadCoverage(seen: WorkloadsSeen): Coverage[] {
  const { objects, objectFailures, roleFailures, workloads } = seen;
  const acting = workloads.filter(({ roles }) => roles.length > 0);
  return [
    coverageOf('entra/service-principal-roles', { count: acting.length, unit: 'service principals' }, roleFailures),
    ownersLine(seen, { count: objects.length, unit: 'registrations and service principals' }),
    coverageOf(
      'entra/client-secrets',
      { count: objects.flatMap(({ credentials }) => credentials).length, unit: 'secrets and certificates' },
      objectFailures,
      ofNobodyKnown(acting, seen.authors),
    ),
  ];
}

function ownersLine(seen: WorkloadsSeen, looked: Coverage['looked']): Coverage {
  const { objects, objectFailures, disputed, leaver, showsDeleted, workloads, authors } = seen;
  const source = 'entra/owners';
  const line = coverageOf(source, looked, objectFailures);
  if (line.state !== 'complete') return line;
  if (disputed.length > 0) {
    const detail = `Graph was asked in two ways who owns ${disputed.join(', ')}, and its answers differ. The owners of both count. Look in the Entra admin centre.`;
    return { ...line, state: 'partial', detail };
  }
  const seenOwn = objects.some(({ owners }) => owners.includes(leaver.oid));
  if (leaver.state === 'unreadable') return becauseOf(leaver.blockedBy?.person, seenOwn ? line : unsure(line));
  if (leaver.state !== 'soft-deleted' || seenOwn || showsDeleted) return line;
  // Ownership gives a deleted person nothing. What it may hide is who knows the secrets of what reaches the gateway.
  const open = workloads.some(({ roles, credentials }) => roles.length > 0 && openIn(credentials, authors) > 0);
  return open ? unsure(line) : line;
}

function unsure(line: Coverage): Coverage {
  const detail =
    'Nothing is listed that this person owns, and Graph does not document whether it lists owners who are deleted. ' +
    'Of secrets that nobody is known to have added, on applications with a role on the gateway, the leaver may know some: ask their owners.';
  return { ...line, state: 'partial', detail };
}

/** Said even where all was read: nobody can be asked who added a secret before the log begins. */
function ofNobodyKnown(acting: readonly Workload[], authors: Authors): string | undefined {
  const all = acting.flatMap(({ credentials }) => credentials);
  const open = openIn(all, authors);
  if (open === 0) return undefined;
  return `Of ${counted(all.length, 'secret or certificate', 'secrets and certificates')} that reach the gateway the audit log names no author for ${open}. A leaver who had one in hand without owning the application is not seen.`;
}

function openIn(credentials: readonly { readonly keyId: string }[], authors: Authors): number {
  return credentials.filter(({ keyId }) => !authors.has(keyId)).length;
}

/** What the audit log tells: how far back it reaches is said, because what is older has no author. */
export function auditLine(read: {
  readonly changes: readonly unknown[];
  readonly failures: Failures;
  readonly disputed: number;
  readonly oldest?: string;
}): Coverage {
  const { changes, failures, disputed, oldest } = read;
  const note =
    oldest === undefined
      ? 'Entra keeps its log for 30 days, or 7 without a licence; nothing of the kind stands in it.'
      : `The oldest row that came is of ${oldest.slice(0, 10)}; Entra keeps its log for 30 days, or 7 without a licence.`;
  const line = coverageOf('entra/directory-audit', { count: changes.length, unit: 'changes' }, failures, note);
  if (line.state !== 'complete' || disputed === 0) return line;
  const detail = `Entra was asked in two ways what this person did, and the answers differ in ${counted(disputed, 'row')}. What either showed is told. Look in the audit log.`;
  return { ...line, state: 'partial', detail };
}
