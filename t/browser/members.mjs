// An admin invites somebody, who makes an account from the mail; roles and access, at a desk and
// on a telephone.
import { finish, openBrowser, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { fill, follow, main, openFromMenu, plain, press, row, words } from '../lib/steps.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 400));
}

async function look(page, title) {
  if (page.javaScript) await testAccessible(page, title); // axe-core is a script
  await testFits(page, title);
}

function openMembers(page) {
  return follow(page.getByRole('navigation', { name: 'Parties des options' })
    .getByRole('link', { name: 'Membres' }));
}

async function invite(page, email, how) {
  await openFromMenu(page, 'Options');
  await openMembers(page);
  await look(page, `${how}: the members`);
  await page.locator('main form[method=post]').last().evaluate((form) => { form.noValidate = true; });
  await press(page, 'Envoyer l’invitation');
  await says(page, 'Ce champ est à remplir', `${how}: an invitation needs an address`);
  await look(page, `${how}: the members with an error`);
  await fill(page, { 'Son adresse électronique': email });
  await page.getByLabel('Son rôle').selectOption({ label: 'Administrateur' });
  await press(page, 'Envoyer l’invitation');
  await says(page, 'L’invitation part par courriel', `${how}: somebody is invited`);
  await look(page, `${how}: the members with an invitation`);
}

async function accept(school, email, how, options) {
  const mail = await world.mail(email, `Invitation à rejoindre ${school} sur Paraphe`);
  test(mail, `${how}: the mail comes`);
  const page = await browser.newPage(options);
  await page.goto(mail.text.match(/https:\S+jeton=\S+/)[0]);
  await look(page, `${how}: the invitation`);
  await fill(page, { 'Prénom et nom': 'Nina Nouvelle', 'Mot de passe': PASSWORD,
    'Mot de passe, une seconde fois': 'autre chose ici' });
  await press(page, 'Créer mon compte');
  await says(page, 'Les deux saisies', `${how}: two passwords that differ are told`);
  await look(page, `${how}: the invitation with an error`);
  await fill(page, { 'Mot de passe': PASSWORD, 'Mot de passe, une seconde fois': PASSWORD });
  await press(page, 'Créer mon compte');
  await says(page, 'Bienvenue sur Paraphe', `${how}: the account is made, and one is signed in`);
  test(page.faults.length === 0, `${how}: the browser complains of nothing`, ...page.faults);
  return page;
}

async function manage(page, how) {
  await openMembers(page);
  await follow(row(page, 'Nina Nouvelle').getByRole('link', { name: /Gérer/ }));
  await look(page, `${how}: a member's sheet`);
  await page.getByLabel('Rôle dans l’établissement').selectOption({ label: 'Membre' });
  await press(page, 'Changer le rôle');
  await says(page, 'Le rôle est changé', `${how}: a role is changed`);
  await follow(page.getByRole('link', { name: 'Désactiver le compte' }));
  await look(page, `${how}: the question before disabling`);
  await press(page, 'Désactiver le compte');
  await says(page, 'Le compte est désactivé', `${how}: the account is disabled`);
  await look(page, `${how}: a disabled member's sheet`);
  await press(page, 'Réactiver le compte');
  await says(page, 'Le compte est réactivé', `${how}: and enabled again`);
}

async function walk(school, title, how, options) {
  const { name } = await world.school(school, { title });
  const email = `nina.${school}.${Date.now()}@ecole.example`;
  const page = await browser.newPage(options);
  await signIn(page, await world.account(school, 'admin', 'Éléonore '.repeat(16)), PASSWORD);
  await invite(page, email, how);
  const newcomer = await accept(name, email, how, options);
  await manage(page, how);
  await newcomer.goto(`${site.url}/conventions`);
  test(new URL(newcomer.url()).pathname === '/connexion', `${how}: who was disabled is signed out`);
  await signIn(newcomer, email, PASSWORD);
  await newcomer.goto(`${site.url}/options/membres`);
  await says(newcomer, 'Votre compte ne permet pas', `${how}: a member does not see the members`);
}

const LONG = `Lycée ${'interminablement '.repeat(9)}nommé`;
await walk('host', LONG, 'with JavaScript', {});
await walk('plain', null, 'without JavaScript', { javaScript: false });
await walk('narrow', LONG, 'on a telephone', { width: 390, height: 844 });
await finish();
