import type { Session } from '../calling/session.ts';
import type { Check } from '../command.ts';
import { CliError } from '../exit-codes.ts';
import { oneLine } from '../terminal/table.ts';
import { PROGRAM } from '../usage.ts';
import { type Finding, type Findings, findingsOf, remedyOf, waiting } from './findings.ts';

export const FINDING: Check = (text) =>
  /^F-[0-9a-f]{12}$/.test(text) ? undefined : 'the id of a finding is written F-0123456789ab';

interface Said {
  readonly approve: readonly string[];
  readonly reject: readonly string[];
  readonly reason: string | undefined;
  readonly 'plan-hash': string | undefined;
}

interface Decision {
  readonly approve: string[];
  readonly reject: string[];
  readonly reason: string;
  readonly planHash: string;
}

/**
 * What is decided, about a plan that somebody looked at: the one whose hash they name, or the one that they are shown
 * here.
 */
export async function decisionOf(session: Session, id: string, options: Said): Promise<Decision> {
  const { approve, reject, reason, 'plan-hash': planHash } = options;
  const { ask } = session.terminal;
  const isSaid = approve.length + reject.length > 0;
  const faults = [
    ...(isSaid || ask !== undefined ? [] : ['name findings with --approve or --reject']),
    ...(reason !== undefined || ask !== undefined ? [] : ['--reason is missing']),
    ...(isSaid && planHash === undefined ? [`--plan-hash is missing; ${PROGRAM} case findings ${id} shows it`] : []),
  ];
  if (faults.length > 0) throw new CliError('usage', faults.join('; '));
  const found = await findingsOf(session.api, id);
  const stands = found.planHash;
  if (stands === undefined) throw new CliError('error', 'The report has no plan, so that there is nothing to decide.');
  if (planHash !== undefined && planHash !== stands) {
    const again = `The case has another plan by now (${stands}). Nothing was sent: read its findings again.`;
    throw new CliError('error', again);
  }
  const decided = isSaid ? { approve: [...approve], reject: [...reject] } : await askAboutEach(session, found);
  const why = reason ?? (await ask?.text('Why? It stands in the report', needed));
  if (why === undefined) throw new CliError('usage', '--reason is missing');
  return { ...decided, reason: why, planHash: stands };
}

const needed = (text: string): string | undefined => (text.trim() === '' ? 'a reason is needed' : undefined);

async function askAboutEach({ terminal }: Session, findings: Findings) {
  const { ask, tell } = terminal;
  const open = waiting(findings);
  if (open.length === 0) throw new CliError('error', 'Nothing of this case waits for a decision.');
  const approve: string[] = [];
  const reject: string[] = [];
  for (const [at, finding] of open.entries()) {
    for (const line of describe(finding, at + 1, open.length)) tell(line);
    const word = await ask?.choose(`${finding.id}?`, {
      leave: 'leave it as it is',
      approve: 'approve: have it carried out',
      reject: 'reject: do not carry it out',
    });
    if (word === 'approve') approve.push(finding.id);
    if (word === 'reject') reject.push(finding.id);
  }
  if (approve.length + reject.length === 0) throw new CliError('error', 'You decided about nothing; nothing was sent.');
  return { approve, reject };
}

function describe(finding: Finding, number: number, of: number): string[] {
  const { id, severity, title, reason, resource } = finding;
  const { what, undo, stops } = remedyOf(finding);
  const lines = [
    `${number} of ${of}: ${id}, ${severity}: ${title}`,
    `  where: ${resource.system} ${resource.name ?? resource.id}`,
    `  why: ${reason}`,
    `  what is done: ${what}`,
    ...stops.map((each) => `  what stops: ${each}`),
    `  what undoes it: ${undo}`,
  ];
  return ['', ...lines.map((line) => `${line.startsWith('  ') ? '  ' : ''}${oneLine(line)}`)];
}
