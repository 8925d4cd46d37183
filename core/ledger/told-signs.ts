import type { ExaminedWorkload } from '../incident/build-incidents.ts';
import type { FoundSign } from '../rules/rule.ts';

/** A sign with the incident it belongs to. */
export interface ToldSign {
  readonly sign: FoundSign;
  readonly incident: `INC-${string}`;
}

export interface ToldSigns {
  /** Primary signs of all incidents. */
  readonly primary: readonly ToldSign[];
  /** What is told of a death: its primary sign, then those that it explains. */
  readonly ofDeath: ReadonlyMap<string, readonly ToldSign[]>;
}

/** The signs that made it into incidents; what healed before it was one is no failure of the ledger. */
export function toldSigns({ incidents, signs }: ExaminedWorkload): ToldSigns {
  const incidentOf = new Map(incidents.flatMap(({ incident, group }) => group.signs.map((sign) => [sign, incident.id] as const)));
  const primary = [...incidentOf].map(([sign, incident]) => ({ sign, incident }));
  const explained = signs.secondary.flatMap(({ sign, explainedBy }) => {
    const incident = incidentOf.get(explainedBy);
    return incident === undefined ? [] : [{ sign, incident }];
  });
  const ofDeath = new Map<string, ToldSign[]>();
  for (const told of [...primary, ...explained]) {
    for (const death of told.sign.deaths) {
      const known = ofDeath.get(death);
      if (known === undefined) ofDeath.set(death, [told]);
      else known.push(told);
    }
  }
  return { primary, ofDeath };
}
