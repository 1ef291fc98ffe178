// Brings the services' messages to a replica of a broker that takes them.

import { replicaFor } from '../../workload/workload.ts';
import type { SubjectRun } from '../subject.ts';
import type { Conversation } from './conversation.ts';
import type { Replicas } from './replicas.ts';

/** Where the host of a module takes them. */
export const MODULE_PATH = '/webhooks/{service}';

/** Takes over the messages of the world; those of a program that names no path are not sent. */
export function takeWebhooks(
  { world, worldFile, subject }: Pick<SubjectRun, 'world' | 'worldFile' | 'subject'>,
  replicas: Replicas,
  conversation: Conversation,
): void {
  const template = subject.module === null ? subject.webhooks : MODULE_PATH;
  if (template === undefined) return;
  world.onWebhook(async (delivery) => {
    const replica = replicaFor(worldFile.seed, replicas.count(), 'webhook', delivery.delivery);
    const path = template.replaceAll('{service}', delivery.service);
    const { status } = await conversation.bring(delivery, replica, path);
    return status;
  });
}
