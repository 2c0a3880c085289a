// The help pages of a school that takes trainees, walked by its admin (t/lib/guide.mjs).
import { test } from './browser.mjs';
import { openGuide, slice } from './guide.mjs';
import { frenchDay } from './world.mjs';

const PENDING = 'Conventions en attente de validation';
const WORKSHOP = 'Mini-stage en atelier menuiserie';

const tabs = (guide) => guide.page.getByRole('navigation', { name: 'États des conventions' });
const tools = (guide) => guide.main.locator('form.list-tools');
const several = (guide) => guide.main.locator('.several');

// A name in the list that is open.
export async function openRow(guide, name) {
  await guide.go(guide.row(name).getByRole('link', { name }).first());
}

// The pages that tell the states, before anything moves.
export async function walkStates({ host, origin }) {
  const guide = openGuide('etats-des-conventions', origin);
  await guide.step(1, async () => {
    await guide.menu('Conventions');
    await guide.picture('onglets', [tabs(guide).locator('ul')]);
  });
  await guide.step(2, async () => {
    await guide.go(tabs(guide).getByRole('link', { name: PENDING }));
    await openRow(guide, 'ŁUKASZEWICZ');
    await guide.picture('historique-convention', [guide.card('Historique')]);
  });
  guide.end();
  await walkFirst(host);
  await walkFollowing(host);
}

async function walkFirst(page) {
  const guide = openGuide('premier-stage', page);
  await guide.step(1, async () => {
    await guide.menu('Options');
    await guide.picture('options', [guide.main.locator('.options-tabs'),
      guide.part('L’établissement')]);
  });
  await guide.step(2, async () => {
    await guide.menu('Liste des stages');
    await guide.click('Proposer un stage');
  });
  await guide.step(3, async () => {
    await page.goBack();
    await openInfo(guide);
    await guide.picture('stagiaires-inscrits', [guide.card('Stagiaires inscrits')]);
    await openGuide('etats-des-conventions', page).picture('etats',
      [guide.card('Stagiaires inscrits').locator('table')]);
  });
  await guide.step(4, async () => {
    await guide.menu('Tableau de bord');
    await pictureDashboard(guide);
    await guide.go(guide.main.getByRole('link', { name: 'LEFÈVRE Noé' }));
  });
  await guide.step(5, async () => {
    await guide.see();
  });
  await guide.step(6, async () => {
    await guide.go(page.getByRole('link', { name: 'Revenir à la liste' }));
    await guide.go(tabs(guide).getByRole('link', { name: 'Conventions validées' }));
  });
  guide.end();
}

async function openInfo(guide) {
  await guide.go(guide.row(WORKSHOP).getByRole('link', { name: /^Info/ }));
}

async function pictureDashboard(guide) {
  const work = guide.main.locator('section.work');
  await guide.picture('tableau-de-bord', [guide.main.locator('h1'), ...await work.all()]);
}

async function walkFollowing(page) {
  const guide = openGuide('suivre-les-inscriptions', page);
  await guide.step(1, async () => {
    await guide.menu('Tableau de bord');
    await pictureDashboard(guide);
  });
  await guide.step(2, async () => {
    await guide.go(guide.main.getByRole('link', { name: /conventions à valider$/ }));
    await guide.picture('suivi', [guide.main.locator('h1'), guide.main.locator('.card-list')]);
  });
  await guide.step(3, async () => {
    await page.goBack();
  });
  await guide.step(4, async () => {
    await guide.menu('Liste des stages');
    await guide.choose('Nos stages');
    await guide.picture('nos-stages', [guide.main.locator('.card-list')],
      guide.main.locator('select').filter({ hasText: 'Nos stages' }));
  });
  await guide.step(5, () => openInfo(guide));
  guide.end();
}

export async function walkHost(pages) {
  await walkReminders(pages.host);
  await walkSeveral(pages.host);
  await walkValidation(pages.host);
  await walkOffer(pages.host);
  await walkContacts(pages.host);
  await walkCalendar(pages.host);
}

