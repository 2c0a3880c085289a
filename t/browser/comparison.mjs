// A convention comes back half signed: who deposits it is told, who judges it sees it on the pages.
import { finish, openBrowser, same, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import {
  depositFile, follow, main, openFromMenu, openTab, press, row, testAnswerSeen, testPictures, words,
} from '../lib/steps.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
await world.school('host', { title: 'Lycée des Métiers' });
await world.school('origin', { title: 'Collège du Parc' });
const BOXES = ['signature_origin', 'signature_guardian', 'signature_trainee'];
const LONG = 'DE LA ROCHE-SUR-FORON-BEAUREGARD-SAINT-ANDRÉ';

async function register(family) {
  const placement = await world.placement('host', { title: 'Atelier', day: 20, closes: 10 });
  return world.register('origin', placement, { last_name: family, first_name: 'Zoé' });
}

async function inked(pdf, ...fields) {
  let paper = pdf;
  for (const field of fields) paper = await world.paper('ink', paper, { field });
  return paper;
}

// The depositor, who sees what is missing before it is sent, and sends it all the same.
async function deposit(how, options, family) {
  const convention = await register(family);
  const half = await inked(await world.original('origin', convention), 'signature_origin');
  const page = await browser.newPage(options);
  await signIn(page, await world.account('origin', 'member'), PASSWORD);
  await openFromMenu(page, 'Conventions');
  await depositFile(page, half);
  const answer = page.locator('.deposit .result');
  const said = await words(answer);
  test(said.includes('Il semble manquer une signature')
    && said.includes('Manque : responsable légal, élève stagiaire'),
  `${how}: the depositor is told whose signatures seem to be missing`, said);
  if (page.javaScript) {
    await testAnswerSeen(page, `${how}: the question`);
    await testAccessible(page, `${how}: the question`);
    await testFits(page, `${how}: the question`);
  }
  await openTab(page, 'Conventions non retournées');
  test(await row(page, family).isVisible(), `${how}: until the word is given nothing is deposited`);
  await page.goBack();
  await press(page, 'Déposer quand même');
  test((await words(page.locator('.deposit .result'))).includes(`Convention de Zoé ${family} déposée`),
    `${how}: it is deposited all the same, and the file not asked for again`);
  test(page.faults.length === 0, `${how}: the browser complains of nothing`, ...page.faults);
  return convention;
}

// The host, from the list to the pages side by side.
async function judge(how, options, family) {
  const page = await browser.newPage(options);
  await signIn(page, await world.account('host', 'member'), PASSWORD);
  await openFromMenu(page, 'Conventions');
  await openTab(page, 'Conventions en attente de validation');
  test((await words(row(page, family))).includes('Manque : famille, élève'),
    `${how}: the list says who is missing`, await words(row(page, family)));
  if (page.javaScript) await testFits(page, `${how}: the list`);
  await follow(row(page, family).getByRole('link', { name: 'Voir la convention' }));
  await follow(page.getByRole('link', { name: 'Comparer avec l’original' }));
  const said = await words(main(page));
  test(said.includes('Ajout dans la case « Chef de l’établissement d’origine »')
    && said.includes('Semble vide'), `${how}: what was found is read in words`, said.slice(0, 900));
  if (page.javaScript) await testPictures(page, 4, `${how}: original and returned page, two of each`);
  const mark = page.locator('.compared polygon.mark-added');
  const picture = page.locator('.compared').filter({ has: page.locator('polygon.mark-added') });
  const [drawn, whole] = [await mark.boundingBox(), await picture.boundingBox()];
  test(drawn && drawn.width > 20 && drawn.x > whole.x + whole.width / 2 && drawn.y > whole.y
    && drawn.y + drawn.height < whole.y + whole.height,
  `${how}: the stroke is highlighted in its box at the right`, JSON.stringify([drawn, whole]));
  if (page.javaScript) {
    await testAccessible(page, `${how}: the comparison`);
    await testFits(page, `${how}: the comparison`);
  }
  await follow(page.getByRole('link', { name: 'Revenir à la convention' }));
  same(await page.getByRole('link', { name: 'Comparer avec l’original' }).count(), 1,
    `${how}: and one is led back`);
  test(page.faults.length === 0, `${how}: the browser complains of nothing`, ...page.faults);
}

// On a scan whose date was painted over, what was changed is circled.
async function altered() {
  const convention = await register('ALTÉRÉ');
  const full = await inked(await world.original('origin', convention), ...BOXES);
  await world.deposit('origin', await world.paper('scan', await world.paper('overwrite', full)),
    convention);
  const page = await browser.newPage();
  await signIn(page, await world.account('host', 'admin'), PASSWORD);
  await page.goto(`${site.url}/conventions/${convention}/comparaison`);
  test((await words(main(page))).includes('l’original dit'), 'a changed text is told with what it was',
    (await words(main(page))).slice(0, 900));
  test(await page.locator('ellipse.mark-changed').count() >= 2, 'and circled on both pages');
  test((await words(main(page))).includes('Cases de signature'), 'beside what the boxes show');
}

for (const [how, options, family] of [
  ['at a desk', {}, 'MOITIÉ'],
  ['on a telephone', { width: 390, height: 844 }, LONG],
  ['without JavaScript', { javaScript: false }, 'SIMPLE'],
]) {
  await deposit(how, options, family);
  await judge(how, options, family);
}
await altered();
await finish();
