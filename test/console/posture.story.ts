import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { FastStack } from '../scenarios/support/fast-stack.ts';
import { IN_BROWSER } from '../support/browser.ts';
import { assertAccessible, assertNoSideways, openConsole, SIZES, startConsole } from './support/console.ts';

/** Pictures for whoever wants to look: `CONSOLE_PICTURES=/somewhere npm run test:console`. */
const PICTURES = process.env.CONSOLE_PICTURES;
const { platform } = WORLD.subscriptions;
const HOSTILE = 'aci-<img src=x onerror="globalThis.ran=1">-Donaudampfschifffahrtselektrizitätenhauptbetriebswerk';
const REASON = 'How does it stand?';

describe('the checklist in the console', IN_BROWSER, () => {
  let browser: Browser;
  let stack: FastStack;
  let stop: () => Promise<void>;

  before(async () => {
    ({ stack, browser, stop } = await startConsole());
    if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  });
  after(() => stop());

  /** Every size, light, dark and with forced colours, is readable and has nothing serious against it. */
  async function looked(page: Page, name: string): Promise<void> {
    await page.locator('.spinner').first().waitFor({ state: 'detached' });
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await assertNoSideways(page);
        await assertAccessible(page);
        await taken(page, `${name}-${size}-${scheme}`);
      }
    }
    await page.setViewportSize(SIZES.wide);
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    await taken(page, `${name}-forced`);
    await page.emulateMedia({ colorScheme: null, forcedColors: 'none' });
  }

  async function taken(page: Page, name: string): Promise<void> {
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  }

  /** Has it assessed by the button, and follows the run until its points stand there. */
  async function assess(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Assess now' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(REASON);
    await dialog.getByRole('button', { name: 'Assess now' }).click();
    await page.getByRole('heading', { name: 'Run of the checklist' }).waitFor();
    await page.getByRole('group', { name: 'Show points by their status' }).waitFor();
  }

  test('an operator has it assessed, and what is worse the next time comes first, with what to do', async () => {
    const { page, complaints, go, close } = await openConsole(browser, stack, 'Imani Okafor', { path: '/posture' });
    await page.getByRole('heading', { name: 'The checklist was not assessed yet' }).waitFor();
    await looked(page, 'posture-none');
    await assess(page);
    stack.states.arm.containerGroups.add({
      id: `/subscriptions/${platform}/resourceGroups/rg-mcp-servers-prod/providers/Microsoft.ContainerInstance/containerGroups/${HOSTILE}`,
      subscriptionId: platform,
      name: HOSTILE,
      properties: { containers: [{ name: 'server', properties: { image: 'mcp/filesystem:1' } }] },
    });
    await go('/posture');
    await assess(page);
    await go('/posture');
    const worse = page.getByRole('region', { name: 'Worse than before' });
    const tagged = worse.getByRole('listitem').filter({ hasText: 'Every server carries the tag' }).first();
    await tagged.getByText('Newly fails').waitFor();
    await tagged.locator('summary').first().press('Enter');
    await tagged.getByText(HOSTILE, { exact: false }).first().waitFor();
    await tagged.getByText(/^Set the tag MCPServer/).waitFor();
    await tagged.getByText('Accept it for a while').click();
    await tagged.getByText(/finding = "P-[0-9a-f]{12}"/).waitFor();
    assert.equal(await page.evaluate('globalThis.ran'), undefined, 'a name is no markup');
    await looked(page, 'posture-worse');
    await page.getByRole('button', { name: /Unknown$/ }).click();
    assert.match(page.url(), /#\/posture\?status=unknown$/);
    assert.equal(await page.getByRole('region', { name: 'Worse than before' }).count(), 0);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Page for an auditor' }).click();
    assert.match((await saved).suggestedFilename(), /^posture-.*-asked\.html$/);
    // Before the first run there was none to show.
    assert.deepEqual(
      complaints.filter((each) => !each.includes('404')),
      [],
    );
    await close();
  });

  test('a reader compares the runs of the month, and has nothing assessed', async () => {
    const { page, complaints, go, close } = await openConsole(browser, stack, 'Anneliese Oberhuber', {
      path: '/posture/runs',
    });
    const runs = page.getByRole('table', { name: 'Runs of the month, the newest first' });
    await runs.getByRole('link').nth(1).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Assess now' }).count(), 0);
    await looked(page, 'posture-runs');
    await page.getByRole('link', { name: 'Compare' }).click();
    await page.getByRole('heading', { name: 'Two runs compared' }).waitFor();
    await page.getByText('Fails newly').first().waitFor();
    await looked(page, 'posture-diff');
    await go('/metrics');
    await page.getByRole('heading', { name: 'Leavers cut off in all steps' }).waitFor();
    await page.getByRole('img', { name: /^Leavers cut off in all steps\. 1 day has a number/ }).waitFor();
    await page.getByText('What it is computed from').first().click();
    await page.getByRole('heading', { name: 'Canary' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Run the canary' }).count(), 0);
    await looked(page, 'metrics');
    await go('/exposure');
    await page.getByRole('region', { name: 'The firm' }).getByRole('heading').nth(1).waitFor();
    await looked(page, 'exposure');
    assert.deepEqual(
      complaints.filter((each) => !/40[49]/.test(each)),
      [],
    );
    await close();
  });

  test('somebody without a role is offered what is their own, and nothing of the firm', async () => {
    const { page, close } = await openConsole(browser, stack, 'Tom Hale');
    await page.getByRole('heading', { name: 'You have no role here' }).waitFor();
    const pages = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    assert.deepEqual(await pages.allTextContents(), ['Exposure']);
    await page.getByRole('link', { name: /would still work if you left today/ }).click();
    const yours = page.getByRole('region', { name: 'Yours' });
    await yours.getByRole('heading').nth(1).waitFor();
    assert.equal(await page.getByRole('region', { name: 'The firm' }).count(), 0);
    await looked(page, 'exposure-own');
    await close();
  });
});
