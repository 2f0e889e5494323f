import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { assertAccessible, assertNoSideways, SIZES } from './console.ts';

/** Pictures for whoever wants to look: `CONSOLE_PICTURES=/somewhere npm run test:console`. */
const PICTURES = process.env.CONSOLE_PICTURES;
if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });

/** Every size, light and dark and with forced colours, is readable and has nothing serious against it. */
export async function looked(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await assertNoSideways(page);
      await assertAccessible(page);
      if (PICTURES !== undefined)
        await page.screenshot({ path: `${PICTURES}/${name}-${size}-${scheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize(SIZES.wide);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}-forced.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
}
