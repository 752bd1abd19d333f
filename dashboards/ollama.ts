import { collapsed, defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { labelStat } from '../panels/label-stat';
import { withPreflight } from '../panels/preflight';
import { stat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { labelTable } from '../panels/table';
import { bars, stacked, timeseries } from '../panels/timeseries';
import { half } from '../panels/width';

export default defineDashboard({
  name: 'ollama',
  title: 'AI / Ollama',
  folder: 'AI',
  question: 'Does Ollama answer, which models are loaded, how fast are they, and do they fit into its memory?',
  tags: ['ai', 'ollama'],
  refresh: '1m',

  variables: [pickOne('service', ({ ollama }) => ollama.scraped)],
  links: ['open-webui'],

  sections: ({ ollama }) =>
    withPreflight([
      section('Right now', [
        stat(ollama.up),
        ...each(stat, ollama.loadedCount, ollama.models),
        ...each(stat, ollama.requestsShown, ollama.inFlight),
        stat(ollama.answerTime),
        stat(ollama.readTimeWorst),
        worstStat(ollama.speed).title('Slowest').decimals(0),
        stat(ollama.modelsSize),
        labelStat(ollama.version, 'version'),
      ]),

      section('Does it answer?', [stateTimeline(ollama.up)]),
      section('Which models are loaded, and do they fit?', [
        stateTimeline(ollama.loaded),
        stacked(ollama.memory),
        bars(ollama.loads),
      ]),
      section('How fast are they?', [
        ...each(timeseries, ollama.answerTimeByModel, ollama.readTime, ollama.speed, ollama.loadTime),
      ]),
      section('How much is asked?', [...each(stacked, ollama.requests, ollama.read, ollama.written)]),
      section('Which models are there?', [
        half(labelTable(ollama.modelFacts, 'model', 'parameters', 'exactness')).title('All models'),
        barGauge(ollama.modelSize),
      ]),
      collapsed('Exporter health', [stateTimeline(ollama.scraped), timeseries(ollama.dataAge)]),
    ]),
});
