// Asks a server as the console of Prometheus does while somebody types.
// Usage: node complete.mjs URL METHOD; prints one JSON object, fails on any error that the client reports.
import { createRequire } from 'node:module';

// The CommonJS build: the other one imports its files without their extensions.
const require = createRequire(import.meta.url);
const { EditorState } = require('@codemirror/state');
const { CompletionContext } = require('@codemirror/autocomplete');
const { newCompleteStrategy, promQLLanguage, LanguageType } = require('@prometheus-io/codemirror-promql');
const { HTTPPrometheusClient } = require('@prometheus-io/codemirror-promql/dist/cjs/client/prometheus');

const [url, httpMethod] = process.argv.slice(2);
const errors = [];
const remote = {
  url,
  httpMethod,
  lookbackInterval: 3_600_000,
  httpErrorHandler: (error) => errors.push(String(error.message)),
};

const client = new HTTPPrometheusClient(remote);
const metadata = await client.metricMetadata();
const answers = {
  metricNames: await client.metricNames(),
  labelNames: await client.labelNames(),
  labelNamesOfUp: await client.labelNames('up'),
  jobsOfUp: await client.labelValues('job', 'up', []),
  utf8Values: await client.labelValues('service.name'),
  series: await client.series('up', [], 'job'),
  typeOfCounter: metadata.lookout_ingest_samples_total?.[0]?.type ?? Object.keys(metadata).slice(0, 20),
  metadataCount: Object.keys(metadata).length,
  flags: Object.keys(await client.flags()),
};

// The bar marks the cursor.
async function labels(document) {
  const position = document.indexOf('|');
  const strategy = newCompleteStrategy({ remote });
  const state = EditorState.create({
    doc: document.replace('|', ''),
    extensions: [promQLLanguage(LanguageType.PromQL)],
  });
  const result = await strategy.promQL(new CompletionContext(state, position, true));
  strategy.destroy?.();
  return (result?.options ?? []).map((option) => option.label);
}

answers.completions = {};
for (const document of ['lookout_|', 'up{|}', 'up{job="|"}', 'sum by (|) (up)']) {
  answers.completions[document] = await labels(document);
}
answers.errors = errors;
console.log(JSON.stringify(answers));
// The client's cache keeps timers alive.
process.exit(errors.length === 0 ? 0 : 1);
