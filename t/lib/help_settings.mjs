// The help pages for a school's settings and one's own account (t/lib/guide.mjs).
import { createHmac } from 'node:crypto';

import { openGuide, slice } from './guide.mjs';
import { openRow } from './help_host.mjs';

export async function walkSettings({ host, colleague, origin }, password) {
  await walkSchool(host);
  await walkText(host);
  await walkMembers(host);
  await walkMails(host);
  await walkAccount(origin);
  await walkFactor(colleague, password);
}

const parts = (guide) => guide.page.getByRole('navigation', { name: 'Parties des options' });

async function walkSchool(page) {
  const guide = openGuide('regler-l-etablissement', page);
  await guide.step(1, async () => {
    await guide.menu('Options');
    await guide.picture('options', [guide.main.locator('.options-tabs'), guide.part('L’établissement')]);
  });
  await guide.step(2, () => guide.see());
  await guide.step(3, () => guide.see());
  await guide.step(4, () => guide.click('Enregistrer'));
  await guide.step(5, async () => {
    await guide.click('Logo et signature', parts(guide));
    await pictureOfImage(guide, 'logo', 'Logo de l’établissement', [0, 0.3]);
  });
  await guide.step(6, () => pictureOfImage(guide, 'signature', 'Signature du chef d’établissement', [0.4, 0.7]));
  await guide.step(7, () => guide.see());
  guide.end();
}

async function pictureOfImage(guide, name, title, part) {
  const card = guide.card(title);
  await card.locator('img').evaluate(async (image) => {
    image.loading = 'eager';
    await image.decode();
  });
  await guide.picture(name, [slice(card.locator('img'), ...part)]);
}

async function walkText(page) {
  const guide = openGuide('texte-de-la-convention', page);
  await guide.step(1, async () => {
    await guide.menu('Options');
    await guide.click('Texte de la convention', parts(guide));
    await guide.picture('texte', [guide.card('Texte')]);
  });
  await guide.step(2, () => guide.see());
  await guide.step(3, async () => {
    const [paper] = await Promise.all([page.waitForEvent('download'),
      guide.control('Télécharger l’aperçu en PDF').click()]);
    await paper.path();
    await guide.click('Voir l’aperçu');
  });
  await guide.step(4, () => guide.see());
  guide.end();
}

async function walkMembers(page) {
  const guide = openGuide('membres', page);
  await guide.step(1, async () => {
    await guide.menu('Options');
    await guide.click('Membres', parts(guide));
  });
  await guide.step(2, async () => {
    await guide.fill({ 'Son adresse électronique': 'cpe@rosa-bonheur.example' });
    await guide.picture('inviter', [guide.card('Inviter un membre')], guide.control('Envoyer l’invitation'));
    await guide.click('Envoyer l’invitation');
  });
  await guide.step(3, async () => {
    await guide.picture('membres', [guide.main.locator('.card-list')]);
  });
  await guide.step(4, async () => {
    await openRow(guide, 'Nadia Ferrand');
  });
  await guide.step(5, async () => {
    await guide.picture('membre', [guide.main.locator('h1'), guide.main.locator('.card').first(),
      guide.main.locator('.card').last()]);
  });
  guide.end();
}

async function walkMails(page) {
  const guide = openGuide('courriels-et-rappels', page);
  await guide.step(1, async () => {
    await guide.menu('Options');
    await guide.click('Courriels et rappels', parts(guide));
  });
  await guide.step(2, () => guide.see());
  await guide.step(3, () => guide.see());
  await guide.step(4, async () => {
    await guide.field('Envoyer des rappels').check();
    await guide.fill({ 'Combien de jours avant le stage': '14, 7, 2' });
    await guide.picture('rappels', [guide.part('Les rappels')]);
  });
  await guide.step(5, async () => {
    await guide.click('Enregistrer');
    await guide.click('Envoyer un courriel d’essai');
  });
  guide.end();
}

async function walkAccount(page) {
  const guide = openGuide('mon-compte', page);
  await guide.step(1, async () => {
    await guide.menu('Options');
    await guide.picture('mon-compte', [guide.main.locator('h1'), guide.card('Nom'),
      guide.card('Mot de passe')]);
  });
  await guide.step(2, () => guide.click('Enregistrer le nom'));
  await guide.step(3, () => guide.see());
  await guide.step(4, async () => {
    await guide.click('Changer d’adresse');
    await page.goBack();
  });
  await guide.step(5, async () => {
    await guide.click('Voir mes sessions');
    await guide.picture('sessions', [guide.main.locator('h1'), guide.main.locator('table')]);
  });
  guide.end();
}

// RFC 6238, as an application on a telephone computes it.
function codeOf(key) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replace(/[^A-Z2-7]/g, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}

// No picture of this one: the QR code and the codes are secrets to be kept.
async function walkFactor(page, password) {
  const guide = openGuide('double-authentification', page);
  await guide.step(1, async () => {
    await guide.menu('Options');
    await guide.click('Mettre en place');
  });
  await guide.step(2, async () => {
    await guide.fill({ 'Votre mot de passe': password });
    await guide.click('Commencer');
  });
  await guide.step(3, async () => {
    const key = await guide.main.locator('code').first().innerText();
    await guide.fill({ 'Code à six chiffres': codeOf(key) });
    await guide.click('Activer la double authentification');
  });
  await guide.step(4, () => guide.click('C’est noté'));
  guide.end();
}
