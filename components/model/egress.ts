import { agentBuckets } from "./agent/agentBuckets";
import { ssmAgentBucket } from "./capabilities/execBinaries";
import { amazonLinuxHost } from "./capabilities/serviceConnectAgent";
import { placeOf } from "./location";
import type { SuseServer } from "./suseServers";

/** Somewhere that hosts go to, for a firewall that lets nothing else out. */
export interface Destination {
    /** A name, in which `*` stands for any part, or an address of IPv4. */
    readonly to: string;
    readonly kind: "name" | "address";
    readonly port: number;
    readonly protocol: "tcp";
    /** What is lost without it: nothing works, tasks do not start or log, there are no updates, or only comfort is. */
    readonly neededFor: "join" | "tasks" | "updates" | "remote commands";
    /** What is there, in a few words. */
    readonly what: string;
}

/**
 * Everything outside the VPC that hosts of a region go to. Names of AWS may lead to endpoints inside the VPC instead. Sources: ECS
 * developer guide, "Amazon ECS interface VPC endpoints", with the names of the agent's endpoints; ECR user guide, "Amazon ECR
 * interface VPC endpoints", with the bucket of image layers; Systems Manager user guide, "VPC endpoints for Systems Manager".
 */
export function egressOf(region: string, servers: readonly SuseServer[]): readonly Destination[] {
    const place = placeOf(region);
    const name = (neededFor: Destination["neededFor"], what: string) => (to: string) =>
        ({ to, kind: "name", port: 443, protocol: "tcp", neededFor, what }) as const;
    const of = (service: string): string => `${service}.${region}.${place.domain}`;
    const bucketAt = (bucket: string, where: string): string => `${bucket}.s3.${where}.${place.domain}`;
    const layers = bucketAt(`prod-${region}-starport-layer-bucket`, region);
    return [
        ...agentBuckets(place)
            .map((bucket) => bucketAt(bucket.name, bucket.region))
            .map(name("join", "Amazon S3, download of the ECS agent")),
        ...["ecs", "ecs-a", "ecs-a-*", "ecs-t", "ecs-t-*"].map(of).map(name("join", "Amazon ECS")),
        ...["api.ecr", "*.dkr.ecr"].map(of).map(name("tasks", "Amazon ECR, container images")),
        name("tasks", "Amazon S3, layers of images in Amazon ECR")(layers),
        name("tasks", "CloudWatch Logs")(of("logs")),
        name("tasks", "Amazon S3, binaries for ECS Exec")(bucketAt(ssmAgentBucket(region), region)),
        name("tasks", "Amazon S3, agent of Service Connect")(amazonLinuxHost(region)),
        ...["ssm", "ssmmessages", "ec2messages"].map(of).map(name("remote commands", "Systems Manager")),
        ...servers.flatMap(toServer),
    ];
}

/**
 * Hosts have the addresses of region servers with them, and get those of update servers from one, so that no name leads there.
 * An update server is asked by HTTP as well, unless the image says `httpsOnly = true` in /etc/regionserverclnt.cfg
 * (https://opensource.suse.com/premium-support/helper).
 */
function toServer({ kind, ip, region, name }: SuseServer): readonly Destination[] {
    const common = { to: ip, kind: "address", protocol: "tcp", neededFor: "updates" } as const;
    return kind === "region"
        ? [{ ...common, port: 443, what: `SUSE region server in ${region}; two of them are enough` }]
        : [443, 80].map((port) => ({
              ...common,
              port,
              what: `SUSE update server${name === undefined ? "" : ` ${name}`}`,
          }));
}
