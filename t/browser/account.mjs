// One's own account, from the menu: a forgotten password, sessions, another address, the second
// factor; for a member and an operator, at a desk and on a telephone.
import { createHmac } from 'node:crypto';

import { finish, openBrowser, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { fill, follow, main, openFromMenu, plain, press, words } from '../lib/steps.mjs';
import { openWorld } from '../lib/world.mjs';

const NEW = 'cinq mots encore plus longs';
const world = await openWorld();
const browser = await openBrowser();
await world.school('host');

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 400));
}

async function look(page, title) {
  if (page.javaScript) await testAccessible(page, title); // axe-core is a script
  await testFits(page, title);
}

// RFC 6238, on its own.
function totp(key, later = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + later));
  const mac = createHmac('sha1', bytes).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}

async function link(to, subject, count = 1) {
  const mail = await world.mail(to, subject, count);
  test(mail, `the mail « ${subject} » comes`);
  return mail.text.match(/https:\S+jeton=\S+/)[0];
}

async function forgotten(page, email, how) {
  await page.goto(`${site.url}/connexion`);
  await follow(page.getByRole('link', { name: 'Mot de passe oublié' }));
  await look(page, `${how}: the page of a forgotten password`);
  await fill(page, { 'Adresse électronique': email });
  await press(page, 'Recevoir un lien');
  await says(page, 'Si un compte a cette adresse', `${how}: a link is asked for`);
  await look(page, `${how}: the sign-in with a notice`);
  await page.goto(await link(email, 'Choisir un nouveau mot de passe'));
  await look(page, `${how}: choosing a password`);
  await fill(page, { 'Nouveau mot de passe': NEW, 'Nouveau mot de passe, une seconde fois': NEW });
  await press(page, 'Enregistrer le mot de passe');
  await says(page, 'Votre nouveau mot de passe est enregistré', `${how}: another one is chosen`);
  await fill(page, { 'Adresse électronique': email, 'Mot de passe': NEW });
  await press(page, 'Se connecter');
}

// A school's members find it under « Options », operators under its name.
async function openAccount(page) {
  await openFromMenu(page, /^(Options|Mon compte)$/);
}

async function sessions(page, email, how) {
  const other = await browser.newPage();
  await signIn(other, email, NEW);
  await openAccount(page);
  await look(page, `${how}: one's own account`);
  await follow(page.getByRole('link', { name: 'Voir mes sessions' }));
  await look(page, `${how}: the sessions`);
  await follow(page.getByRole('row').filter({ hasNotText: 'Cette session' })
    .getByRole('button', { name: /Déconnecter la session/ }).first());
  await says(page, 'La session est terminée', `${how}: a session is ended`);
  await other.goto(`${site.url}/options/profil`);
  test(new URL(other.url()).pathname === '/connexion', `${how}: the other browser is signed out`);
}

async function address(page, email, how) {
  const next = email.replace('@', '.autre@');
  await openAccount(page);
  await follow(page.getByRole('link', { name: 'Changer d’adresse' }));
  await look(page, `${how}: another address`);
  await fill(page, { 'Nouvelle adresse électronique': next, 'Votre mot de passe': NEW });
  await press(page, 'Envoyer les liens');
  await says(page, 'Deux liens viennent de partir', `${how}: another address is asked for`);
  await look(page, `${how}: another address, waited for`);
  await page.goto(await link(email, 'Confirmer le changement d’adresse de votre compte'));
  await look(page, `${how}: the link of an address`);
  await press(page, 'Confirmer le changement');
  await says(page, 'C’est confirmé pour cette adresse', `${how}: the present address confirms`);
  await look(page, `${how}: an address that has confirmed`);
  await page.goto(await link(next, 'Confirmer votre nouvelle adresse'));
  await press(page, 'Confirmer le changement');
  await says(page, 'L’adresse du compte est changée', `${how}: so does the new one`);
  return next;
}

async function setUp(page, how) {
  await openAccount(page);
  await follow(page.getByRole('link', { name: 'Mettre en place' }));
  await look(page, `${how}: the second factor before`);
  await fill(page, { 'Votre mot de passe': NEW });
  await press(page, 'Commencer');
  await look(page, `${how}: the QR code`);
  const key = (await words(page.locator('.qr-facts code')));
  test(/^[A-Z2-7]{32}$/.test(key), `${how}: the key is written`, key);
  await fill(page, { 'Code à six chiffres': '000000' });
  await press(page, 'Activer la double authentification');
  await says(page, 'Ce code est inexact', `${how}: a wrong code is told`);
  await look(page, `${how}: the QR code with an error`);
  await fill(page, { 'Code à six chiffres': totp(key) });
  await press(page, 'Activer la double authentification');
  await look(page, `${how}: the recovery codes`);
  const codes = await page.locator('.recovery li').allInnerTexts();
  test(codes.length === 10, `${how}: ten recovery codes are shown`, codes);
  await follow(page.getByRole('link', { name: 'C’est noté' }));
  return { key, codes };
}

async function factor(page, email, how) {
  const { key, codes } = await setUp(page, how);
  await press(page, 'Se déconnecter');
  await signIn(page, email, NEW);
  await look(page, `${how}: the second step`);
  await fill(page, { Code: 'essai' });
  await press(page, 'Se connecter');
  await says(page, 'Ce code est inexact', `${how}: a wrong code is told at the sign-in`);
  await look(page, `${how}: the second step with an error`);
  await fill(page, { Code: totp(key, 1) });
  await press(page, 'Se connecter');
  await openAccount(page);
  await follow(page.getByRole('link', { name: 'Gérer la double authentification' }));
  await look(page, `${how}: the second factor in force`);
  await fill(page, { 'Votre mot de passe': NEW, 'Code de votre application, ou code de secours': codes[0] });
  await press(page, 'Désactiver la double authentification');
  await says(page, 'La double authentification est désactivée', `${how}: it is disabled`);
}

async function everywhere(page, how) {
  await openAccount(page);
  await follow(page.getByRole('link', { name: 'Voir mes sessions' }));
  await press(page, 'Déconnecter partout');
  await says(page, 'Vous êtes déconnecté partout', `${how}: one is signed out everywhere`);
}

async function walk(email, how, options) {
  const page = await browser.newPage(options);
  await forgotten(page, email, how);
  await sessions(page, email, how);
  const next = await address(page, email, how);
  await factor(page, next, how);
  await everywhere(page, how);
  test(page.faults.length === 0, `${how}: the browser complains of nothing`, ...page.faults);
}

await walk(await world.account('host', 'member'), 'a member', {});
await walk(await world.account('host', 'member'), 'without JavaScript', { javaScript: false });
await walk(await world.operator(), 'an operator on a telephone', { width: 390, height: 844 });
await finish();
