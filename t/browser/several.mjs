// Several conventions at once, and e-mail settings with reminders, as a secretary uses them: from the
// menu, with and without JavaScript, at a desk and on a telephone.
import { finish, openBrowser, same, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { click, download, fill, follow, leave, main, openFromMenu, openTab, plain, press, testMail,
  words } from '../lib/steps.mjs';
import { frenchDay, openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
const host = await world.school('host');
const origin = await world.school('origin');
const LAST = ['ALBA', 'BRUN', 'CORDIER-DE-LA-TRÈS-LONGUE-AVENUE', 'DIAZ'];

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 500));
}

// Conventions of these names, deposited where they are to be validated.
async function conventions(names, { returned = false } = {}) {
  const placement = await world.placement('host', { title: 'Atelier', day: 20 });
  for (const name of names) {
    const number = await world.register('origin', placement, { last_name: name, first_name: 'Zoé' });
    if (returned) {
      const pdf = await world.original('origin', number);
      await world.deposit('origin', await world.paper('ink', pdf));
    }
  }
}

async function tick(page, names) {
  for (const name of names) {
    const box = page.getByRole('checkbox', { name });
    await box.check({ force: !page.javaScript });
  }
}

// The rows of the answer: whom, and what came of it.
async function results(page) {
  const rows = await main(page).locator('tbody tr').all();
  return Promise.all(rows.map(async (row) => [await words(row.locator('th')),
    await words(row.locator('td').last())]));
}

async function settings(page, how) {
  await openFromMenu(page, 'Options');
  await follow(page.getByRole('navigation', { name: 'Parties des options' })
    .getByRole('link', { name: 'Courriels et rappels' }));
  await page.getByLabel('Envoyer des rappels').check({ force: !page.javaScript });
  await fill(page, { 'Combien de jours avant le stage': 'sept', 'Formule de fin (facultatif)': 'À bientôt' });
  await press(page, 'Enregistrer');
  await says(page, 'Indiquez un à cinq nombres de jours', `${how}: days in words are told`);
  same(await page.getByLabel('Formule de fin').inputValue(), 'À bientôt', `${how}: what was typed is kept`);
  await fill(page, { 'Combien de jours avant le stage': '14, 7' });
  await press(page, 'Enregistrer');
  await says(page, 'Les réglages sont enregistrés', `${how}: the settings are kept`);
  test(await page.getByLabel('Envoyer des rappels').isChecked(), `${how}: and shown`);
}

async function remindAll(page, how) {
  await openFromMenu(page, 'Conventions');
  if (page.javaScript) {
    await page.getByLabel('Tout cocher').check();
    same(await page.locator('[name=choix]:checked').count(), LAST.length, `${how}: one box ticks all`);
    await says(page, `Conventions cochées (${LAST.length})`, `${how}: how many are ticked is said`);
    await page.getByRole('checkbox', { name: LAST[0] }).uncheck();
    await says(page, `Conventions cochées (${LAST.length - 1})`, `${how}: also when one is not`);
  } else {
    test(!await page.getByLabel('Tout cocher').isVisible(), `${how}: what needs JavaScript is not shown`);
    await tick(page, LAST.slice(1));
  }
  await press(page, 'Relancer');
  await says(page, `${LAST.length - 1} rappels partent`, `${how}: all that were ticked are reminded of`);
  same((await results(page)).map(([, what]) => what).join(), 'Rappel envoyé,Rappel envoyé,Rappel envoyé',
    `${how}: the answer says so for each`);
  await follow(main(page).getByRole('link', { name: 'Revenir à la liste' }));
  await says(page, 'Conventions non retournées', `${how}: and leads back to the list`);
}

async function downloadSome(page, how) {
  await tick(page, LAST.slice(0, 2));
  const zip = await download(page, page.getByRole('button', { name: 'Télécharger (ZIP)' }));
  test(/^Conventions .*\.zip$/.test(zip.name) && zip.content.subarray(0, 2).toString() === 'PK'
    && zip.content.includes(Buffer.from(`${LAST[0]} `)), `${how}: the ticked ones come as a ZIP`, zip.name);
  const pdf = await download(page, page.getByRole('button', { name: 'Imprimer (un seul PDF)' }));
  test(pdf.name.endsWith('.pdf') && pdf.content.subarray(0, 5).toString() === '%PDF-',
    `${how}: and as one PDF to print`, pdf.name);
}

