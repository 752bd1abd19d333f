import { collapsed, defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { withPreflight } from '../panels/preflight';
import { stat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asNumber, shortTable } from '../panels/table';
import { stacked, timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'open-webui',
  title: 'AI / Open WebUI',
  folder: 'AI',
  question: 'Does Open WebUI work, is it quick, does it fail, and does anybody use it?',
  tags: ['ai', 'open-webui'],
  refresh: '1m',

  variables: [pickOne('service', ({ openWebui }) => openWebui.told)],
  links: ['ollama'],

  sections: ({ openWebui: webui }) =>
    withPreflight([
      section('Right now', [
        stat(webui.told),
        ...each(stat, webui.active, webui.users, webui.questions),
        stat(webui.requests).decimals(2),
        stat(webui.errorShare).decimals(1),
        stat(webui.requestTime),
        stat(webui.modelTime).title('Answer'),
      ]),

      section('Does it work?', [
        stateTimeline(webui.told),
        ...each(stacked, webui.requestsByStatus),
        timeseries(webui.errorShare),
      ]),
      section('Is it quick?', [...each(timeseries, webui.requestTime, webui.modelTime)]),
      section('Does anybody use it?', [timeseries(webui.active, webui.users).title('People').min(0)]),
      collapsed('Requests in detail', [
        shortTable(['http_method', 'http_route'], asColour(webui.slowest)),
        // How many are too many depends on the time shown: the share above has the colour.
        shortTable(['http_method', 'http_route'], asNumber(webui.failing)),
      ]),
    ]),
});
