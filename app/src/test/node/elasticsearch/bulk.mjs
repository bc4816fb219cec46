// Sends events by the clients of three versions: bulk.mjs URL
import { Client as Client7 } from 'elasticsearch-7';
import { Client as Client8 } from 'elasticsearch-8';
import { Client as Client9 } from 'elasticsearch-9';

const node = process.argv[2];
const answers = {};

function event(host, load) {
  return {
    '@timestamp': new Date().toISOString(),
    event: { module: 'system', dataset: 'system.load' },
    metricset: { name: 'load' },
    host: { name: host },
    system: { load: { 1: load } },
  };
}

for (const [version, Client] of [['7', Client7], ['8', Client8], ['9', Client9]]) {
  const client = new Client({ node, compression: version !== '7' });
  const lines = [
    { create: { _index: 'metricbeat' } },
    event(`js-${version}`, Number(version)),
    { index: { _index: 'metricbeat' } },
    { message: 'a line of a log' },
  ];
  const info = await client.info();
  const bulk = await client.bulk(version === '7' ? { body: lines } : { operations: lines });
  const helped = await client.helpers.bulk({
    datasource: [event(`js-${version}-helper`, Number(version))],
    onDocument: () => ({ create: { _index: 'metricbeat' } }),
  });
  answers[version] = {
    ping: version === '7' ? (await client.ping()).body : await client.ping(),
    version: (info.body ?? info).version.number,
    errors: (bulk.body ?? bulk).errors,
    statuses: (bulk.body ?? bulk).items.map((item) => (item.create ?? item.index).status),
    helped: helped.successful,
  };
  await client.close();
}
console.log(JSON.stringify(answers));