async function walkReminders(page) {
  const guide = openGuide('relancer', page);
  await guide.step(1, async () => {
    await guide.menu('Conventions');
    await openRow(guide, 'ŞAHIN');
  });
  await guide.step(2, async () => {
    const button = guide.control('Relancer l’établissement d’origine');
    await guide.picture('relancer', [guide.card('État')], button);
    await guide.click('Relancer l’établissement d’origine');
  });
  await guide.step(3, async () => {
    await guide.picture('courriels-convention', [guide.card('Courriels')]);
  });
  await guide.step(4, async () => {
    await guide.go(page.getByRole('link', { name: 'Revenir à la liste' }));
    await guide.row('ALVÈS').getByRole('checkbox').check();
    await guide.row('ŞAHIN').getByRole('checkbox').check();
    await guide.picture('cocher', [several(guide), guide.main.locator('table.table-rows')],
      guide.control('Relancer', several(guide)));
    await guide.click('Relancer', several(guide));
    await openGuide('plusieurs-conventions', page).picture('plusieurs-resultat',
      [guide.main.locator('h1'), guide.main.locator('table')]);
  });
  guide.end();
}

async function walkSeveral(page) {
  const guide = openGuide('plusieurs-conventions', page);
  await guide.step(1, async () => {
    await guide.menu('Conventions');
    await guide.main.locator('.filters summary').click();
    await guide.picture('filtres', [tools(guide)]);
    await guide.fill({ 'Stage à partir du': frenchDay(0) });
    await guide.click('Filtrer');
  });
  await guide.step(2, async () => {
    await several(guide).getByLabel('Tout cocher').check();
  });
  await guide.step(3, async () => {
    for (const words of ['Télécharger (ZIP)', 'Imprimer (un seul PDF)']) {
      const got = page.waitForEvent('download');
      await guide.control(words, several(guide)).click();
      await got;
    }
  });
  await guide.step(4, async () => {
    await guide.click('Relancer', several(guide));
    await page.goBack();
  });
  await guide.step(5, async () => {
    await guide.go(tabs(guide).getByRole('link', { name: PENDING }));
    await guide.row('ŁUKASZEWICZ').getByRole('checkbox').check();
    await guide.row('BENALI').getByRole('checkbox').check();
    await guide.control('Valider', several(guide)).isVisible();
  });
  await guide.step(6, async () => {
    await guide.page.goto(page.url().replace(/en-attente.*/, 'non-retournees'));
    await several(guide).getByLabel('Tout cocher').check();
    await guide.go(several(guide).getByRole('button', { name: 'Relancer' }));
    await guide.click('Revenir à la liste');
  });
  guide.end();
}

async function walkValidation(page) {
  const guide = openGuide('valider-une-convention', page);
  await guide.step(1, async () => {
    await guide.menu('Conventions');
    await guide.click(PENDING, tabs(guide));
    await guide.picture('en-attente', [tabs(guide), guide.main.locator('table.table-rows')]);
  });
  await guide.step(2, async () => {
    await guide.click('Voir la convention', guide.row('LEFÈVRE'));
    await guide.picture('convention-rendue', [guide.card('Convention rendue')]);
  });
  await guide.step(3, async () => {
    const pictures = guide.card('Pages : original et convention rendue');
    for (const image of await pictures.locator('img').all()) {
      await image.evaluate((one) => one.decode());
    }
    await guide.picture('pages-cote-a-cote', [slice(pictures.locator('.row').last(), 0.45, 1)]);
  });
  await guide.step(4, async () => {
    await guide.picture('valider', [guide.card('État')], guide.control('Valider la conformité'));
    await guide.click('Valider la conformité');
  });
  await guide.step(5, async () => {
    await guide.go(page.getByRole('navigation', { name: 'Menu principal' })
      .getByRole('link', { name: 'Conventions' }));
    await guide.go(tabs(guide).getByRole('link', { name: PENDING }));
    await guide.click('Invalider la conformité', guide.row('BENALI'));
  });
  await guide.step(6, async () => {
    await guide.fill({ 'Motif, communiqué à l’établissement d’origine':
      'Il manque la signature du responsable légal.' });
    await guide.picture('invalider', [guide.main.locator('h1'), guide.main.locator('.card')],
      guide.control('Invalider la conformité'));
    await guide.click('Invalider la conformité');
  });
  await guide.step(7, async () => {
    await guide.click('Régénérer la convention');
  });
  guide.end();
}

async function walkOffer(page) {
  const guide = openGuide('proposer-un-stage', page);
  await guide.step(1, async () => {
    await guide.menu('Liste des stages');
    await guide.click('Proposer un stage');
  });
  await guide.step(2, async () => {
    await guide.fill({ Intitulé: 'Découverte de l’atelier mode', 'Jour du stage': frenchDay(13),
      'Heure d’arrivée': '8 h 30', 'Heure de fin': '16 h', Lieu: 'Atelier mode, bâtiment A',
      'Personne responsable sur place': 'Samuel Ménard', 'Nombre de places': '6',
      'Inscriptions jusqu’au': frenchDay(10) });
    await guide.picture('stage-formulaire', [guide.part('Quand'), guide.part('Où, et avec qui')]);
  });
  await guide.step(3, async () => {
    await guide.fill({ 'Présentation, en Markdown': 'Couper, coudre, essayer : une journée en atelier.' });
    await guide.click('Voir l’aperçu de la présentation');
  });
  await guide.step(4, async () => {
    const button = guide.control('Publier le stage');
    await guide.picture('stage-publier', [guide.part('Inscriptions'), button.locator('..')], button);
    await guide.click('Publier le stage');
  });
  await walkOtherDays(guide);
  await walkChanges(guide);
  guide.end();
}

