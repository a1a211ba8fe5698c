import { programComponent } from "../../components/model/names";

/** What kinds of resources are called here, where Pulumi says `aws:ec2/instance:Instance`. */
interface Words {
    readonly one: string;
    readonly many: string;
    /** What it is a part of, and counted with in long lists. */
    readonly part: string;
    /** What an environment has one of: its name would say no more. @default false */
    readonly single?: true;
    /** What belongs to one host, whose number stands in its name, such as `docker volume of host`. */
    readonly numbered?: string;
    /** What people have put into it is gone with it. @default false */
    readonly holdsData?: true;
}

function kind(one: string, part: string, more: Partial<Words> = {}): Words {
    return { one, many: `${one}s`, part, ...more };
}

const single = { single: true } as const;

/** By Pulumi's type token: every type that the components make, and the examples beside them. */
const words: Readonly<Record<string, Words>> = {
    "aws:ec2/instance:Instance": kind("host", "hosts", { numbered: "host" }),
    "aws:ebs/volume:Volume": kind("docker volume", "hosts", {
        numbered: "docker volume of host",
        holdsData: true,
    }),
    "aws:ec2/volumeAttachment:VolumeAttachment": kind("attachment of a docker volume", "hosts", {
        many: "attachments of docker volumes",
        numbered: "attachment of the docker volume of host",
    }),
    "aws:autoscaling/group:Group": kind("group of hosts", "hosts", { many: "groups of hosts", ...single }),
    "aws:ec2/launchTemplate:LaunchTemplate": kind("launch template", "hosts", single),
    "aws:ecs/cluster:Cluster": kind("cluster", "cluster", single),
    "aws:ecs/capacityProvider:CapacityProvider": kind("capacity provider", "cluster", single),
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": kind(
        "choice of capacity providers",
        "cluster",
        {
            many: "choices of capacity providers",
            ...single,
        },
    ),
    "aws:cloudwatch/logGroup:LogGroup": kind("log group of tasks", "cluster", {
        many: "log groups",
        holdsData: true,
    }),
    "aws:iam/instanceProfile:InstanceProfile": kind("instance profile", "permissions", single),
    "aws:iam/role:Role": kind("role", "permissions"),
    "aws:iam/rolePolicy:RolePolicy": kind("policy", "permissions", { many: "policies" }),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": kind("policy of AWS's", "permissions", {
        many: "policies of AWS's",
    }),
    "aws:ec2/vpc:Vpc": kind("VPC", "network", single),
    "aws:ec2/subnet:Subnet": kind("subnet", "network"),
    "aws:ec2/routeTable:RouteTable": kind("route table", "network"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": kind("route table association", "network"),
    "aws:ec2/route:Route": kind("route", "network"),
    "aws:ec2/internetGateway:InternetGateway": kind("internet gateway", "network", single),
    "aws:ec2/natGateway:NatGateway": kind("NAT gateway", "network"),
    "aws:ec2/eip:Eip": kind("public address", "network", { many: "public addresses" }),
    "aws:ec2/vpcEndpoint:VpcEndpoint": kind("VPC endpoint", "network"),
    "aws:ec2/securityGroup:SecurityGroup": kind("security group", "network"),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": kind("ingress rule", "network"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": kind("egress rule", "network"),
    "aws:ecr/repository:Repository": kind("repository", "registry", {
        many: "repositories",
        holdsData: true,
    }),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": kind("permissions of repository", "registry", {
        many: "permissions of repositories",
    }),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": kind("lifecycle of repository", "registry", {
        many: "lifecycles of repositories",
    }),
    "aws:scheduler/scheduleGroup:ScheduleGroup": kind("group of schedules", "lease and hours", {
        many: "groups of schedules",
        ...single,
    }),
    "aws:scheduler/schedule:Schedule": kind("schedule", "lease and hours"),
    "aws:ecs/service:Service": kind("service", "services"),
    "aws:ecs/taskDefinition:TaskDefinition": kind("task definition", "services"),
    "aws:lb/loadBalancer:LoadBalancer": kind("load balancer", "services"),
    "aws:lb/listener:Listener": kind("listener", "services"),
    "aws:lb/targetGroup:TargetGroup": kind("target group", "services"),
};

/** What a step or a line of the state is told by. */
export interface NamedResource {
    /** Pulumi's type token. */
    readonly type: string;
    /** In the program. */
    readonly name: string;
}

export function hasWords(type: string): boolean {
    return type in words;
}

/** `2 subnets`, or `2 sns Topic` of a type that no component makes. */
export function countOf(type: string, count: number): string {
    const known = words[type];
    return `${count} ${known === undefined ? familyOf(type) : count === 1 ? known.one : known.many}`;
}

/** `host` of an instance. */
function kindOf(type: string): string {
    return words[type]?.one ?? familyOf(type);
}

