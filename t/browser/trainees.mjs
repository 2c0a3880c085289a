// « Stagiaires » as a school's secretary uses it: a class imported, corrected, registered as a group,
// exported; with and without JavaScript, at a desk and on a telephone.
import { finish, openBrowser, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { download, fill, follow, main, openFromMenu, plain, press, row, words } from '../lib/steps.mjs';
import { frenchDay, openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
await world.school('host');
const schools = { desk: await world.school('desk'), phone: await world.school('phone') };
await world.school('wide');

const TITLES = 'Nom;Prénom;Né(e) le;Classe;Responsable légal 1;Tél.;Courriel;INE\r\n';
const GOOD = 'DUPONT;Élodie;03/02/2012;3e B;Mme Dupont;612345678;dupont@courriel.example;1\r\n'
  + 'MARTIN;Léo;04/02/2012;3e B;M. Martin;06 11 22 33 44;martin@courriel.example;2\r\n';

// A file as Excel in French writes it.
function table(text) {
  return { name: 'Classe 3e B.csv', mimeType: 'text/csv', buffer: Buffer.from(TITLES + text, 'latin1') };
}

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 600));
}

async function send(page, text) {
  await page.setInputFiles('#fichier', table(text));
  await press(page, 'Lire le fichier et voir ce qu’il changera');
}

async function importing(page, how) {
  await openFromMenu(page, 'Stagiaires');
  await says(page, 'pas encore de stagiaire', `${how}: a list of nobody says how to begin`);
  await follow(page.getByRole('link', { name: 'Importer un fichier CSV' }));
  await send(page, `${GOOD}PETIT;Tom;31/02/2012;3e B;;;petit@nulle-part;3\r\n`);
  await says(page, '1 ligne à corriger', `${how}: a wrong row is counted`);
  const faults = await words(page.getByRole('region', { name: 'Lignes à corriger' }));
  test(faults.includes('31/02/2012') && faults.includes('petit@nulle-part'),
    `${how}: and shown with all that is wrong in it`, faults);
  test(await page.getByRole('button', { name: /^Importer/ }).count() === 0,
    `${how}: then nothing can be imported`);
  await send(page, `${GOOD}PETIT;Tom;05/02/2012;3e B;;;;3\r\n`);
  await says(page, '3 stagiaires à créer', `${how}: the mended file is previewed`);
  await says(page, 'INE', `${how}: what serves for nothing is told`);
  await press(page, /^Importer : créer 3/);
  await says(page, 'L’import est terminé', `${how}: and imported`);
}

async function narrowing(page, how) {
  const choose = async (label, option) => {
    const select = page.getByLabel(label, { exact: true });
    if (page.javaScript) {
      await Promise.all([page.waitForEvent('load'), select.selectOption(option)]);
    } else {
      await select.selectOption(option);
      await press(page, 'Rechercher');
    }
  };
  await choose('Conventions', 'Données à compléter');
  await says(page, 'PETIT', `${how}: the list is narrowed to what is to be completed`);
  test(!(await words(main(page))).includes('DUPONT'), `${how}: and has nobody else`);
  await choose('Conventions', 'Tous les stagiaires');
  await choose('Classe', '3e B');
  const got = await download(page, page.getByRole('link', { name: /^Exporter/ }));
  test(got.content.toString('utf8').startsWith('\ufeffNom;Prénom;') &&
    got.content.includes('DUPONT;Élodie;03/02/2012;3e B;Mme Dupont;06 12 34 56 78'),
  `${how}: the class is exported`, got.name, got.content.toString('utf8').slice(0, 300));
  await follow(page.getByRole('link', { name: /^PETIT/ }));
  await follow(page.getByRole('link', { name: 'Compléter les données' }));
  await fill(page, { 'Nom et prénom': 'Mme Petit', 'Téléphone': '06 55 44 33 22' });
  await page.getByLabel('Adresse électronique').fill('petit@courriel.example');
  await press(page, 'Enregistrer la correction');
  await says(page, 'Mme Petit', `${how}: who lacked something is completed`);
}

async function group(page, school, how) {
  const title = `Groupe ${how}`;
  await world.placement('host', { title, day: 30, closes: 20, capacity: 2 });
  await openFromMenu(page, 'Liste des stages');
  await page.getByLabel('Rechercher').fill(title);
  await press(page, 'Rechercher');
  await follow(row(page, title).getByRole('link', { name: /^Info/ }));
  await follow(page.getByRole('link', { name: 'Inscrire un groupe' }));
  await page.getByLabel('Classe').selectOption({ label: '3e B (3)' });
  if (!page.javaScript) await press(page, 'Afficher');
  else await page.waitForURL(/classe=/);
  await follow(page.getByRole('link', { name: 'Tout cocher' }));
  await press(page, 'Inscrire les stagiaires cochés');
  await says(page, 'pas assez de places', `${how}: three do not go on two places`);
  await page.getByLabel(/^PETIT/).uncheck({ force: !page.javaScript });
  await press(page, 'Inscrire les stagiaires cochés');
  await says(page, 'Tous les stagiaires cochés sont inscrits', `${how}: two do`);
  const mail = await world.mail(schools[school].email,
    `Convention de Léo MARTIN à signer – stage du ${frenchDay(30)}`);
  test(mail && mail.files.length === 1, `${how}: and each convention comes by mail`);
}

