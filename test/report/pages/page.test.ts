import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { buildReport, type ReportInput } from '../../../src/report/build/build-report.ts';
import { renderHtml } from '../../../src/report/html/page.ts';
import { IN_BROWSER, startBrowser } from '../../support/browser.ts';
import { HOSTILE } from '../arbitrary-report.ts';
import { caseStudy } from '../sample/case-study.ts';
import { emptyCase, finding, part } from '../sample-case.ts';

interface Opened {
  readonly page: Page;
  /** What the page asked the network for, itself aside, and what it complained about. */
  readonly requests: string[];
  readonly complaints: string[];
}

describe('report.html in a browser', IN_BROWSER, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'report-'));

  before(async () => {
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(input: ReportInput, options: Parameters<Browser['newPage']>[0] = {}): Promise<Opened> {
    const file = join(folder, 'report.html');
    writeFileSync(file, await renderHtml(buildReport(input)));
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(file).href);
    return { page, requests: requests.filter((url) => url !== pathToFileURL(file).href), complaints };
  }

  test('it asks the network for nothing, and the browser has nothing to complain about', async () => {
    const { page, requests, complaints } = await open(caseStudy());
    assert.deepEqual([requests, complaints], [[], []]);
    await page.close();
  });

  test('a case whose names are as hostile as they can be runs no script and does not grow sideways', async () => {
    const base = emptyCase();
    const findings = HOSTILE.map((text, index) =>
      finding('consent', 'delegated-grant', `${index}`, {
        title: text,
        reason: text,
        resource: { system: 'entra', type: text, id: text, name: text, url: text },
        evidence: { [text.slice(0, 200)]: text },
      }),
    );
    const { page, requests, complaints } = await open({
      ...base,
      leaver: { ...base.leaver, displayName: 'W'.repeat(3_000) },
      parts: [...base.parts, part('consent', { findings })],
    });
    assert.deepEqual([requests, complaints], [[], []]);
    assert.equal(await page.locator('script, iframe, img, object, embed').count(), 0);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 1280);
    await page.close();
  });

  test('the charts have a name that says what they show, and their numbers as a table', async () => {
    const { page } = await open(caseStudy());
    const names = await page
      .getByRole('img')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
    assert.equal(names.length, 3);
    assert.match(names[0] ?? '', /over 90 days.*busiest day is 2026-11-20 with 847 calls.*2026-11-02, is marked/);
    assert.match(names[2] ?? '', /Fri 02:00 \(853\)/);
    await page.getByText('The same as a table').click();
    assert.equal(await page.getByRole('table', { name: 'Calls per day' }).getByRole('row').count(), 91);
    await page.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every text stands out from its ground at 4.5 to 1 in ${colorScheme}`, async () => {
      const { page } = await open(caseStudy(), { colorScheme });
      assert.deepEqual(await page.evaluate(`(${lowContrast})()`), []);
      await page.close();
    });
  }

  test('it has its landmarks, and every table its headers', async () => {
    const { page } = await open(caseStudy());
    for (const role of ['banner', 'main', 'navigation', 'contentinfo'] as const)
      assert.equal(await page.getByRole(role).count(), 1, role);
    const bare = await page.locator('table:not(:has(thead th[scope=col])), tbody tr:not(:has(th[scope=row]))').count();
    assert.equal(bare, 0);
    assert.equal(await page.locator('table:not(:has(caption))').count(), 0);
    const levels = await page.locator('h1,h2,h3').evaluateAll((all) => all.map((each) => Number(each.tagName[1])));
    assert.ok(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1));
    await page.close();
  });
});

/** Runs in the page: texts whose colour is too near to what lies behind them (WCAG 2.2, 1.4.3). */
const lowContrast = `() => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const over = (front, back) => front.map((c, i) => i === 3 ? 255 : (c * front[3] + back[i] * (255 - front[3])) / 255);
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === '' || element.closest('svg') !== null) continue;
    const back = ground(element);
    const [a, b] = [luminance(over(rgba(getComputedStyle(element).color), back)), luminance(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(node.data.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return found;
}`;
