// The help pages (views/help/*.md) as somebody follows them: step by step, on the pages and by the
// words that they name, taking the pictures that they show.
//
//     const guide = openGuide('relancer', page);
//     await guide.step(1, async () => {
//       await guide.menu('Conventions');
//       await guide.click('Relancer');                       // words in bold of step 1
//       await guide.picture('relancer', [card], button);     // views/assets/help/relancer.webp
//     });
//     guide.end();                                           // every step was walked
//
// In a numbered step all words in bold are words of the screen: each must be on a page that was
// open during the step. PARAPHE_PICTURES_HELP=yes writes the pictures where the pages find them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { same, source, test } from './browser.mjs';
import { follow, main, plain, row } from './steps.mjs';

const TEXTS = join(source, 'views/help');
const PICTURES = join(source, 'views/assets/help');
const MARGIN = 14;
const QUALITY = 68;
const taken = new Set();

function all(text, pattern) {
  return [...text.matchAll(pattern)].map((found) => plain(found[1]));
}

// The numbered steps of a help page: the words in bold and the pictures of each.
function readSteps(text) {
  const steps = new Map();
  let step = null;
  for (const line of text.split('\n')) {
    const begins = line.match(/^(\d+)\. /);
    if (begins) steps.set(Number(begins[1]), step = { text: '' });
    else if (/^\S/.test(line)) step = null;
    if (step) step.text += `${line}\n`;
  }
  for (const one of steps.values()) one.words = all(one.text, /\*\*(.+?)\*\*/g);
  return steps;
}

function named(text) {
  return all(text, /!\[[^\]]+\]\(\/assets\/help\/([\w-]+)\.webp\)/g);
}

// All that can be read on the page, in closed menus too; not what screen readers alone say.
function wordsOf(page) {
  return page.evaluate(() => {
    const body = document.body.cloneNode(true);
    body.querySelectorAll('.visually-hidden, script, style').forEach((one) => one.remove());
    const hints = [...body.querySelectorAll('[placeholder]')].map((one) => one.placeholder);
    return [body.textContent, ...hints].join(' ');
  }).then(plain);
}

// Marked as a finger would point at it; a style that the policy of the pages lets pass.
function mark(what, on) {
  return what.evaluate((element, shown) => {
    element.style.outline = shown ? '3px solid #d9480f' : '';
    element.style.outlineOffset = shown ? '4px' : '';
  }, on);
}

// The part of a picture from and to these shares of its height.
export function slice(what, from, to) {
  return { boundingBox: async () => {
    const box = await what.boundingBox();
    return { ...box, y: box.y + from * box.height, height: (to - from) * box.height };
  } };
}

async function boxAround(page, parts) {
  const boxes = [];
  for (const part of parts) boxes.push(await part.boundingBox());
  const x = Math.max(0, Math.min(...boxes.map((one) => one.x)) - MARGIN);
  const y = Math.max(0, Math.min(...boxes.map((one) => one.y)) - MARGIN);
  const right = Math.max(...boxes.map((one) => one.x + one.width)) + MARGIN;
  const bottom = Math.max(...boxes.map((one) => one.y + one.height)) + MARGIN;
  return { x, y, width: Math.min(right, page.viewportSize().width) - x,
    height: bottom - y, scale: 1 };
}

async function shoot(page, clip) {
  await page.evaluate(() => document.activeElement.blur());
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot',
    { format: 'webp', quality: QUALITY, clip });
  await session.detach();
  return Buffer.from(data, 'base64');
}

export function openGuide(subject, page) {
  const text = readFileSync(join(TEXTS, `${subject}.md`), 'utf8');
  const steps = readSteps(text);
  const walked = new Set();
  let now = null;
  let seen = '';

  const see = async () => {
    seen += ` ${await wordsOf(page)}`;
  };
  const leave = async (what) => {
    await see();
    await follow(what);
    await see();
  };
  const names = (words) => test(!now || now.words.some((one) => one.includes(plain(words))),
    `${subject}: the step names « ${words} », which is used there`, now?.words.join(' | '));

  return {
    page,
    main: main(page),
    see,
    heading: (title) => main(page).getByRole('heading', { name: title }).first(),
    card: (title) => main(page).locator('section.card, aside.card, article.card')
      .filter({ has: page.getByRole('heading', { name: title }) }).first(),
    part: (legend) => main(page).locator('fieldset').filter({ hasText: legend }).first(),
    row: (text) => row(page, text).first(),

    async step(number, action) {
      now = steps.get(number);
      seen = '';
      walked.add(number);
      if (!test(now, `${subject} has a step ${number}`)) return;
      await see();
      await action();
      await see();
      const missing = now.words.filter((words) => !seen.includes(words));
      test(missing.length === 0, `${subject}, step ${number}: its words are on the screen`,
        `not there: ${missing.join(' | ')}`, `last page: ${page.url()}`);
      now = null;
    },

    async menu(entry) {
      names(entry);
      await leave(page.getByRole('navigation', { name: 'Menu principal' })
        .getByRole('link', { name: entry }));
    },

    // The first link or button that begins with these words.
    control(words, within = main(page)) {
      names(words);
      const pattern = new RegExp(`^\\s*${plain(words).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll(' ', '\\s+')}`);
      return within.locator('a, button').filter({ hasText: pattern }).first();
    },

    async click(words, within) {
      await leave(this.control(words, within));
    },

    // To another page by what the step does not name: a school, a trainee.
    go: leave,

    field(label, within = main(page)) {
      names(label);
      return within.getByLabel(label, { exact: true }).or(within.getByLabel(`${label} (facultatif)`,
        { exact: true })).first();
    },

    async fill(fields, within) {
      for (const [label, value] of Object.entries(fields)) await this.field(label, within).fill(value);
    },

    // A choice that takes effect at once.
    async choose(option, words = option) {
      names(words);
      const select = main(page).locator('select').filter({ hasText: option });
      await Promise.all([page.waitForEvent('load'), select.selectOption({ label: option })]);
      await see();
    },

    // Around these parts of the page; pointed is what is to be clicked.
    async picture(name, parts, ...pointed) {
      test(named(text).includes(name), `${subject} shows the picture ${name}`);
      for (const one of pointed) await mark(one, true);
      const webp = await shoot(page, await boxAround(page, parts));
      for (const one of pointed) await mark(one, false);
      test(webp.length > 1000, `${name} is a picture`, webp.length);
      if (process.env.PARAPHE_PICTURES_HELP && !taken.has(name)) {
        writeFileSync(join(PICTURES, `${name}.webp`), webp);
      }
      taken.add(name);
      await see();
    },

    end() {
      same([...walked].sort((a, b) => a - b).join(), [...steps.keys()].join(),
        `${subject}: every step is walked`);
    },
  };
}

// The names of all help pages.
export function subjects() {
  return readdirSync(TEXTS).map((name) => name.replace(/\.md$/, '')).sort();
}

// The pictures that are named, there and taken are the same; each has its words for who cannot see.
export function testPictures() {
  const texts = subjects().map((name) => readFileSync(join(TEXTS, `${name}.md`), 'utf8'));
  const wanted = [...new Set(texts.flatMap(named))].sort();
  const there = readdirSync(PICTURES).map((name) => name.replace(/\.webp$/, '')).sort();
  same(texts.filter((text) => /!\[\s*\]/.test(text)).length, 0, 'every picture has a description');
  same(there.join(), wanted.join(), 'the folder has the pictures that help pages name, no others');
  same([...taken].sort().join(), wanted.join(), 'every picture is taken on the way');
}
