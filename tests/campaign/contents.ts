import { DeleteVolumeCommand, DescribeVolumesCommand, EC2Client, type Volume } from "@aws-sdk/client-ec2";

import { Services } from "../engine/services";
import type { Scenario } from "./scenarios";
import type { Stage } from "./stage";

const service = "web";
const serviceCount = 2;

/** What people have in an environment and want to find again: data on volumes, and a service. */
export class Contents {
    private readonly ec2: EC2Client;
    private readonly services: Services;

    constructor(
        { place }: Stage,
        private readonly environment: string,
        private readonly scenario: Scenario,
    ) {
        this.ec2 = new EC2Client(place.access);
        this.services = new Services(place.access);
    }

    /** Puts a service into the cluster. */
    startService(): Promise<void> {
        // On any host: one that joins before its group has a capacity provider has none, and is none of the default strategy's.
        return this.services.start(this.environment, service, serviceCount, { launchType: "EC2" });
    }

    /** What of the service is not as it was before the pause, or keeps its tasks from a host. */
    async notBack(): Promise<readonly string[]> {
        const troubles: string[] = [];
        const counts = (await this.services.countsOf(this.environment, service)).join(" wanted, ");
        if (counts !== `${serviceCount} wanted, ${serviceCount}`) {
            troubles.push(`service ${service}: ${counts} running, expected ${serviceCount}`);
        }
        for (const { arn, status } of await this.services.hosts(this.environment)) {
            if (status !== "ACTIVE") {
                troubles.push(`host ${arn} is ${status}`);
            }
        }
        return troubles;
    }

    /** Docker volumes that outlive their hosts: no step of a life but its end takes them away. */
    async dockerVolumes(): Promise<readonly string[]> {
        const { hosts } = this.scenario.settings as { readonly hosts: { readonly mode: string } };
        // A host of a group takes its volume along.
        return (hosts.mode === "fixed" ? await this.volumes() : [])
            .filter(({ Attachments = [] }) =>
                Attachments.some((one) => one.Device === "/dev/sdf" && one.DeleteOnTermination !== true),
            )
            .map(({ VolumeId = "" }) => VolumeId);
    }

    /** Which of the volumes are gone. */
    async lost(ids: readonly string[]): Promise<readonly string[]> {
        const there = new Set((await this.volumes()).map(({ VolumeId = "" }) => VolumeId));
        return ids.filter((id) => !there.has(id)).map((id) => `volume ${id} is lost`);
    }

    /** Deletes the volumes that outlive the environment. */
    async removeKept(): Promise<void> {
        if (this.scenario.keepsVolumes) {
            for (const { VolumeId } of await this.volumes()) {
                await this.ec2.send(new DeleteVolumeCommand({ VolumeId }));
            }
        }
    }

    private async volumes(): Promise<readonly Volume[]> {
        const filters = [{ Name: "tag:sles-ecs:environment", Values: [this.environment] }];
        return (await this.ec2.send(new DescribeVolumesCommand({ Filters: filters }))).Volumes ?? [];
    }
}
