// « Options » as an admin uses it, with and without JavaScript, at a desk and on a telephone.
import { finish, openBrowser, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { download, fill, follow, main, openFromMenu, plain, press, words } from '../lib/steps.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
await world.school('host');
await world.school('other');

// A picture of one square, 40 by 40 pixels, in red.
const SQUARE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAACgAAAAoCAIAAAADnC86AAAAMElEQVR42u3NMQ0AAAgDsCnhxr8K'
  + 'ZGGChKdJ/2aqX0QsFovFYrFYLBaLxWKxWCy+s8gBl9vKcF3JAAAAAElFTkSuQmCC', 'base64');

function openPart(page, part) {
  return follow(page.getByRole('navigation', { name: 'Parties des options' })
    .getByRole('link', { name: part }));
}

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 400));
}

async function establishment(page, how) {
  await openFromMenu(page, 'Options');
  await fill(page, { Commune: 'Villeneuve', 'Code postal': '691' });
  await page.locator('main form').evaluate((form) => { form.noValidate = true; });
  await press(page, 'Enregistrer');
  await says(page, 'Un code postal a cinq chiffres', `${how}: a wrong postal code is told`);
  await fill(page, { 'Code postal': '69100' });
  await press(page, 'Enregistrer');
  await says(page, 'Les données de l’établissement sont enregistrées', `${how}: good data are taken`);
  test(await page.getByLabel('Commune').inputValue() === 'Villeneuve', `${how}: and shown`);
}

async function image(page, how) {
  await openPart(page, 'Logo et signature');
  await page.setInputFiles('#logo', { name: 'logo.png', mimeType: 'image/png', buffer: SQUARE });
  await press(page, 'Enregistrer le logo');
  await says(page, 'Le logo tel qu’il figure en tête', `${how}: a logo is taken and shown`);
  const shown = await page.locator('img.page-picture').first()
    .evaluate(async (img) => { img.loading = 'eager'; await img.decode(); return img.naturalWidth; });
  test(shown === 900, `${how}: the preview's picture is there`, shown);
  await press(page, 'Retirer le logo');
  await says(page, 'Aucun logo', `${how}: a logo can be removed`);
}

async function wording(page, how) {
  await openPart(page, 'Texte de la convention');
  const text = page.getByLabel('Texte de la convention, en Markdown');
  await text.fill('## Un\n\nBonjour {{nom}}.');
  await press(page, 'Enregistrer le texte');
  await says(page, 'Ligne 3 : « Bonjour {{nom}}. »', `${how}: a wrong variable is told with its line`);
  await text.fill('## Un\n\nBonjour {{trainee_name}}.');
  await press(page, 'Voir l’aperçu');
  await says(page, 'Bonjour Camille EXEMPLE.', `${how}: the preview shows what is typed`);
  const got = await download(page, page.getByRole('button', { name: 'Télécharger l’aperçu en PDF' }));
  test(got.name === 'Aperçu de la convention.pdf' && got.content.subarray(0, 5).equals(
    Buffer.from('%PDF-')), `${how}: the preview is downloaded as a PDF`, got.name);
  await press(page, 'Enregistrer le texte');
  await says(page, 'Le texte est enregistré', `${how}: the form can be sent after the download`);
  await press(page, 'Reprendre le texte type');
  await says(page, 'Le texte type est de nouveau en vigueur', `${how}: the standard text comes back`);
  await follow(main(page).locator('.versions a').last());
  await press(page, 'Reprendre ce texte');
  test((await text.inputValue()).startsWith('## Un'), `${how}: an earlier text is taken again`);
}

async function profile(page, how) {
  await openPart(page, 'Mon compte');
  await fill(page, { 'Prénom et nom': 'Nina Nouvelle' });
  await press(page, 'Enregistrer le nom');
  test((await words(page.locator('.account-name'))).includes('Nina Nouvelle'),
    `${how}: the new name stands at the top`);
  await fill(page, { 'Mot de passe actuel': PASSWORD, 'Nouveau mot de passe': 'cinq mots sans suite !',
    'Nouveau mot de passe, une seconde fois': 'cinq mots sans suite !' });
  await press(page, 'Changer le mot de passe');
  await says(page, 'Votre mot de passe est changé', `${how}: the password is changed`);
}

async function walk(school, how, options) {
  const page = await browser.newPage(options);
  await signIn(page, await world.account(school, 'admin'), PASSWORD);
  await establishment(page, how);
  await image(page, how);
  await wording(page, how);
  await profile(page, how);
  test(page.faults.length === 0 || page.faults.every((fault) => /422|status of/.test(fault)),
    `${how}: the browser complains of nothing`, ...page.faults);
}

// Every page, as it opens and with an error, at both widths.
async function look() {
  const address = await world.account('host', 'admin');
  const member = await world.account('host', 'member');
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ width, height: width < 600 ? 844 : 900 });
    await signIn(page, address, PASSWORD);
    const versions = await world.sql('SELECT MAX(id) FROM wording');
    for (const path of ['/options', '/options/images', '/options/convention', '/options/profil',
      `/options/convention/versions/${versions[0][0]}`]) {
      await page.goto(site.url + path);
      await testAccessible(page, `${path} at ${width} px`);
      await testFits(page, `${path} at ${width} px`);
    }
    await page.goto(`${site.url}/options/convention`);
    await page.getByLabel('Texte de la convention, en Markdown').fill(`{{${'x'.repeat(300)}}}`);
    await press(page, 'Voir l’aperçu');
    await testAccessible(page, `a refused text at ${width} px`);
    await testFits(page, `a refused text at ${width} px`);
    const other = await browser.newPage({ width, height: width < 600 ? 844 : 900 });
    await signIn(other, member, PASSWORD);
    await openFromMenu(other, 'Options');
    test((await words(main(other))).startsWith('Mon compte'), `a member finds their account at ${width} px`);
  }
}

await walk('host', 'with JavaScript', {});
await walk('other', 'without JavaScript on a telephone', { width: 390, height: 844, javaScript: false });
await look();
await finish();
