import { CliError, type Ending } from '../exit-codes.ts';
import { oneLine } from '../terminal/table.ts';

/** What is read of RFC 9457's document, whoever wrote it. */
export interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly whatToDo?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[];
  readonly candidates?: readonly Candidate[];
  /** The invocation, where the app itself failed. */
  readonly operation?: string;
}

/** Who answers to a name, as far as the app tells. */
export interface Candidate {
  readonly oid: string;
  readonly displayName?: string;
  readonly userPrincipalName?: string;
  readonly state?: string;
}

/** The app said no. */
export class Refused extends CliError {
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem, retryAfter: string | null) {
    super(endingOf(status, problem), linesOf(status, problem, retryAfter).join('\n'));
    this.name = 'Refused';
    this.status = status;
    this.problem = problem;
  }
}

/** `changed` of `urn:mcp-offboarding:problem:changed`; empty where somebody else answered. */
export function codeOf({ type = '' }: Problem): string {
  return /^urn:mcp-offboarding:problem:([a-z-]+)$/.exec(type)?.[1] ?? '';
}

function endingOf(status: number, problem: Problem): Ending {
  if (status === 401 || status === 403) return 'not-allowed';
  return codeOf(problem) === 'invalid-request' ? 'usage' : 'error';
}

/** A problem for a person: what is wrong, every fault, and what to do. */
export function linesOf(status: number, problem: Problem, retryAfter: string | null = null): string[] {
  const code = codeOf(problem);
  const again = retryAfter === null ? [] : [`Ask again after ${oneLine(retryAfter)} seconds.`];
  if (code === '')
    return [
      `The answer was ${status}, and not by mcp-offboarding. Is the address right? What stands between may refuse you.`,
      ...again,
    ];
  const { title, detail, whatToDo, errors = [], candidates = [], operation } = problem;
  return [
    `${oneLine(title ?? code)} (${code}).${detail === undefined ? '' : ` ${oneLine(detail)}`}`,
    ...errors.map(({ pointer, parameter, detail }) => `  ${oneLine(`${pointer ?? parameter ?? ''}: ${detail}`)}`),
    ...candidates.map((each) => `  ${oneLine(whoIs(each))}`),
    ...(whatToDo === undefined ? [] : [`What to do: ${oneLine(whatToDo)}`]),
    ...again,
    ...(operation === undefined ? [] : [`Operation: ${oneLine(operation)}`]),
  ];
}

/** A person in a line. */
export function whoIs({ oid, displayName, userPrincipalName, state }: Candidate): string {
  const names = [displayName, userPrincipalName].filter((each) => each !== undefined);
  return `${oid}  ${names.join(', ')}${state === undefined ? '' : `  (${state})`}`;
}
