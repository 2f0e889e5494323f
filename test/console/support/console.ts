import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Stack } from '../../../local/stack.ts';
import type { STAFF } from '../../../local/tenant/seeds/staff.ts';
import { ensureConsole } from '../../../scripts/build/build-console.ts';
import { type FastStack, startFastStack } from '../../scenarios/support/fast-stack.ts';
import { startBrowser } from '../../support/browser.ts';

type Name = (typeof STAFF)[number]['name'];

/** The console in a browser's window of its own, as one of the staff. */
export interface Console {
  readonly page: Page;
  /** What the browser complained about: a script that failed, a policy that was broken. */
  readonly complaints: readonly string[];
  /** Goes to a page by what stands behind the `#`. */
  readonly go: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The app with everything that it talks to, the page that it serves, and a browser to look at it. */
export async function startConsole(): Promise<{
  readonly stack: FastStack;
  readonly browser: Browser;
  readonly stop: () => Promise<void>;
}> {
  await ensureConsole();
  const [stack, browser] = await Promise.all([startFastStack(), startBrowser()]);
  const stop = async (): Promise<void> => {
    await browser.close();
    await stack.stop();
  };
  return { stack, browser, stop };
}

const NARROW = { width: 390, height: 844 };
export const SIZES = { wide: { width: 1440, height: 900 }, tablet: { width: 768, height: 1024 }, phone: NARROW };

/** Opens the console and signs in by the page that stands where Entra's is. */
export async function openConsole(
  browser: Browser,
  stack: Pick<Stack, 'url'>,
  name: Name,
  { path = '/cases', ...options }: BrowserContextOptions & { readonly path?: string } = {},
): Promise<Console> {
  const context = await browser.newContext({ viewport: SIZES.wide, locale: 'en-GB', ...options });
  // A busy machine takes its time.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`.trim());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${stack.url()}/console/#${path}`);
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  const go = async (to: string): Promise<void> => {
    await page.goto(`${stack.url()}/console/#${to}`);
    await page.locator('h1').first().waitFor();
  };
  return { page, complaints, go, close: () => context.close() };
}

const require = createRequire(new URL('../../../console/package.json', import.meta.url));

/** Fails with every serious fault of accessibility that axe finds on the page as it is. https://github.com/dequelabs/axe-core */
export async function assertAccessible(page: Page): Promise<void> {
  // Evaluated by the debugger, to which the page's policy does not apply.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const faults: string[] = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { impact: string; id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  });
  assert.deepEqual(faults, []);
}

/** Fails where the page is wider than its window, which makes people scroll sideways to read. */
export async function assertNoSideways(page: Page): Promise<void> {
  const [content, window] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
  assert.ok(content <= window, `the page is ${content} px wide in a window of ${window} px`);
}