/** The same by AWS's own words for types, as tags are found by: what becomes of a resource is told of it by both. */
const wordsOfAws: Readonly<Record<string, string>> = {
    "ecs:service": "service",
    "ecs:task": "task",
    "ecs:task-definition": "task definition",
    "ecs:daemon": "managed daemon",
    "ecs:capacity-provider": "capacity provider",
    "ecs:container-instance": "registration of a host",
    "ecs:cluster": "cluster",
    "iam:role": "role",
    "iam:instance-profile": "instance profile",
    "ec2:instance": "host",
    "ec2:volume": "volume",
    "ec2:security-group": "security group",
    "ecr:repository": "repository",
    "logs:log-group": "log group",
    "autoscaling:group": "group of hosts",
    "elasticloadbalancing:loadbalancer": "load balancer",
    "elasticloadbalancing:targetgroup": "target group",
    "servicediscovery:namespace": "namespace",
};

/** `service` of `ecs:service` and of `aws:ecs/service:Service`; any other type as it is, or with blanks in place of its signs. */
export function wordOf(type: string): string {
    return type.includes("/") ? kindOf(type) : (wordsOfAws[type] ?? type.replaceAll(":", " "));
}

/** What a resource is a part of, such as `network`; undefined where nothing is known of its type. */
export function partOf(type: string): string | undefined {
    return words[type]?.part;
}

/** Whether something is gone with a resource that nothing brings back: no plan counts such a loss only. */
export function holdsData(type: string): boolean {
    return words[type]?.holdsData === true;
}

/** One resource as a person knows it: `host 2`, `docker volume of host 1`, `security group of hosts`. */
export function describeResource({ type, name }: NamedResource): string {
    const known = words[type];
    if (known === undefined) {
        // The engine's own, such as the stack itself.
        return type.startsWith("pulumi:") ? name : `${familyOf(type)} ${name}`.trim();
    }
    const number = /-(\d+)(-docker(-attachment)?)?$/.exec(name)?.[1];
    if (known.numbered !== undefined && number !== undefined) {
        return `${known.numbered} ${number}`;
    }
    if (known.single === true) {
        return known.one;
    }
    return namedByUse(known, name) ?? `${known.one} ${name}`;
}

/** The same of `urn:pulumi:<stack>::<project>::<types>::<name>`; undefined where it names nothing. */
export function describeUrn(urn: string): string | undefined {
    const [, , types, name] = urn.split("::");
    return name === undefined ? undefined : describeResource({ type: types?.split("$").at(-1) ?? "", name });
}

/** @param end of the name of what belongs to a repository */
function ofRegistry(end: string): RegExp {
    return new RegExp(`^${programComponent}-registry-(.+)${end}$`);
}

/** Where the end of a name in the program says what the resource is for. */
const uses = [
    ["security group", /-network-hosts$/, "security group of hosts"],
    ["role", /-instance-role$/, "instance role"],
    ["role", /-schedule-role$/, "role of schedules"],
    ["policy", /-instance-role-(ssm|registry)$/, "policy of the instance role for $1"],
    ["policy", /-instance-role-policy$/, "policy of the instance role"],
    ["policy of AWS's", /-instance-role-[a-z-]+$/, "policy of AWS's of the instance role"],
    ["policy", /-schedule-role-policy$/, "policy of the role of schedules"],
    ["repository", ofRegistry(""), "repository $1"],
    ["permissions of repository", ofRegistry("-policy"), "permissions of repository $1"],
    ["lifecycle of repository", ofRegistry("-lifecycle"), "lifecycle of repository $1"],
    ["log group of tasks", /-task-logs$/, "log group of tasks"],
    ["schedule", /-schedule-open-hosts$/, "schedule that starts the hosts"],
    ["schedule", /-schedule-open-host-(\d+)$/, "schedule that starts host $1"],
    ["schedule", /-schedule-close-hosts$/, "schedule that stops the hosts"],
    ["schedule", /-schedule-close-host-(\d+)$/, "schedule that stops host $1"],
    ["schedule", /-schedule-hosts$/, "schedule that stops the hosts after the lease"],
    ["schedule", /-schedule-host-(\d+)$/, "schedule that stops host $1 after the lease"],
    ["egress rule", /-network-hosts-egress$/, "egress rule of hosts"],
    ["ingress rule", /-network-hosts-ingress-([a-z]+)-(\d+)-(\d+)-.*$/, "ingress rule of hosts: $1 $2 to $3"],
] as const;

function namedByUse({ one }: Words, name: string): string | undefined {
    const use = uses.find(([kindOf, end]) => kindOf === one && end.test(name));
    return use && (use[1].exec(name)?.[0] ?? "").replace(use[1], use[2]);
}

/** `sns Topic` of `aws:sns/topic:Topic`, `Network` of a component. */
function familyOf(type: string): string {
    const [provider, module, kindName] = type.split(":");
    const family = provider === "sles-ecs" ? "" : (module?.split("/")[0] ?? "");
    return [family, kindName].filter((part) => part !== undefined && part !== "").join(" ");
}
