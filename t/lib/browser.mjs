// Headless Chromium for browser tests, on the site that t/check started (or one of the test's own).
//
//     import { openBrowser, site, test, finish } from '../lib/browser.mjs';
//     const browser = await openBrowser();
//     const page = await browser.newPage();            // 1280 × 900, French, Paris
//     const phone = await browser.newPage({ width: 390, height: 844 });
//     await page.goto(site.url + '/connexion');
//     test(await page.title() === '…', 'the title says …');
//     await testAccessible(page, 'the sign-in page');   // axe-core finds nothing
//     await finish();
//
// playwright-core and axe-core come from PARAPHE_NPM, where t/check has npm put them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const source = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(
  join(process.env.PARAPHE_NPM ?? join(source, 'var/check/npm'), 'package.json'));
const { chromium } = require('playwright-core');

let count = 0;
let failed = 0;
const endings = [];

// Has that done when the test ends, the last one asked for first.
export function atEnd(ending) {
  endings.push(ending);
}

// One test: title is a sentence about behaviour; notes are shown where it fails.
export function test(good, title, ...notes) {
  count += 1;
  console.log(`${good ? '' : 'not '}ok ${count} - ${title}`);
  if (!good) {
    failed += 1;
    for (const note of notes) console.log(String(note).replace(/^/gm, '# '));
  }
  return Boolean(good);
}

export function same(got, wanted, title) {
  return test(got === wanted, title, `   got: ${JSON.stringify(got)}`,
    `wanted: ${JSON.stringify(wanted)}`);
}

// Runs t/lib/paraphe_site.py.
function siteProgram(...words) {
  return execFileSync('/usr/bin/python3',
    ['-B', join(source, 't/lib/paraphe_site.py'), ...words], { encoding: 'utf8' });
}

function findSite() {
  let directory = process.env.PARAPHE_SITE;
  if (directory === 'failed') {
    console.log('Bail out! The site that tests share did not start.');
    process.exit(1);
  }
  if (!directory) {
    directory = mkdtempSync(join(tmpdir(), 'paraphe-site-'));
    siteProgram('start', directory);
    atEnd(() => {
      siteProgram('stop', directory);
      rmSync(directory, { recursive: true });
    });
  }
  const port = readFileSync(join(directory, 'ports'), 'utf8').split(' ')[0];
  return { directory, url: `https://localhost:${port}` };
}

export const site = findSite();

// Chromium with a profile of its own, gone at the end. newPage takes what differs from a desk:
// { width, height, javaScript: false }.
export async function openBrowser() {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  atEnd(() => browser.close());
  return {
    newPage: async ({ width = 1280, height = 900, javaScript = true } = {}) => {
      const context = await browser.newContext({
        ignoreHTTPSErrors: true, // the demo's certificate is its own
        viewport: { width, height },
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        reducedMotion: 'reduce', // Bootstrap scrolls slowly otherwise
        javaScriptEnabled: javaScript,
        hasTouch: width < 600,
        isMobile: width < 600,
      });
      const page = await context.newPage();
      page.javaScript = javaScript;
      page.faults = []; // what the console and failing scripts said
      const opened = new Set(); // a page answered with 404 or 422 is no fault of the page
      page.on('response', (response) => {
        if (response.request().isNavigationRequest()) opened.add(response.url());
      });
      page.on('pageerror', (error) => page.faults.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !opened.has(message.location().url)) {
          page.faults.push(`${message.text()} (${message.location().url})`);
        }
      });
      return page;
    },
  };
}

// Signs in as a person would.
export async function signIn(page, address, password) {
  await page.goto(`${site.url}/connexion`);
  await page.fill('input[name=email]', address);
  await page.fill('input[name=password]', password);
  await page.click('form[action^="/connexion"] button[type=submit]');
  await page.waitForLoadState();
}

// axe-core finds nothing to say against the page, by WCAG 2.1 A and AA.
export async function testAccessible(page, title) {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
  }));
  test(violations.length === 0, `${title} can be used by everybody (axe-core)`,
    ...violations.map((one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `  ${node.html}`)
      .slice(0, 5).join('\n')}`));
}

// The page is no wider than its window.
export async function testFits(page, title) {
  const [content, window_] = await page.evaluate(() =>
    [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  test(content <= window_, `${title} fits its window`, `${content} px in ${window_} px`);
}

export async function finish() {
  for (const ending of endings.reverse()) await ending();
  console.log(`1..${count}`);
  process.exit(failed ? 1 : 0);
}

// A test that throws has failed, and leaves nothing behind.
process.on('uncaughtException', async (error) => {
  test(false, 'the test runs to its end', error.stack);
  await finish();
});
