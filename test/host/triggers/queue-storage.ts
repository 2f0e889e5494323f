import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface QueueStorage {
  readonly connectionString: string;
  close(): Promise<void>;
}

/** Azurite's queue service in a process of its own, in memory, on a free port. */
export async function startQueueStorage(): Promise<QueueStorage> {
  const main = path.join(import.meta.dirname, '../../../node_modules/azurite/dist/src/queue/main.js');
  const account = 'localtest';
  const key = randomBytes(32).toString('base64');
  const flags = ['--queuePort', '0', '--queueHost', '127.0.0.1', '--inMemoryPersistence', '--skipApiVersionCheck'];
  const child = spawn(process.execPath, [main, ...flags, '--disableTelemetry', '--silent'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${key}` },
  });
  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (url === undefined) continue;
    return {
      connectionString: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};QueueEndpoint=${url}/${account};`,
      close: async () => {
        child.kill();
        await once(child, 'exit');
      },
    };
  }
  throw new Error('Azurite ended before it listened.');
}
