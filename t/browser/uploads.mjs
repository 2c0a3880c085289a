// Files on their way, seen by those who send them: the progress bar moves, and each end that a
// sending can have leaves a page that says what came of it.
import { finish, openBrowser, signIn, site, test, testAccessible, testFits } from '../lib/browser.mjs';
import { follow, leave, main, openFromMenu, plain, words } from '../lib/steps.mjs';
import { openWorld, PASSWORD } from '../lib/world.mjs';

const world = await openWorld();
const browser = await openBrowser();
await world.school('host');
await world.school('origin');
await world.school('phone');

// The line of someone far from the exchange: so many bytes a second on the way up.
async function line(page, bytes, offline = false) {
  page.line ??= await page.context().newCDPSession(page);
  await page.line.send('Network.emulateNetworkConditions',
    { offline, latency: 0, uploadThroughput: bytes, downloadThroughput: -1 });
}

// What the bar has shown, and beside it, from now on; kept across the pages that follow.
async function watch(page) {
  page.seen ??= [];
  page.seen.length = 0;
  await page.exposeFunction('tellProgress', (value, text) => page.seen.push([value, text]))
    .catch(() => {}); // it is there already
  await page.evaluate(() => {
    const bar = document.querySelector('.upload progress');
    const told = () => bar.closest('[hidden]') ??
      globalThis.tellProgress(bar.hasAttribute('value') ? bar.value : null,
        bar.closest('.upload').innerText);
    new MutationObserver(told).observe(bar.closest('.upload'),
      { attributes: true, childList: true, subtree: true });
  });
}

function moved(page, title, read) {
  const values = page.seen.map(([value]) => value).filter((value) => value !== null);
  const rising = values.every((value, i) => i === 0 || value >= values[i - 1]);
  test(new Set(values).size >= 4 && rising, `${title}: the bar moves`, JSON.stringify(values));
  const texts = page.seen.map(([, text]) => plain(text));
  test(texts.some((text) => /Envoi du fichier \d+ % Gardez cette page ouverte/.test(text)),
    `${title}: says how much is sent`, texts[0]);
  if (read) {
    test(page.seen.some(([value, text]) => value === null && plain(text).includes(plain(read))),
      `${title}: and that it is being read`, texts.at(-1));
  }
}

const rows = (count, last = '') => ({
  name: 'Tout le collège.csv', mimeType: 'text/csv',
  buffer: Buffer.from('Nom;Prénom;Né(e) le;Classe;Adresse\r\n' + Array.from({ length: count },
    (_, i) => `NOM${i};Élodie;03/02/2012;3e B;${'x'.repeat(200)}\r\n`).join('') + last),
});

async function says(page, text, title) {
  const said = await words(main(page));
  return test(said.includes(plain(text)), title, said.slice(0, 500));
}

const READ = 'Lire le fichier et voir ce qu’il changera';

async function importing(page, how) {
  await openFromMenu(page, 'Stagiaires');
  await follow(page.getByRole('link', { name: 'Importer un fichier CSV' }));
  const send = page.getByRole('button', { name: READ });
  await page.setInputFiles('#fichier', rows(800));
  await page.getByLabel(/^Classe des élèves/).fill('3e B');
  await line(page, 60_000);
  await watch(page);
  await Promise.all([page.waitForURL(/\/import\/\d+$/), (async () => {
    await send.click();
    await page.getByRole('progressbar', { name: 'Envoi du fichier' }).waitFor();
    await testAccessible(page, `${how}: a sending on its way`);
    await testFits(page, `${how}: a sending on its way`);
    if (process.env.PARAPHE_PICTURES) {
      await page.screenshot({ path: `${process.env.PARAPHE_PICTURES}/upload_${how}.png` });
    }
    await send.click(); // twice in a row
  })()]);
  moved(page, `${how}: a table`, 'Fichier reçu : le fichier est lu');
  await says(page, '800 stagiaires à créer', `${how}: its end is the preview, at its own address`);
  await page.goBack();
  test(await page.locator('.upload').getByRole('progressbar').isHidden(),
    `${how}: the browser's way back shows the form, and no bar`);
  await line(page, -1);
  await page.goForward();
  page.seen.length = 0;
  await page.evaluate(() => document.querySelector('form[data-wait]')
    .addEventListener('submit', (event) => globalThis.tellProgress(null,
      event.target.querySelector('progress').getAttribute('aria-label'))));
  await Promise.all([page.waitForURL(/avis=/),
    page.getByRole('button', { name: /^Importer/ }).click()]);
  await says(page, 'L’import est terminé', `${how}: the preview is then written`);
  test(page.seen[0]?.[1] === 'Enregistrement en cours…', `${how}: which has a bar as well`);
}

