// Follows every help page step by step, on the demonstration's data and by the words it names, and
// takes its pictures: PARAPHE_PICTURES_HELP=yes CHECK_ONLY=t/browser/help t/check writes them anew.
//
// On a site of its own: the steps change the data, and no other test's schools are in the pictures.
delete process.env.PARAPHE_SITE;
process.env.LANGUAGE = 'fr'; // of the browser's own words

const { finish, openBrowser, signIn, site, test, testAccessible, testFits } = await import(
  '../lib/browser.mjs');
const { subjects, testPictures } = await import('../lib/guide.mjs');
const { openWorld } = await import('../lib/world.mjs');
const { walkStates, walkHost } = await import('../lib/help_host.mjs');
const { walkSettings } = await import('../lib/help_settings.mjs');
const { walkOrigin } = await import('../lib/help_origin.mjs');
const { walkOperator } = await import('../lib/help_operator.mjs');

const PASSWORD = 'stage-en-confiance'; // of conf/demo-data
// Pictures are at most that wide; pages are seen whole.
const WINDOW = { width: 980, height: 3200 };

const browser = await openBrowser();
const world = await openWorld();

async function open(address, size = WINDOW) {
  const page = await browser.newPage(size);
  await signIn(page, address, PASSWORD);
  return page;
}

// Every help page as it is read, at a desk and on a telephone.
async function look() {
  for (const size of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
    const page = await open('secretariat@haut-bugey.example', size);
    for (const subject of subjects()) {
      const title = `${subject}, ${size.width} px`;
      await page.goto(`${site.url}/aide/${subject}`);
      await testFits(page, title);
      await testAccessible(page, title);
      const absent = await page.locator('main img').evaluateAll((all) => all
        .filter((one) => !one.complete || one.naturalWidth === 0).map((one) => one.src));
      test(absent.length === 0, `${title} shows its pictures`, ...absent);
    }
    test(page.faults.length === 0, `${size.width} px: the console stays silent`, ...page.faults);
  }
}

const pages = {
  host: await open('admin@rosa-bonheur.example'),
  colleague: await open('secretariat@rosa-bonheur.example'),
  origin: await open('secretariat@simone-lagrange.example'),
  operator: await open('operateur@paraphe.example'),
};
await walkStates(pages);
await walkSettings(pages, PASSWORD);
await walkOrigin(pages, world);
await walkHost(pages);
await walkOperator(pages);
testPictures();
await look();
for (const [who, page] of Object.entries(pages)) {
  // A file that is refused is told by the page, and to the console by the browser.
  const faults = page.faults.filter((fault) => !/status of 422 .*\/depot\)/.test(fault));
  test(faults.length === 0, `${who}: the console stays silent`, ...faults);
}
await finish();
