import { missingObject } from '../../../causes/missing-object.ts';
import { repositoryOf } from '../../../incident/image.ts';
import { words, type Inline } from '../../inline.ts';
import { decisiveWords } from '../chapter-words.ts';
import type { ChapterFacts } from '../draft-input.ts';
import { told } from '../phrases.ts';

/** What a chapter waited for or met in vain, as far as its cause names it. */
export interface NeededThing {
  readonly kind: 'config-object' | 'image-tag' | 'registry' | 'claim' | 'node' | 'dependency' | 'file-or-setting' | 'command';
  readonly what: readonly Inline[];
  /** Its name, where it is an object of the cluster. */
  readonly name?: string;
  /** What other systems or people know of it and no record shows. */
  readonly unknown: string;
  readonly question: readonly Inline[];
}

interface Lack extends Pick<NeededThing, 'kind' | 'unknown'> {
  readonly causes: RegExp;
  readonly what: string;
  readonly question: string;
}

/** Causes in which something was not there, or not as needed. */
const lacks: readonly Lack[] = [
  {
    kind: 'registry',
    causes: /^(?:auth-denied|auth-expired|auth-or-missing-repo|missing-pull-secret)$/,
    what: 'access to the registry',
    unknown: 'which credentials were in force',
    question: 'Which credentials for the registry were in force, and since when?',
  },
  {
    kind: 'registry',
    causes: /^(?:registry-unreachable|registry-5xx|rate-limited|dns|tls-certificate)$/,
    what: 'an answer of the registry',
    unknown: 'the state of the registry and of the network to it',
    question: 'How were the registry and the network to it at that time?',
  },
  {
    kind: 'claim',
    causes: /^storage-class-missing$/,
    what: 'the storage class of a volume claim',
    unknown: 'which class was meant',
    question: 'Which storage class was the claim meant to name, and should the cluster have it?',
  },
  {
    kind: 'claim',
    causes: /^pvc-(?:unbound|missing)$/,
    what: 'a bound volume claim',
    unknown: 'what the storage provisioner did',
    question: 'What did the storage provisioner do with the claim?',
  },
  {
    kind: 'node',
    causes: /^(?:node-selector|taint|pod-affinity|topology-spread|node-name)$/,
    what: 'a node that fits the pod',
    unknown: 'which nodes were meant to fit',
    question: 'Which nodes were meant to fit: did they change, or what the pod demands?',
  },
  {
    kind: 'node',
    causes: /^(?:insufficient-.{1,100}|max-pods|cordoned|no-nodes)$/,
    what: 'a node with room for the pod',
    unknown: 'what else filled the nodes',
    question: 'What filled the nodes, or took room away, and since when?',
  },
  {
    kind: 'dependency',
    causes: /^(?:dep|db)-/,
    what: 'a dependency that the log names',
    unknown: 'the state of that dependency itself',
    question: 'How was the dependency that the log names at that time, and who looks after it?',
  },
  {
    kind: 'file-or-setting',
    causes: /^missing-(?:file|config|module)$/,
    what: 'a file, module or setting that the log names',
    unknown: 'who provides it',
    question: 'Who provides the file, module or setting that the log names, and since when is it missing?',
  },
  {
    kind: 'dependency',
    causes: /^migration$/,
    what: 'the schema that the migration expects',
    unknown: 'which migrations ran before',
    question: 'Which schema does the migration expect, and which migrations had run before?',
  },
  {
    kind: 'command',
    causes: /^command-not-(?:found|executable)$/,
    what: 'the command in the image',
    unknown: 'what the image contains',
    question: 'Is the command in the image, at that path and executable?',
  },
];

/** Undefined where the cause is something that happened rather than something that was not there. */
export function neededThing(facts: ChapterFacts): NeededThing | undefined {
  const { cause, image, symptom } = facts.built.chapter;
  if (/^missing-(?:secret|configmap|key)$/.test(cause)) return configObject(facts);
  if (symptom === 'ImagePullBackOff' && cause === 'not-found' && image !== undefined) {
    const what: readonly Inline[] =
      image.tag === undefined
        ? [words('image '), told(image.ref)]
        : [words('tag '), told(image.tag), words(' of '), told(repositoryOf(image.ref))];
    const question = [words('Was '), ...what, words(' ever pushed to this registry, and by which build?')];
    return { kind: 'image-tag', what, unknown: 'the push log of the build', question };
  }
  const lack = lacks.find((item) => item.causes.test(cause));
  return lack === undefined
    ? undefined
    : { kind: lack.kind, what: [words(lack.what)], unknown: lack.unknown, question: [words(lack.question)] };
}

function configObject(facts: ChapterFacts): NeededThing {
  const { kind, name, key } = missingObject(decisiveWords(facts) ?? '')?.object ?? {};
  const object: readonly Inline[] =
    name === undefined ? [words(kind ?? 'a Secret or ConfigMap')] : [words(`${kind ?? 'object'} `), told(name)];
  const what = key === undefined ? object : [words('key '), told(key), words(' in '), ...object];
  return {
    kind: 'config-object',
    what,
    unknown: 'who creates it',
    question: [words('Who creates '), ...what, words(', and when?')],
    ...(name === undefined ? {} : { name }),
  };
}
