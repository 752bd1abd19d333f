import type { Amount } from '../content';
import { wave } from '../time/course';
import { fractionOf } from '../time/seed';
import { windowsOf, type World } from './world';

/** A filesystem of a machine; bytes. */
export interface Disk {
  readonly device: string;
  readonly mountpoint: string;
  readonly fstype: string;
  readonly size: number;
  readonly used: Amount;
  readonly free: Amount;
}

const TB = 1e12;

/** The filesystems of a host: what node_exporter, the *arr apps and the media servers say about space is about these. */
export const disksOf = (world: World, host: string): { readonly system: Disk; readonly data: Disk } => ({
  system: diskOf(world, host, { device: '/dev/nvme0n1p2', mountpoint: '/', fstype: 'ext4', size: 0.5 * TB }, 0.45),
  data: diskOf(world, host, { device: '/dev/sda1', mountpoint: '/data', fstype: 'xfs', size: 8 * TB }, 0.62),
});

const diskOf = (
  world: World,
  host: string,
  disk: Pick<Disk, 'device' | 'mountpoint' | 'fstype' | 'size'>,
  usual: number,
): Disk => {
  const seed = `${world.seed} disk ${host} ${disk.mountpoint}`;
  // Up and down by a thousandth a day: what is downloaded is deleted again, so nobody predicts a full disk.
  const course = wave(seed, { mean: disk.size * (usual + 0.1 * fractionOf(seed)), day: 0.0005, noise: 0.00005 });
  const fillings = disk.mountpoint === '/data' ? windowsOf(world, 'disk-filling', host) : [];
  const used = (time: number): number => {
    const filling = fillings.find(({ from }) => time >= from);
    if (!filling) return Math.round(course.at(time));
    const share = Math.min(1, (time - filling.from) / (filling.to - filling.from));
    const start = course.at(filling.from);
    return Math.round(start + (disk.size * 0.995 - start) * share);
  };
  return { ...disk, used, free: (time) => disk.size - used(time) };
};
