import { isClosed, type ReportFinding } from '../../cases/finding.ts';
import { instant, listed } from '../../cases/words/wording.ts';
import { remedyDefinition } from '../../steps/registry.ts';
import { lastOf } from './lives.ts';

/**
 * The findings after what the case ended: a place whose credential is dead opens nothing any more, and nobody is asked
 * to revoke again what was revoked. It stays open, because what uses it fails until somebody puts another there. Of what
 * only may be one of the credentials nobody knows that it has ended, and no time is told at which it does.
 */
export function afterEndedCredentials(findings: readonly ReportFinding[]): ReportFinding[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return findings.map((finding) => {
    const { restsOn } = finding;
    if (restsOn === undefined || restsOn.credentials.length === 0 || isClosed(finding)) return finding;
    const ended = restsOn.credentials.flatMap((id) => byId.get(id) ?? []).filter(hasEnded);
    return ended.length < restsOn.credentials.length ? finding : dead(finding, ended, restsOn.proved);
  });
}

/** Only what was seen gone has ended. */
function hasEnded({ status, readBack }: ReportFinding): boolean {
  return (status === 'done' || status === 'nothing-to-do') && readBack?.state === 'gone';
}

function dead(finding: ReportFinding, ended: readonly ReportFinding[], proved: boolean): ReportFinding {
  const names = listed(ended.map(({ resource }) => resource.name ?? resource.id));
  const last = lastOf(ended);
  const when = last === undefined ? '' : `, from ${instant(last.until)} at the latest`;
  if (!proved) {
    const known = `The case ended every credential of the leaver of this kind that is listed (${names}).`;
    const reason = `${known} If this is one of them, it opens nothing any more${when}. If it still works then, it is another one: ask the team that uses it whose it is. Put a credential of a service in its place either way.`;
    return { ...finding, severity: 'low', reason };
  }
  if (ended.some(({ remedy }) => remedy !== undefined && remedyDefinition(remedy.call).ends === 'sign-on')) {
    const reason = `The case took single sign-on from the credential that it is (${names}), so that it opens nothing of the organisation any more. It has not ended: what asks for no sign-on it opens as before, until its owner’s credentials are revoked. Whatever of the organisation uses it fails: put a credential of a service in its place.`;
    return { ...finding, severity: 'low', reason };
  }
  const reason = `The case ended the credential that it is (${names}), so that it opens nothing any more${when}. Whatever uses it fails: put a credential of a service in its place.`;
  return { ...finding, severity: 'low', reason, ...(last === undefined ? {} : { residual: last }) };
}
