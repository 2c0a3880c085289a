// « Contacts » as a secretary uses it, with and without JavaScript, at a desk and on a telephone.
import { finish, openBrowser, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { click, download, fill, follow, main, openFromMenu, plain, press, row, testMail, words }
  from '../lib/steps.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
const NAMES = { host: 'Lycée des contacts', origin: 'Collège des contacts',
  other: 'Lycée des contacts bis' };
for (const [name, title] of Object.entries(NAMES)) await world.school(name, { title });

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 500));
}

async function partner(page, name, how) {
  await openFromMenu(page, 'Contacts');
  await says(page, name, `${how}: who one has a convention with is among the contacts`);
  await follow(row(page, name).getByRole('link', { name, exact: true }));
  await says(page, 'Non retournées 1', `${how}: its sheet counts what is shared`);
  await follow(main(page).getByRole('link', { name: '1 conventions en commun' }));
  await says(page, `Conventions avec ${name}`, `${how}: and leads to it`);
}

async function added(page, how) {
  await openFromMenu(page, 'Contacts');
  await follow(main(page).getByRole('link', { name: 'Ajouter un contact' }));
  await main(page).locator('form').evaluate((form) => { form.noValidate = true; });
  await press(page, 'Ajouter le contact');
  await says(page, 'Ce champ est à remplir.', `${how}: a contact without name or UAI is told`);
  await fill(page, { 'Nom de l’établissement': 'Mairie de Bron', 'Commune (facultatif)': 'Bron',
    'Adresse électronique (facultatif)': `mairie.${how.length}@bron.example` });
  await press(page, 'Ajouter le contact');
  await says(page, 'Le contact est ajouté', `${how}: a contact is added`);
  await follow(main(page).getByRole('link', { name: 'Ajouter une personne' }));
  await fill(page, { 'Prénom et nom': 'Zoé L’Hôte', 'Fonction (facultatif)': 'secrétaire',
    'Adresse électronique (facultatif)': `zoe.${how.length}@bron.example` });
  await press(page, 'Ajouter la personne');
  await says(page, 'Zoé L’Hôte', `${how}: and a person there`);
  await page.getByLabel('Nouvelle note').fill('Rappeler **lundi**.');
  await press(page, 'Ajouter la note');
  test(await main(page).locator('.contact-notes strong').innerText() === 'lundi',
    `${how}: a note is shown as it is written`);
  await follow(main(page).getByRole('link', { name: /^Supprimer la note/ }));
  await press(page, 'Supprimer la note');
  await says(page, 'La note est supprimée', `${how}: and deleted after a question`);
}

async function written(page, how) {
  await openFromMenu(page, 'Contacts');
  await click(main(page).getByRole('checkbox', { name: 'Choisir Mairie de Bron' }));
  await follow(page.getByRole('button', { name: 'Écrire', exact: true }));
  await click(main(page).getByRole('checkbox', { name: /^Zoé L’Hôte/ }));
  await fill(page, { Objet: `Portes ouvertes ${how}`, Message: 'Venez **le 3 mars**.' });
  await press(page, 'Voir l’aperçu');
  await says(page, '2 destinataires', `${how}: the preview says to whom`);
  if (page.javaScript) await testAccessible(page, `${how}: the preview of a letter`);
  await testFits(page, `${how}: the preview of a letter`);
  await press(page, 'Modifier');
  await fill(page, { Message: 'Venez **le 4 mars**.' });
  await press(page, 'Voir l’aperçu');
  await press(page, 'Envoyer le message');
  await says(page, 'Destinataire', `${how}: it is sent`);
  for (const name of ['mairie', 'zoe']) {
    await testMail(world, `${name}.${how.length}@bron.example`, `Portes ouvertes ${how}`,
      { says: 'le 4 mars' });
  }
  await page.reload();
  test((await words(main(page))).match(/Envoyé/g)?.length >= 2, `${how}: and the page says so`);
  await follow(main(page).getByRole('link', { name: 'Mairie de Bron', exact: true }));
  await says(page, `Portes ouvertes ${how}`, `${how}: so does the contact's sheet`);
}

