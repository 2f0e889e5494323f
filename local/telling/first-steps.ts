import type { Stack } from '../stack.ts';
import { STAFF } from '../tenant/seeds/staff.ts';
import { consoleLink } from './console-links.ts';
import { quoted } from './quoted.ts';

interface Around {
  readonly stack: Stack;
  /** The play page’s address. */
  readonly play: string;
  /** The file of `writeShellFile`. */
  readonly shellFile: string;
  /** Where the app’s log goes; undefined where it is shown. */
  readonly logFile: string | undefined;
}

/**
 * What `npm start` prints: where the play page is, a link for each person who signs in, and how the CLI begins.
 * docs/try-it.md goes on from there.
 */
export function firstSteps({ stack, play, shellFile, logFile }: Around): string {
  const links = STAFF.map(({ as, name }) => `  ${as.padEnd(14)} ${name.padEnd(20)} ${consoleLink(stack, as)}`);
  return `
The firm, its storage and the app run on this machine until Ctrl+C; then all of it is gone.
Everybody in it is made up, and nothing happens unless you do it.

Play: delete somebody, send HR's message, run the sweep, read what was told
  ${play}

The console, signed in as
${links.join('\n')}

In another terminal (bash or zsh), the CLI as the operator:
  . ${quoted(shellFile)}
  offboard case list

The same line sets what docs/try-it.md goes on with: addresses, tokens, and the addresses of storage.
${logFile === undefined ? 'The log of the app follows.' : `The log of the app is in ${logFile} (--verbose prints it here).`}
`;
}
