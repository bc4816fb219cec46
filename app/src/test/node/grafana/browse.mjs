// Grafana's Prometheus data source without Grafana: what it asks when it is loaded, an editor is opened, variables are
// filled in. Usage: node browse.mjs URL METHOD; prints one JSON object.
import { createRequire } from 'node:module';

const [url, httpMethod] = process.argv.slice(2);

// The little of a browser that is touched.
const storage = { getItem: () => null, setItem() {}, removeItem() {} };
const element = () => ({ style: {}, setAttribute() {}, appendChild() {}, getContext: () => null });
globalThis.window = globalThis;
globalThis.self = globalThis;
globalThis.Prism = { manual: true };
globalThis.Element = class {
  matches() {}
};
Object.assign(globalThis, {
  localStorage: storage,
  sessionStorage: storage,
  location: new URL('http://localhost:3000/'),
  addEventListener() {},
  removeEventListener() {},
  matchMedia: () => ({ matches: false, addListener() {}, addEventListener() {} }),
  document: {
    currentScript: { src: '', hasAttribute: () => true },
    readyState: 'complete',
    cookie: '',
    body: {},
    head: element(),
    documentElement: element(),
    createElement: element,
    getElementsByTagName: () => [],
    querySelector: () => null,
    querySelectorAll: () => [],
    addEventListener() {},
  },
  grafanaBootData: {
    settings: { buildInfo: { version: '13.2.2' }, featureToggles: {}, datasources: {}, panels: {} },
    user: { orgId: 1, timezone: 'utc' },
    navTree: [],
  },
});

const require = createRequire(import.meta.url);
const { PrometheusDatasource, setBackendSrv, setTemplateSrv, dateTime, from } = require('./bundle.cjs');

const asked = [];

// Where Grafana's own server would stand: the resource part of the address goes to the server as it is.
async function send(options) {
  const method = (options.method ?? 'GET').toUpperCase();
  const parameters = new URLSearchParams();
  const given = (method === 'GET' ? options.params : options.data) ?? {};
  for (const [name, value] of Object.entries(given)) {
    for (const one of [value].flat()) {
      if (one !== undefined) parameters.append(name, String(one));
    }
  }
  const path = `/${options.url.replace(/^\/?api\/datasources\/uid\/[^/]+\/resources\//, '')}`;
  const query = method === 'GET' && parameters.size ? `${path.includes('?') ? '&' : '?'}${parameters}` : '';
  const response = await fetch(url + path + query, {
    method,
    ...(method === 'POST' && {
      body: String(parameters),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    }),
  });
  asked.push(`${response.status} ${method} ${path.split('?')[0]}`);
  const data = await response.json();
  if (!response.ok) throw { status: response.status, data, config: options };
  return { data, status: response.status, ok: true };
}

setBackendSrv({ get: async () => ({}), fetch: (options) => from(send(options)) });
const templates = { replace: (text) => text ?? '', getVariables: () => [], containsTemplate: () => false };
setTemplateSrv(templates);

const source = new PrometheusDatasource(
  {
    id: 1,
    uid: 'p',
    name: 'p',
    type: 'prometheus',
    access: 'proxy',
    url: '/x',
    meta: { id: 'prometheus' },
    jsonData: { httpMethod },
  },
  templates,
);
const to = dateTime();
const range = { from: dateTime(to).subtract(1, 'hour'), to, raw: { from: 'now-1h', to: 'now' } };

await source.init();
const language = source.languageProvider;
await language.start(range);
const answers = {
  exemplars: source.exemplarsAvailable,
  metrics: language.retrieveMetrics(),
  labels: language.retrieveLabelKeys(),
  metadata: Object.keys(language.retrieveMetricsMetadata()).length,
  labelsOfUp: await language.queryLabelKeys(range, '{__name__="up"}'),
  jobsOfUp: await language.queryLabelValues(range, 'job', 'up', 1000),
  services: await language.queryLabelValues(range, 'service.name', undefined, 1000),
  variables: {},
  tagKeys: (await source.getTagKeys({ filters: [], timeRange: range, queries: [{ expr: 'rate(up[5m])' }] })).map(
    (key) => key.text ?? key.value,
  ),
};
for (const query of ['label_names()', 'label_values(up, job)', 'metrics(lookout_build.*)', 'query_result(up)', 'up']) {
  answers.variables[query] = (await source.metricFindQuery(query, { range })).map((value) => value.text);
}
answers.asked = asked;
console.log(JSON.stringify(answers));
process.exit(0);
