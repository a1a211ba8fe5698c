import * as pulumi from "@pulumi/pulumi";
import { endpointServices } from "./model/endpointServices";
import { AutoScalingHosts, type AutoScalingHostsArgs } from "./autoScalingHosts";
import { adoptedOf, groupsOf, launchOf, networkOf, roleOf, type Restore } from "./clusterParts";
import { ContainerRegistry } from "./containerRegistry";
import { EcsCluster } from "./ecsCluster";
import { checkFacts, type CheckedFacts } from "./facts";
import { environmentArgs, stackThatRuns } from "./environment";
import { FixedHosts, type FixedHostsArgs } from "./fixedHosts";
import { HostSchedules, type HostSchedulesArgs } from "./hostSchedules";
import { awaitSettings, type GivenSettings } from "./awaitSettings";
import { InstanceRole } from "./instanceRole";
import { createLease, type CreatedLease } from "./lease";
import type { LeaseRenewal } from "./model/lease";
import { componentType, leaseResource, programComponent, stackIdResource } from "./model/names";
import type { ParsedSettings, ResolvedSettings } from "./model/settings";
import type { Problem } from "./model/problem";
import type { Ownership } from "./model/tags";
import { Network } from "./network";
import { requireOneOfItsName } from "./oneOfItsName";
import { problemText, type SettingsHome } from "./refusal";
import type { SettingsInputs } from "./settingsInputs.generated";
import type { SlesEcsOutputs } from "./slesEcsOutputs";
import { createStackId, valueOf, type ResourceTags } from "./stackId";
import { TaskLogs } from "./taskLogs";

export interface SlesEcsClusterArgs {
    /** Name of the environment, for names and tags; plain, as it begins the names of resources, and no two clusters of a program may share it. @default - the name of the stack that runs */
    readonly environment?: string;
    /** `<organization>/<project>/<stack>`, the value of the ownership tag. @default - the stack that runs */
    readonly stack?: string;
    /**
     * What the environment is to be. What another resource supplies may be an output of it, but of none that needs this cluster:
     * the settings are waited for before anything is made. @default - every default
     */
    readonly settings?: SettingsInputs;
    /** The same, read already. @internal */
    readonly parsed?: ParsedSettings;
    /** How the environment's lease goes on, if its settings give it an end. @default - as it is, unless it is over. @internal */
    readonly leaseRenewal?: LeaseRenewal;
    /** Whoever runs the program has made the checks, and told what they warn of. @default false @internal */
    readonly warningsTold?: boolean;
}

/** Settings that nothing in AWS speaks against. */
interface Checked {
    readonly settings: ResolvedSettings;
    readonly facts: CheckedFacts;
    readonly restore: Restore;
}

/** The outputs one by one; what an environment does not have is undefined. */
type Told = {
    readonly [Key in keyof Required<SlesEcsOutputs>]: pulumi.Output<pulumi.Unwrap<SlesEcsOutputs>[Key]>;
};

/** What the state keeps of an environment's inputs. */
interface Plan {
    readonly environment: string;
    readonly stack: string;
    /** As they were given, where they have outputs. */
    readonly settings: ResolvedSettings | SettingsInputs;
}

/**
 * An ECS cluster on SLES hosts: cluster, instance role, network and hosts.
 * AWS is asked first (host image, network, cluster name), and nothing is made while something in there cannot work.
 * Cost: that of its hosts; see `FixedHosts`, `AutoScalingHosts`, `DockerVolume` and `Network`.
 * @example
 * import { SlesEcsCluster } from "sles-ecs";
 * const web = new SlesEcsCluster("web", { settings: { hosts: { mode: "fixed", count: 2 } } });
 * export const clusterName = web.clusterName;
 */
export class SlesEcsCluster extends pulumi.ComponentResource<SlesEcsOutputs> {
    /** Resolved once AWS has answered and every resource is on its way; rejected when nothing was made. */
    public readonly ready: Promise<SlesEcsOutputs>;
    public readonly clusterName: pulumi.Output<string>;
    public readonly clusterArn: pulumi.Output<string>;
    public readonly region: pulumi.Output<string>;
    /** Id of the image that hosts boot from. */
    public readonly hostImageId: pulumi.Output<string>;
    /** In the order of the hosts' numbers; undefined for auto-scaling hosts. */
    public readonly instanceIds: pulumi.Output<readonly string[] | undefined>;
    /** In the order of the hosts' numbers; undefined unless fixed hosts have docker volumes. */
    public readonly dockerVolumeIds: pulumi.Output<readonly string[] | undefined>;
    /** Undefined for fixed hosts. */
    public readonly autoScalingGroupName: pulumi.Output<string | undefined>;
    /** For the capacity provider strategy of a service; undefined for fixed hosts. */
    public readonly capacityProviderName: pulumi.Output<string | undefined>;
    /** Name of the instance role; of the instance profile where that existed before. */
    public readonly instanceRoleName: pulumi.Output<string>;
    public readonly instanceRoleArn: pulumi.Output<string>;
    public readonly vpcId: pulumi.Output<string>;
    /** Subnets that hosts may be in. */
    public readonly subnetIds: pulumi.Output<readonly string[]>;
    /** The hosts' own security group, to open for a load balancer in this VPC; undefined where `network.mode` is `existing`. */
    public readonly securityGroupId: pulumi.Output<string | undefined>;
    /** Every security group of the hosts, their own one first. */
    public readonly securityGroupIds: pulumi.Output<readonly string[]>;
    /** Addresses of the environment's repositories, by their names in the settings; undefined where there are none. */
    public readonly repositoryUrls: pulumi.Output<Readonly<Record<string, string>> | undefined>;
    /** Where tasks log to; undefined without `capabilities.awslogs`. */
    public readonly logGroupName: pulumi.Output<string | undefined>;
    /** None of the inputs, which the state keeps: the doors would differ in them. */
    private readonly warningsTold: boolean;
    private readonly leaseRenewal: LeaseRenewal | undefined;
    private readonly settingsHome: SettingsHome;

