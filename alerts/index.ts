import type { AlertGroup } from '../lib/alerts/define';
import host from './host';
import internet from './internet';
import probe from './probe';
import prometheus from './prometheus';
import scrape from './scrape';

/** Every group of alerts there is. */
export const alerts: readonly AlertGroup[] = [host, internet, probe, prometheus, scrape];
