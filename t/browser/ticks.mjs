// Ticks that stay where a list has several pages: contacts to write to and conventions to download,
// with and without JavaScript, at a desk and on a telephone.
import { finish, openBrowser, same, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { download, follow, main, openFromMenu, plain, press, words } from '../lib/steps.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
const host = await world.school('host');
await world.school('origin');
const id = (await world.sql(`SELECT id FROM establishment WHERE uai = '${host.uai}'`))[0][0];
const NAMES = Array.from({ length: 23 }, (_, i) => `MAIRIE-${String(i).padStart(2, '0')}`);
for (const name of NAMES) {
  await world.sql('INSERT INTO contact (owner_id, identity, name, folded_name, email, created_at) '
    + `VALUES (${id}, '${name}/', '${name}', LOWER(REPLACE('${name}', '-', ' ')), `
    + `'${name}@ville.example', NOW())`);
}
const placement = await world.placement('host', { title: 'Atelier', day: 20 });
for (let i = 0; i < 12; i += 1) {
  await world.register('origin', placement, { last_name: `NOM${i}`, first_name: 'Zoé' });
}

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 700));
}

async function tick(page, name) {
  await page.getByRole('checkbox', { name }).check({ force: !page.javaScript });
}

const ticked = (page, name) => page.locator(`[name=${name}]:checked`).count();
const turn = (page, word) => follow(page.getByRole('navigation', { name: 'Pages de la liste' })
  .getByRole('button', { name: word, exact: true }));

async function picture(page, what) {
  if (page.javaScript) await testAccessible(page, what); // axe-core needs it
  await testFits(page, what);
  if (process.env.PARAPHE_PICTURES) {
    await page.screenshot({ path: `${process.env.PARAPHE_PICTURES}/${what}.png`, fullPage: true });
  }
}

async function contacts(page, how) {
  await openFromMenu(page, 'Contacts');
  await page.goto(`${page.url()}?taille=10`);
  await tick(page, 'Choisir MAIRIE-00');
  await tick(page, 'Choisir MAIRIE-01');
  await turn(page, 'Suivant');
  await says(page, 'dont 2 sur d’autres pages', `${how}: the next page tells what is ticked elsewhere`);
  await tick(page, 'Choisir MAIRIE-12');
  if (page.javaScript) await says(page, 'Contacts cochés (3)', `${how}: and counts all`);
  await picture(page, `${how}: contacts ticked on several pages`);
  await turn(page, 'Précédent');
  same(await ticked(page, 'contact'), 2, `${how}: on the way back they are still ticked`);
  await page.getByRole('checkbox', { name: 'Choisir MAIRIE-01' }).uncheck({ force: !page.javaScript });
  await tick(page, 'Choisir MAIRIE-02');
  if (page.javaScript) { // without it only the buttons of the pages take what is newly ticked
    await follow(page.locator('a.sort').first());
    await page.getByLabel('Rechercher').fill('mairie 2');
    await press(page, 'Rechercher');
    await says(page, 'dont 3 sur d’autres pages', `${how}: an order and a search keep them`);
  }
  await press(page, 'Écrire');
  same(await page.locator('[name=destinataire]:checked').count(), 3,
    `${how}: the letter is for those of all pages`);
  await page.goBack();
  await openFromMenu(page, 'Contacts');
  await page.goto(`${page.url()}?taille=10`);
  await follow(page.getByRole('link', { name: 'Tout sélectionner (les 24)' }));
  same(await ticked(page, 'contact'), 10, `${how}: all of the list are ticked at once`);
  await says(page, 'dont 14 sur d’autres pages', `${how}: on all of its pages`);
  await follow(page.getByRole('link', { name: 'Ne rien sélectionner' }));
  same(await ticked(page, 'contact'), 0, `${how}: and none, at once`);
}

async function conventions(page, how) {
  await openFromMenu(page, 'Conventions');
  await page.goto(`${page.url()}?taille=10`);
  await page.locator('[name=choix]').first().check({ force: !page.javaScript });
  await turn(page, '2');
  await page.locator('[name=choix]').first().check({ force: !page.javaScript });
  await picture(page, `${how}: conventions ticked on several pages`);
  const zip = await download(page, page.getByRole('button', { name: 'Télécharger (ZIP)' }));
  same(zip.content.toString('latin1').match(/PK\x01\x02/g).length, 2,
    `${how}: what is downloaded is of both pages`);
  await turn(page, '1');
  same(await ticked(page, 'choix'), 1, `${how}: a download leaves the ticks`);
  await follow(page.getByRole('link', { name: 'Tout sélectionner (les 12)' }));
  await press(page, 'Relancer');
  await says(page, how === 'with JavaScript' ? '12 rappels partent' : 'rappel',
    `${how}: all of the list are reminded of`);
}

for (const [how, options] of [['with JavaScript', {}], ['with JavaScript on a telephone', { width: 390, height: 844 }],
  ['without JavaScript on a telephone', { width: 390, height: 844, javaScript: false }]]) {
  const page = await browser.newPage(options);
  await signIn(page, await world.account('host', 'member'), PASSWORD);
  await contacts(page, how);
  await conventions(page, how);
  test(page.faults.length === 0, `${how}: the browser complains of nothing`, ...page.faults);
}
const operator = await browser.newPage();
await signIn(operator, await world.operator(), PASSWORD);
same((await operator.goto(`${site.url}/contacts?tout=1`)).status(), 403, 'an operator has no such lists');
await finish();
