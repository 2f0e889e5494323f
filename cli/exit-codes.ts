/** How the CLI ends, and what a script may conclude from it. docs/cli.md mirrors this table; a test keeps them equal. */
export const EXIT_CODES = {
  done: { code: 0, about: 'done; of a case: filed, and clear or residual' },
  error: { code: 1, about: 'an error: refused by the app, or the app cannot be reached' },
  usage: {
    code: 2,
    about: 'the command cannot be meant so; nothing was sent, or the app found faults in what was sent',
  },
  waits: { code: 3, about: 'it waits for somebody, or for its day: a case on hold, or scheduled' },
  'not-allowed': { code: 4, about: 'not signed in, or without the role for this' },
  attention: {
    code: 10,
    about: 'filed, and somebody has to look: attention; of posture: something fails that nobody accepted',
  },
  incomplete: {
    code: 11,
    about:
      'not all could be read: incomplete; of the doctor and of posture: unknown; of exposure: at least; of a list: a row',
  },
  failed: { code: 12, about: 'failed; of the doctor: not ready' },
  incident: { code: 13, about: 'filed, and something acted as the leaver after the departure, whatever the outcome' },
  interrupted: { code: 130, about: 'interrupted with Ctrl+C; whatever was asked for goes on' },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly about: string }>>;

/** How a command ended. */
export type Ending = keyof typeof EXIT_CODES;

/** An error that ends the CLI: in words for whoever reads it, and with the code for whatever does. */
export class CliError extends Error {
  readonly ending: Ending;
  constructor(ending: Ending, message: string) {
    super(message);
    this.name = 'CliError';
    this.ending = ending;
  }
}
