import { counted, lastOf, level, observed, type Content, type Rows } from '../content';
import type { Behave, Place } from '../place';
import { scaled, wave, type Course } from '../time/course';
import { upOf } from './while-up';

const models = [
  { name: 'llama3.1:8b', family: 'llama', size: '8.0B', bytes: 4.9e9, share: 1 },
  { name: 'qwen2.5-coder:7b', family: 'qwen2', size: '7.6B', bytes: 4.7e9, share: 0.4 },
] as const;

type Model = (typeof models)[number];

/** Questions a second that a model is asked. */
const questions = ({ world, service }: Place, { name, share }: Model): Course =>
  wave(`${world.seed} ${service} ${name}`, { mean: 0.03 * share, day: 0.5, noise: 0.3 });

/** frcooper/ollama-exporter: a proxy, so it sees each answer. */
export const ollamaFrcooper: Behave = (place) => {
  const each = (content: (pace: Course) => ReturnType<typeof counted> | ReturnType<typeof observed>): Rows =>
    models.map((model) => [{ model: model.name }, content(questions(place, model))]);
  return {
    metrics: {
      ollama_requests_total: each((pace) => counted(pace)),
      ollama_response_seconds: each((pace) => observed(pace, 6)),
      ollama_load_duration_seconds: each((pace) => observed(pace, 0.4)),
      ollama_prompt_eval_duration_seconds: each((pace) => observed(pace, 0.3)),
      ollama_eval_duration_seconds: each((pace) => observed(pace, 5)),
      ollama_tokens_processed_total: each((pace) => counted(scaled(pace, 400))),
      ollama_tokens_generated_total: each((pace) => counted(scaled(pace, 220))),
      ollama_tokens_per_second: each((pace) => observed(pace, 42)),
    },
  };
};

/** lucavb/ollama-exporter: asks the API what is loaded. */
export const ollamaLucavb: Behave = (place) => ({
  metrics: {
    ollama_up: upOf(place),
    ollama_version_info: [[{ version: '0.12.6' }, upOf(place)]],
    ollama_models_total: models.length,
    ollama_model_info: models.map(({ name, family, size }) => [
      {
        model_name: name,
        family,
        format: 'gguf',
        parameter_size: size,
        parent_model: '',
        quantization_level: 'Q4_K_M',
      },
      1,
    ]),
    ollama_model_size_bytes: models.map(({ name, bytes }) => [{ model_name: name }, bytes]),
    ollama_model_memory_bytes: [[{ model_name: models[0].name }, 6.1e9]],
    ollama_model_modified_timestamp_seconds: models.map(({ name }) => [
      { model_name: name },
      Date.UTC(2026, 2, 1) / 1000,
    ]),
    ollama_running_models: [[{ model_name: models[0].name }, 1]],
    ollama_exporter_last_scrape_timestamp_seconds: lastOf(15),
    ollama_exporter_build_info: [
      [{ version: place.version, node_version: 'v22.12.0', ollama_host: 'http://ollama:11434' }, 1],
    ],
  },
});

/** maravexa/ollama-exporter: a proxy on a port of its own. */
export const ollamaMaravexa: Behave = (place) => {
  const labels = ({ name, family }: Model) => ({ model: name, family, quant: 'Q4_K_M' });
  const each = (content: (pace: Course, model: Model) => Content): Rows =>
    models.map((model) => [labels(model), content(questions(place, model), model)]);
  const perEndpoint = (content: (pace: Course) => Content): Rows =>
    models.map((model) => [{ ...labels(model), endpoint: '/api/chat' }, content(questions(place, model))]);
  const named = (content: (pace: Course) => Content): Rows =>
    models.map((model) => [{ model: model.name }, content(questions(place, model))]);
  return {
    metrics: {
      ollama_up: upOf(place),
      ollama_requests_total: perEndpoint((pace) => counted(pace)),
      ollama_request_duration_seconds: perEndpoint((pace) => observed(pace, 6)),
      ollama_requests_in_flight: models.map((model) => [
        { model: model.name, endpoint: '/api/chat' },
        (time) => Math.round(questions(place, model).at(time) * 20),
      ]),
      ollama_eval_duration_seconds: each((pace) => observed(pace, 5)),
      ollama_prompt_eval_duration_seconds: each((pace) => observed(pace, 0.3)),
      ollama_load_duration_seconds: each((pace) => observed(pace, 0.4)),
      ollama_tokens_per_second: each((_, { name }) => level(wave(`${place.key} ${name}`, { mean: 42, noise: 0.1 }))),
      ollama_prompt_tokens_per_second: each((_, { name }) =>
        level(wave(`${place.key} p ${name}`, { mean: 900, noise: 0.1 })),
      ),
      ollama_kv_cache_pressure_ratio: each(() => 0.3),
      ollama_model_vram_bytes: each((_, { bytes }) => bytes * 1.2),
      ollama_model_loaded: each((_, { name }) => Number(name === models[0].name)),
      ollama_model_load_total: each((pace) => counted(scaled(pace, 0.02))),
      ollama_model_unload_total: each((pace) => counted(scaled(pace, 0.02))),
      ollama_model_load_events_total: named((pace) => counted(scaled(pace, 0.02))),
      ollama_model_unload_events_total: named((pace) => counted(scaled(pace, 0.02))),
      ollama_model_load_duration_seconds: named((pace) => observed(scaled(pace, 0.02), 3)),
    },
  };
};
