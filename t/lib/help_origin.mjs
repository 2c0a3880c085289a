// The help pages of a school whose pupils go on placements, walked by its secretary (t/lib/guide.mjs).
import { test } from './browser.mjs';
import { openGuide, slice } from './guide.mjs';
import { openRow } from './help_host.mjs';
import { download, plain, words } from './steps.mjs';

const PLACEMENT = 'Une journée en hôtellerie-restauration';
const ANSWER = '.deposit .result';

// As a school's own program writes it.
const CLASS = Buffer.from(['Nom;Prénom;Né(e) le;Division;Responsable légal 1;Tél.;Courriel',
  'ALVÈS;Théo;12/04/2012;3e E;Rosa Alvès;06 05 04 03 21;alves@courriel.example',
  'GUÉRIN;Manon;03/11/2012;3e E;Luc Guérin;06 05 04 03 22;guerin@courriel.example',
  'KONATÉ;Awa;25/01/2012;3e E;;;', ''].join('\n'));

export async function walkOrigin({ origin }, world) {
  const original = await walkRegistration(origin);
  await walkSigning(origin, original);
  await walkDeposit(origin, world, original);
  await walkImport(origin);
  await walkGroup(origin);
  await walkCorrection(origin);
  await walkWaiting(origin);
}

async function info(guide, title) {
  await guide.go(guide.row(title).getByRole('link', { name: /^Info/ }));
}

async function walkRegistration(page) {
  const guide = openGuide('inscrire-un-stagiaire', page);
  await guide.step(1, async () => {
    await guide.menu('Liste des stages');
    await guide.picture('liste-des-stages', [guide.main.locator('table.table-rows')]);
  });
  await guide.step(2, async () => {
    await guide.choose('Avec des places');
    await guide.main.getByRole('searchbox').fill('restauration');
    await guide.click('Rechercher');
  });
  await guide.step(3, async () => {
    await info(guide, PLACEMENT);
    await guide.picture('fiche-stage', [guide.main.locator('h1'), guide.card('Informations du stage')]);
  });
  await guide.step(4, async () => {
    await guide.click('Inscrire un stagiaire');
  });
  await guide.step(5, async () => {
    await guide.fill({ Nom: 'RIVIÈRE', Prénom: 'Lina', 'Date de naissance': '14-03-2012', Classe: '3e A',
      'Nom et prénom': 'Julie Rivière', Téléphone: '06 01 02 03 04',
      'Adresse électronique': 'riviere@courriel.example' });
    await guide.picture('inscription', [guide.main.locator('form[method=post]').first()],
      guide.main.getByRole('button', { name: 'Inscrire et créer la convention' }));
  });
  await guide.step(6, async () => {
    await guide.click('Inscrire et créer la convention');
    await guide.picture('inscrit', [guide.main.locator('h1'), guide.page.getByRole('status').first(),
      guide.card('État')]);
  });
  guide.end();
  const paper = await download(page, guide.main.getByRole('link', { name: /^Conv\./ }));
  return paper.content;
}

async function walkSigning(page, original) {
  const guide = openGuide('faire-signer', page);
  await guide.step(1, async () => {
    test(original.length > 1000, 'the convention is a file', original.length);
  });
  await guide.step(2, async () => {
    await guide.menu('Conventions');
    await guide.picture('non-retournees', [guide.main.locator('.nav-tabs').first(),
      guide.main.locator('table.table-rows')],
    guide.control('Générer convention', guide.row('RIVIÈRE')));
    const got = await download(page, guide.control('Générer convention', guide.row('RIVIÈRE')));
    test(got.content.equals(original), '« Générer convention » gives exactly the same file');
    await picturePages(guide);
  });
  guide.end();
}

// The last page of a convention that nobody has signed yet.
async function picturePages(guide) {
  await openRow(guide, 'RIVIÈRE');
  const pages = guide.card('Pages de la convention');
  for (const image of await pages.locator('img').all()) {
    await image.evaluate((one) => one.decode());
  }
  await guide.picture('convention-pages', [slice(pages.locator('img').last(), 0.45, 1)]);
}

async function deposit(guide, pdf) {
  await guide.page.locator('#fichier').setInputFiles(
    { name: 'Convention signée.pdf', mimeType: 'application/pdf', buffer: pdf });
  await guide.go(guide.page.getByRole('button', { name: 'Déposer la convention en PDF' }));
}

async function walkDeposit(page, world, original) {
  const guide = openGuide('deposer-une-convention', page);
  const signed = await world.paper('sign', original,
    { fields: ['signature_origin', 'signature_guardian', 'signature_trainee'] });
  await guide.step(1, () => guide.menu('Conventions'));
  await guide.step(2, async () => {
    await guide.see();
  });
  await guide.step(3, async () => {
    await page.locator('#fichier').setInputFiles(
      { name: 'Convention signée.pdf', mimeType: 'application/pdf', buffer: signed });
    await guide.picture('depot', [guide.main.locator('.deposit')],
      page.getByRole('button', { name: 'Déposer la convention en PDF' }));
  });
  // The scan comes first: what is pending may be deposited anew, as the page says.
  await guide.step(5, async () => {
    await deposit(guide, await world.paper('scan', signed));
    await guide.picture('depot-confirmer', [page.locator(ANSWER)],
      guide.main.getByRole('button', { name: /^Oui, déposer pour/ }));
    await guide.click('Oui, déposer pour');
    test((await words(page.locator(ANSWER))).includes('Convention de Lina RIVIÈRE déposée'),
      'a scan is deposited once it is confirmed');
  });
  await guide.step(4, async () => {
    await guide.page.locator('#fichier').setInputFiles(
      { name: 'Convention signée.pdf', mimeType: 'application/pdf', buffer: signed });
    await guide.click('Déposer la convention en PDF');
    test((await words(page.locator(ANSWER))).includes(plain('signée numériquement, non altérée')),
      'a digitally signed convention is recognised');
    await guide.picture('depot-reconnu', [page.locator(ANSWER)]);
  });
  await guide.step(6, async () => {
    await deposit(guide, await world.paper('plain'));
    await guide.picture('depot-choisir', [page.locator(ANSWER)],
      guide.main.getByRole('button', { name: 'Déposer pour ce stagiaire' }));
  });
  guide.end();
  await refuse(guide, original);
}

