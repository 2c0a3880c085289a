// The platform by keyboard alone: every step reachable by Tab, seen where it is, done with Enter.
import { finish, openBrowser, same, site, test } from '../lib/browser.mjs';
import { TABS } from '../lib/journey.mjs';
import { leave, main, plain, words } from '../lib/steps.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const MOST_STOPS = 200;

// What has the focus: its words, where it is, and whether one sees that it has it.
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const label = element.labels?.[0]?.innerText ?? element.getAttribute('aria-label') ?? '';
    return {
      id: element.id,
      name: (label || element.innerText || element.value || '').trim(),
      seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      inWindow: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
        && box.top < innerHeight && box.left < innerWidth,
    };
  });
}

// Presses Tab until the focus is on what wanted(stop) says; null when the page has been gone round.
async function tabTo(page, wanted) {
  for (let i = 0; i < MOST_STOPS; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop && wanted({ ...stop, name: plain(stop.name) })) return stop;
  }
  return null;
}

function named(name) {
  return (stop) => stop.name === name;
}

function pressEnter(page) {
  return leave(page, () => page.keyboard.press('Enter'));
}

async function open(page, name) {
  test(await tabTo(page, (stop) => stop.name.startsWith(name)), `« ${name} » is reached with Tab`);
  await pressEnter(page);
}

// All stops of a page in order, from its beginning.
async function stopsOf(page) {
  const stops = [];
  await page.evaluate(() => document.activeElement?.blur());
  for (let i = 0; i < MOST_STOPS; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (!stop) return stops;
    stops.push(stop);
  }
  return stops;
}

async function testStops(page, title) {
  const stops = await stopsOf(page);
  test(stops.length > 3 && stops.length < MOST_STOPS, `${title} has no trap for the focus`);
  const bad = stops.filter((stop) => !stop.seen || !stop.inWindow);
  same(JSON.stringify(bad), '[]', `${title}: the focus is always seen, and in the window`);
}

async function skip(page) {
  await page.keyboard.press('Tab');
  const stop = await focused(page);
  test(plain(stop?.name) === 'Aller au contenu' && stop.inWindow,
    'the first stop is a link to the content, which shows itself', JSON.stringify(stop));
  await page.keyboard.press('Enter');
  same((await focused(page))?.id, 'contenu', 'that link moves the focus to the content');
}

async function signInByKeyboard(page, address) {
  await page.goto(`${site.url}/connexion`);
  await skip(page);
  await tabTo(page, named('Adresse électronique'));
  await page.keyboard.type(address);
  await page.keyboard.press('Tab');
  await page.keyboard.type('faux mot de passe');
  await pressEnter(page);
  test(await page.evaluate(() => document.activeElement.matches('.summary')),
    'a refused sign-in puts the focus on what is to be corrected');
  await tabTo(page, named('Mot de passe'));
  await page.keyboard.type(PASSWORD);
  await pressEnter(page);
  same(new URL(page.url()).pathname, '/', 'one signs in by keyboard');
}

// Conventions of two trainees, one of them returned.
async function papers(world) {
  await world.school('host');
  await world.school('origin');
  const placement = await world.placement('host');
  const open_ = await world.register('origin', placement, { last_name: 'ÉBÈNE', first_name: 'Zoé' });
  const returned = await world.register('origin', placement, { last_name: 'OLMO', first_name: 'Ali' });
  const sign = async (convention) => world.paper('sign', await world.original('origin', convention),
    { fields: ['signature_origin', 'signature_guardian', 'signature_trainee'] });
  await world.deposit('origin', await sign(returned));
  return sign(open_);
}

async function deposit(page, pdf) {
  // From now on, well before the first is asked for, Chromium leaves files to be chosen to us.
  page.on('filechooser', () => {});
  await tabTo(page, named('Stagiaire'));
  await page.keyboard.press('ArrowDown');
  test((await page.locator('#convention option:checked').innerText()).startsWith('ÉBÈNE'),
    'a trainee is chosen in the deposit’s form with an arrow');
  await page.keyboard.press('Home');
  same(await page.locator('#convention').inputValue(), '',
    '« Reconnaissance automatique » is chosen again with Home');
  test(await tabTo(page, named('Convention remplie')), 'the file’s field is reached with Tab');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles({ name: 'rendue.pdf', mimeType: 'application/pdf', buffer: pdf });
  await page.locator('#fichier').focus();
  await page.keyboard.press('Tab');
  same(plain((await focused(page)).name), 'Déposer la convention en PDF',
    'the button of the deposit comes after the file');
  await pressEnter(page);
  const answered = await page.evaluate(() => document.activeElement.matches('.result'));
  test(answered, 'the answer to the deposit has the focus');
  test((await words(page.locator('.result'))).startsWith('Convention de Zoé ÉBÈNE déposée'),
    'the deposit made by keyboard is taken');
}

async function judge(page) {
  await open(page, 'Conventions');
  await open(page, TABS[1]);
  test(await tabTo(page, named('Plus d’actions pour Ali OLMO')), 'the row’s menu is reached with Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  same(plain((await focused(page)).name), 'Régénérer la convention',
    'what the row’s menu offers comes next');
  await page.keyboard.press('Escape');
  await open(page, 'OLMO');
  await testStops(page, 'a convention’s page');
  await tabTo(page, named('Valider la conformité'));
  await pressEnter(page);
  test((await words(main(page))).includes('La convention est validée.'),
    'a convention is validated by keyboard');
}

const world = await openWorld();
const signed = await papers(world);
const browser = await openBrowser();
const origin = await browser.newPage();
await signInByKeyboard(origin, await world.account('origin', 'member'));
await testStops(origin, 'the dashboard');
await open(origin, 'Conventions');
await testStops(origin, 'the conventions’ page');
await open(origin, TABS[1]);
same(new URL(origin.url()).search, '?onglet=en-attente', 'a tab is opened with Enter');
await deposit(origin, signed);
await open(origin, 'Liste des stages');
await testStops(origin, 'the list of placements');
const host = await browser.newPage();
await signInByKeyboard(host, await world.account('host', 'admin'));
await judge(host);
await open(host, 'Se déconnecter');
same(new URL(host.url()).pathname, '/connexion', 'one signs out by keyboard');
await finish();
