// Loaded into a measured process before anything else: what it took stands on the last line of its stderr.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cost = { cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS / 1024 };
  require('node:fs').writeSync(2, `\nbench:${JSON.stringify(cost)}\n`);
});
