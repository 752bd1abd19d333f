import { PanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';
import { madeBy, recordFacts } from '../lib/panel-facts';
import { tokens } from '../lib/tokens';

/** A few words in Markdown. */
export const text = (title: string, content: string): PanelBuilder =>
  madeBy(() => {
    const panel = new PanelBuilder()
      .title(title)
      .description('A note.')
      .span(tokens.width.full)
      .height(tokens.height.text)
      .mode(TextMode.Markdown)
      .content(content);
    recordFacts(panel, { key: `text ${title}`, look: 'text', signals: [] });
    return panel;
  });
