// From the registration to the validated convention, as the two secretaries see it.
import { finish, openBrowser } from '../lib/browser.mjs';
import * as steps from '../lib/journey.mjs';
import { openWorld } from '../lib/world.mjs';

const world = await openWorld();
const journey = await steps.begin(world, await openBrowser());

await steps.register(journey);
await steps.downloadOriginal(journey);
await steps.sign(journey);
await steps.depositSigned(journey);
await steps.look(journey);
await steps.validate(journey);
await steps.invalidate(journey);
await steps.markIncomplete(journey);
await steps.regenerate(journey);
steps.testNoFaults(journey);
await finish();
