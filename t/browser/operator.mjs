// The operator's work as it is done: an establishment is created and gets a licence and an admin, a
// table of others is imported, mails and history are looked after; with and without JavaScript, at a
// desk and on a telephone.
import { finish, openBrowser, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { fill, follow, main, openFromMenu, plain, press, row, words } from '../lib/steps.mjs';
import { frenchDay, openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
const host = await world.school('host');
const origin = await world.school('origin');
const placement = await world.placement('host');
const convention = await world.register('origin', placement);
const operator = await world.operator();

// A UAI nobody has: seven digits and their letter.
async function newUai() {
  const digits = String(Math.floor(Math.random() * 10 ** 7)).padStart(7, '0');
  return digits + 'ABCDEFGHJKLMNPRSTUVWXYZ'[Number(digits) % 23];
}

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 600));
}

function openTab(page, list, tab) {
  return follow(page.getByRole('navigation', { name: list }).getByRole('link', { name: tab }));
}

async function search(page, text) {
  await page.getByRole('searchbox').fill(text);
  await press(page, 'Rechercher');
}

async function establishment(page, how) {
  const uai = await newUai();
  const name = `Lycée Neuf ${uai}`;
  await openFromMenu(page, 'Établissements');
  await follow(page.getByRole('link', { name: 'Créer un établissement' }));
  await fill(page, { 'Code UAI': `${uai.slice(0, 7)}I`, Nom: name,
    'Adresse électronique': `ce.${uai.toLowerCase()}@ecole.example` });
  await press(page, 'Créer l’établissement');
  await says(page, `la lettre est ${uai[7]}.`, `${how}: a wrong letter is told with the right one`);
  await fill(page, { 'Code UAI': uai });
  await press(page, 'Créer l’établissement');
  await says(page, 'L’établissement est créé', `${how}: an establishment is created`);
  await fill(page, { 'Dernier jour': frenchDay(20) });
  await press(page, 'Ajouter la licence');
  await says(page, `Se termine le ${frenchDay(20)}`, `${how}: and has a licence`);
  await openFromMenu(page, 'Établissements');
  await openTab(page, 'Établissements selon leur licence et leurs comptes', 'se termine dans 30');
  await search(page, uai);
  test(await row(page, name).count() === 1, `${how}: it stands among those whose licence ends soon`);
  return { uai, name };
}

async function invitation(page, how, school) {
  const address = `admin.${school.uai.toLowerCase()}@ecole.example`;
  await follow(main(page).getByRole('link', { name: school.name }));
  await follow(main(page).getByRole('link', { name: 'Inviter quelqu’un' }));
  await fill(page, { 'Son adresse électronique': address });
  await press(page, 'Envoyer l’invitation');
  await says(page, address, `${how}: its admin is invited`);
  const sent = await world.sql(`SELECT name FROM message WHERE to_address = '${address}'`);
  test(sent.length === 1 && sent[0][0] === 'account-invitation', `${how}: by a mail`, sent);
}

async function directory(page, how) {
  const uai = await newUai();
  const table = (city) => ({ name: 'établissements.csv', mimeType: 'text/csv',
    buffer: Buffer.from(`RNE;Nom;Commune;Mail\r\n${uai};Collège Importé ${uai};${city};`
      + `ce.${uai.toLowerCase()}@ecole.example\r\n${city === 'Brest' ? '0691234T;X;;x@y.fr\r\n' : ''}`) });
  await openFromMenu(page, 'Établissements');
  await follow(main(page).getByRole('link', { name: 'Importer un fichier' }));
  await page.setInputFiles('#fichier', table('Brest'));
  await press(page, 'Lire le fichier');
  await says(page, '1 ligne à corriger', `${how}: a table with a mistake is not taken`);
  await page.setInputFiles('#fichier', table('Brive'));
  await press(page, 'Lire le fichier');
  await says(page, '1 établissement à créer', `${how}: the corrected one is shown first`);
  await press(page, 'Importer : créer 1');
  await says(page, 'L’import est terminé', `${how}: and written when one says so`);
  await follow(main(page).getByRole('link', { name: 'Importer un fichier' }));
  await page.setInputFiles('#fichier', table('Brive'));
  await press(page, 'Lire le fichier');
  await says(page, 'Tout est déjà à jour', `${how}: a second time there is nothing to do`);
}