    private readonly given: Promise<GivenSettings>;

    /** @throws pulumi.InputPropertiesError with every problem of the settings, unless they have to be waited for */
    constructor(name: string, args: SlesEcsClusterArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        const environment = args.environment ?? pulumi.getStack();
        const stack = args.stack ?? stackThatRuns();
        requireOneOfItsName(name, { environment, stack });
        const given = awaitSettings(args.settings ?? {}, environment, args.parsed);
        const plan: Plan = { environment, stack, settings: given.inputs };
        super(componentType, name, plan, given.within(opts));
        this.given = given.settings;
        this.warningsTold = args.warningsTold ?? false;
        this.leaseRenewal = args.leaseRenewal;
        this.settingsHome = args.parsed === undefined ? "program" : "configuration";
        this.ready = this.getData();
        const outputs = pulumi.output(this.ready) as Told;
        this.clusterName = outputs.clusterName;
        this.clusterArn = outputs.clusterArn;
        this.region = outputs.region;
        this.hostImageId = outputs.hostImageId;
        this.instanceIds = outputs.instanceIds;
        this.dockerVolumeIds = outputs.dockerVolumeIds;
        this.autoScalingGroupName = outputs.autoScalingGroupName;
        this.capacityProviderName = outputs.capacityProviderName;
        this.instanceRoleName = outputs.instanceRoleName;
        this.instanceRoleArn = outputs.instanceRoleArn;
        this.vpcId = outputs.vpcId;
        this.subnetIds = outputs.subnetIds;
        this.securityGroupId = outputs.securityGroupId;
        this.securityGroupIds = outputs.securityGroupIds;
        this.repositoryUrls = outputs.repositoryUrls;
        this.logGroupName = outputs.logGroupName;
    }

    /** Called by Pulumi from within the constructor. */
    protected override async initialize(
        inputs: pulumi.Inputs,
        _opts?: pulumi.ComponentResourceOptions,
        name = programComponent,
    ): Promise<SlesEcsOutputs> {
        const { environment, stack } = inputs as unknown as Plan;
        const child = { parent: this };
        const stackId = createStackId(stackIdResource(name), this);
        const owner = { environment, stack, stackId: await valueOf(stackId) };
        const { settings, facts, restore } = await this.check(owner);
        const lease = await this.createLease(leaseResource(name), settings.lease, facts);

        const { location } = facts;
        const { clusterName } = settings;
        const own = environmentArgs({ environment, stack, stackId, location }, settings.tags);
        const { tags } = own;
        const clusterArgs = {
            ...own,
            clusterName,
            adopted: adoptedOf(facts, restore),
            tags: { ...tags, ...lease?.tags },
        };
        const cluster = new EcsCluster(`${name}-cluster`, clusterArgs, child);
        const taskLogs = this.createTaskLogs(`${name}-task-logs`, settings, tags);
        const roleArgs = { ...own, ...roleOf(settings, facts, restore), clusterArn: cluster.clusterArn };
        const role = new InstanceRole(`${name}-instance-role`, roleArgs, child);
        const place = { network: networkOf(facts, restore), services: endpointServices(settings) };
        const network = new Network(`${name}-network`, { ...own, ...place }, child);
        const launch = { ...own, ...launchOf(settings, facts, { cluster, role, network }) };
        const hosts = this.createHosts(`${name}-hosts`, settings, launch);
        const repositories = this.createRegistry(`${name}-registry`, settings, facts, role.roleArn, tags);
        const { accountId } = facts.caller;
        this.createSchedules(`${name}-lease-schedule`, settings, lease, { ...own, accountId, ...hosts });

        const outputs: SlesEcsOutputs = {
            clusterName: cluster.clusterName,
            clusterArn: cluster.clusterArn,
            region: location.region,
            hostImageId: facts.hostImage.id,
            hostImageName: facts.hostImage.name,
            hostMode: settings.hosts.mode,
            ...hosts,
            instanceRoleName: role.roleName,
            instanceRoleArn: role.roleArn,
            ...repositories,
            vpcId: network.vpcId,
            subnetIds: network.subnets.map(({ id }) => id),
            ...groupsOf(network),
            ...taskLogs,
        };
        this.registerOutputs(outputs);
        return outputs;
    }

    /** Waits for the settings, and asks AWS about them. */
    private async check(owner: Ownership): Promise<Checked> {
        const { settings, warnings, outputs } = await this.given;
        this.warn(warnings);
        const facts = await checkFacts(
            settings,
            owner,
            { parent: this },
            { outputs, areMade: this.warningsTold, settingsHome: this.settingsHome },
        );
        this.warn(facts.warnings);
        return { settings, facts, restore: (text) => outputs?.restore(text) ?? text };
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
            warnings.forEach(
                (warning) => void pulumi.log.warn(problemText(warning, this.settingsHome), this),
            );
        }
    }

    private createHosts(
        name: string,
        { hosts, dockerStorage }: ResolvedSettings,
        launch: Omit<FixedHostsArgs & AutoScalingHostsArgs, "hosts">,
    ) {
        if (hosts.mode === "autoScaling") {
            const { autoScalingGroupName, capacityProviderName } = new AutoScalingHosts(name, launch, {
                parent: this,
            });
            return { autoScalingGroupName, capacityProviderName };
        }
        const { instanceIds, dockerVolumeIds } = new FixedHosts(name, launch, { parent: this });
        return dockerStorage.mode === "volume" ? { instanceIds, dockerVolumeIds } : { instanceIds };
    }
}
