// The way of one convention through the platform, from the registration to the signed file that
// everybody downloads, with the mails of each step. The same with and without JavaScript.
import { same, signIn, test } from './browser.mjs';
import {
  click, countOf, depositFile, download, fill, follow, main, openFromMenu, openTab, plain, press, row,
  testAnswerSeen, testMail, testPictures, words,
} from './steps.mjs';
import { frenchDay, PASSWORD } from './world.mjs';

export const TABS = ['Conventions non retournées', 'Conventions en attente de validation',
  'Conventions validées'];
const DAYS_TO_PLACEMENT = 20;

// Two schools with a placement, and a page of each secretary, signed in.
export async function begin(world, browser, options = {}) {
  const host = await world.school('host');
  const origin = await world.school('origin');
  const number = await world.placement('host', { title: 'Atelier bois', day: DAYS_TO_PLACEMENT });
  const journey = {
    world, host, origin, placement: `/stages/${number}`,
    family: `DELŒUVRE ${host.uai}`, first: 'Anaëlle', day: frenchDay(DAYS_TO_PLACEMENT),
    hostPage: await browser.newPage(options), originPage: await browser.newPage(options),
  };
  journey.trainee = `${journey.first} ${journey.family}`;
  await signIn(journey.hostPage, await world.account('host', 'member'), PASSWORD);
  await signIn(journey.originPage, await world.account('origin', 'member'), PASSWORD);
  return journey;
}

function subject(journey, what) {
  return `Convention de ${journey.trainee} ${what} – stage du ${journey.day}`;
}

async function registerWithMistakes(journey) {
  const page = journey.originPage;
  const typed = {
    Nom: journey.family, Prénom: '', 'Date de naissance': '31-02-2012', Classe: '3e B',
    'Nom et prénom': 'Rachel Delœuvre', Téléphone: '06 01', 'Adresse électronique': 'rachel@',
    'Adresse postale (facultatif)': '5 rue de l’Église',
  };
  await fill(page, typed);
  // As browsers do whose own checks let pass what the platform does not.
  await page.locator('main form[method=post]').evaluate((form) => { form.noValidate = true; });
  await press(page, 'Inscrire et créer la convention');
  test((await page.title()).startsWith('Erreur'), 'the title of a refused form begins with Erreur');
  for (const [label, value] of Object.entries(typed)) {
    same(await page.getByLabel(label, { exact: true }).inputValue(), value,
      `« ${label} » still holds what was typed`);
  }
  for (const label of ['Prénom', 'Date de naissance', 'Téléphone', 'Adresse électronique']) {
    const field = page.getByLabel(label, { exact: true });
    const id = await field.getAttribute('id');
    const said = await words(page.locator(`#${id}-error`));
    same(await field.getAttribute('aria-invalid'), 'true', `« ${label} » is marked as wrong`);
    test((await field.getAttribute('aria-describedby')).split(' ').includes(`${id}-error`),
      `the error of « ${label} » belongs to its field`);
    same(await page.locator(`.summary a[href="#${id}"]`).innerText().then(plain),
      `${label} : ${said}`, `the error of « ${label} » is linked from the top of the form`);
  }
  await click(page.locator('.summary a').first());
  same(await page.evaluate(() => document.activeElement.id), 'first_name',
    'the link of the first error leads to its field');
}

