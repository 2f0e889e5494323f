/** GitHub asked us to stop, and a call was not made because of it. */
export class Paused extends Error {
  readonly tryAgainAfterMs: number;
  constructor(tryAgainAfterMs: number) {
    super('GitHub asked for a pause that is not over');
    this.name = 'Paused';
    this.tryAgainAfterMs = tryAgainAfterMs;
  }
}
