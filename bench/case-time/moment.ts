/** When something began or ended in the app's process; times in milliseconds, `idle` and `cpu` since its start. */
export interface Moment {
  readonly at: number;
  readonly kind: 'begin' | 'end';
  /** The same for the begin and the end of one request. */
  readonly request: number;
  readonly to: 'vendor' | 'storage' | 'nobody';
  /** How long the event loop waited for something from outside. */
  readonly idle: number;
  /** What all threads of the process computed. */
  readonly cpu: number;
}
