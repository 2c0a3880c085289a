// What people do on the pages, each by what is seen there: the menu, labels, buttons, links.
import { readFileSync } from 'node:fs';

import { same, test } from './browser.mjs';

// Words as they are compared: one line, ordinary spaces for the non-breaking ones.
export function plain(text) {
  return (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
}

export async function words(where) {
  return plain(await where.innerText());
}

// Without JavaScript Playwright waits for ever for an element to stand still.
export async function click(what) {
  await what.click({ force: !what.page().javaScript });
}

// Does what leads to another page, and waits until that one is there; one that the script put in the
// place of the first (views/assets/upload.js) is no navigation for Playwright.
export async function leave(page, action) {
  if (!page.javaScript) {
    await Promise.all([page.waitForEvent('load'), action()]);
    return;
  }
  await page.evaluate(() => { document.documentElement.dataset.left = 'yes'; });
  await action();
  // Between two pages there may be no element at all.
  await page.waitForFunction(() => document.documentElement && document.readyState === 'complete'
    && !document.documentElement.dataset.left);
}

export async function follow(what) {
  await leave(what.page(), () => click(what));
}

export function main(page) {
  return page.locator('main');
}

export async function openFromMenu(page, entry) {
  await follow(page.getByRole('navigation', { name: 'Menu principal' })
    .getByRole('link', { name: entry }));
}

export async function openTab(page, tab) {
  await follow(page.getByRole('navigation', { name: 'États des conventions' })
    .getByRole('link', { name: tab }));
}

// The row of a list that has these words.
export function row(page, text) {
  return page.getByRole('row').filter({ hasText: text });
}

// The number that a tab of the conventions' page shows.
export async function countOf(page, tab) {
  const link = page.getByRole('navigation', { name: 'États des conventions' })
    .getByRole('link', { name: tab });
  return Number((await words(link)).match(/\d+$/)[0]);
}

export async function fill(page, fields) {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
}

export async function press(page, name) {
  await follow(page.getByRole('button', { name }));
}

// The bytes and the name of what a link or button downloads.
export async function download(page, what) {
  const [got] = await Promise.all([page.waitForEvent('download'), click(what)]);
  return { name: got.suggestedFilename(), content: readFileSync(await got.path()) };
}

// Puts a file into the deposit's form and sends it; trainee is the choice by hand.
export async function depositFile(page, pdf, { name = 'convention.pdf', trainee } = {}) {
  const card = page.getByRole('complementary', { name: 'Dépôt d’une convention remplie' });
  if (trainee) {
    const option = card.locator('#convention option').filter({ hasText: trainee });
    await card.locator('#convention').selectOption(await option.getAttribute('value'));
  }
  await card.getByLabel('Convention remplie')
    .setInputFiles({ name, mimeType: 'application/pdf', buffer: pdf });
  await follow(card.getByRole('button', { name: 'Déposer la convention en PDF' }));
}

// The answer to a deposit; the first thing to look at in the card, whatever the window's width.
export async function testAnswerSeen(page, title) {
  const answer = page.locator('.deposit .result');
  const box = await answer.boundingBox();
  const { height } = page.viewportSize();
  return test(box && box.y >= 0 && box.y < height * 0.75,
    `${title} stands where the eye is`, JSON.stringify(box));
}

// Every picture of the page has really come; those further down are scrolled to.
export async function testPictures(page, wanted, title) {
  const pictures = page.locator('img.page-picture');
  const widths = [];
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await picture.evaluate((image) => image.complete || new Promise((resolve) => {
      image.addEventListener('load', resolve);
      image.addEventListener('error', resolve);
    }));
    widths.push(await picture.evaluate((image) => image.naturalWidth));
  }
  return same(JSON.stringify(widths.map((width) => width > 0)),
    JSON.stringify(Array(wanted).fill(true)), title);
}

// A mail has come: its subject, the address it leads to, and what it says first.
export async function testMail(world, to, subject, { count = 1, says } = {}) {
  const mail = await world.mail(to, subject, count);
  test(mail, `the mail « ${subject} » comes`);
  if (mail && says) {
    test(plain(mail.text).includes(plain(says)) && plain(mail.html).includes(plain(says)),
      `the mail « ${subject} » says: ${says}`, mail.text);
  }
  return mail;
}