async function cards(page, how) {
  await openFromMenu(page, 'Contacts');
  const got = await download(page, page.getByRole('link', { name: 'Tout exporter en vCard 4.0' }));
  test(got.name === 'Contacts.vcf' && got.content.includes('BEGIN:VCARD'), `${how}: contacts are exported`,
    got.name);
  await follow(main(page).getByRole('link', { name: 'Importer des vCards' }));
  const card = 'BEGIN:VCARD\r\nVERSION:2.1\r\nN:Durand;Paul\r\nORG;ENCODING=QUOTED-PRINTABLE;'
    + 'CHARSET=UTF-8:Atelier de l=E2=80=99=C3=89t=C3=A9\r\nEND:VCARD\r\n';
  await page.setInputFiles('#fichier', { name: 'contacts.vcf', mimeType: 'text/vcard',
    buffer: Buffer.from(card) });
  await press(page, 'Voir l’aperçu');
  await says(page, 'Atelier de l’Été nouveau', `${how}: the preview of an import tells what is new`);
  if (page.javaScript) await testAccessible(page, `${how}: the preview of an import`);
  await testFits(page, `${how}: the preview of an import`);
  await press(page, 'Importer ces fiches');
  await says(page, 'Atelier de l’Été', `${how}: a card is imported`);
}

async function walk(school, partnerName, how, options) {
  const page = await browser.newPage(options);
  await signIn(page, await world.account(school, 'member'), PASSWORD);
  await partner(page, partnerName, how);
  await added(page, how);
  await written(page, how);
  await cards(page, how);
  await openFromMenu(page, 'Contacts');
  await follow(row(page, 'Atelier de l’Été').getByRole('link', { name: 'Atelier de l’Été' }));
  await follow(main(page).getByRole('link', { name: 'Supprimer' }));
  await press(page, 'Supprimer le contact');
  await says(page, 'Le contact est supprimé', `${how}: a contact is deleted after a question`);
  test(page.faults.every((fault) => /status of/.test(fault)), `${how}: the browser complains of nothing`,
    ...page.faults);
}

// Every page, with long names and with errors, at both widths.
async function look() {
  const address = await world.account('host', 'admin');
  const [[owner]] = await world.sql("SELECT id FROM establishment WHERE name = 'Lycée des contacts'");
  const [[bron]] = await world.sql(`SELECT id FROM contact WHERE owner_id = ${owner} AND partner_id IS NULL LIMIT 1`);
  const [[shared]] = await world.sql(`SELECT id FROM contact WHERE owner_id = ${owner} AND partner_id IS NOT NULL`);
  const [[person]] = await world.sql(`SELECT id FROM contact_person WHERE contact_id = ${bron}`);
  const [[letter]] = await world.sql(`SELECT MAX(id) FROM letter WHERE owner_id = ${owner}`);
  await world.sql(`UPDATE contact SET name = '${'Établissement-'.repeat(14)}' WHERE id = ${bron}`);
  await world.sql(`UPDATE contact_person SET name = '${'Éléonore-'.repeat(16)}' WHERE id = ${person}`);
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ width, height: width < 600 ? 844 : 900 });
    await signIn(page, address, PASSWORD);
    for (const path of ['/contacts', '/contacts?avec=accueil', '/contacts/nouveau', '/contacts/import',
      `/contacts/ecrire?contact=${bron}&contact=${shared}`, `/contacts/messages/${letter}`,
      `/contacts/${bron}`, `/contacts/${bron}/modifier`, `/contacts/${bron}/supprimer`,
      `/contacts/${shared}`, `/contacts/${shared}/conventions`, `/contacts/${shared}/stages`,
      `/contacts/${bron}/personnes/nouvelle`, `/contacts/${bron}/personnes/${person}`]) {
      await page.goto(site.url + path);
      await testAccessible(page, `${path.replace(/\d+/g, 'N')} at ${width} px`);
      await testFits(page, `${path.replace(/\d+/g, 'N')} at ${width} px`);
    }
    await page.goto(`${site.url}/contacts/nouveau`);
    await main(page).locator('form').evaluate((form) => { form.noValidate = true; });
    await press(page, 'Ajouter le contact');
    await testAccessible(page, `a refused contact at ${width} px`);
    await testFits(page, `a refused contact at ${width} px`);
  }
  const operator = await browser.newPage();
  await signIn(operator, await world.operator(), PASSWORD);
  const answer = await operator.goto(`${site.url}/contacts`);
  test(answer.status() === 403 && await operator.getByRole('link', { name: 'Contacts' }).count() === 0,
    'an operator has no contacts');
}

const placement = await world.placement('host', { title: 'Atelier' });
await world.register('origin', placement, { last_name: 'DUPONT' });
await walk('host', NAMES.origin, 'with JavaScript', {});
await walk('origin', NAMES.host, 'without JavaScript on a telephone',
  { width: 390, height: 844, javaScript: false });
await look();
await finish();
