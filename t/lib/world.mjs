// The schools of a browser's test, and what happens to their papers between two pages: signed,
// scanned, altered (t/lib/papers.py). Each test makes schools of its own.
//
//     const world = await openWorld();
//     await world.school('host', { title: 'Lycée Rosa-Bonheur' });
//     const address = await world.account('host', 'admin');
//     const placement = await world.placement('host', { title: 'Atelier bois', day: 20 });
//     const signed = await world.paper('sign', pdf, { fields: ['signature_origin'] });
//     const mail = await world.mail(address, 'Convention de … à signer');
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { atEnd, site, source } from './browser.mjs';

export const PASSWORD = 'quatre mots sans suite'; // of every account, as in t/lib/schools.py

// 20 days from now, as JJ-MM-AAAA: the day of a placement made with { day: 20 }.
export function frenchDay(days) {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return new Intl.DateTimeFormat('fr-FR', { day: '2-digit', month: '2-digit', year: 'numeric' })
    .format(day).replaceAll('/', '-');
}

export async function openWorld() {
  const clerk = spawn('/usr/bin/python3', ['-B', join(source, 't/lib/world.py'), site.directory],
    { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  createInterface({ input: clerk.stdout }).on('line', (line) => {
    const { result, error } = JSON.parse(line);
    const asked = waiting.shift();
    if (error) asked.reject(new Error(error));
    else asked.resolve(result);
  });
  clerk.on('exit', (status) => waiting.splice(0)
    .forEach((asked) => asked.reject(new Error(`world.py ended with ${status}`))));
  atEnd(() => new Promise((resolve) => {
    clerk.on('exit', resolve);
    clerk.stdin.end();
  }));

  const call = (name, given) => new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    clerk.stdin.write(`${JSON.stringify({ call: name, with: given })}\n`);
  });
  const file = async (name, given) => Buffer.from(await call(name, given), 'base64');
  const packed = (pdf) => pdf?.toString('base64');

  return {
    school: (name, options = {}) => call('school', { name, ...options }),
    account: (school, role, name) => call('account', { role, school, name }),
    operator: () => call('account', { role: 'operator' }),
    placement: (school, options = {}) => call('placement', { school, ...options }),
    register: (school, placement, fields = {}) => call('register', { school, placement, ...fields }),
    original: (school, convention) => file('original', { school, convention }),
    deposit: (school, pdf, convention = '') =>
      call('deposit', { school, pdf: packed(pdf), convention }),
    act: (school, convention, event, reason = null) =>
      call('act', { school, convention, event, reason }),
    paper: (how, pdf, options = {}) => file('paper', { how, pdf: packed(pdf), ...options }),
    sql: (statement) => call('sql', { statement }),
    mail: async (to, subject, count = 1) => {
      const mail = await call('mail', { to, subject, count });
      if (mail) mail.files = mail.files.map((one) => Buffer.from(one, 'base64'));
      return mail;
    },
  };
}
