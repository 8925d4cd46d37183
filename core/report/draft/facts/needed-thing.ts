import { missingObject } from '../../../causes/missing-object.ts';
import { repositoryOf } from '../../../incident/image.ts';
import { words, type Inline } from '../../inline.ts';
import { tellingSign } from '../chapter-words.ts';
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
  readonly question: string;
}

const registryTrouble = new Set(['registry-unreachable', 'registry-5xx', 'rate-limited', 'dns', 'tls-certificate']);
const credentials = new Set(['auth-denied', 'auth-expired', 'auth-or-missing-repo', 'missing-pull-secret']);
const claims = new Set(['pvc-unbound', 'pvc-missing', 'storage-class-missing']);
const filesAndSettings = new Map([
  ['missing-file', 'a file that the log names'],
  ['missing-config', 'a setting that the log names'],
  ['missing-module', 'a module that the log names'],
]);
const commands = new Set(['command-not-found', 'command-not-executable']);
const noNode = /^(?:insufficient-|node-selector$|taint$|max-pods$|cordoned$|no-nodes$|pod-affinity$|topology-spread$)/;

/** Undefined where the cause is something that happened rather than something that was not there. */
export function neededThing(facts: ChapterFacts): NeededThing | undefined {
  const { cause, image, symptom } = facts.built.chapter;
  const pull = symptom === 'ImagePullBackOff';
  if (/^missing-(?:secret|configmap|key)$/.test(cause)) return configObject(facts);
  if (pull && cause === 'not-found' && image !== undefined) {
    const tag: readonly Inline[] =
      image.tag === undefined
        ? [words('the image '), told(image.ref)]
        : [words('tag '), told(image.tag), words(' of '), told(repositoryOf(image.ref))];
    return {
      kind: 'image-tag',
      what: tag,
      unknown: 'the push log of the build',
      question: 'Was it ever pushed to this registry, and by which build?',
    };
  }
  if (pull && credentials.has(cause))
    return {
      kind: 'registry',
      what: [words('access to the registry')],
      unknown: 'which credentials were in force',
      question: 'Which credentials were in force, and since when?',
    };
  if (pull && registryTrouble.has(cause))
    return {
      kind: 'registry',
      what: [words('an answer of the registry')],
      unknown: 'the state of the registry and of the network to it',
      question: 'How were the registry and the network to it at that time?',
    };
  if (claims.has(cause))
    return {
      kind: 'claim',
      what: [words('a bound volume claim')],
      unknown: 'the state of the storage provisioner',
      question: 'What did the storage provisioner do with the claim?',
    };
  if (noNode.test(cause))
    return {
      kind: 'node',
      what: [words('a node that takes the pod')],
      unknown: 'what else filled the nodes',
      question: 'What filled the nodes, or took the fitting ones away, and since when?',
    };
  if (/^(?:dep|db)-/.test(cause))
    return {
      kind: 'dependency',
      what: [words('something the log says it depends on')],
      unknown: 'the state of that dependency itself',
      question: 'How was that dependency at that time?',
    };
  if (commands.has(cause))
    return {
      kind: 'command',
      what: [words('a command in the image')],
      unknown: 'what the image contains',
      question: 'Is it in the image, at that path?',
    };
  const named = filesAndSettings.get(cause);
  return named === undefined
    ? undefined
    : { kind: 'file-or-setting', what: [words(named)], unknown: 'who puts it there', question: 'Who puts it there, and when?' };
}

function configObject(facts: ChapterFacts): NeededThing {
  const sign = tellingSign(facts);
  const { kind, name, key } = missingObject(sign.quote ?? '')?.object ?? {};
  const object: readonly Inline[] =
    name === undefined ? [words(kind ?? 'a Secret or ConfigMap')] : [words(`${kind ?? 'object'} `), told(name)];
  const what = key === undefined ? object : [words('key '), told(key), words(' in '), ...object];
  return {
    kind: 'config-object',
    what,
    unknown: 'who creates it',
    question: 'Who creates it, and when?',
    ...(name === undefined ? {} : { name }),
  };
}
