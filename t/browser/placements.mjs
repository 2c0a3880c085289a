// « Liste des stages » as a host and a school of origin use it, with and without JavaScript, at a
// desk and on a telephone.
import { finish, openBrowser, same, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { fill, follow, leave, main, openFromMenu, plain, press, row, testMail, words } from '../lib/steps.mjs';
import { frenchDay, openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
const host = await world.school('host');
const origin = await world.school('origin');
await world.school('other');
const mark = host.name.split(' ')[1];

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 500));
}

function link(page, name) {
  return follow(main(page).getByRole('link', { name }));
}

// Whose walk it is, so that no mail is taken for another's.
function kind(how) {
  return how.startsWith('without') ? 'B' : 'A';
}

function second(how) {
  return `SECOND ${mark} ${kind(how)}`;
}

const TRAINEE = { Prénom: 'Zoé', 'Date de naissance': '03-02-2012', Classe: '3e B',
  'Nom et prénom': 'Claude Essai', Téléphone: '06 01 02 03 04',
  'Adresse électronique': 'famille@courriel.example' };

// A host proposes a placement: a draft, looked at, mended, published.
async function propose(page, title, how) {
  await openFromMenu(page, 'Liste des stages');
  await link(page, 'Proposer un stage');
  await fill(page, { Intitulé: title, 'Présentation, en Markdown (facultatif)': 'Prévoir **des gants**.' });
  await press(page, 'Voir l’aperçu de la présentation');
  test(await main(page).locator('.preview strong').innerText() === 'des gants',
    `${how}: the description is looked at before it is kept`);
  await fill(page, { 'Jour du stage': frenchDay(20), 'Heure d’arrivée': '8h30', 'Heure de fin': '16:30',
    'Nombre de places': '1', 'Inscriptions jusqu’au': frenchDay(30) });
  await page.locator('main form').evaluate((form) => { form.noValidate = true; });
  await press(page, 'Enregistrer comme brouillon');
  await says(page, 'Les inscriptions se terminent au plus tard le jour du stage.',
    `${how}: a closing day after the placement is told`);
  test(await page.getByLabel('Présentation, en Markdown (facultatif)').inputValue()
    === 'Prévoir **des gants**.', `${how}: what was typed is kept`);
  await fill(page, { 'Inscriptions jusqu’au': frenchDay(15) });
  await press(page, 'Enregistrer comme brouillon');
  await says(page, 'Ce stage est un brouillon', `${how}: a draft is kept`);
  await press(page, 'Publier le stage');
  await says(page, 'Le stage est publié', `${how}: and published`);
  return new URL(page.url()).pathname;
}

// A school finds it, registers one trainee, and puts another on the waiting list.
async function fillUp(page, path, title, how) {
  await openFromMenu(page, 'Liste des stages');
  await fill(page, { Rechercher: title });
  await press(page, 'Rechercher');
  await follow(row(page, title).getByRole('link', { name: /^Inscrire/ }));
  await fill(page, { Nom: `PREMIER ${mark} ${kind(how)}`, ...TRAINEE });
  await press(page, 'Inscrire et créer la convention');
  const convention = new URL(page.url()).pathname;
  await page.goto(site.url + path);
  test(await main(page).getByRole('link', { name: 'Modifier' }).count() === 0,
    `${how}: who does not host it has nothing to change`);
  await link(page, 'Mettre un stagiaire sur la liste d’attente');
  await fill(page, { Nom: second(how), ...TRAINEE });
  await press(page, 'Mettre sur la liste d’attente');
  await says(page, 'Son rang est indiqué ci-dessous', `${how}: a trainee waits`);
  await link(page, /^Retirer/);
  await press(page, 'Retirer de la liste d’attente');
  await says(page, 'n’est plus sur la liste d’attente', `${how}: is withdrawn`);
  await link(page, 'Mettre un stagiaire sur la liste d’attente');
  await fill(page, { Nom: second(how), ...TRAINEE });
  await press(page, 'Mettre sur la liste d’attente');
  await says(page, 'n° 1', `${how}: and comes back, with a rank`);
  return convention;
}

async function promote(page, path, convention, title, how) {
  await page.goto(`${site.url}${convention}/annuler`);
  await press(page, 'Annuler l’inscription');
  await page.goto(site.url + path);
  await says(page, second(how), `${how}: the place goes to who waited`);
  await testMail(world, origin.email, `Place obtenue pour Zoé ${second(how)}, convention à signer – `
    + `stage du ${frenchDay(20)}`, { says: `était sur la liste d’attente du stage « ${title} »` });
}

