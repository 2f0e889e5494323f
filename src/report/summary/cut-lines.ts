import type { RemedyKind } from '../../cases/remedy.ts';
import type { ReportFinding, StepReport, SummaryLine } from '../../cases/report.ts';
import { counted, listed, sentence } from '../../cases/wording.ts';

/** What each kind of remedy takes away, and the word for having done it. */
const CUT: Readonly<Record<RemedyKind, readonly [noun: string, plural: string, done: string]>> = {
  'delete-delegated-grant': ['consent grant', 'consent grants', 'revoked'],
  'delete-app-role-assignment': ['app role assignment', 'app role assignments', 'removed'],
  'delete-federated-credential': ['federated credential', 'federated credentials', 'removed'],
  'revoke-fine-grained-token': ['fine-grained GitHub token', 'fine-grained GitHub tokens', 'revoked'],
  'revoke-sso-credential': ['single sign-on credential', 'single sign-on credentials', 'revoked'],
  'delete-variable': ['variable', 'variables', 'deleted'],
  'disable-workflow': ['workflow', 'workflows', 'disabled'],
  'remove-runner': ['self-hosted runner', 'self-hosted runners', 'removed'],
  'disable-agent': ['pipeline agent', 'pipeline agents', 'disabled'],
  'revoke-devops-token': ['Azure DevOps token', 'Azure DevOps tokens', 'revoked'],
};

/** What holds now because of this case: what keeps the leaver out first, then the remedies by kind. */
export function cutLines(steps: readonly StepReport[]): SummaryLine[] {
  return [...steps.flatMap(containedLines), ...steps.flatMap(remedyLines)];
}

function containedLines({ step, findings }: StepReport): SummaryLine[] {
  if (step !== 'containment') return [];
  return findings
    .filter(({ status, residual }) => (status === 'done' || status === 'nothing-to-do') && residual === undefined)
    .map(({ title, id }) => ({ text: sentence(title), step, severity: 'info', findings: [id] }));
}

function remedyLines({ step, findings, actions }: StepReport): SummaryLine[] {
  const acted = new Map(actions.map((action) => [action.remedyId, action]));
  // Only what was read back, or what the vendor is still working off, counts as cut.
  const cut = findings.filter(
    ({ remedy, readBack, residual }) =>
      remedy !== undefined &&
      acted.has(remedy.id) &&
      acted.get(remedy.id)?.result !== 'failed' &&
      (readBack?.state === 'gone' || residual !== undefined),
  );
  const byKind = Map.groupBy(cut, ({ remedy }) => remedy?.call.kind);
  return [...byKind].flatMap(([kind, group]): SummaryLine[] => {
    if (kind === undefined) return [];
    const [noun, plural, done] = CUT[kind];
    const already = group.filter(({ remedy }) => remedy && acted.get(remedy.id)?.result === 'nothing-to-do').length;
    const queued = group.filter(({ readBack }) => readBack?.state !== 'gone').length;
    const notes = [
      ...(already === 0 ? [] : [`${already} gone already`]),
      ...(queued === 0 || queued === group.length ? [] : [`${queued} not yet in effect`]),
    ];
    const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
    return [
      {
        text: `${counted(group.length, noun, plural)} ${queued === group.length ? `being ${done}` : done}${note}: ${listed(group.map(nameOf))}.`,
        step,
        severity: 'info',
        findings: group.map(({ id }) => id),
      },
    ];
  });
}

export function nameOf({ resource }: ReportFinding): string {
  return resource.name ?? resource.id;
}
