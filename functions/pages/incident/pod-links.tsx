import type { BuiltIncident } from '#core/incident/build-incidents.ts';
import { visibleLine } from '#core/report/visible-text.ts';

interface PodLinksProps {
  readonly names: readonly string[];
  readonly built?: BuiltIncident;
}

const shown = 3;

/** The first few pods, each with its own page where its records are still there. */
export function PodLinks({ names, built }: PodLinksProps) {
  const left = names.length - shown;
  if (names.length === 0) return <>none was created</>;
  return (
    <>
      {names.slice(0, shown).map((name, index) => (
        <>
          {index === 0 ? '' : ', '}
          <PodLink name={name} {...(built === undefined ? {} : { built })} />
        </>
      ))}
      {left > 0 ? <a href="#pods"> and {left} more</a> : null}
    </>
  );
}

function PodLink({ name, built }: { readonly name: string; readonly built?: BuiltIncident }) {
  const uid = built?.workload.pods.find((pod) => pod.name === name)?.uid;
  const text = visibleLine(name, 253);
  return uid === undefined ? (
    <span class="pod-name">{text}</span>
  ) : (
    <a class="pod-name" href={podAddress(built?.workload.key.cluster ?? '', uid)}>
      {text}
    </a>
  );
}

/** A uid is unique within its cluster. */
export function podAddress(cluster: string, uid: string): string {
  return `/pods/${encodeURIComponent(cluster)}/${encodeURIComponent(uid)}`;
}
