import { type Finding, isClosed } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { counted } from '../../../../cases/words/wording.ts';

const KIND = 'token-on-machine';

/**
 * What machines named, beside what else the case found: a token there that is the very token which another place proves
 * to be the leaver's, and tokens on a machine that the vendor's own signs call theirs. Units of work do not know of each
 * other, so that it is told when the report is made. What a machine says itself proves nothing elsewhere.
 */
export function joinMachines(findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(({ resource }) => resource.type === 'machine')) return findings;
  const others = findings.filter(({ resource }) => resource.type !== 'machine');
  const proved = new Map(
    others.flatMap((each): [string, Finding][] =>
      each.evidence.owner === 'leaver' && typeof each.evidence.sha256 === 'string'
        ? [[each.evidence.sha256, each]]
        : [],
    ),
  );
  const theirs = new Set(others.filter(({ kind }) => kind === 'runner-of-leaver').map(machineOf));
  const isTheirs = ({ id }: Finding['resource']): boolean => theirs.has(id) || theirs.has(withoutEnterprise(id));
  return findings.flatMap((finding) => {
    if (finding.resource.type !== 'machine') return [finding];
    if (finding.kind === 'unowned-tokens') return ofUnowned(finding, proved, isTheirs(finding.resource));
    if (Array.isArray(finding.evidence.digests)) return [...singledOut(finding, proved), finding];
    const same = proved.get(String(finding.evidence.sha256));
    return [same !== undefined && finding.evidence.owner !== 'leaver' ? asLeavers(finding, same) : finding];
  });
}

/** `github/northwind/laptop-7`, of a runner's or agent's finding; of a runner that the enterprise shares `github/enterprises/laptop-7`. */
function machineOf({ resource: { system, id, name = '' } }: Finding): string {
  const place = id.includes('/runner-groups/') ? 'enterprises' : id.split('/')[0];
  return `${system}/${place}/${name}`.toLowerCase();
}

/** Which enterprise it is, the organisation's App does not see. */
function withoutEnterprise(machine: string): string {
  return machine.replace(/^github\/enterprises\/[^/]+\//, 'github/enterprises/');
}

function asLeavers(finding: Finding, same: Finding): Finding {
  return {
    ...finding,
    severity: 'critical',
    // The machine may have said that it is somebody else’s, or over: it is what the issuer’s word makes it.
    status: isClosed(same) ? finding.status : 'manual-action',
    title: `The leaver’s token (${finding.evidence.tokenType}) stands on machine ${finding.resource.name}`,
    reason: `It is the same token as elsewhere, where it is proved to be the leaver’s (${same.title}). ${finding.reason}`,
    evidence: { ...finding.evidence, sameAs: same.id },
  };
}

/** Tokens that nothing on the machine gives to anybody, as far as the rest of the case does. */
function ofUnowned(finding: Finding, proved: ReadonlyMap<string, Finding>, isTheirs: boolean): readonly Finding[] {
  const { resource, evidence } = finding;
  const digests = digestsOf(finding);
  const own = singledOut(finding, proved);
  if (!isTheirs) return [...own, finding];
  const what = counted(digests.length, 'token');
  const ofMachine: Finding = {
    ...finding,
    id: findingId('runner-credentials', KIND, `machine:${resource.id}`),
    kind: KIND,
    title: `${what} of unknown owners on the leaver’s machine ${resource.name}`,
    severity: 'high',
    reason: `Its runner is the leaver’s by what its vendor knows, so that they are likely theirs. Remove them there, and revoke them where they were issued. ${finding.reason}`,
    evidence: { ...evidence, owner: 'likely' },
  };
  return [...own, ofMachine];
}

/** Of tokens that have one finding for all, each that is proved elsewhere. */
function singledOut(finding: Finding, proved: ReadonlyMap<string, Finding>): Finding[] {
  const { resource } = finding;
  return digestsOf(finding).flatMap((sha256): Finding[] => {
    const same = proved.get(sha256);
    if (same === undefined) return [];
    const { tokenType = 'token', lastFour = null } = same.evidence;
    const single = {
      ...finding,
      id: findingId('runner-credentials', KIND, `machine:${resource.id}#${sha256}`),
      kind: KIND,
      reason: `Remove it there, and revoke the token itself where it was issued. ${finding.reason}`,
      evidence: { tokenType, sha256, lastFour, owner: 'leaver', machine: resource.name ?? resource.id },
    };
    return [asLeavers(single, same)];
  });
}

function digestsOf({ evidence: { digests } }: Finding): readonly string[] {
  return Array.isArray(digests) ? [...new Set(digests.map(String))] : [];
}
