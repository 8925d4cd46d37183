import type { HashText } from '../wire/observation-id.ts';
import type { Observation } from '../wire/observation.ts';
import { deathEvidence, evidenceOf, type EvidenceId } from './evidence-id.ts';

/**
 * What has its evidence id on demand: hashing is dear, and most records are never cited. A class, since a getter of an object
 * literal would give each of many thousands a shape of its own, and every look at any of its fields would be slow.
 */
export abstract class Cited {
  abstract readonly record: Observation;
  readonly #hash: HashText;

  constructor(hash: HashText) {
    this.#hash = hash;
  }

  get evidence(): EvidenceId {
    return evidenceOf(this.record, this.#hash);
  }

  /** Of a death that this record is the first to show. */
  evidenceOfDeath(containerID: string): EvidenceId {
    return deathEvidence(containerID, this.#hash);
  }
}
