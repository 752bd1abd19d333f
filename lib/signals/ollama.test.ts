import { describe, expect, it } from 'vitest';
import { ollama } from './ollama';
import { openWebui } from './open-webui';
import { expectParity, printed } from './sketches/sketch';

const of = (exporter: string): Readonly<Record<string, string>> => printed(ollama, { exporters: [exporter] });

describe('signals of Ollama', () => {
  it('mean the same with each exporter', () =>
    expectParity(ollama, [
      'lucavb',
      'maravexa',
      'frcooper',
      'by an exporter that asks',
      'where it is probed',
      'where it is not',
    ]));

  it('take nothing that an exporter keeps while Ollama is down', () => {
    expect(of('ollama_exporter_lucavb')['models']).toBe(
      'max by (service) (ollama_models_total{job="ollama"}) and max by (service) (ollama_up{job="ollama"}) == 1',
    );
  });

  it('take no memory of a model that was unloaded', () => {
    expect(of('ollama_exporter_maravexa')['memory']).toMatch(/and .*ollama_model_loaded\{job="ollama"\}\) == 1/);
  });

  it('know from a proxy alone only what passes it', () => {
    const proxy = of('ollama_exporter_frcooper');
    expect(proxy['up']).toBe('max by (service) (up{job="ollama"})');
    expect(proxy['loaded']).toMatch(/^missing: needs one of/);
    expect(proxy['answerTime']).toContain('ollama_response_seconds_sum');
    expect(of('ollama_exporter_lucavb')['answerTime']).toMatch(/^missing/);
  });

  it('take the speed from a histogram or a gauge, as the exporter has it', () => {
    expect(of('ollama_exporter_frcooper')['speed']).toContain('ollama_tokens_per_second_count');
    expect(of('ollama_exporter_maravexa')['speed']).toBe(
      'max by (service, model) (ollama_tokens_per_second{job="ollama"})',
    );
  });
});

describe('signals of Open WebUI', () => {
  const webui = printed(openWebui, { exporters: ['open_webui_otel'] });

  it('go by the names that receivers write by default, under the job of its service name', () => {
    expect(webui['users']).toContain('webui_users_total{job="open-webui"}');
    expect(webui['requestTime']).toContain('http_server_duration_milliseconds_bucket');
    expect(webui['requestTime']).toMatch(/ \/ 1000$/);
  });

  it('leave out of the time of requests what lasts as long as a chat', () => {
    expect(webui['requestTime']).toContain('http_route!="/api/chat/completions"');
    expect(webui['modelTime']).toContain('http_route="/api/chat/completions"');
  });
});
