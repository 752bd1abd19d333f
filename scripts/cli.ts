#!/usr/bin/env node
// First, so that everything after it comes from the cache.
import './transpile-cache';
import './later-modules';
import { hideBin } from 'yargs/helpers';
import { runProgram } from './program';

// Who reads the beginning only (`| head`) has all that they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void runProgram(hideBin(process.argv));
