import { OWNER_UNSURE } from '../../../cases/decisions/owner-answers.ts';
import type { ReportFinding } from '../../../cases/finding.ts';
import { counted, listed, sentence } from '../../../cases/words/wording.ts';
import { handle, type Thing, thingsOf } from '../../../steps/act/thing-of.ts';
import type { StepReport } from '../../../steps/registry.ts';
import type { SummaryLine } from '../../report.ts';
import type { Acted } from '../acted.ts';
import { bySeverity } from '../by-severity.ts';
import { partLines } from './part-lines.ts';

interface About {
  readonly finding: ReportFinding;
  readonly thing: Thing;
}

/** What people have to do, one line for each machine, repository, identity or account, with its parts. */
export function linesByThing(steps: readonly StepReport[], acted: Acted): SummaryLine[] {
  const findings = steps.flatMap((step) => step.findings);
  const thing = thingsOf(findings);
  const byId = new Map(findings.map((finding) => [finding.id, { finding, thing: thing(finding) }]));
  const of = ({ findings: [id] }: SummaryLine): About | undefined => (id === undefined ? undefined : byId.get(id));
  const parts = withCode(
    steps.flatMap((step) => partLines(step, acted)),
    of,
  );
  const groups = Map.groupBy(parts, (part) => of(part)?.thing.key ?? part.text);
  const machines = machinesIn(
    [...groups.values()].flatMap(([first]) => (first === undefined ? [] : (of(first) ?? []))),
  );
  return [...groups.values()].flatMap((group) => {
    const sorted = group.toSorted(bySeverity);
    const [first] = sorted;
    const about = first === undefined ? undefined : of(first);
    return first === undefined || about === undefined
      ? sorted
      : [withMachines(lineOf(about, first, sorted), about, machines)];
  });
}

/** Code that declares what is open anyway is told with it, not as one more thing. */
function withCode(parts: readonly SummaryLine[], of: (line: SummaryLine) => About | undefined): SummaryLine[] {
  const declares = (part: SummaryLine): boolean => of(part)?.finding.status === 'needs-code-change';
  const resource = (part: SummaryLine): string | undefined => of(part)?.finding.resource.id;
  const open = new Set(parts.filter((part) => !declares(part)).map(resource));
  return parts.flatMap((part) => {
    if (declares(part)) return open.has(resource(part)) ? [] : [part];
    const code = parts.filter((each) => declares(each) && resource(each) === resource(part));
    if (code.length === 0) return [part];
    const text = `${part.text} Afterwards take it out of the code that declares it, or it comes back.`;
    return [{ ...part, text, findings: [...part.findings, ...code.flatMap(({ findings }) => findings)] }];
  });
}

function lineOf({ finding, thing }: About, first: SummaryLine, parts: readonly SummaryLine[]): SummaryLine {
  if (parts.length === 1) return { ...first, about: thing.name };
  const waiting = parts.filter(({ text }) => /^Approve /.test(text)).length;
  const decide = waiting === 0 ? '' : `, ${waiting} to approve or reject`;
  return {
    ...first,
    text: `${handle(thing)}: ${counted(parts.length, 'thing')}${decide}. The worst: ${sentence(finding.title)}`,
    about: thing.name,
    findings: parts.flatMap(({ findings }) => findings),
    parts: parts.map(({ text, findings, link, command }) => ({
      text,
      findings,
      ...(link === undefined ? {} : { link }),
      ...(command === undefined ? {} : { command }),
    })),
  };
}

/** Those that are the leaver’s: of another’s that only looks like it nobody is told to look there. */
function machinesIn(all: readonly About[]): string[] {
  return all.flatMap(({ finding, thing }) =>
    thing.kind === 'machine' && !OWNER_UNSURE.has(finding.kind) ? [thing.name] : [],
  );
}

/** Calls after the departure come from somewhere: the machines that were found are where to look first. */
function withMachines(line: SummaryLine, { finding, thing }: About, machines: readonly string[]): SummaryLine {
  if (thing.kind !== 'calls' || finding.incident !== true || machines.length === 0) return line;
  return { ...line, text: `Start with ${listed(machines)}. ${line.text}` };
}
