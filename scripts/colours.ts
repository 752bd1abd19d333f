import picocolors from 'picocolors';

/** Colours on a terminal only: the library's own guess also colours files and pipes where `CI` is set. `NO_COLOR` switches them off. */
export const colours = picocolors.createColors(process.stdout.isTTY === true && !process.env['NO_COLOR']);
