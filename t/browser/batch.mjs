// « Dépôt de plusieurs conventions », as a secretary does it: from the menu, with and without
// JavaScript, at a desk and on a telephone; and as one who may not.
import { finish, openBrowser, same, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { follow, leave, main, openFromMenu, openTab, plain, press, words } from '../lib/steps.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
await world.school('host');
await world.school('origin');
const placement = await world.placement('host', { title: 'Atelier', day: 20 });
const LONG = 'CORDIER-DE-LA-TRÈS-LONGUE-AVENUE-DES-MARRONNIERS';

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 900));
}

// The scan of a new convention of that trainee's.
async function scanOf(name) {
  const number = await world.register('origin', placement, { last_name: name, first_name: 'Zoé' });
  return world.paper('scan', await world.original('origin', number));
}

async function send(page, files) {
  await openFromMenu(page, 'Conventions');
  await page.setInputFiles('#fichier', files.map(([name, buffer]) =>
    ({ name, mimeType: 'application/pdf', buffer })));
  await press(page, 'Déposer la convention en PDF');
  same(await words(page.locator('h1')), 'Dépôt de plusieurs conventions',
    'several files lead to their page');
}

function part(page, number) {
  return page.getByRole('listitem').filter({ hasText: `Partie ${number}` });
}

async function depositAll(page) {
  await leave(page, () => page.getByRole('button', { name: 'Déposer toutes les conventions prêtes' })
    .click({ force: !page.javaScript }));
}

async function walk(school, role, names, how, options) {
  const page = await browser.newPage(options);
  const [first, second, third] = names;
  const plainPage = await world.paper('plain');
  const files = [[`${first}.pdf`, await scanOf(first)], [`${second}.pdf`, await scanOf(second)],
    ['annexe.pdf', plainPage], ['autre.pdf', plainPage], ['notes.txt', Buffer.from('rien')]];
  await scanOf(third);
  await signIn(page, await world.account(school, role), PASSWORD);
  await send(page, files);
  await says(page, '2 prêtes à déposer', `${how}: what is recognised is ready`);
  await says(page, '2 à compléter', `${how}: what is not is to be completed`);
  await says(page, 'Fichiers qui n’ont pas pu être lus', `${how}: what cannot be read is listed`);
  test((await part(page, 1).getByLabel('Stagiaire').inputValue()).startsWith(`${first} Zoé`),
    `${how}: the trainee is proposed`);
  const picture = part(page, 1).getByRole('img').first();
  await picture.scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  test(await picture.boundingBox().then((box) => box.width > 100 && box.height > 140),
    `${how}: a picture of the page is shown`);
  await part(page, 3).getByLabel('Stagiaire').fill('Personne');
  await part(page, 4).getByLabel('Que faire').selectOption({ label: 'Mettre de côté' });
  await depositAll(page);
  await says(page, '2 parties déposées', `${how}: one button deposits all that are ready`);
  await says(page, 'Aucune convention à rendre ne correspond', `${how}: nobody of that name is told`);
  same(await part(page, 3).getByLabel('Stagiaire').inputValue(), 'Personne',
    `${how}: what was typed is kept`);
  await says(page, 'Mise de côté', `${how}: what was set aside is shown`);
  const choices = await page.locator('#stagiaires option').evaluateAll((all) => all.map((one) => one.value));
  await part(page, 3).getByLabel('Stagiaire').fill(choices.find((one) => one.startsWith(third)));
  await part(page, 4).getByLabel('Que faire').selectOption({ label: 'Joindre à la partie précédente' });
  await depositAll(page);
  await says(page, '4 parties déposées', `${how}: then nothing is left`);
  await follow(main(page).getByRole('link', { name: first }));
  await says(page, 'En attente', `${how}: each is pending now`);
  await openFromMenu(page, 'Conventions');
  await openTab(page, 'Conventions en attente de validation');
  for (const name of [first, second, third]) {
    test(await page.getByRole('row').filter({ hasText: name }).count() === 1,
      `${how}: ${name} is in the list`);
  }
  test(page.faults.length === 0, `${how}: the browser complains of nothing`, ...page.faults);
}

// The host's secretary may not deposit: each part says so.
async function whoMayNot() {
  const page = await browser.newPage({});
  await signIn(page, await world.account('host', 'member'), PASSWORD);
  await send(page, [['a.pdf', await scanOf('REFUS')], ['b.pdf', await scanOf('REFUS-DEUX')]]);
  test(!(await words(main(page))).includes('prêtes à déposer'), 'nothing is ready for who may not');
  await depositAll(page);
  test(!(await words(main(page))).includes('déposées :'), 'nor deposited');
}

async function look() {
  const scans = [[`${LONG}-scan-du-copieur-de-la-vie-scolaire.pdf`, await scanOf(LONG)],
    ['annexe.pdf', await world.paper('plain')], ['notes.txt', Buffer.from('rien')],
    ['fini.pdf', await scanOf('FINI')]];
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ width, height: width < 600 ? 844 : 900 });
    await signIn(page, await world.account('origin', 'admin'), PASSWORD);
    await page.goto(`${site.url}/conventions`);
    await testAccessible(page, `the deposit's form at ${width} px`);
    await testFits(page, `the deposit's form at ${width} px`);
    await send(page, scans);
    await page.waitForLoadState('networkidle');
    await testAccessible(page, `several before, at ${width} px`);
    await testFits(page, `several before, at ${width} px`);
    await shoot(page, `before-${width}`);
    await page.getByLabel('Stagiaire').first().fill('Personne');
    await depositAll(page);
    await page.waitForLoadState('networkidle');
    await testAccessible(page, `several after, at ${width} px`);
    await testFits(page, `several after, at ${width} px`);
    await shoot(page, `after-${width}`);
  }
}

async function shoot(page, name) {
  if (process.env.PARAPHE_PICTURES) {
    await page.screenshot({ path: `${process.env.PARAPHE_PICTURES}/batch-${name}.png`, fullPage: true });
  }
}

await walk('origin', 'member', ['ALBA', 'BRUN', 'CORDIER'], 'with JavaScript', {});
await walk('host', 'admin', ['DIAZ', 'ECHO', 'FAURE'], 'without JavaScript on a telephone',
  { width: 390, height: 844, javaScript: false });
await whoMayNot();
await look();
await finish();