async function correcting(page, how) {
  await openFromMenu(page, 'Stagiaires');
  await follow(page.getByRole('link', { name: /^DUPONT/ }));
  await follow(page.getByRole('link', { name: 'Corriger les données' }));
  await fill(page, { Classe: '3e C' });
  test(await page.getByLabel(/^La remplacer par une nouvelle/).isChecked(),
    `${how}: a correction offers to replace the open convention`);
  await press(page, 'Enregistrer la correction');
  await says(page, 'Une nouvelle convention remplace', `${how}: which is then replaced`);
  await openFromMenu(page, 'Stagiaires');
  await follow(page.getByRole('link', { name: 'Ajouter un stagiaire' }));
  await fill(page, { Nom: 'BREF', 'Prénom': 'Zoé', 'Date de naissance': '01/02/2012', Classe: '4e' });
  await press(page, 'Enregistrer le stagiaire');
  await follow(page.getByRole('link', { name: 'Supprimer' }));
  await says(page, 'sans retour possible', `${how}: a removal asks first`);
  await press(page, 'Supprimer Zoé BREF');
  await says(page, 'Le stagiaire est supprimé', `${how}: and is done`);
}

async function walk(school, how, options) {
  const page = await browser.newPage(options);
  await signIn(page, await world.account(school, 'member'), PASSWORD);
  await importing(page, how);
  await narrowing(page, how);
  await group(page, school, how);
  await correcting(page, how);
  test(page.faults.every((fault) => /422|409|status of/.test(fault)),
    `${how}: the browser complains of nothing`, ...page.faults);
}

const LONG = 'Anne-Éléonore-Marie-Françoise-Bénédicte';
const NAMES = `DE LA ROCHEFOUCAULD-MONTMORENCY-LUXEMBOURG-${'X'.repeat(56)};${LONG};03/02/2012;`
  + 'Seconde générale et technologique, groupe 2-bis;Madame et Monsieur de La Rochefoucauld;'
  + `0612345678;${'a'.repeat(60)}@${'b'.repeat(60)}.example;1\r\n`;

// Every page, at both widths, with the longest names.
async function look() {
  const address = await world.account('wide', 'admin');
  const placement = await world.placement('host', { title: 'Regards', day: 30, closes: 20 });
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ width, height: width < 600 ? 844 : 900 });
    const look = async (what) => {
      await testAccessible(page, `${what} at ${width} px`);
      await testFits(page, `${what} at ${width} px`);
    };
    await signIn(page, address, PASSWORD);
    await page.goto(`${site.url}/stagiaires/import`);
    await look('the import');
    await send(page, `${NAMES}${NAMES.replace('03/02', '31/02')}`);
    await look('a preview with faults');
    await page.goto(`${site.url}/stagiaires/import`);
    await send(page, NAMES + (width < 600 ? 'NEUF;Léo;03/02/2012;3e;;;;\r\n' : '')
      + NAMES.replace('0612345678', '0611111111'));
    await look('a preview');
    if (width > 600) await press(page, /^Importer/);
    const id = (await world.sql('SELECT MAX(id) FROM trainee'))[0][0];
    const long = (await world.sql(`SELECT class_name FROM trainee WHERE id = ${id}`))[0][0];
    for (const path of ['/stagiaires', '/stagiaires?etat=validees', '/stagiaires/nouveau',
      `/stagiaires/${id}`, `/stagiaires/${id}/modifier`, `/stagiaires/${id}/supprimer`,
      `/stages/${placement}/groupe`,
      `/stages/${placement}/groupe?classe=${encodeURIComponent(long)}`]) {
      await page.goto(site.url + path);
      await look(path.replace(/\d+/, 'N'));
    }
  }
}

async function who() {
  for (const [role, school, there] of [['admin', 'host', 1], ['member', 'host', 1],
    ['operator', null, 0]]) {
    const page = await browser.newPage();
    await signIn(page, await world.account(school, role), PASSWORD);
    test(await page.getByRole('navigation', { name: 'Menu principal' })
      .getByRole('link', { name: 'Stagiaires', exact: true }).count() === there,
    `${role} ${there ? 'has' : 'does not have'} the entry in the menu`);
    const answer = await page.goto(`${site.url}/stagiaires`);
    test(answer.status() === (there ? 200 : 403), `${role} gets ${there ? 200 : 403}`);
  }
}

await walk('desk', 'with JavaScript', {});
await walk('phone', 'without JavaScript on a telephone', { width: 390, height: 844, javaScript: false });
await look();
await who();
await finish();
