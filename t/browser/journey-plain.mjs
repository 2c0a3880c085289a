// The core of the journey in a browser without JavaScript: nothing is missing but convenience.
import { finish, openBrowser } from '../lib/browser.mjs';
import * as steps from '../lib/journey.mjs';
import { openWorld } from '../lib/world.mjs';

const world = await openWorld();
const journey = await steps.begin(world, await openBrowser(), { javaScript: false });

await steps.register(journey);
await steps.downloadOriginal(journey);
await steps.sign(journey);
await steps.depositSigned(journey);
await steps.look(journey);
await steps.validate(journey);
await steps.invalidate(journey);
steps.testNoFaults(journey);
await finish();
