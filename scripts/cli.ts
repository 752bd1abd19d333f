#!/usr/bin/env node
// First, so that everything after it comes from the cache.
import './transpile-cache';
import './later-modules';
import { hideBin } from 'yargs/helpers';
import { runProgram } from './program';

void runProgram(hideBin(process.argv));
