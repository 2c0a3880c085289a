// « Tableau de bord » as host, origin and operator open it in the morning, at both widths.
import { finish, openBrowser, same, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { follow, main, openFromMenu, plain, press, words } from '../lib/steps.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
const LONG = 'Lycée polyvalent régional d’enseignement général, technologique et professionnel '
  + 'Marie-Madeleine-Bécourt-de-la-Roche-sur-Foron';
await world.school('host', { title: LONG });
await world.school('origin');
await world.school('new');

// A convention that was returned, one that was not and is due in three days, and an incomplete one.
async function prepare() {
  const soon = await world.placement('host', { title: 'Découverte', day: 3, closes: 3, capacity: 4 });
  await world.register('origin', soon, { last_name: 'LENT' });
  const back = await world.register('origin', soon, { last_name: 'RENTRÉ' });
  await world.deposit('origin', await world.paper('ink', await world.original('origin', back)));
  const half = await world.register('origin', soon,
    { last_name: 'DE LA ROCHE-SUR-FORON-BEAUREGARD-SAINT-ANDRÉ', first_name: 'Marie-Alexandrine' });
  await world.deposit('origin', await world.paper('ink', await world.original('origin', half)));
  await world.act('host', half, 'invalider', 'Il manque une signature.');
}

async function rowsOf(page) {
  return page.locator('table.table-rows tbody tr').count();
}

async function asHost(how, options) {
  const page = await browser.newPage(options);
  await signIn(page, await world.account('host', 'member'), PASSWORD);
  same(new URL(page.url()).pathname, '/', `${how}: the sign-in leads to the dashboard`);
  const card = page.getByRole('region', { name: /à valider/ });
  test((await words(card)).includes('RENTRÉ'), `${how}: the host sees whom to judge`);
  await follow(card.getByRole('link', { name: '1 convention à valider' }));
  same(await rowsOf(page), 1, `${how}: the number leads to that one row`);
  await follow(page.getByRole('link', { name: /RENTRÉ/ }));
  test(await page.getByRole('button', { name: 'Valider la conformité' }).count() === 1,
    `${how}: and from there to the convention, where it is validated`);
  await openFromMenu(page, 'Tableau de bord');
  test((await words(page.getByRole('region', { name: 'Vos prochains stages' })))
    .includes('1 place restante sur 4'), `${how}: the next placement has one place left`);
  const chart = page.getByRole('region', { name: 'Conventions par semaine de stage' });
  test(await chart.getByRole('img').count() === 1, `${how}: the weeks are drawn`);
  await follow(chart.getByRole('cell', { name: '3', exact: true }).getByRole('link'));
  same(await rowsOf(page), 3, `${how}: a week's number leads to its conventions`);
  test(page.faults.length === 0, `${how}: the browser complains of nothing`, ...page.faults);
}

async function asOrigin() {
  const page = await browser.newPage();
  await signIn(page, await world.account('origin', 'admin'), PASSWORD);
  const said = await words(main(page));
  test(said.includes('1 convention non retournée') && said.includes('dans 3 jours'),
    'the origin sees what is due, and how many days are left', said.slice(0, 400));
  test(said.includes('1 convention incomplète') && !said.includes('à valider'),
    'and what is incomplete, but nothing to validate');
  await follow(page.getByRole('link', { name: '1 sous 7 jours' }));
  await page.getByLabel('Montrer').selectOption('incompletes');
  await page.waitForURL(/liste=incompletes/);
  same(await rowsOf(page), 1, 'the list can be turned to another one');
  await page.getByLabel('Rechercher').fill('personne');
  await press(page, 'Rechercher');
  test((await words(main(page))).includes('Aucune convention ne correspond'),
    'a search without a find says so');
}

async function asOperator() {
  const page = await browser.newPage();
  await signIn(page, await world.operator(), PASSWORD);
  await openFromMenu(page, 'Tableau de bord');
  test(!(await page.content()).includes('RENTRÉ'), 'the operator sees no pupil');
  const tile = page.getByRole('link', { name: /jamais utilisé/ });
  test(Number((await words(tile)).match(/\d+/)[0]) > 0, 'there are accounts that nobody used');
  await follow(tile);
  // Other tests make accounts meanwhile, and use them: how many there are is not for this one.
  test((await words(main(page).locator('.nav-tabs [aria-current=page]'))).startsWith('Jamais venus') &&
    /sur \d+ éléments?/.test(await words(main(page))),
  'the operator is led to the accounts nobody used');
}

async function look() {
  const [host, fresh, operator] = [await world.account('host', 'admin'),
    await world.account('new', 'admin'), await world.operator()];
  for (const width of [1280, 390]) {
    for (const [address, paths] of [
      [host, ['/', '/suivi', '/suivi?liste=en-retard', '/suivi/courriels']], [fresh, ['/', '/suivi']],
      [operator, ['/', '/comptes?qui=jamais-venus', '/etablissements?comptes=aucun']],
    ]) {
      const page = await browser.newPage({ width, height: width < 600 ? 844 : 900 });
      await signIn(page, address, PASSWORD);
      for (const path of paths) {
        await page.goto(site.url + path);
        await testAccessible(page, `${path} at ${width} px`);
        await testFits(page, `${path} at ${width} px`);
      }
    }
  }
}

await prepare();
await asHost('with JavaScript', {});
await asHost('without JavaScript on a telephone', { width: 390, height: 844, javaScript: false });
await asOrigin();
await asOperator();
const first = await browser.newPage();
await signIn(first, await world.account('new', 'admin'), PASSWORD);
test(plain(await main(first).innerText()).includes('Pour commencer'), 'a new school is told how to begin');
await look();
await finish();