// Answers that are the form again: what was typed is there, the message at its field.
async function refused(page, how) {
  await page.goto(`${site.url}/stagiaires/import`);
  await page.getByLabel(/^Classe des élèves/).fill('4e C');
  await page.setInputFiles('#fichier', { name: 'vide.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await leave(page, () => page.getByRole('button', { name: READ }).click());
  await page.locator('#fichier-error').waitFor();
  test(await page.getByLabel(/^Classe des élèves/).inputValue() === '4e C',
    `${how}: a refused file is answered with the form and what was typed`);
  test(await page.evaluate(() => document.activeElement.classList.contains('summary')),
    `${how}: the eye and the reader are led to the message`);
  test((await page.title()).startsWith('Erreur'), `${how}: and the title says that it is one`);
  await testAccessible(page, `${how}: a refused sending`);
  await page.setInputFiles('#fichier', rows(3));
  await Promise.all([page.waitForURL(/\/import\/\d+$/),
    page.getByRole('button', { name: READ }).click()]);
  await says(page, '3 stagiaires', `${how}: and the form it shows works as the first`);
}

// Ends where nothing came back from the platform itself.
async function broken(page, how) {
  await page.goto(`${site.url}/stagiaires/import`);
  const box = page.locator('.upload');
  const kept = async (title) => {
    test(await page.getByLabel(/^Classe des élèves/).inputValue() === '5e D'
      && await page.locator('#fichier').evaluate((field) => field.files.length) === 1,
    `${how}: ${title}, and what was typed and chosen is kept`);
    test(await box.getByRole('progressbar').isHidden(), `${how}: ${title}, and the bar is gone`);
    await testAccessible(page, `${how}: ${title}`);
    await testFits(page, `${how}: ${title}`);
  };
  await page.getByLabel(/^Classe des élèves/).fill('5e D');
  await page.setInputFiles('#fichier', rows(800));
  await line(page, 20_000);
  await page.getByRole('button', { name: READ }).click();
  await page.getByRole('progressbar', { name: 'Envoi du fichier' }).waitFor();
  await page.waitForFunction(() => document.querySelector('.upload progress').value > 5);
  await line(page, 20_000, true);
  await box.getByText('La connexion a été interrompue').waitFor();
  await kept('a lost connection is told');
  await line(page, -1);
  await Promise.all([page.waitForURL(/\/import\/\d+$/),
    page.getByRole('button', { name: READ }).click()]);
  await says(page, '800 stagiaires', `${how}: the same form can be sent once there is a line again`);

  await page.goto(`${site.url}/stagiaires/import`);
  await page.getByLabel(/^Classe des élèves/).fill('5e D');
  await page.setInputFiles('#fichier',
    { name: 'film.csv', mimeType: 'text/csv', buffer: Buffer.alloc(26 * 1024 * 1024, 'x;') });
  await page.getByRole('button', { name: READ }).click();
  await box.getByText('Ce fichier est trop volumineux').waitFor();
  await kept('a file beyond all measure is told');

  await page.route('**/stagiaires/import', (route) => route.fulfill({ status: 502, body: '' }));
  await page.setInputFiles('#fichier', rows(3));
  await page.getByRole('button', { name: READ }).click();
  await box.getByText('La plateforme ne répond pas').waitFor();
  await kept('a platform that does not answer is told');
  await page.unroute('**/stagiaires/import');
}

async function depositing(page, how) {
  const placement = await world.placement('host', { title: `Envoi ${how}`, day: 20 });
  const made = await world.register('origin', placement, { last_name: 'ENVOI' });
  const convention = made.convention ?? made;
  const signed = await world.paper('sign', await world.original('origin', convention),
    { fields: ['signature_origin', 'signature_guardian', 'signature_trainee'] });
  await openFromMenu(page, 'Conventions');
  const send = page.getByRole('button', { name: 'Déposer la convention en PDF' });
  const choose = (buffer) => page.locator('#fichier')
    .setInputFiles({ name: 'convention.pdf', mimeType: 'application/pdf', buffer });
  await choose(Buffer.from('rien'));
  await leave(page, () => send.click());
  await page.locator('#fichier-error').waitFor();
  await says(page, 'Ce fichier n’est pas un PDF', `${how}: what is no PDF is told at the field`);
  await choose(signed);
  await line(page, signed.length / 2);
  await watch(page);
  await Promise.all([page.waitForURL(/depose=|\/depot\/\d+/), send.click()]);
  await line(page, -1);
  moved(page, `${how}: a deposit`, 'la convention est analysée');
  await says(page, 'ENVOI', `${how}: the deposit's answer is shown, and whose convention it is`);
}

// The other forms that take a file show their bar, and lead where they lead without it.
async function others() {
  const admin = await browser.newPage();
  await signIn(admin, await world.account('host', 'admin'), PASSWORD);
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await admin.goto(`${site.url}/options/images`);
  await admin.setInputFiles('#logo', { name: 'logo.txt', mimeType: 'image/png', buffer: Buffer.from('non') });
  await leave(admin, () => admin.locator('form:has(#logo) button').first().click());
  await admin.locator('#logo-error').waitFor();
  await admin.setInputFiles('#logo', { name: 'logo.png', mimeType: 'image/png', buffer: png });
  await line(admin, 400);
  await watch(admin);
  await Promise.all([admin.waitForURL(/avis=/), admin.locator('form:has(#logo) button').first().click()]);
  test(admin.seen.length > 0, 'a logo has a bar', JSON.stringify(admin.seen));
  await line(admin, -1);

  await openFromMenu(admin, 'Contacts');
  await follow(admin.getByRole('link', { name: 'Importer des vCards' }));
  const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Lycée des Envois\r\nORG:Lycée des Envois\r\nEND:VCARD\r\n';
  await admin.setInputFiles('#fichier', { name: 'a.vcf', mimeType: 'text/vcard', buffer: Buffer.from(card) });
  await watch(admin);
  await leave(admin, () => admin.getByRole('button', { name: 'Voir l’aperçu' }).click());
  await admin.getByRole('button', { name: 'Importer ces fiches' }).waitFor();
  test(admin.seen.length > 0, 'cards have a bar', JSON.stringify(admin.seen));

  const operator = await browser.newPage();
  await signIn(operator, await world.operator(), PASSWORD);
  await openFromMenu(operator, 'Établissements');
  await follow(operator.getByRole('link', { name: /Importer/ }));
  await operator.setInputFiles('#fichier', { name: 'e.csv', mimeType: 'text/csv',
    buffer: Buffer.from('UAI;Nom;Courriel\r\n0690001A;Collège;a@b.example\r\n') });
  await watch(operator);
  await Promise.all([operator.waitForURL(/\/import\/\d+$/),
    operator.getByRole('button', { name: READ }).click()]);
  test(operator.seen.length > 0, 'a table of schools has a bar', JSON.stringify(operator.seen));
}

for (const [school, how, size] of [['origin', 'at a desk', {}],
  ['phone', 'on a telephone', { width: 390, height: 844 }]]) {
  const page = await browser.newPage(size);
  await signIn(page, await world.account(school, 'member'), PASSWORD);
  await importing(page, how);
  await refused(page, how);
  await broken(page, how);
  if (school === 'origin') await depositing(page, how);
  test(page.faults.every((fault) => /status of|ERR_INTERNET|ERR_/.test(fault)),
    `${how}: no script fails`, ...page.faults);
}
await others();
await finish();
