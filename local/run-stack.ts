import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Stack, type StackOptions, startStack } from './stack.ts';

const BUNDLE = 'dist/src/main.cjs';

/** The app to host: the sources, or the bundle where it was built. */
export function appOf(bundle: boolean): { readonly app?: string } {
  if (!bundle) return {};
  if (!existsSync(resolve(import.meta.dirname, '..', BUNDLE))) {
    throw new Error(`${BUNDLE} is not there yet; run "npm run build" first.`);
  }
  return { app: BUNDLE };
}

/**
 * Starts the stack, hands it to `use`, and ends the process with the exit code that this returns. Ctrl-C and SIGTERM
 * end everything at any time, while it still starts as well; a failure is told in words, with the app's last lines.
 */
export async function runStack(options: () => StackOptions, use: (stack: Stack) => Promise<number>): Promise<never> {
  let stack: Stack | undefined;
  let ending: Promise<never> | undefined;
  const stop = async (code: number): Promise<never> => {
    await stack?.stop();
    process.exit(code);
  };
  /** Whoever ends it first says with which code: what fails because it ends is no failure. */
  const end = (code: number): Promise<never> => {
    ending ??= stop(code);
    return ending;
  };
  process.once('SIGINT', () => void end(130));
  process.once('SIGTERM', () => void end(143));
  const lines: string[] = [];
  try {
    const asked = options();
    stack = await startStack({
      ...asked,
      onLog: (line) => {
        lines.push(line);
        asked.onLog?.(line);
      },
    });
    return await end(await use(stack));
  } catch (error) {
    if (ending !== undefined) return ending;
    process.stderr.write(`It did not finish: ${error instanceof Error ? error.message : String(error)}\n`);
    for (const line of lines.slice(-20)) process.stderr.write(`  ${line}\n`);
    return end(1);
  }
}