async function validateSome(page, names, how) {
  await openFromMenu(page, 'Conventions');
  await openTab(page, 'Conventions en attente de validation');
  await click(page.getByText('Filtres', { exact: true }));
  await page.getByLabel('Retour', { exact: true }).selectOption({ label: 'Signées à l’écran' });
  await press(page, 'Filtrer');
  test(page.url().includes('retour=ecran') && page.url().includes('onglet=en-attente'),
    `${how}: the filter stands in the address`, page.url());
  await tick(page, names);
  await leave(page, () => click(page.getByRole('button', { name: 'Valider', exact: true })));
  await says(page, `${names.length} conventions sont validées`, `${how}: the ticked ones are validated`);
  await follow(main(page).getByRole('link', { name: 'Revenir à la liste' }));
  test(page.url().includes('retour=ecran'), `${how}: the list is as it was left`, page.url());
  await openTab(page, 'Conventions validées');
  for (const name of names) {
    test(await page.getByRole('row').filter({ hasText: name }).count() === 1,
      `${how}: ${name} is among the validated ones`);
  }
}

async function nothingTicked(page, how) {
  await openFromMenu(page, 'Conventions');
  await press(page, 'Relancer');
  await says(page, 'Aucune convention n’est cochée', `${how}: nothing ticked is told`);
}

async function walk(role, names, how, options) {
  const page = await browser.newPage(options);
  await signIn(page, await world.account('host', role), PASSWORD);
  if (role === 'admin') await settings(page, how);
  await remindAll(page, how);
  await downloadSome(page, how);
  await validateSome(page, names, how);
  await nothingTicked(page, how);
  test(page.faults.every((fault) => /422|status of/.test(fault)),
    `${how}: the browser complains of nothing`, ...page.faults);
}

// Who may not: the origin neither validates nor reminds, a member does not change settings.
async function others() {
  const page = await browser.newPage({});
  await signIn(page, await world.account('origin', 'member'), PASSWORD);
  await openFromMenu(page, 'Conventions');
  test(await page.getByRole('button', { name: 'Relancer' }).count() === 0
    && await page.getByRole('button', { name: 'Télécharger (ZIP)' }).count() === 1,
  'an origin may download, and is not offered to remind');
  const answer = await page.goto(`${site.url}/options/courriels`);
  same(answer.status(), 403, 'a member does not change the settings');
}

async function look() {
  const address = await world.account('host', 'admin');
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ width, height: width < 600 ? 844 : 900 });
    await signIn(page, address, PASSWORD);
    for (const path of ['/options/courriels', '/conventions?du=01-01-2020',
      '/conventions?onglet=en-attente&du=31-02-2027&retour=scan', '/conventions?onglet=validees']) {
      await page.goto(site.url + path);
      await testAccessible(page, `${path} at ${width} px`);
      await testFits(page, `${path} at ${width} px`);
    }
    await page.goto(`${site.url}/conventions`);
    await tick(page, LAST);
    await press(page, 'Relancer');
    await testAccessible(page, `an answer for several at ${width} px`);
    await testFits(page, `an answer for several at ${width} px`);
  }
}

await conventions(LAST);
await conventions(['ECHO', 'FAURE', 'GOMEZ', 'HUBERT'], { returned: true });
await walk('admin', ['ECHO', 'FAURE'], 'with JavaScript', {});
await testMail(world, origin.email,
  `Rappel : convention de Zoé BRUN à rendre – stage du ${frenchDay(20)}`, { says: 'À bientôt' });
// As if a day had passed.
await world.sql('UPDATE reminder SET sent_at = sent_at - INTERVAL 1 DAY WHERE convention_id IN (SELECT '
  + `id FROM convention WHERE host_id = (SELECT id FROM establishment WHERE uai = '${host.uai}'))`);
await walk('member', ['GOMEZ', 'HUBERT'], 'without JavaScript on a telephone',
  { width: 390, height: 844, javaScript: false });
await others();
await look();
await finish();
