import type { Assessed, Failure, PostureRun } from '../runs/run.ts';

/**
 * A run as JUnit's XML, so that a pipeline shows it beside its tests: a failure that the firm accepts is skipped with its
 * reason, what nobody can say is an error, and what does not apply is skipped. The shape is the one that GitHub, GitLab,
 * Azure Pipelines and Jenkins read (github.com/testmoapp/junitxml).
 */
export function junitOf({ runId, at, finishedAt, checks }: PostureRun): string {
  const count = (is: (assessed: Assessed) => boolean): number => checks.filter(is).length;
  const numbers = `tests="${checks.length}" failures="${count(isFailure)}" errors="${count(isError)}" skipped="${count(isSkipped)}"`;
  const seconds = ((Date.parse(finishedAt) - Date.parse(at)) / 1_000).toFixed(3);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="posture" ${numbers} time="${seconds}">`,
    `  <testsuite name="posture" ${numbers} time="${seconds}" timestamp="${xml(at)}" id="${xml(runId)}">`,
    ...checks.map((each) => caseOf(each)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const open = ({ failures }: Assessed): readonly Failure[] => failures.filter(({ accepted }) => accepted === undefined);
const isFailure = (assessed: Assessed): boolean => assessed.status === 'fail' && open(assessed).length > 0;
/** All of it is accepted; what nobody could read beside it is an error all the same. */
const isAccepted = (assessed: Assessed): boolean => assessed.status === 'fail' && open(assessed).length === 0;
const isError = (assessed: Assessed): boolean =>
  assessed.status === 'unknown' || (isAccepted(assessed) && assessed.gaps.length > 0);
const isSkipped = (assessed: Assessed): boolean =>
  assessed.status === 'not-applicable' || (isAccepted(assessed) && assessed.gaps.length === 0);

function caseOf(assessed: Assessed): string {
  const name = `${assessed.point} ${assessed.check}: ${assessed.title}`;
  const inner = innerOf(assessed);
  const start = `    <testcase classname="posture.${xml(assessed.severity)}" name="${xml(name)}"`;
  return inner === '' ? `${start}/>` : `${start}>\n${inner}\n    </testcase>`;
}

function innerOf(assessed: Assessed): string {
  if (isFailure(assessed)) {
    const failures = open(assessed);
    return element('failure', sayings(failures).join(' '), failures.map(inLines).join('\n'));
  }
  if (isError(assessed)) {
    const [first] = assessed.gaps;
    const lines = assessed.gaps.map(({ reason, source, detail }) => `${reason}: ${source}: ${detail}`);
    return element(
      'error',
      first === undefined ? 'Nobody can say.' : `${first.reason}: ${first.detail}`,
      lines.join('\n'),
    );
  }
  if (!isSkipped(assessed)) return '';
  if (assessed.status === 'not-applicable') return `      <skipped message="Nothing of this kind is there."/>`;
  const accepted = assessed.failures.flatMap(({ says, accepted: by }) =>
    by === undefined ? [] : [`${says} Accepted until ${by.until} by ${by.by}: ${by.reason}`],
  );
  return `      <skipped message="${xml(accepted.join(' '))}"/>`;
}

function element(name: 'failure' | 'error', message: string, text: string): string {
  return `      <${name} message="${xml(message)}">${xml(text)}</${name}>`;
}

const sayings = (failures: readonly Failure[]): string[] => failures.map(({ says }) => says);

function inLines({ id, severity, says, resource, remedy }: Failure): string {
  return [
    `${id} (${severity}) ${says}`,
    `  at ${resource}`,
    `  ${remedy.todo}`,
    ...(remedy.command === undefined ? [] : [`  ${remedy.command}`]),
  ].join('\n');
}

/** Text in XML 1.0, which has no place for most control characters and for half a surrogate pair, not even escaped. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\n\r\t]/g, (space) => `&#${space.charCodeAt(0)};`);
}
