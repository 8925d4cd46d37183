/** What a run took so far, in seconds. */
export type Meter = () => number;

/** By the clock on the wall: what a user waits. */
export const wallMeter: Meter = () => performance.now() / 1000;

/**
 * Processor time of this process, all its threads, and of the database server: the figure to compare by on a machine that others use
 * as well. Waiting for the disk costs nothing here.
 */
export const cpuMeter =
  (serverCpuSeconds: () => number): Meter =>
  () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6 + serverCpuSeconds();
  };
