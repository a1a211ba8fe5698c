import * as pulumi from "@pulumi/pulumi";
import { hostCapabilities } from "./model/capabilities/hostCapabilities";
import { endpointServices } from "./model/endpointServices";
import { hostProxy } from "./model/proxy/hostProxy";
import { AutoScalingHosts } from "./autoScalingHosts";
import { ContainerRegistry } from "./containerRegistry";
import { EcsCluster } from "./ecsCluster";
import { checkFacts, type CheckedFacts } from "./facts";
import { FixedHosts, type FixedHostsArgs } from "./fixedHosts";
import type { HostLaunchArgs } from "./hostLaunch";
import { HostSchedules, type HostSchedulesArgs } from "./hostSchedules";
import { InstanceRole, type InstanceRoleArgs } from "./instanceRole";
import { createLease, type CreatedLease } from "./lease";
import type { LeaseRenewal } from "./model/lease";
import { repositoryArnOf } from "./model/location";
import { leaseResource, repositoryName, stackIdResource } from "./model/names";
import {
    parseSettings,
    type ParsedSettings,
    type ResolvedHosts,
    type ResolvedSettings,
    type Settings,
} from "./model/settings";
import type { Problem } from "./model/problem";
import { environmentTags, tagKeys } from "./model/tags";
import { Network } from "./network";
import { problemText } from "./refusal";
import type { SlesEcsOutputs } from "./slesEcsOutputs";
import { createStackId, valueOf, type ResourceTags } from "./stackId";
import { TaskLogs } from "./taskLogs";

export interface SlesEcsClusterArgs {
    /** Name of the environment, for names and tags. @default - the name of the stack that runs */
    readonly environment?: string;
    /** `<organization>/<project>/<stack>`, the value of the ownership tag. @default - the stack that runs */
    readonly stack?: string;
    /** What the environment is to be. @default - every default */
    readonly settings?: Settings;
    /** The same, read already. @internal */
    readonly parsed?: ParsedSettings;
    /** How the environment's lease goes on, if its settings give it an end. @default - as it is, unless it is over. @internal */
    readonly leaseRenewal?: LeaseRenewal;
    /** Whoever runs the program has made the checks, and told what they warn of. @default false @internal */
    readonly warningsTold?: boolean;
}

/** An environment with its settings checked and complete. */
interface Plan {
    readonly environment: string;
    readonly stack: string;
    readonly settings: ResolvedSettings;
}

/**
 * An ECS cluster on SLES hosts: cluster, instance role, network and hosts.
 * AWS is asked first (host image, network, cluster name), and nothing is made while something in there cannot work.
 * Cost: that of its hosts; see `FixedHosts`, `AutoScalingHosts`, `DockerVolume` and `Network`.
 * @example
 * const web = new SlesEcsCluster("web", { settings: { hosts: { mode: "fixed", count: 2 } } });
 * export const clusterName = web.clusterName;
 */
export class SlesEcsCluster extends pulumi.ComponentResource<SlesEcsOutputs> {
    /** Resolved once AWS has answered and every resource is on its way; rejected when nothing was made. */
    public readonly ready: Promise<SlesEcsOutputs>;
    public readonly clusterName: pulumi.Output<string>;
    public readonly clusterArn: pulumi.Output<string>;
    /** None of the inputs, which the state keeps: the doors would differ in them. */
    private readonly warningsTold: boolean;
    private readonly leaseRenewal: LeaseRenewal | undefined;

