import type { TagQuery, Tags } from "../../components/model/tags";

/** Something that has a name, and its tags. */
export interface TaggedName {
    readonly name: string;
    readonly tags: Tags;
}

export interface LoadBalancingService {
    /** How long a target group goes on with requests of a target that leaves it, in seconds by ARN; those that are gone left out. */
    deregistrationDelays(targetGroupArns: readonly string[]): Promise<ReadonlyMap<string, number>>;
    /** Load balancers and target groups that carry these tags, among those whose name fits. */
    tagged(tags: TagQuery, fits: (name: string) => boolean): Promise<readonly BalancerPart[]>;
    /** Undefined where there is no such thing. */
    tags(arn: string): Promise<Tags | undefined>;
    /** What sends requests to targets by `instance`; one of that name with the same settings is given back. @returns its ARN */
    makeTargetGroup(form: TargetGroupForm): Promise<string>;
    /** One of that name with the same settings is given back. */
    makeLoadBalancer(form: LoadBalancerForm): Promise<BalancerPart>;
    /** Listens with HTTP, and forwards; one that does is left. */
    makeListener(loadBalancerArn: string, targetGroupArn: string, port: number, tags: Tags): Promise<string>;
    /** Deletes a load balancer with its listeners, or a target group; one that is gone is no error. */
    remove(arn: string): Promise<void>;
}

/** A load balancer or a target group. */
export interface BalancerPart extends TaggedName {
    readonly type: "loadbalancer" | "targetgroup";
    readonly arn: string;
    /** Of a load balancer. */
    readonly dnsName?: string;
    /** Of a load balancer. */
    readonly scheme?: LoadBalancerForm["scheme"];
    /** Of a load balancer: those that it stands in. */
    readonly subnetIds?: readonly string[];
    /** Of a target group. */
    readonly port?: number;
}

export interface TargetGroupForm extends TaggedName {
    readonly vpcId: string;
    readonly port: number;
    /** How long requests that have begun may take once a target leaves. */
    readonly delaySeconds: number;
}

export interface LoadBalancerForm extends TaggedName {
    readonly scheme: "internet-facing" | "internal";
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
}

/** Log groups of CloudWatch Logs. */
export interface LogsService extends ByArnService {
    /** Makes a group; one of that name is left. */
    makeGroup(name: string, retentionDays: number, tags: Tags): Promise<void>;
    /** Tags of a group by its name; undefined where there is none. */
    tagsOfGroup(name: string): Promise<Tags | undefined>;
    /** What was written since a moment, oldest first, of streams whose name begins so. */
    events(group: string, streamPrefix: string, since: Date): Promise<readonly LogLine[]>;
}

export interface LogLine {
    readonly id: string;
    readonly at: Date;
    readonly stream: string;
    readonly text: string;
}

/** What of a service is asked for by ARN alone. */
export interface ByArnService {
    /** Undefined where there is no such thing. */
    tags(arn: string): Promise<Tags | undefined>;
    /** Begins to delete it; one that is gone is no error. */
    remove(arn: string): Promise<void>;
}