// The host changes it, prints the sheet, repeats and copies it, closes and opens it, cancels it.
async function keep(page, path, title, how) {
  await page.goto(site.url + path);
  await link(page, 'Modifier');
  await fill(page, { 'Lieu (facultatif)': 'Gymnase' });
  test(await page.getByLabel(/refaire la convention/).isChecked(),
    `${how}: the convention not yet returned is proposed to be made anew`);
  await press(page, 'Enregistrer les modifications');
  await says(page, 'sont refaites', `${how}: a change is taken, and the convention made anew`);
  const mail = await testMail(world, origin.email, `Stage modifié : ${title} – stage du ${frenchDay(20)}`,
    { says: 'Gymnase' });
  test(mail, `${how}: the school is told of it`);
  const sheet = await (await page.context().request.get(`${site.url}${path}/emargement`)).body();
  test(sheet.subarray(0, 5).equals(Buffer.from('%PDF-'))
    && await main(page).getByRole('link', { name: 'Feuille d’émargement (PDF)' })
      .getAttribute('href') === `${path}/emargement`, `${how}: the attendance sheet is there`);
  await link(page, 'Répéter chaque semaine');
  const boxes = main(page).getByRole('checkbox');
  same(await boxes.count(), 6, `${how}: six weeks are proposed`);
  for (const index of [0, 1, 2, 3, 4, 5]) {
    await boxes.nth(index).setChecked(index === 0 || index === 2, { force: !page.javaScript });
  }
  await press(page, 'Publier à ces dates');
  await says(page, 'Le stage est ajouté aux dates choisies', `${how}: the days left are taken`);
  same(await row(page, title).count(), 3, `${how}: three placements stand in the list`);
  await page.goto(site.url + path);
  await link(page, 'Dupliquer');
  test(await page.getByLabel('Intitulé').inputValue() === title
    && await page.getByLabel('Jour du stage').inputValue() === '',
    `${how}: a copy has everything but the days`);
  await page.goto(site.url + path);
  await press(page, 'Clore les inscriptions');
  await says(page, 'Les inscriptions sont closes', `${how}: it is closed`);
  await press(page, 'Rouvrir les inscriptions');
  await says(page, 'de nouveau ouvertes', `${how}: and opened again`);
  await link(page, 'Annuler le stage');
  await fill(page, { 'Motif, communiqué aux établissements d’origine': 'Atelier fermé.' });
  await press(page, 'Annuler le stage');
  await says(page, 'Ce stage est annulé. Motif : Atelier fermé.', `${how}: it is cancelled`);
  await testMail(world, origin.email, `Inscription de Zoé ${second(how)} annulée – stage du `
    + frenchDay(20), { says: 'Atelier fermé.' });
}

async function filter(page, how) {
  await openFromMenu(page, 'Liste des stages');
  await fill(page, { Rechercher: mark });
  const choose = async (name, value) => {
    const field = page.getByLabel(name, { exact: true });
    if (page.javaScript) await leave(page, () => field.selectOption(value));
    else await field.selectOption(value);
  };
  await choose('État', 'annules');
  if (!page.javaScript) await press(page, 'Rechercher');
  test(/etat=annules/.test(page.url()), `${how}: a filter stands in the address`, page.url());
  await says(page, 'Annulé', `${how}: what is cancelled is found`);
}

async function walk(how, options) {
  const title = `Stage ${how.includes('telephone') ? 'au téléphone' : 'au bureau'} ${mark}`;
  const hosts = await browser.newPage(options);
  const origins = await browser.newPage(options);
  await signIn(hosts, await world.account('host', 'member'), PASSWORD);
  await signIn(origins, await world.account('origin', 'member'), PASSWORD);
  const path = await propose(hosts, title, how);
  const convention = await fillUp(origins, path, title, how);
  await promote(origins, path, convention, title, how);
  await keep(hosts, path, title, how);
  await filter(hosts, how);
  for (const page of [hosts, origins]) {
    same(page.faults.join('\n'), '', `${how}: the console has nothing to complain of`);
  }
}

// Every page and state, with the longest names.
async function look() {
  const full = await world.placement('host', { title: 'Découverte approfondie des métiers de l’électricité '.repeat(3).trim(), day: 20, capacity: 1 });
  await world.register('origin', full, { last_name: 'DE LA ROCHE-SŒUR VON '.repeat(4).trim() });
  const admin = await world.account('host', 'admin');
  const secretary = await world.account('origin', 'admin');
  for (const width of [1280, 390]) {
    const size = { width, height: width < 600 ? 844 : 900 };
    const origins = await browser.newPage(size);
    await signIn(origins, secretary, PASSWORD);
    await origins.goto(`${site.url}/stages/${full}/attente`);
    await look1(origins, `/stages/N/attente at ${width} px`);
    await fill(origins, { Nom: `${'WYSOKIE-MAZOWIECKIE '.repeat(4)}${width}`, ...TRAINEE });
    await press(origins, 'Mettre sur la liste d’attente');
    await look1(origins, `a waiting list of the origin's at ${width} px`);
    await follow(main(origins).getByRole('link', { name: /^Retirer/ }).first());
    await look1(origins, `/stages/N/attente/N/retirer at ${width} px`);
    const page = await browser.newPage(size);
    await signIn(page, admin, PASSWORD);
    for (const path of ['/stages', '/stages?periode=passes&etat=brouillons', '/stages/nouveau',
      ...['', '/modifier', '/dupliquer', '/repeter', '/repeter?jusqu=x', '/annuler']
        .map((part) => `/stages/${full}${part}`)]) {
      await page.goto(site.url + path);
      await look1(page, `${path.replace(full, 'N')} at ${width} px`);
    }
    await page.goto(`${site.url}/stages/nouveau`);
    await page.locator('main form').evaluate((form) => { form.noValidate = true; });
    await press(page, 'Publier le stage');
    await look1(page, `a refused form at ${width} px`);
  }
}

async function look1(page, title) {
  await testAccessible(page, title);
  await testFits(page, title);
}

await walk('with JavaScript', {});
await walk('without JavaScript on a telephone', { width: 390, height: 844, javaScript: false });
await look();
await finish();