export async function register(journey) {
  const page = journey.originPage;
  await openFromMenu(page, 'Liste des stages');
  // Other tests offer placements on the same site: more than a page of the list holds.
  await page.getByRole('searchbox').fill(journey.host.name);
  await follow(page.getByRole('button', { name: 'Rechercher' }));
  await follow(row(page, 'Atelier bois').filter({ hasText: plain(journey.host.name) })
    .getByRole('link', { name: /^Info/ }));
  same(new URL(page.url()).pathname, journey.placement, '« Info » opens the placement’s sheet');
  test((await words(main(page))).includes('Places restantes'), 'the sheet says how many places are left');
  await follow(main(page).getByRole('link', { name: 'Inscrire un stagiaire' }).first());
  await registerWithMistakes(journey);
  await fill(page, { Prénom: journey.first, 'Date de naissance': '14-03-2012',
    Téléphone: '06 01 02 03 04', 'Adresse électronique': 'rachel@courriel.example' });
  await press(page, 'Inscrire et créer la convention');
  journey.path = new URL(page.url()).pathname;
  test(/^\/conventions\/\d+$/.test(journey.path), 'the registration leads to the convention');
  same(plain(await page.locator('h1').innerText()), `${journey.family} ${journey.first}`,
    'the convention has the trainee’s name');
  test((await words(main(page))).includes('Non retournée'), 'the convention is not returned');
  test((await words(page.getByRole('status').first())).startsWith('Le stagiaire est inscrit.'),
    'what came of the registration is said');
  await testPictures(page, 2, 'the pages of the new convention are shown as pictures');
}

export async function downloadOriginal(journey) {
  const page = journey.originPage;
  const got = await download(page, main(page).getByRole('link', { name: /^Conv\./ }));
  journey.original = got.content;
  test(got.content.subarray(0, 5).toString() === '%PDF-' && got.name.endsWith('.pdf'),
    '« Conv. » downloads a PDF', got.name);
  test(got.name.includes(journey.family), 'the file is named by the trainee', got.name);
  const mail = await testMail(journey.world, journey.origin.email, subject(journey, 'à signer'),
    { says: 'Faites signer la convention jointe, puis déposez-la sur la plateforme.' });
  test(mail?.files[0]?.equals(got.content), 'the mail to the origin has the same PDF');
}

export async function sign(journey) {
  journey.signed = await journey.world.paper('sign', journey.original,
    { fields: ['signature_origin', 'signature_guardian', 'signature_trainee'] });
}

export async function depositSigned(journey) {
  const page = journey.originPage;
  await openFromMenu(page, 'Conventions');
  const before = await countOf(page, TABS[0]);
  same(await page.locator('#convention').inputValue(), '',
    '« Reconnaissance automatique » is chosen first');
  await depositFile(page, journey.signed, { name: 'Convention Anaëlle (signée).pdf' });
  const answer = page.locator('.deposit .result');
  const said = await words(answer);
  test(said.startsWith(`Convention de ${journey.trainee} déposée`),
    'the answer names the trainee who was recognised', said);
  test(said.includes('signée numériquement'), 'the answer says how it was recognised', said);
  for (const signer of ['Olivier Origine', 'Rachel Responsable', 'Tom Stagiaire']) {
    test(said.includes(signer), `the answer names the signatory ${signer}`, said);
  }
  test(said.includes('demande de validation'), 'the answer says what comes next', said);
  await testAnswerSeen(page, 'the answer to the deposit');
  same(await countOf(page, TABS[0]), before - 1, 'the tab of those not returned counts one less');
  test(await row(page, journey.family).isVisible(), 'the convention stands among the pending ones');
  await testMail(journey.world, journey.host.email, subject(journey, 'à valider'),
    { says: 'Vérifiez la convention qui vient d’être déposée' });
}

export async function look(journey) {
  const page = journey.hostPage;
  await openFromMenu(page, 'Conventions');
  await openTab(page, TABS[1]);
  await follow(row(page, journey.family).getByRole('link', { name: 'Voir la convention' }));
  same(new URL(page.url()).pathname, journey.path, '« Voir la convention » opens its page');
  const signatures = await words(page.getByRole('table').filter({ hasText: 'Signataire' }));
  for (const words_ of ['Olivier Origine', 'Rachel Responsable', 'Tom Stagiaire',
    'Chef de l’établissement d’origine', 'Responsable légal', 'Élève stagiaire', 'Intacte']) {
    test(signatures.includes(words_), `the host sees in the signatures: ${words_}`, signatures);
  }
  test((await words(main(page))).includes('Signée numériquement'),
    'the host sees that the convention was signed digitally');
  await testPictures(page, 4, 'the host sees both pages, each beside the original’s');
}

