import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './machine/find-browser.ts';

/** The browser that is installed, or undefined. */
export const CHROMIUM = findBrowser(process.env);

/** For suites that need it: where none is installed they are skipped, and say so. */
export const IN_BROWSER = { skip: CHROMIUM === undefined && 'no Chromium here; CHROMIUM_PATH names one' };

/** Starts it without anything that would reach for the network by itself. */
export function startBrowser(executablePath = CHROMIUM ?? ''): Promise<Browser> {
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', ...quiet, '--disable-component-update', '--disable-sync'],
  });
}