async function refuse(guide, original) {
  await guide.menu('Conventions');
  await guide.page.locator('#fichier').setInputFiles(
    { name: 'Convention.pdf', mimeType: 'application/pdf', buffer: original });
  await guide.go(guide.page.getByRole('button', { name: 'Déposer la convention en PDF' }));
  test((await words(guide.main)).includes('Cette convention n’est pas signée'),
    'the original as it is, is refused as the page says');
}

async function walkImport(page) {
  const guide = openGuide('importer-une-classe', page);
  await guide.step(1, async () => {
    await guide.menu('Stagiaires');
    await guide.picture('stagiaires', [guide.main.locator('h1'), guide.row('CHEVALLIER')],
      guide.control('Importer un fichier CSV'));
    await guide.click('Importer un fichier CSV');
  });
  await guide.step(2, async () => {
    await guide.field('Fichier').setInputFiles(
      { name: 'Classe 3e E.csv', mimeType: 'text/csv', buffer: CLASS });
  });
  await guide.step(3, async () => {
    const button = guide.control('Lire le fichier et voir ce qu’il changera');
    await guide.picture('import-fichier', [guide.card('Le fichier')], button);
    await guide.click('Lire le fichier et voir ce qu’il changera');
  });
  await guide.step(4, async () => {
    await guide.picture('import-apercu', [guide.main.locator('h1'), guide.main.locator('table').last()],
      guide.main.getByRole('button', { name: /^Importer/ }));
    await guide.click('Importer');
  });
  guide.end();
}

async function walkGroup(page) {
  const guide = openGuide('inscrire-un-groupe', page);
  await guide.step(1, async () => {
    await guide.menu('Liste des stages');
    await info(guide, 'Immersion en première spécialité arts');
    await guide.click('Inscrire un groupe');
  });
  await guide.step(2, async () => {
    await guide.choose('3e E (3)', 'Classe');
  });
  await guide.step(3, async () => {
    await guide.row('ALVÈS').getByRole('checkbox').check();
    await guide.row('GUÉRIN').getByRole('checkbox').check();
    await guide.picture('groupe', [guide.main.locator('.card-list')],
      guide.main.getByRole('button', { name: 'Inscrire les stagiaires cochés' }));
  });
  await guide.step(4, () => guide.click('Inscrire les stagiaires cochés'));
  guide.end();
}

async function walkCorrection(page) {
  const guide = openGuide('corriger-un-stagiaire', page);
  await guide.step(1, async () => {
    await guide.menu('Stagiaires');
    await openRow(guide, 'ALVÈS');
  });
  await guide.step(2, async () => {
    await guide.picture('stagiaire', [guide.main.locator('h1'), guide.card('Stagiaire'),
      guide.card('Stages et conventions')], guide.control('Corriger les données'));
    await guide.click('Corriger les données');
  });
  await guide.step(3, async () => {
    await guide.main.getByLabel('Classe', { exact: true }).fill('3e B');
    await guide.picture('stagiaire-corriger', [guide.main.locator('form[method=post]').first()],
      guide.control('Enregistrer la correction'));
    await guide.click('Enregistrer la correction');
  });
  await guide.step(4, async () => {
    await guide.menu('Conventions');
    await openRow(guide, 'GUÉRIN');
    await guide.click('Annuler l’inscription');
  });
  await guide.step(5, async () => {
    await guide.picture('annuler-inscription', [guide.main.locator('h1'), guide.main.locator('.card')],
      guide.control('Annuler l’inscription'));
    await guide.click('Annuler l’inscription');
  });
  await guide.step(6, async () => {
    await guide.go(page.getByRole('link', { name: 'Stagiaires', exact: true }));
    await openRow(guide, 'KONATÉ');
    await guide.click('Supprimer');
  });
  guide.end();
}

async function walkWaiting(page) {
  const guide = openGuide('liste-d-attente', page);
  await guide.step(1, async () => {
    await guide.menu('Liste des stages');
    await guide.click('Attendre');
  });
  await guide.step(2, async () => {
    await guide.main.locator('#last_name').fill('KONATÉ');
    await guide.main.locator('#first_name').fill('Awa');
    await guide.main.locator('#birth_day').fill('25-01-2012');
    await guide.main.locator('#class_name').fill('3e E');
    await guide.main.locator('#guardian_name').fill('Issa Konaté');
    await guide.main.locator('#guardian_phone').fill('06 05 04 03 23');
    await guide.main.locator('#guardian_email').fill('konate@courriel.example');
    await guide.picture('attente', [guide.main.locator('h1'), guide.main.locator('form[method=post]').first()],
      guide.control('Mettre sur la liste d’attente'));
    await guide.click('Mettre sur la liste d’attente');
  });
  await guide.step(3, async () => {
    await guide.picture('attente-rang', [guide.card('Liste d’attente')]);
  });
  await guide.step(4, async () => {
    await guide.click('Retirer', guide.row('KONATÉ'));
  });
  guide.end();
}