    /** @throws pulumi.InputPropertiesError with every problem of the settings */
    constructor(name: string, args: SlesEcsClusterArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        const environment = args.environment ?? pulumi.getStack();
        const stack = args.stack ?? `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
        const parsed = args.parsed ?? parseSettings(args.settings ?? {}, environment);
        const { settings, warnings } = requireValid(parsed, environment);
        const plan: Plan = { environment, stack, settings };
        super("sles-ecs:components:SlesEcsCluster", name, plan, opts);
        this.warningsTold = args.warningsTold ?? false;
        this.leaseRenewal = args.leaseRenewal;
        this.warn(warnings);
        this.ready = this.getData();
        const outputs = pulumi.output(this.ready);
        this.clusterName = outputs.clusterName;
        this.clusterArn = outputs.clusterArn;
    }

    /** Called by Pulumi from within the constructor. */
    protected override async initialize(
        inputs: pulumi.Inputs,
        _opts?: pulumi.ComponentResourceOptions,
        name = "sles-ecs",
    ): Promise<SlesEcsOutputs> {
        const { environment, stack, settings } = inputs as unknown as Plan;
        const child = { parent: this };
        const stackId = createStackId(stackIdResource(name), this);
        const owner = { environment, stack, stackId: await valueOf(stackId) };
        const facts = await checkFacts(settings, owner, child);
        this.warn(facts.warnings);
        const lease = await this.createLease(leaseResource(name), settings.lease, facts);

        const { location, hostImage, adoptedCluster: adopted } = facts;
        const { clusterName, agent, capabilities } = settings;
        const tags = { ...environmentTags(owner, settings.tags), [tagKeys.stackId]: stackId };
        const own = { environment, stackId, location, tags };
        const clusterArgs = { clusterName, adopted, tags: { ...tags, ...lease?.tags } };
        const cluster = new EcsCluster(`${name}-cluster`, clusterArgs, child);
        const taskLogs = this.createTaskLogs(`${name}-task-logs`, settings, tags);
        const roleArgs = { ...own, ...roleOf(settings, facts), clusterArn: cluster.clusterArn };
        const role = new InstanceRole(`${name}-instance-role`, roleArgs, child);
        const networkArgs = { ...own, network: facts.network, services: endpointServices(settings) };
        const network = new Network(`${name}-network`, networkArgs, child);
        const hosts = this.createHosts(`${name}-hosts`, settings.hosts, location.region, {
            ...own,
            hostImage,
            ...keptOf(facts),
            clusterName: cluster.clusterName,
            wantedClusterName: clusterName,
            instanceProfileName: role.instanceProfileName,
            subnets: network.subnets,
            securityGroupIds: network.securityGroupIds,
            dockerStorage: settings.dockerStorage,
            agent,
            capabilities: hostCapabilities(capabilities, location.region, hostImage.architecture),
            proxy: hostProxy(settings.proxy, settings.network, location.region),
            prerequisites: [...role.permissions, ...network.routes],
        });
        const repositories = this.createRegistry(`${name}-registry`, settings, facts, role.roleArn, tags);
        const place = { ...own, accountId: facts.caller.accountId };
        this.createSchedules(`${name}-lease-schedule`, settings, lease, { ...place, ...hosts });

        const outputs: SlesEcsOutputs = {
            clusterName: cluster.clusterName,
            clusterArn: cluster.clusterArn,
            region: location.region,
            hostImageId: hostImage.id,
            hostImageName: hostImage.name,
            hostMode: settings.hosts.mode,
            ...hosts,
            instanceRoleName: role.roleName,
            ...repositories,
            vpcId: network.vpcId,
            subnetIds: network.subnets.map(({ id }) => id),
            ...taskLogs,
        };
        this.registerOutputs(outputs);
        return outputs;
    }

    private createRegistry(
        name: string,
        { clusterName, containerRegistry: registry }: ResolvedSettings,
        { repositories: standing }: CheckedFacts,
        roleArn: pulumi.Output<string>,
        tags: ResourceTags,
    ): Pick<SlesEcsOutputs, "repositoryUrls"> {
        if (registry === undefined) {
            return {};
        }
        const args = { clusterName, registry, standing, roleArn, tags };
        const { repositoryUrls } = new ContainerRegistry(name, args, { parent: this });
        return { repositoryUrls };
    }

    private createTaskLogs(
        name: string,
        { capabilities: { awslogs } }: ResolvedSettings,
        tags: ResourceTags,
    ): Pick<SlesEcsOutputs, "logGroupName"> {
        if (awslogs === undefined) {
            return {};
        }
        const { logGroupName } = new TaskLogs(name, { ...awslogs, tags }, { parent: this });
        return { logGroupName };
    }

    private createSchedules(
        name: string,
        { hosts, hours, dockerStorage, lease: terms }: ResolvedSettings,
        lease: CreatedLease | undefined,
        args: Omit<HostSchedulesArgs, "end" | "hours" | "sizes" | "kmsKeyId">,
    ): void {
        const end = terms && lease && { graceSeconds: terms.graceSeconds, expiresAt: lease.expiresAt };
        if (end === undefined && hours === undefined) {
            return;
        }
        const sizes = hosts.mode === "autoScaling" ? hosts : undefined;
        const kmsKeyId = dockerStorage.mode === "volume" ? dockerStorage.kmsKeyId : undefined;
        new HostSchedules(name, { ...args, end, hours, sizes, kmsKeyId }, { parent: this });
    }

    private async createLease(
        name: string,
        lease: ResolvedSettings["lease"],
        { lease: standing, caller }: CheckedFacts,
    ): Promise<CreatedLease | undefined> {
        if (lease === undefined) {
            return undefined;
        }
        const args = { lease, standing, renewal: this.leaseRenewal, caller };
        return createLease(name, args, this);
    }

    private warn(warnings: readonly Problem[]): void {
        if (!this.warningsTold) {
            warnings.forEach((warning) => void pulumi.log.warn(problemText(warning), this));
        }
    }

    private createHosts(
        name: string,
        hosts: ResolvedHosts,
        region: string,
        launch: HostLaunchArgs & Pick<FixedHostsArgs, "keptSubnets" | "keptVolumes">,
    ) {
        if (hosts.mode === "autoScaling") {
            const { autoScalingGroupName } = new AutoScalingHosts(
                name,
                { ...launch, hosts, region },
                { parent: this },
            );
            return { autoScalingGroupName };
        }
        const { instanceIds, dockerVolumeIds } = new FixedHosts(name, { ...launch, hosts }, { parent: this });
        return launch.dockerStorage.mode === "volume" ? { instanceIds, dockerVolumeIds } : { instanceIds };
    }
}

/** What hosts may do with the repositories of their environment; by name, so that the role need not wait for them. */
function registryRights(
    { clusterName, containerRegistry }: ResolvedSettings,
    caller: CheckedFacts["caller"],
): InstanceRoleArgs["registry"] {
    return (
        containerRegistry && {
            repositoryArns: containerRegistry.repositories.map((repository) =>
                repositoryArnOf(caller, repositoryName(clusterName, repository)),
            ),
            mayPush: containerRegistry.pushFromHosts,
        }
    );
}

/** What the hosts' role is, and may do. */
function roleOf(settings: ResolvedSettings, { caller }: CheckedFacts) {
    const { instanceRole: role, agent, capabilities } = settings;
    const taskLogGroup = capabilities.awslogs?.logGroupName;
    return { role, agent, taskLogGroup, registry: registryRights(settings, caller) };
}

/** Where hosts may be, and what they take up again. */
function keptOf({ offeredZones, keptSubnets, keptVolumes }: CheckedFacts) {
    return { offeredZones, keptSubnets, keptVolumes };
}

function requireValid({ settings, problems }: ParsedSettings, environment: string) {
    const of = (severity: "error" | "warning") => problems.filter((problem) => problem.severity === severity);
    if (settings === undefined) {
        const errors = of("error");
        throw new pulumi.InputPropertiesError({
            message: [`the settings of ${environment} cannot be used:`, ...errors.map(problemText)].join(
                "\n  ",
            ),
            errors: errors.map(({ path, message }) => ({
                propertyPath: `settings.${path}`,
                reason: message,
            })),
        });
    }
    return { settings, warnings: of("warning") };
}
