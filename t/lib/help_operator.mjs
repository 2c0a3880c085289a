// The help pages of the operator (t/lib/guide.mjs).
import { openGuide } from './guide.mjs';
import { openRow } from './help_host.mjs';
import { frenchDay } from './world.mjs';

export async function walkOperator({ operator }) {
  await walkWatching(operator);
  await walkLicences(operator);
  await walkSchools(operator);
  await walkAccounts(operator);
  await walkMails(operator);
  await walkHistory(operator);
}

const tabs = (guide) => guide.main.locator('nav').first();

async function walkWatching(page) {
  const guide = openGuide('surveiller', page);
  await guide.step(1, async () => {
    await guide.menu('Tableau de bord');
    await guide.picture('a-surveiller', [guide.heading('À surveiller'), guide.main.locator('.tiles')]);
  });
  await guide.step(2, async () => {
    await guide.go(guide.main.locator('.tiles').getByRole('link', { name: /licences? à renouveler/ }));
    await guide.picture('surveiller-licences', [guide.main.locator('h1'), guide.main.locator('.card-list')]);
  });
  guide.end();
}

async function walkLicences(page) {
  const guide = openGuide('licences', page);
  await guide.step(1, async () => {
    await guide.menu('Établissements');
    await guide.click('Licence qui se termine dans 30 jours', tabs(guide));
    await guide.picture('licences-bientot', [tabs(guide), guide.main.locator('table')]);
    await guide.click('Licence terminée', tabs(guide));
  });
  await guide.step(2, () => openRow(guide, 'Collège du Haut-Bugey'));
  await guide.step(3, async () => {
    await guide.picture('licence', [guide.card('Licence d’utilisation')], guide.control('Ajouter la licence'));
    await guide.fill({ 'Premier jour': frenchDay(0), 'Dernier jour': frenchDay(365) });
    await guide.click('Ajouter la licence');
  });
  guide.end();
}

async function walkSchools(page) {
  const guide = openGuide('etablissements', page);
  await guide.step(1, async () => {
    await guide.menu('Établissements');
    await guide.picture('etablissements', [guide.main.locator('h1'), guide.main.locator('.card-list')],
      guide.control('Créer un établissement'));
    await guide.click('Créer un établissement');
  });
  await guide.step(2, async () => {
    await guide.fill({ 'Code UAI': '0690001B', Nom: 'Collège des Deux-Rives',
      'Adresse électronique': 'secretariat@deux-rives.example' });
    await guide.picture('etablissement-creer', [guide.main.locator('h1'), guide.part('L’établissement')]);
    await guide.click('Créer l’établissement');
  });
  await guide.step(3, async () => {
    await guide.fill({ 'Premier jour': frenchDay(0), 'Dernier jour': frenchDay(365) });
    await guide.click('Ajouter la licence');
  });
  await guide.step(4, () => guide.click('Inviter quelqu’un'));
  await guide.step(5, async () => {
    await guide.menu('Établissements');
    await guide.click('Importer un fichier');
    await guide.picture('etablissements-import', [guide.card('Le fichier'), guide.card('Ce que le fichier contient')]);
  });
  await guide.step(6, async () => {
    await page.goBack();
    await openRow(guide, 'Collège des Deux-Rives');
    await guide.click('Modifier');
  });
  guide.end();
}

async function walkAccounts(page) {
  const guide = openGuide('comptes', page);
  await guide.step(1, async () => {
    await guide.menu('Comptes');
    await guide.picture('comptes', [guide.main.locator('h1'), guide.main.locator('.card-list')]);
  });
  await guide.step(2, async () => {
    await guide.click('Inviter quelqu’un');
    await guide.fill({ 'Son adresse électronique': 'principal@deux-rives.example',
      'Code UAI de son établissement': '0690001B' });
    await guide.picture('compte-inviter', [guide.main.locator('h1'), guide.main.locator('form').first()],
      guide.control('Envoyer l’invitation'));
    await guide.click('Envoyer l’invitation');
  });
  await guide.step(3, async () => {
    await guide.go(tabs(guide).getByRole('link', { name: 'Invitations' }));
  });
  await guide.step(4, async () => {
    await guide.go(tabs(guide).getByRole('link', { name: 'Tous' }));
    await openRow(guide, 'Aurélie Maréchal');
    await guide.picture('compte', [guide.main.locator('h1'), ...await guide.main.locator('.card').all()]);
  });
  await guide.step(5, () => guide.see());
  await guide.step(6, () => guide.click('Désactiver le compte…'));
  guide.end();
}

async function walkMails(page) {
  const guide = openGuide('courriels-en-echec', page);
  await guide.step(1, async () => {
    await guide.menu('Courriels');
    await guide.click('Envoyés', tabs(guide));
    await guide.picture('courriels', [guide.main.locator('h1'), guide.main.locator('table tbody tr').nth(3)]);
  });
  await guide.step(2, async () => {
    await guide.go(guide.main.locator('table tbody a').first());
    await guide.picture('courriel', [guide.main.locator('h1'), guide.main.locator('.card').first()]);
  });
  guide.end();
}

async function walkHistory(page) {
  const guide = openGuide('historique', page);
  await guide.step(1, async () => {
    await guide.menu('Historique');
    await guide.picture('historique', [guide.main.locator('form.filters'),
      guide.main.locator('table tbody tr').nth(3)]);
    await guide.fill({ Par: 'Aurélie Maréchal' });
    await guide.click('Filtrer');
  });
  await guide.step(2, () => guide.click('Tout montrer'));
  await guide.step(3, async () => {
    await guide.click('Vérifier l’historique');
    await guide.click('Vérifier l’historique');
  });
  await guide.step(4, async () => {
    await page.getByText('Intact', { exact: true }).waitFor();
    await guide.picture('verification', [guide.card('Dernière vérification')]);
  });
  guide.end();
}
