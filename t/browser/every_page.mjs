// Every page that a person of each role finds by following links, at a desk and on a telephone: it
// fits its window, can be used by everybody (axe-core), and says nothing to the console.
//
// Schools with the demo's data, schools that have nothing yet, and one where everything has the
// longest name there can be, without a space (that one's pages are only to fit). PARAPHE_PICTURES=DIR keeps a
// picture of each page, to be looked at.
import { join } from 'node:path';

import { finish, openBrowser, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const DEMO_PASSWORD = 'stage-en-confiance'; // of conf/demo-data
const MOST_PAGES = 150;
const WIDTHS = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];

// One of each kind is enough: numbers, days and tokens are made one, and of the parameters their
// names count. Of the help pages, help.mjs looks at each.
function kind(url) {
  const names = [...url.searchParams.keys()].filter((name) => name !== 'page').sort();
  return `${url.pathname.replace(/\d[\d-]*/g, '0').replace(/^\/aide\/.*/, '/aide/x')}?${names.join('&')}`;
}

// Downloads are no pages; lists in another order are the same page.
function isPage(url) {
  return url.origin === new URL(site.url).origin && !url.pathname.startsWith('/assets/')
    && !/\/(conv|original|retour|versions|images|apercu|export|pdf|zip|ics|csv|vcf)(\/|$|\.)/.test(url.pathname)
    && !/\.(pdf|csv|ics|vcf|zip|png)$/.test(url.pathname)
    && !['tri', 'taille'].some((name) => url.searchParams.has(name));
}

async function linksOf(page) {
  const found = await page.locator('a[href]:not([download])')
    .evaluateAll((all) => all.map((one) => one.href));
  return found.map((one) => new URL(one)).filter(isPage);
}

async function picture(page, who, size, path) {
  const directory = process.env.PARAPHE_PICTURES;
  if (!directory) return;
  const name = `${who} ${path}`.replace(/[^\w-]+/g, '_');
  await page.screenshot({ path: join(directory, `${name}_${size.width}.png`), fullPage: true });
}

async function look(page, who, path, size, onlyFits) {
  const title = `${who}, ${size.width} px, ${path}`;
  await testFits(page, title);
  if (onlyFits) await testContained(page, title);
  else await lookClosely(page, title);
  await picture(page, who, size, path);
}

// Nothing stands out of the card, the cell or the bar that it is in.
async function testContained(page, title) {
  const outside = await page.evaluate(() => [...document.querySelectorAll(
    '.top-line, .top-line *, main .card, main td, main th, main dd, main p, main h1, main h2')]
    .filter((one) => !one.closest('.visually-hidden, details:not([open]) > div'))
    .filter((one) => one.clientWidth > 0 && getComputedStyle(one).overflowX === 'visible'
      && one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.tagName} .${one.className}: ${one.scrollWidth} px in ${one.clientWidth}`));
  test(outside.length === 0, `${title} keeps everything in its place`, ...outside.slice(0, 5));
}

async function lookClosely(page, title) {
  await testAccessible(page, title);
  test(await page.locator('h1').count() === 1, `${title} has one heading of its own`);
}

// Follows every kind of link once, at the first width, and looks at each page at both.
async function visit(browser, who, address, password, onlyFits = false) {
  const pages = [];
  for (const size of WIDTHS) {
    const page = await browser.newPage(size);
    await signIn(page, address, password);
    pages.push(page);
  }
  const waiting = [new URL(`${site.url}/`), ...await linksOf(pages[0])];
  const seen = new Set();
  while (waiting.length > 0 && seen.size < MOST_PAGES) {
    const url = waiting.shift();
    if (seen.has(kind(url))) continue;
    seen.add(kind(url));
    const path = url.pathname + url.search;
    const answer = await pages[0].goto(url.href).catch((error) => error);
    if (answer instanceof Error && String(answer).includes('Download is starting')) continue;
    // Mails that were to be sent anew may be sent by now.
    if (url.pathname === '/courriels/relancer' && answer.status?.() === 409) continue;
    if (!test(answer.status?.() === 200, `${who} opens ${path}`, answer.status?.() ?? answer)) continue;
    if (!answer.headers()['content-type'].startsWith('text/html')) continue;
    waiting.push(...await linksOf(pages[0]));
    await pages[1].goto(url.href);
    for (const [i, page] of pages.entries()) await look(page, who, path, WIDTHS[i], onlyFits);
  }
  test(seen.size < MOST_PAGES, `${who} has less than ${MOST_PAGES} kinds of pages`, seen.size);
  test(seen.size > 3, `${who} finds more than the first pages`, [...seen].join('\n'));
  for (const page of pages) {
    test(page.faults.length === 0, `${who}: the console stays silent`, ...page.faults);
    await page.context().close();
  }
}

const browser = await openBrowser();
const world = await openWorld();
await world.school('new');

await visit(browser, 'operator', 'operateur@paraphe.example', DEMO_PASSWORD);
await visit(browser, 'host admin', 'admin@rosa-bonheur.example', DEMO_PASSWORD);
await visit(browser, 'origin member', 'secretariat@simone-lagrange.example', DEMO_PASSWORD);
await visit(browser, 'new admin', await world.account('new', 'admin'), PASSWORD);
await visit(browser, 'new member', await world.account('new', 'member'), PASSWORD);

const paper = await browser.newPage();
await signIn(paper, 'admin@rosa-bonheur.example', DEMO_PASSWORD);
await paper.goto(`${site.url}/conventions`);
await paper.emulateMedia({ media: 'print' });
test(await paper.locator('tbody tr').first().isVisible()
  && await paper.locator('.btn:visible, nav a:visible, input:visible').count() <= 1,
'printed, a list is its rows and the name of its tab');
await paper.context().close();

const longest = (length) => 'Wolframmetallverarbeitungsgesellschaft'.repeat(8).slice(0, length);
await world.school('long', { title: longest(200) });
const stage = await world.placement('long', { title: longest(180), course: longest(200),
  place: longest(200), person: longest(150), description: `# ${longest(200)}\n\n${longest(300)}` });
await world.register('long', stage, { last_name: longest(100), first_name: longest(100),
  class_name: longest(50), guardian_name: longest(150), guardian_address: longest(300),
  guardian_email: `${longest(60)}@${longest(60)}.example` });
await visit(browser, 'longest names', await world.account('long', 'admin', longest(150)), PASSWORD,
  true);
await finish();
