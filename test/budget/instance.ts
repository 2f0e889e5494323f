import '../../local/loopback-names.ts';
import { loadConfig } from '../../src/config.ts';
import { openVendors } from '../../src/connectors/vendors.ts';

/**
 * One instance of the app, in a process of its own: reads the runners of repositories through the app’s own connector,
 * piece by piece as `scanRepositories` does, and tells its parent what became of it.
 */
interface Task {
  readonly organisation: string;
  readonly repositories: readonly string[];
  readonly pieces: number;
}

process.once('message', (message: Task & { readonly settings: Record<string, string> }) => {
  read(message).then(
    (told) => process.send?.(told, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});

async function read({ organisation, repositories, pieces, settings }: Task & { settings: Record<string, string> }) {
  const { github } = openVendors(loadConfig(settings));
  const told = { read: 0, failed: 0, turnedAway: 0, longestMs: 0 };
  for (let piece = 0; piece < pieces; ) {
    const since = performance.now();
    const client = await github.organisation('reader', organisation);
    if (!client.ok) throw new Error(client.failure.message);
    const admitted = await client.value.admit(`${process.pid} ${piece}`, repositories.length);
    if (!admitted.ok) {
      told.turnedAway += 1;
      told.longestMs = Math.max(told.longestMs, performance.now() - since);
      const { failure } = admitted;
      await new Promise((resolve) => setTimeout(resolve, 'tryAgainAfterMs' in failure ? failure.tryAgainAfterMs : 0));
      continue;
    }
    const lists = await Promise.all(
      repositories.map((repository) => client.value.listRunners({ organisation, repository })),
    );
    await admitted.value.done();
    told.failed += lists.filter(({ failure }) => failure !== undefined).length;
    told.read += lists.length;
    told.longestMs = Math.max(told.longestMs, performance.now() - since);
    piece += 1;
  }
  return told;
}
