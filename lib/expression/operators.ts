/** What can be done with the metrics of a source. Each operator refuses what makes no sense, with the reason, when the signal is defined. */
export * from './operators/across';
export * from './operators/between';
export * from './operators/choice';
export * from './operators/histogram';
export * from './operators/labels';
export * from './operators/over-time';
export * from './operators/presence';
export * from './operators/value';
