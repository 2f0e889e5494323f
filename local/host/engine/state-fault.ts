/** The state folder cannot be written; the message says which, why, and what to do. */
export class StateFolderError extends Error {
  override readonly name = 'StateFolderError';
}

/** SQLite's primary result codes. Source: sqlite.org/rescode.html */
const SQLITE = { ioError: 10, full: 13, cannotOpen: 14 } as const;

const WHAT_TO_DO =
  'What was kept before is intact. Free space there, or move the folder to a disk that has some, and start the host again.';

/** The error, in words for whoever runs the host where it is the folder's fault. */
export function asStateFault(error: unknown, folder: string): unknown {
  const reason = reasonOf(error);
  return reason === undefined ? error : new StateFolderError(`${reason(folder)} ${WHAT_TO_DO}`, { cause: error });
}

function reasonOf(error: unknown): ((folder: string) => string) | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && error.code === 'ENOSPC') return diskFull;
  if (!('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  switch (error.errcode & 0xff) {
    case SQLITE.full:
      return diskFull;
    case SQLITE.ioError:
    case SQLITE.cannotOpen:
      return (folder) =>
        `The local host's state in ${folder} cannot be written (SQLite: ${error.message}): ` +
        'the disk is full, over its quota or failing, or the folder may not be written.';
    default:
      return undefined;
  }
}

function diskFull(folder: string): string {
  return `The disk that holds the local host's state in ${folder} is full.`;
}
