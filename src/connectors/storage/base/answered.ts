import { RestError } from '@azure/core-rest-pipeline';

/** Whether storage answered with one of these statuses. */
export function answered(error: unknown, ...statuses: readonly number[]): boolean {
  return error instanceof RestError && error.statusCode !== undefined && statuses.includes(error.statusCode);
}