export async function validate(journey) {
  const page = journey.hostPage;
  await press(page, 'Valider la conformité');
  test((await words(page.getByRole('status').first())).startsWith('La convention est validée.'),
    'what came of the validation is said');
  await openFromMenu(page, 'Conventions');
  await openTab(page, TABS[2]);
  await testSignedFile(journey, page, 'the host');
  await testMail(journey.world, journey.origin.email, subject(journey, 'validée'),
    { says: 'Vous n’avez plus rien à faire : la convention est validée.' });
  await openFromMenu(journey.originPage, 'Conventions');
  await openTab(journey.originPage, TABS[2]);
  await testSignedFile(journey, journey.originPage, 'the origin');
}

async function testSignedFile(journey, page, who) {
  const got = await download(page, row(page, journey.family).getByRole('link', { name: /^Conv\./ }));
  test(got.content.equals(journey.signed),
    `« Conv. » among the validated ones gives ${who} the signed file, byte for byte`);
}

async function giveReason(journey, reason) {
  const page = journey.hostPage;
  await follow(row(page, journey.family).getByRole('link', { name: 'Invalider la conformité' }));
  await page.getByLabel(/^Motif/).fill(reason);
  await press(page, 'Invalider la conformité');
}

export async function invalidate(journey) {
  const page = journey.hostPage;
  const reason = 'Le responsable légal n’est pas la bonne personne.';
  await openFromMenu(page, 'Conventions');
  await openTab(page, TABS[2]);
  await giveReason(journey, reason);
  await testMail(journey.world, journey.origin.email, subject(journey, 'à refaire'), { says: reason });
  await openFromMenu(journey.originPage, 'Conventions');
  test(await row(journey.originPage, journey.family).isVisible(),
    'the origin finds an invalidated convention among those not returned');
  await openConvention(journey, journey.originPage);
  test((await words(main(journey.originPage))).includes(reason),
    'the history tells the origin the reason');
}

async function openConvention(journey, page) {
  await follow(row(page, journey.family).getByRole('link', { name: journey.family }));
}

export async function markIncomplete(journey) {
  const page = journey.hostPage;
  const reason = 'Il manque la signature du chef de l’établissement d’accueil.';
  await openFromMenu(journey.originPage, 'Conventions');
  await depositFile(journey.originPage, journey.signed);
  await openFromMenu(page, 'Conventions');
  await openTab(page, TABS[1]);
  await giveReason(journey, reason);
  await testMail(journey.world, journey.origin.email, subject(journey, 'incomplète'), { says: reason });
  await openFromMenu(journey.originPage, 'Conventions');
  await openTab(journey.originPage, TABS[1]);
  test((await words(row(journey.originPage, journey.family))).includes('Incomplète'),
    'the origin sees in the list that the convention is incomplete');
  await openConvention(journey, journey.originPage);
  test((await words(main(journey.originPage))).includes(`Motif : ${reason}`),
    'the origin sees the reason on the convention’s page');
}

export async function regenerate(journey) {
  const page = journey.hostPage;
  await openFromMenu(page, 'Conventions');
  await openTab(page, TABS[1]);
  await click(row(page, journey.family).locator('summary'));
  await follow(row(page, journey.family).getByRole('button', { name: 'Régénérer la convention' }));
  test((await words(page.getByRole('status').first())).includes('état d’origine'),
    'what came of the regeneration is said');
  await testMail(journey.world, journey.origin.email, subject(journey, 'à signer de nouveau'));
  await openFromMenu(journey.originPage, 'Conventions');
  const got = await download(journey.originPage, row(journey.originPage, journey.family)
    .getByRole('link', { name: 'Générer convention' }));
  test(got.content.equals(journey.original),
    'a regenerated convention is the original again, byte for byte');
}

export function testNoFaults(journey) {
  same([...journey.originPage.faults, ...journey.hostPage.faults].join('\n'), '',
    'no page of the journey had an error in the console');
}