async function openList(guide) {
  await guide.go(guide.page.getByRole('link', { name: 'Liste des stages' }));
}

async function walkOtherDays(guide) {
  await guide.step(5, async () => {
    await openList(guide);
    await openInfo(guide);
    await guide.picture('stage-boutons', [guide.main.locator('h1'), guide.main.locator('.actions')]);
  });
  await guide.step(6, async () => {
    await openList(guide);
    await guide.go(guide.row('Découverte de l’atelier mode').getByRole('link', { name: /^Info/ }));
    await guide.go(guide.page.getByRole('link', { name: 'Répéter chaque semaine' }));
    await guide.fill({ 'Chaque semaine jusqu’au': frenchDay(45) });
    await guide.click('Voir les dates');
    await guide.picture('stage-repeter', [guide.main.locator('.card').last()]);
    await guide.click('Publier à ces dates');
  });
}

async function walkChanges(guide) {
  await guide.step(7, async () => {
    await guide.go(guide.row('Découverte de l’atelier mode').getByRole('link', { name: /^Info/ }));
    await guide.click('Modifier');
  });
  await guide.step(8, async () => {
    await guide.page.goBack();
    await guide.click('Clore les inscriptions');
    await guide.click('Rouvrir les inscriptions');
  });
  await guide.step(9, async () => {
    await guide.click('Annuler le stage');
    await guide.page.goBack();
  });
  await guide.step(10, async () => {
    await openList(guide);
    await openInfo(guide);
    const address = await guide.control('Feuille d’émargement (PDF)').getAttribute('href');
    const paper = await guide.page.request.get(new URL(address, guide.page.url()).href);
    test((await paper.body()).subarray(0, 5).toString() === '%PDF-', 'the attendance sheet is a PDF');
  });
}

async function walkContacts(page) {
  const guide = openGuide('contacts', page);
  await guide.step(1, async () => {
    await guide.menu('Contacts');
    await guide.picture('contacts', [guide.main.locator('h1'), guide.main.locator('.card-list')]);
  });
  await guide.step(2, async () => {
    await guide.click('Ajouter un contact');
  });
  await guide.step(3, async () => {
    await page.goBack();
    await openRow(guide, 'Cité des métiers de Lyon');
    await guide.picture('contact', [guide.card('Personnes'), guide.card('Notes')]);
  });
  await guide.step(4, async () => {
    await page.goBack();
    await guide.see();
  });
  await guide.step(5, async () => {
    for (const school of ['Collège du Haut-Bugey', 'Collège Simone-Lagrange']) {
      await guide.row(school).getByRole('checkbox').check();
    }
    await guide.click('Écrire');
    await guide.fill({ Objet: 'Journée portes ouvertes',
      Message: 'Bonjour,\n\nle lycée ouvre ses ateliers aux élèves de troisième. Inscrivez-les sur la plateforme.' });
    await guide.picture('ecrire', [guide.main.locator('h1'), guide.main.locator('.card-form')]);
    await guide.click('Voir l’aperçu');
  });
  await guide.step(6, async () => {
    await guide.picture('message-apercu', [guide.main.locator('h1'), guide.main.locator('.card').first()]);
    await guide.click('Envoyer le message');
  });
  guide.end();
}

async function walkCalendar(page) {
  const guide = openGuide('calendrier', page);
  await guide.step(1, async () => {
    await guide.menu('Calendrier');
    await guide.click('Suivant');
    await guide.picture('calendrier', [guide.main.locator('.calendar-tools'),
      guide.main.locator('table.calendar')]);
  });
  await guide.step(2, async () => {
    await guide.click('Tous les stages publiés');
  });
  await guide.step(3, async () => {
    await guide.click('S’abonner au calendrier');
    await guide.click('Créer mon adresse');
  });
  await guide.step(4, async () => {
    await guide.picture('abonnement', [guide.main.locator('h1'), guide.card('Votre adresse')]);
  });
  guide.end();
}

