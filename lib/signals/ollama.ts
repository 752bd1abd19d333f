import frcooperCatalog from '../catalog/recorded/ollama_exporter_frcooper.json';
import lucavbCatalog from '../catalog/recorded/ollama_exporter_lucavb.json';
import maravexaCatalog from '../catalog/recorded/ollama_exporter_maravexa.json';
import type { Expression } from '../expression/expression';
import {
  age,
  count,
  from,
  group,
  increase,
  max,
  observations,
  observed,
  quantile,
  rate,
  ratio,
  sum,
  tag,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { defineSource, noneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';
import { answersItsExporter } from './prober';
import { upOrDown } from './states';

// Ollama tells nothing by itself. One exporter asks it what is loaded; two stand before it and see what passes through them, only that.

/** Asks Ollama now and then: what there is, what is loaded. It keeps that while Ollama does not answer. */
const lucavb = defineSource(lucavbCatalog, ['service', 'host']);
/** A proxy: how long answers take, by model. */
const frcooper = defineSource(frcooperCatalog, ['service', 'host']);
/** A proxy that asks as well. It keeps the memory of models that are unloaded. */
const maravexa = defineSource(maravexaCatalog, ['service', 'host']);

/** Whether Ollama answers its exporter. A plain proxy does not ask. */
const answersBy = <const B extends 'service' | 'host'>(...by: readonly B[]) =>
  from<B>({
    lucavb: max(lucavb.metric('ollama_up'), ...by),
    maravexa: max(maravexa.metric('ollama_up'), ...by),
  });

const scrapes = {
  lucavb: max(lucavb.scraped('up'), 'service'),
  maravexa: max(maravexa.scraped('up'), 'service'),
  frcooper: max(frcooper.scraped('up'), 'service'),
};

/** While Ollama answers: what is kept from before is no news. */
const fresh = <L extends string>(of: Expression<L | 'service'>): Expression<L | 'service'> =>
  when(of, where(answersBy('service'), '==', 1));

const loaded = from({
  lucavb: fresh(max(tag(lucavb.metric('ollama_running_models'), 'model', '{model_name}'), 'service', 'model')),
  maravexa: fresh(where(max(maravexa.metric('ollama_model_loaded'), 'service', 'model'), '==', 1)),
});

/** What passes through the proxy, but not the lists that it fetches: they have no model to wait for. */
const talk = { endpoint: noneOf('/api/tags', '/api/ps', '/api/version', '/api/show') } as const;

/** On average: the largest bucket of a proxy may be less than what a long answer takes. */
const answerTime = <const B extends 'service' | 'model'>(...by: readonly B[]) => {
  const polite = maravexa.metric('ollama_request_duration_seconds', talk);
  const plain = frcooper.metric('ollama_response_seconds');
  return from<B>({
    maravexa: ratio(sum(observed(polite), ...by), sum(observations(polite), ...by)),
    frcooper: ratio(sum(observed(plain), ...by), sum(observations(plain), ...by)),
  });
};

const spoken = frcooper.metric('ollama_tokens_per_second');

/** What exporters tell of Ollama. */
export const ollama = defineSignals('ollama', {
  up: {
    title: 'Ollama',
    description: 'Whether Ollama answers: its exporter, or else whether Prometheus reaches the proxy before it.',
    unit: 'state',
    values: upOrDown,
    expression: from({
      'by an exporter that asks': answersBy('service'),
      frcooper: max(frcooper.scraped('up'), 'service'),
    }),
  },
  scraped: {
    title: 'Exporter',
    description: 'Whether Prometheus reaches the exporter. While it does not, nothing here is known.',
    unit: 'state',
    values: upOrDown,
    expression: from(scrapes),
  },
  version: {
    title: 'Version',
    description: 'The version of Ollama; after an update the old one may stay until the exporter restarts.',
    unit: 'state',
    values: { 1: { text: 'Runs', state: 'neutral' } },
    expression: group(lucavb.metric('ollama_version_info'), 'service', 'version'),
  },

  // --- what there is -------------------------------------------------------------------------------------------
  models: {
    title: 'Models',
    description: 'How many models there are on its disk.',
    unit: 'count',
    expression: fresh(max(lucavb.metric('ollama_models_total'), 'service')),
  },
  modelFacts: {
    title: 'Known',
    description: 'Each model, its size in parameters, and how exact its numbers are kept.',
    unit: 'state',
    values: { 1: { text: 'There', state: 'neutral' } },
    empty: 'No model',
    expression: group(
      tag(
        tag(tag(lucavb.metric('ollama_model_info'), 'model', '{model_name}'), 'parameters', '{parameter_size}'),
        'exactness',
        '{quantization_level}',
      ),
      'service',
      'model',
      'parameters',
      'exactness',
    ),
  },
  modelSize: {
    title: 'Size on disk',
    description: 'How much room each model takes on the disk.',
    unit: 'bytes',
    empty: 'No model',
    expression: max(tag(lucavb.metric('ollama_model_size_bytes'), 'model', '{model_name}'), 'service', 'model'),
  },
  modelsSize: {
    title: 'Size of all models',
    description: 'How much room all models take on the disk.',
    unit: 'bytes',
    empty: 'No model',
    expression: sum(lucavb.metric('ollama_model_size_bytes'), 'service'),
  },

  // --- what is loaded ------------------------------------------------------------------------------------------
  loaded: {
    title: 'Loaded models',
    description:
      'Which models are in memory when. One that is not is loaded at the first question, which takes its time.',
    unit: 'state',
    values: { 1: { text: 'Loaded', state: 'ok' } },
    empty: 'None is loaded',
    expression: loaded,
  },
  loadedCount: {
    title: 'Loaded',
    description: 'How many models are in memory.',
    unit: 'count',
    expression: zeroWhile(count(loaded, 'service'), answersBy('service'), 'service'),
  },
  memory: {
    title: 'Graphics memory',
    description: 'How much memory of the graphics card each model takes. Without one, models are in ordinary memory.',
    unit: 'bytes',
    empty: 'None is on a graphics card',
    expression: from({
      lucavb: fresh(max(tag(lucavb.metric('ollama_model_memory_bytes'), 'model', '{model_name}'), 'service', 'model')),
      maravexa: fresh(
        when(
          max(maravexa.metric('ollama_model_vram_bytes'), 'service', 'model'),
          where(max(maravexa.metric('ollama_model_loaded'), 'service', 'model'), '==', 1),
        ),
      ),
    }),
  },
  loads: {
    title: 'Models loaded anew',
    description: 'How often each model was loaded. Again and again: two take turns in a memory that holds one.',
    unit: 'count',
    empty: 'None was loaded',
    expression: sum(increase(maravexa.metric('ollama_model_load_total')), 'service', 'model'),
  },

  // --- what it is asked ----------------------------------------------------------------------------------------
  requests: {
    title: 'Requests',
    description: 'What is asked through the proxy, by model. What goes past it is not seen.',
    unit: 'requestsPerSecond',
    empty: 'Nobody asks',
    expression: from({
      maravexa: sum(rate(maravexa.metric('ollama_requests_total')), 'service', 'model'),
      frcooper: sum(rate(frcooper.metric('ollama_requests_total')), 'service', 'model'),
    }),
  },
  requestsShown: {
    title: 'Questions',
    description: 'How many requests passed the proxy in the time shown.',
    unit: 'count',
    empty: 'Nobody asked',
    expression: from({
      maravexa: sum(increase(maravexa.metric('ollama_requests_total'), 'range'), 'service'),
      frcooper: sum(increase(frcooper.metric('ollama_requests_total'), 'range'), 'service'),
    }),
  },
  inFlight: {
    title: 'At work',
    description: 'How many requests Ollama works at.',
    unit: 'count',
    empty: 'Nobody asked yet',
    expression: sum(maravexa.metric('ollama_requests_in_flight'), 'service'),
  },
  answerTime: {
    title: 'Answer time',
    description: 'How long it takes on average until an answer is complete. Long answers take long.',
    unit: 'seconds',
    levels: thresholds.modelAnswer,
    empty: 'Nobody asks',
    expression: answerTime('service'),
  },
  answerTimeByModel: {
    title: 'Answer time by model',
    description: 'How long it takes each model on average until an answer is complete.',
    unit: 'seconds',
    levels: thresholds.modelAnswer,
    empty: 'Nobody asks',
    expression: answerTime('service', 'model'),
  },
  readTime: {
    title: 'Time to read the question',
    description: 'How long each model reads before it begins to answer: 19 of 20 are faster. Long chats take longer.',
    unit: 'seconds',
    levels: thresholds.modelRead,
    empty: 'Nobody asks',
    expression: from({
      maravexa: quantile(0.95, maravexa.metric('ollama_prompt_eval_duration_seconds'), ['service', 'model']),
      frcooper: quantile(0.95, frcooper.metric('ollama_prompt_eval_duration_seconds'), ['service', 'model']),
    }),
  },
  readTimeWorst: {
    title: 'Time to first word',
    description: 'How long it takes to read the question, whichever model does: 19 of 20 are faster.',
    unit: 'seconds',
    levels: thresholds.modelRead,
    empty: 'Nobody asks',
    expression: from({
      maravexa: quantile(0.95, maravexa.metric('ollama_prompt_eval_duration_seconds'), ['service']),
      frcooper: quantile(0.95, frcooper.metric('ollama_prompt_eval_duration_seconds'), ['service']),
    }),
  },
  loadTime: {
    title: 'Time to load',
    description: 'How long a question waits until its model is loaded: 19 of 20 are faster.',
    unit: 'seconds',
    levels: thresholds.modelRead,
    empty: 'Nobody asks',
    expression: from({
      maravexa: quantile(0.95, maravexa.metric('ollama_load_duration_seconds'), ['service', 'model']),
      frcooper: quantile(0.95, frcooper.metric('ollama_load_duration_seconds'), ['service', 'model']),
    }),
  },
  speed: {
    title: 'Words a second',
    description: 'Parts of words (tokens) a second that each model writes. People read about ten.',
    unit: 'perSecond',
    levels: thresholds.modelSpeed,
    empty: 'Nobody asks',
    expression: from({
      maravexa: max(maravexa.metric('ollama_tokens_per_second'), 'service', 'model'),
      frcooper: ratio(sum(observed(spoken), 'service', 'model'), sum(observations(spoken), 'service', 'model')),
    }),
  },
  written: {
    title: 'Written',
    description: 'Parts of words (tokens) a second that all answers together have.',
    unit: 'perSecond',
    empty: 'Nobody asks',
    expression: sum(rate(frcooper.metric('ollama_tokens_generated_total')), 'service', 'model'),
  },
  read: {
    title: 'Read',
    description: 'Parts of words (tokens) a second that all questions together have.',
    unit: 'perSecond',
    empty: 'Nobody asks',
    expression: sum(rate(frcooper.metric('ollama_tokens_processed_total')), 'service', 'model'),
  },

  // --- the exporter itself -------------------------------------------------------------------------------------
  dataAge: {
    title: 'Age of the data',
    description: 'Time since the exporter last heard all from Ollama. It keeps showing what it heard then.',
    unit: 'duration',
    levels: thresholds.dataAge,
    expression: age(max(lucavb.metric('ollama_exporter_last_scrape_timestamp_seconds'), 'service')),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  answers: answersItsExporter('Ollama', answersBy('service', 'host')),
  requestsLately: {
    title: 'Questions lately',
    description: 'How many requests passed the proxy within a quarter of an hour.',
    unit: 'count',
    empty: 'Nobody asked',
    expression: from({
      maravexa: sum(increase(maravexa.metric('ollama_requests_total'), '15m'), 'service'),
      frcooper: sum(increase(frcooper.metric('ollama_requests_total'), '15m'), 'service'),
    }),
  },
  loadsLately: {
    title: 'Loaded within an hour',
    description: 'How often each model was loaded within an hour.',
    unit: 'count',
    empty: 'None was loaded',
    expression: sum(increase(maravexa.metric('ollama_model_load_total'), '1h'), 'service', 'model'),
  },
});
