import type { components } from '../../cli/api/schema.d.ts';

export type Problem = components['schemas']['Problem'];

/** What the API refused or could not do. Status 0: nobody answered. */
export class ApiFault extends Error {
  readonly status: number;
  readonly problem: Partial<Problem>;
  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `The app answered with ${status}.`);
    this.status = status;
    this.problem = problem;
  }
}

/** Whether the API refused with a problem of this code. */
export function isProblem(error: unknown, code: string): boolean {
  return error instanceof ApiFault && error.problem.type?.endsWith(`:${code}`) === true;
}
