import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { buildReport } from '../../../src/report/build/build-report.ts';
import { renderHtml } from '../../../src/report/html/page.ts';
import type { Report } from '../../../src/report/report.ts';
import { IN_BROWSER, startBrowser } from '../../support/browser.ts';
import { caseStudy } from '../sample/case-study.ts';
import { emptyCase, finding, part } from '../sample-case.ts';
import { STORED_REPORTS, storedReport } from '../stored-report.ts';

const LINK = 'https://offboarding.example/console/#/cases/x';

describe('what a reader of report.html sees', IN_BROWSER, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'report-'));

  before(async () => {
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(report: Report, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
    const file = join(folder, 'report.html');
    writeFileSync(file, await renderHtml(report, LINK));
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  /** Whether it stands on the screen without scrolling. */
  async function isSeen(page: Page, what: ReturnType<Page['locator']>, name: string): Promise<void> {
    const box = await what.first().boundingBox();
    const height = page.viewportSize()?.height ?? 0;
    assert.ok(box !== null && box.y >= 0 && box.y + box.height <= height, `${name} is on the first screen`);
  }

  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test(`at ${width} by ${height} the first screen says what happened, what is cut, what is alive and what to do`, async () => {
      const page = await open(storedReport('applied'), { viewport: { width, height } });
      for (const text of ['Incident', 'Alex Moreau', 'Cut', 'Still alive', 'Do within the hour'])
        await isSeen(page, page.locator('main').getByText(text).and(page.locator(':visible')), text);
      for (const text of [
        /^An incident: 895 calls/,
        'The gateway refuses Alex Moreau.',
        /Start with laptop-amoreau and amoreau-desktop\. Find the machine behind the calls/,
      ])
        await isSeen(page, page.getByText(text).and(page.locator(':visible')), String(text));
      await isSeen(page, page.locator('.next .command'), 'the query to copy');
      await isSeen(
        page,
        page.locator('.next').getByRole('link', { name: 'In the console' }),
        'the link to the console',
      );
      await isSeen(page, page.getByRole('img', { name: /over \d+ days/ }), 'the chart of the incident');
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
      await page.close();
    });
  }

  test('what is no incident does not look like one', async () => {
    const base = emptyCase();
    const found = finding('consent', 'delegated-grant', 'Claude Code', { severity: 'high' });
    const page = await open(buildReport({ ...base, parts: [...base.parts, part('consent', { findings: [found] })] }));
    assert.equal(await page.getByText('Incident').count(), 0);
    assert.equal(
      await page.evaluate("getComputedStyle(document.querySelector('.hero')).backgroundColor"),
      'rgb(255, 255, 255)',
    );
    await page.close();
  });

  test('a plan says that nothing was cut, and nothing in it is clear', async () => {
    const base = emptyCase();
    for (const report of [storedReport('plan'), buildReport({ ...base, case: { ...base.case, mode: 'plan' } })]) {
      const page = await open(report);
      await isSeen(page, page.getByText('Plan: nothing was cut'), 'that it is a plan');
      const labels = await page.locator('.word strong, .state, .chip').allTextContents();
      assert.deepEqual(
        labels.filter((label) => /^(Clear|awaiting decision|done)$/.test(label)),
        [],
      );
      assert.match((await page.locator('#cut').locator('../..').textContent()) ?? '', /Nothing was cut\./);
      await page.close();
    }
  });

  test('each filter shows as many lines as it says', async () => {
    const page = await open(storedReport('applied'));
    for (const label of await page.locator('.filter label').all()) {
      const [, name = '', count] = /^\s*(.+?)\s*(\d+)$/.exec((await label.textContent()) ?? '') ?? [];
      await label.click();
      assert.equal(await page.locator('.todo > li:visible').count(), Number(count), name);
    }
    await page.close();
  });

  test('on a phone evidence and remedy of every open finding are in sight, with no scrolling sideways', async () => {
    const page = await open(storedReport('applied'), { viewport: { width: 390, height: 844 } });
    const cells = page.locator('.entries td.evidence:visible, .entries td.remedy:visible');
    const wide = await cells.evaluateAll(
      (all) => all.filter((each) => each.getBoundingClientRect().right > 390).length,
    );
    assert.ok((await cells.count()) > 50);
    assert.equal(wide, 0);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
    await page.close();
  });

  for (const width of [1440, 1024, 768]) {
    test(`at ${width} no status reaches into the title beside it`, async () => {
      const page = await open(storedReport('applied'), { viewport: { width, height: 900 } });
      const over = await page.locator('.entries tr:visible').evaluateAll(
        (rows) =>
          rows.filter((row) => {
            const [chip, title] = [row.querySelector('.chip'), row.querySelector('.title')];
            if (chip === null || title === null) return false;
            const [a, b] = [chip.getBoundingClientRect(), title.getBoundingClientRect()];
            return a.right > b.left && a.bottom > b.top && a.top < b.bottom;
          }).length,
      );
      assert.equal(over, 0);
      await page.close();
    });
  }

  test('a digest is folded until somebody reaches it', async () => {
    const page = await open(storedReport('applied'));
    const digest = page.locator('code.digest:visible').first();
    assert.ok(((await digest.boundingBox())?.width ?? 999) < 140);
    await digest.focus();
    assert.ok(((await digest.boundingBox())?.width ?? 0) > 140);
    await page.close();
  });

  test('where colours are forced, an incident is still set apart', async () => {
    const page = await open(buildReport(caseStudy()), { forcedColors: 'active' });
    assert.equal(await page.evaluate("getComputedStyle(document.querySelector('.hero')).borderLeftWidth"), '12px');
    await page.close();
  });

  for (const name of STORED_REPORTS) {
    test(`on paper the report ${name} is at most 12 sheets of A4, in light, with all that is left to do`, async () => {
      const page = await open(storedReport(name), { colorScheme: 'dark' });
      const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
      assert.match(pdf, /\/MediaBox ?\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
      assert.ok([...pdf.matchAll(/\/Type ?\/Page\b/g)].length <= 12);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)');
      const lines = page.locator('.todo li .line');
      const heights = await lines.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
      assert.ok(
        heights.every((height) => height > 0),
        'no line is folded away',
      );
      await page.close();
    });
  }
});