async function accounts(page, how) {
  const address = await world.account('origin', 'member', 'Zoé Partante');
  await openFromMenu(page, 'Comptes');
  await search(page, address);
  await follow(main(page).getByRole('link', { name: 'Zoé Partante' }));
  await follow(main(page).getByRole('link', { name: 'Désactiver le compte' }));
  await press(page, 'Désactiver le compte');
  await says(page, 'Le compte est désactivé', `${how}: an account is disabled`);
  await press(page, 'Réactiver le compte');
  await says(page, 'Le compte est réactivé', `${how}: and enabled again`);
  await page.getByLabel('Rôle', { exact: true }).selectOption({ label: 'Administrateur' });
  await fill(page, { 'Code UAI de son établissement': host.uai });
  await press(page, 'Changer le rôle ou l’établissement');
  await says(page, 'Le rôle est changé', `${how}: role and establishment are changed`);
  await says(page, `Administrateur, ${host.name}`, `${how}: which the account's events say`);
  const mail = await world.mail(address, 'Le rôle de votre compte a changé');
  test(mail && plain(mail.text).includes(plain(`administrateur de ${host.name}`)),
    `${how}: and a mail to whose account it is`, mail && mail.text);
}

async function mails(page, how) {
  const [[number]] = await world.sql(`SELECT MIN(id) FROM message WHERE convention_id = ${convention}`);
  await world.sql("UPDATE message SET state = 'failed', next_attempt_at = NULL, sent_at = NULL, "
    + "error_key = 'mail-mailbox-full', last_error = '552 mailbox full' "
    + `WHERE id = ${number}`);
  await openFromMenu(page, 'Courriels');
  await openTab(page, 'États des courriels', 'Abandonnés');
  await search(page, origin.email);
  await says(page, 'La boîte du destinataire est pleine', `${how}: a lost mail is told with its reason`);
  await follow(row(page, origin.email).getByRole('link').first());
  await says(page, '552 mailbox full', `${how}: its page has the server's own words`);
  await press(page, 'Relancer l’envoi');
  await says(page, 'Le courriel est remis en file', `${how}: it is sent anew`);
}

async function history(page, how) {
  await openFromMenu(page, 'Historique');
  await fill(page, { Établissement: origin.uai });
  await page.getByLabel('Événement', { exact: true }).selectOption({ label: 'Convention générée' });
  await press(page, 'Filtrer');
  const found = await words(row(page, origin.name).first());
  test(found.includes(`n° ${convention}`) && found.includes(plain(host.name)),
    `${how}: the history of one establishment is found`, found);
  await follow(main(page).getByRole('link', { name: 'Vérifier l’historique' }));
  await press(page, /Vérifier l’historique|Recommencer au début/);
  for (let i = 0; i < 20 && !(await words(main(page))).includes('Terminée le'); i += 1) {
    if (page.javaScript) await page.waitForTimeout(500); // it goes on by itself
    else await press(page, 'Continuer la vérification');
  }
  await says(page, 'Terminée le', `${how}: its chains are checked to the end`);
}

async function walk(how, options) {
  const page = await browser.newPage(options);
  await signIn(page, operator, PASSWORD);
  const school = await establishment(page, how);
  await invitation(page, how, school);
  await directory(page, how);
  await accounts(page, how);
  await mails(page, how);
  await history(page, how);
  test(page.faults.length === 0 || page.faults.every((fault) => /422|status of/.test(fault)),
    `${how}: the browser complains of nothing`, ...page.faults);
}

// Every page at both widths, lists with much in them, with the longest names, and with nothing.
async function look() {
  const [[school]] = await world.sql(`SELECT id FROM establishment WHERE uai = '${host.uai}'`);
  const [[account]] = await world.sql(`SELECT MIN(id) FROM account WHERE establishment_id = ${school}`);
  const [[mail]] = await world.sql(`SELECT MIN(id) FROM message WHERE convention_id = ${convention}`);
  await world.sql(`UPDATE establishment SET name = REPEAT('W', 200), city = REPEAT('W', 100), address = `
    + `REPEAT('x', 300) WHERE id = ${school}`);
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ width, height: width < 600 ? 844 : 900 });
    await signIn(page, operator, PASSWORD);
    for (const path of ['/etablissements?taille=100', `/etablissements?q=${host.uai}`,
      '/etablissements?q=nulle+part', '/etablissements/nouveau', '/etablissements/import',
      `/etablissements/${school}`, `/etablissements/${school}/modifier`, '/comptes?taille=100',
      '/comptes?qui=invites', '/comptes?q=nulle+part', '/comptes/inviter', `/comptes/${account}`,
      `/comptes/${account}/desactiver`, `/comptes/${account}/double`, '/courriels?etat=tous&taille=100', '/courriels?q=nulle+part',
      `/courriels/${mail}`, '/historique?taille=100', '/historique?du=31-02-2026&acteur=personne',
      '/historique/verification']) {
      await page.goto(site.url + path);
      await testAccessible(page, `${path} at ${width} px`);
      await testFits(page, `${path} at ${width} px`);
    }
  }
  await world.sql(`UPDATE establishment SET name = 'Lycée' WHERE id = ${school}`);
}

await walk('with JavaScript', {});
await walk('without JavaScript on a telephone', { width: 390, height: 844, javaScript: false });
await look();
await finish();
