import { formatBackup, type Backup } from '../../lib/push/backup';
import { openJournal, type Journal } from '../../lib/push/journal';
import { makePushFolder, pushFile, writePushFile } from '../../lib/push/push-files';

/** The files of a push that writes. */
export interface KeptFiles {
  /** Where the backup is, once it is kept. */
  readonly backup: string;
  readonly keepBackup: (backup: Backup) => void;
  readonly journal: Journal & { close(): void };
}

/** Opens the journal of a push in a folder, and says where its backup goes. Throws a `PushFileError` where nothing can be written there. */
export const keepFiles = (folder: string, time: Date): KeptFiles => {
  makePushFolder(folder);
  const backup = pushFile(folder, time, 'backup.json');
  return {
    backup,
    keepBackup: (content) => writePushFile('the backup', backup, formatBackup(content)),
    journal: openJournal(pushFile(folder, time, 'journal.jsonl'), () => new Date()),
  };
};
