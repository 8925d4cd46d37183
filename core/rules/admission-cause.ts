import type { Phase } from '../incident/vocabulary.ts';

/** Reasons of a kubelet's refusal, new and old names; what is not listed here is told by its own words alone. */
const causeOfReason: Readonly<Record<string, string>> = {
  NodeAffinity: 'node-selector',
  MatchNodeSelector: 'node-selector',
  PodOSSelectorNodeLabelDoesNotMatch: 'node-selector',
  NodeName: 'node-name',
  HostName: 'node-name',
  NodePorts: 'host-port',
  PodFitsHostPorts: 'host-port',
  TaintToleration: 'taint',
  PodToleratesNodeTaints: 'taint',
  AppArmor: 'security-profile',
  SysctlForbidden: 'security-profile',
  PodOSNotSupported: 'node-features',
  InitContainerRestartPolicyForbidden: 'node-features',
  SupplementalGroupsPolicyNotSupported: 'node-features',
  PodLevelResourcesNotSupported: 'node-features',
  PodFeatureUnsupported: 'node-features',
  TopologyAffinityError: 'cgroup-or-device',
  SMTAlignmentError: 'cgroup-or-device',
  EmptyPodSharedPoolError: 'cgroup-or-device',
  NodeShutdown: 'node-shutdown',
  VolumeAttachmentLimitExceeded: 'attach-limit',
};

const outOf = /^OutOf(\S{1,317})$/i;
const devices = /number of devices unavailable for (\S{1,317}?)[.,]?(?:\s|$)/;

/** Why a kubelet refused a pod, from `status.reason` and `status.message`. */
export function admissionCause(reason: string, message: string): { readonly cause: string; readonly phase: Phase } {
  const phase = reason === 'VolumeAttachmentLimitExceeded' ? 'volume-setup' : 'node-admission';
  const resource = outOf.exec(reason)?.[1];
  if (resource !== undefined)
    return { cause: resource.toLowerCase() === 'pods' ? 'max-pods' : `insufficient-${resource.toLowerCase()}`, phase };
  const device = devices.exec(message.slice(0, 4096))?.[1];
  if (device !== undefined) return { cause: `insufficient-${device}`, phase };
  return { cause: causeOfReason[reason] ?? (reason === 'UnexpectedAdmissionError' ? 'cgroup-or-device' : 'unexplained'), phase };
}
