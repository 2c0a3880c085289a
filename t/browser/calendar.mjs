// « Calendrier » from the menu, by mouse, by keyboard and on paper, at both widths.
import { finish, openBrowser, same, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { follow, main, openFromMenu, press, words } from '../lib/steps.mjs';
import { frenchDay, openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
await world.school('host');
await world.school('origin');
const TITLE = 'Immersion en seconde professionnelle, métiers des transitions numérique et énergétique '
  + 'du bâtiment et de l’industrie';
await world.placement('host', { title: TITLE, day: 20, capacity: 2 });
const [day, month, year] = frenchDay(20).split('-');
const iso = `${year}-${month}-${day}`;

async function walk(how, options) {
  const page = await browser.newPage(options);
  const narrow = options.width === 390;
  await signIn(page, await world.account('host', 'member'), PASSWORD);
  await openFromMenu(page, 'Calendrier');
  same(await page.locator('[aria-current=date]').count(), 1, `${how}: today is marked`);
  const period = page.getByRole('navigation', { name: 'Période' });
  const before = await words(page.getByRole('heading', { level: 1 }));
  await follow(period.getByRole('link', { name: /Suivant/ }));
  await follow(period.getByRole('link', { name: /Précédent/ }));
  same(await words(page.getByRole('heading', { level: 1 })), before, `${how}: there and back again`);
  await page.goto(`${site.url}/calendrier?mois=${iso.slice(0, 7)}`);
  const cell = page.locator(`#j-${iso}`);
  test((await words(cell)).includes('0 place prise, 2 libres'), `${how}: the placement stands on its day`,
    await words(cell));
  same(await page.locator('.calendar-day.is-other').first().isVisible(), !narrow,
    `${how}: ${narrow ? 'the agenda has only days of the month' : 'the month has whole weeks'}`);
  await follow(page.getByRole('link', { name: 'Semaine', exact: true }));
  test((await words(page.getByRole('heading', { level: 1 }))).includes('semaine'), `${how}: a week is shown`);
  await page.goto(`${site.url}/calendrier?mois=${iso.slice(0, 7)}`);
  await follow(cell.getByRole('link'));
  test((await words(page.getByRole('heading', { level: 1 }))).startsWith('Immersion'),
    `${how}: an entry leads to the placement's sheet`);
  test(page.faults.length === 0, `${how}: the browser complains of nothing`, ...page.faults);
}

// From the top of the page to the placement with the keyboard alone.
async function byKeyboard() {
  const page = await browser.newPage();
  await signIn(page, await world.account('host', 'admin'), PASSWORD);
  await page.goto(`${site.url}/calendrier?mois=${iso.slice(0, 7)}`);
  let shown = true;
  let presses = 0;
  for (; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      return { outline: style.outlineStyle, text: document.activeElement.textContent };
    });
    shown = shown && focus.outline !== 'none';
    if (focus.text.includes('Immersion')) break;
  }
  test(presses < 60 && shown, 'the keyboard reaches the placement, and its place is always seen', presses);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  test(new URL(page.url()).pathname.startsWith('/stages/'), 'and opens it');
}

async function onPaper() {
  const page = await browser.newPage();
  await signIn(page, await world.account('host', 'member'), PASSWORD);
  await page.goto(`${site.url}/calendrier?mois=${iso.slice(0, 7)}`);
  await page.emulateMedia({ media: 'print' });
  test(!(await page.locator('.calendar-tools').isVisible()) && !(await page.locator('.top nav').isVisible())
    && await page.locator('.calendar').isVisible(), 'on paper there is the month without the tools');
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const box = paper.match(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/);
  test(box && Number(box[1]) > Number(box[2]), 'in landscape', box?.[0]);
  same((paper.match(/\/Type\s*\/Page\b/g) ?? []).length, 1, 'on one sheet');
}

async function subscribe() {
  const page = await browser.newPage();
  await signIn(page, await world.account('host', 'member'), PASSWORD);
  await openFromMenu(page, 'Calendrier');
  await follow(page.getByRole('link', { name: 'S’abonner au calendrier' }));
  await press(page, 'Créer mon adresse');
  const address = await words(page.locator('.feed-address'));
  const first = await page.request.get(address);
  test(first.ok() && (await first.text()).startsWith('BEGIN:VCALENDAR'), 'the address shown is a calendar');
  await testAccessible(page, 'the page with the address');
  await page.goto(`${site.url}/calendrier/abonnement`);
  await follow(page.getByRole('link', { name: 'Remplacer l’adresse' }));
  await press(page, 'Remplacer l’adresse');
  same((await page.request.get(address)).status(), 404, 'replaced, it ends');
  await page.goto(`${site.url}/calendrier/abonnement`);
  await follow(page.getByRole('link', { name: 'Supprimer l’adresse' }));
  await press(page, 'Supprimer l’adresse');
  test((await words(main(page))).includes('L’adresse est supprimée'), 'it can be taken away');
}

async function chooseZone() {
  const page = await browser.newPage();
  await signIn(page, await world.account('origin', 'admin'), PASSWORD);
  await openFromMenu(page, 'Options');
  await follow(page.getByRole('link', { name: 'Calendrier' }).last());
  await page.getByLabel('Zone de vacances scolaires').selectOption('B');
  await press(page, 'Enregistrer');
  await openFromMenu(page, 'Calendrier');
  test((await words(main(page))).includes('Le calendrier montre la zone B'), 'an admin chooses the zone');
  test((await words(main(page))).includes('n’a pas de stage'), 'an empty month says where there are placements');
}

async function look() {
  const address = await world.account('host', 'admin');
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ width, height: width < 600 ? 844 : 900 });
    await signIn(page, address, PASSWORD);
    for (const path of ['/calendrier', `/calendrier?mois=${iso.slice(0, 7)}&voir=tous`,
      '/calendrier?mois=2026-12', '/calendrier?semaine=2026-W53', '/calendrier/abonnement',
      '/calendrier/abonnement/renouveler', '/options/calendrier']) {
      await page.goto(site.url + path);
      await testAccessible(page, `${path} at ${width} px`);
      await testFits(page, `${path} at ${width} px`);
    }
  }
}

await walk('with JavaScript', {});
await walk('without JavaScript on a telephone', { width: 390, height: 844, javaScript: false });
await byKeyboard();
await onPaper();
await subscribe();
await chooseZone();
await look();
await finish();
