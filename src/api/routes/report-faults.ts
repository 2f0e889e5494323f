import type { Config } from '../../config.ts';
import { isEnterprise, organisationOf } from '../../machines/keep.ts';
import type { Sayer } from '../../machines/kept.ts';
import type { MachineReport } from '../../machines/report.ts';
import type { Fault } from '../problems/faults.ts';

const HOUR_MS = 3_600_000;
/** How far a machine's clock may be ahead, and how old a report may be that was held up. */
const AHEAD_MS = HOUR_MS;
const LATE_MS = 7 * 24 * HOUR_MS;

/** What is wrong with a report that has its shape. What was sent is not repeated. */
export function faultsOfReport(
  settings: Pick<Config, 'GITHUB_ORGANISATIONS' | 'DEVOPS_ORGANISATIONS'>,
  sayer: Sayer,
  report: MachineReport,
  at: Date,
): Fault[] {
  const { vendor, machine, takenAt } = report;
  const faults: Fault[] = [];
  const isNot = whyNotOurs(settings, sayer, vendor, machine.registeredAt);
  if (isNot !== undefined) faults.push({ pointer: '/machine/registeredAt', detail: isNot });
  if (sayer.kind === 'github-job' && vendor !== 'github')
    faults.push({ pointer: '/vendor', detail: 'a job of GitHub tells of runners of GitHub only' });
  for (const [index, { lastFour }] of report.tokens.entries()) {
    if (!/^[\x20-\x7e]*$/.test(lastFour))
      faults.push({ pointer: `/tokens/${index}/lastFour`, detail: 'is none of a token: those are printable ASCII' });
  }
  const age = at.getTime() - Date.parse(takenAt);
  if (age < -AHEAD_MS)
    faults.push({ pointer: '/takenAt', detail: 'is in the future: the clock of the machine is wrong' });
  if (age > LATE_MS) faults.push({ pointer: '/takenAt', detail: 'is more than seven days ago' });
  return faults;
}

/** Why an address is none where a machine of the firm can be registered, by this sender. */
function whyNotOurs(
  { GITHUB_ORGANISATIONS, DEVOPS_ORGANISATIONS }: Pick<Config, 'GITHUB_ORGANISATIONS' | 'DEVOPS_ORGANISATIONS'>,
  sayer: Sayer,
  vendor: MachineReport['vendor'],
  registeredAt: string,
): string | undefined {
  if (!isPlainAddress(registeredAt)) return 'is no address that begins with https:// and holds nothing beside';
  const organisation = organisationOf(registeredAt);
  const [ours, named] =
    vendor === 'github'
      ? [GITHUB_ORGANISATIONS, 'GITHUB_ORGANISATIONS']
      : [DEVOPS_ORGANISATIONS, 'DEVOPS_ORGANISATIONS'];
  const isOurs = (name: string): boolean => ours.some((each) => each.toLowerCase() === name.toLowerCase());
  // No setting names enterprises: one shares its runners with organisations, whose jobs tell of them.
  if (vendor === 'github' && isEnterprise(organisation)) return whyNotOurEnterprise(organisation, sayer, isOurs, named);
  if (!isOurs(organisation)) return `is at no organisation of ${named}`;
  if (sayer.kind !== 'github-job' || sayer.owner.toLowerCase() === organisation) return undefined;
  return 'is not the organisation of the job that sends it';
}

function whyNotOurEnterprise(
  enterprise: string,
  sayer: Sayer,
  isOurs: (name: string) => boolean,
  named: string,
): string | undefined {
  if (!/^enterprises\/[\w-]+$/.test(enterprise)) return 'names no enterprise';
  if (sayer.kind !== 'github-job') return undefined;
  if (!isOurs(sayer.owner)) return `is at an enterprise, and the job’s own organisation is none of ${named}`;
  if (sayer.enterprise === undefined || `enterprises/${sayer.enterprise.toLowerCase()}` === enterprise)
    return undefined;
  return 'is not the enterprise of the job that sends it';
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return protocol === 'https:' && [username, password, search, hash].every((each) => each === '');
}
