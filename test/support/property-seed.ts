import fc from 'fast-check';

// A red build is to be about the change, and to fail again when run again: other seeds are tried with MORTEM_SEED=random.
const seed = process.env['MORTEM_SEED'] ?? '20261122';
fc.configureGlobal(seed === 'random' ? {} : { seed: Number(seed) });
